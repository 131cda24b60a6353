// SPDX-License-Identifier: MIT
#include <devlink/sink/style.hpp>

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <string_view>

namespace {

using devlink::verdict;
using devlink::sink::colour;
using devlink::sink::tone;

std::string painted(std::string_view text, tone t, colour c) {
    std::string out = ">";
    devlink::sink::paint(out, text, t, c);
    return out;
}

TEST_CASE("style: painted text") {
    CHECK(painted("ok", tone::good, colour::off) == ">ok");
    CHECK(painted("ok", tone::good, colour::on) == ">\x1b[32mok\x1b[0m");
    CHECK(painted("ok", tone::plain, colour::on) == ">ok");
    CHECK(painted("\x1b[2J\n", tone::bad, colour::on) == ">\x1b[31m\\x1b[2J\\x0a\x1b[0m");
    CHECK(painted("\x1b[2J", tone::bad, colour::off) == ">\\x1b[2J");
}

TEST_CASE("style: every tone but plain has a sequence of its own") {
    std::set<std::string_view> all;
    for (const tone t : {tone::plain, tone::good, tone::warning, tone::bad, tone::faint, tone::strong})
        all.insert(devlink::sink::start_of(t));
    CHECK(all.size() == 6);
    CHECK(devlink::sink::start_of(tone::plain).empty());
}

TEST_CASE("style: good verdicts look good, bad ones bad") {
    CHECK(devlink::sink::tone_of(verdict::bound) == tone::good);
    CHECK(devlink::sink::tone_of(verdict::degraded) == tone::warning);
    CHECK(devlink::sink::tone_of(verdict::waiting) == tone::warning);
    CHECK(devlink::sink::tone_of(verdict::failed) == tone::bad);
    CHECK(devlink::sink::tone_of(verdict::blocked) == tone::bad);
    CHECK(devlink::sink::tone_of(verdict::cyclic) == tone::bad);
    CHECK(devlink::sink::tone_of(verdict::absent) == tone::faint);
}

} // namespace
