// SPDX-License-Identifier: MIT
#include <devlink/resolve/verdict.hpp>

#include <doctest/doctest.h>

#include <set>
#include <string>

namespace {

using devlink::verdict;

static_assert(to_string(verdict::bound) == "bound" && to_string(verdict::cyclic) == "cyclic");
static_assert(is_up(verdict::bound) && is_up(verdict::degraded) && !is_up(verdict::failed));

TEST_CASE("verdict: each has a word of its own, as the program prints it") {
    std::set<std::string> words;
    int up = 0;
    for (std::size_t v = 0; v != devlink::verdict_count; ++v) {
        words.insert(std::string{to_string(static_cast<verdict>(v))});
        up += is_up(static_cast<verdict>(v)) ? 1 : 0;
    }
    CHECK(words == std::set<std::string>{"absent", "blocked", "bound", "cyclic", "degraded", "failed", "waiting"});
    CHECK(up == 2);
    CHECK(to_string(static_cast<verdict>(devlink::verdict_count)).empty());
}

} // namespace
