// SPDX-License-Identifier: MIT
#include <devlink/sink/plan_text.hpp>

#include <doctest/doctest.h>

#include <devlink/model/forecast.hpp>
#include <devlink/resolve/resolve.hpp>

#include <set>
#include <string>
#include <string_view>

namespace {

using devlink::device_id;
using devlink::link_flag;
using devlink::sink::colour;

TEST_CASE("plan_text: a table for people, and a line of counts") {
    devlink::graph g;
    const device_id wifi = g.add_device("wifi");
    const device_id port = g.add_device("port");
    const device_id clock = g.add_device("clock");
    const device_id led = g.add_device("led");
    REQUIRE(g.add_link(wifi, port, {}));
    REQUIRE(g.add_link(port, clock, {}));
    REQUIRE(g.add_link(led, clock, link_flag::optional_supplier));
    devlink::forecast expected(g);
    std::string out;
    devlink::sink::append_plan_text(out, g, devlink::resolve(g, expected), colour::off);
    CHECK(out == "#  device  verdict\n"
                 "1  clock   bound\n"
                 "2  port    bound\n"
                 "3  wifi    bound\n"
                 "4  led     bound\n");
    expected.set(clock, devlink::outcome::fail);
    const devlink::plan plan = devlink::resolve(g, expected);
    out.clear();
    devlink::sink::append_plan_text(out, g, plan, colour::off);
    CHECK(out == "#  device  verdict   needs               root\n"
                 "1  clock   failed\n"
                 "2  led     degraded  runs without clock\n"
                 "-  wifi    blocked   port                clock (failed)\n"
                 "-  port    blocked   clock               clock (failed)\n");
    out.clear();
    devlink::sink::append_counts(out, plan, colour::off);
    CHECK(out == "4 devices: 1 degraded, 1 failed, 2 blocked");
    out.clear();
    devlink::sink::append_counts(out, plan, colour::on);
    CHECK(out == "4 devices: \x1b[33m1 degraded\x1b[0m, \x1b[31m1 failed\x1b[0m, \x1b[31m2 blocked\x1b[0m");
}

TEST_CASE("plan_text: every verdict is explained in its own words") {
    std::set<std::string_view> all;
    for (std::size_t i = 0; i < devlink::verdict_count; ++i)
        all.insert(devlink::sink::explain(static_cast<devlink::verdict>(i)));
    CHECK(all.size() == devlink::verdict_count);
    CHECK(all.count("") == 0);
    CHECK(devlink::sink::counted(1, "link") == "1 link");
    CHECK(devlink::sink::counted(0, "link") == "0 links");
}

} // namespace
