// SPDX-License-Identifier: MIT
#include <devlink/model/statement.hpp>

#include <doctest/doctest.h>

#include <set>
#include <string_view>

using devlink::probe_result;
using devlink::statement_kind;

TEST_CASE("statement: what a probe returned") {
    static_assert(probe_result{}.is_ok() && probe_result::ok() == probe_result{});
    static_assert(probe_result::defer().is_defer() && probe_result::defer().code() == -517);
    static_assert(probe_result::error(-517) == probe_result::defer());
    static_assert(!probe_result::error(-12).is_ok() && !probe_result::error(-12).is_defer());
    CHECK(probe_result::error(-12).code() == -12);
    CHECK(probe_result::error(-12) != probe_result::error(-22));
}

TEST_CASE("statement: each kind has a name of its own, that of the scenario format") {
    std::set<std::string_view> names;
    for (int kind = 0; kind <= static_cast<int>(statement_kind::drivers_done); ++kind)
        names.insert(to_string(static_cast<statement_kind>(kind)));
    CHECK(names == std::set<std::string_view>{"scenario", "device", "driver", "link", "unlink", "probe", "unbind",
                                              "undriver", "remove", "get", "put", "drivers_done"});
    CHECK(to_string(static_cast<statement_kind>(12)).empty());
}

TEST_CASE("statement: says nothing until told") {
    constexpr devlink::statement s;
    static_assert(s.name.empty() && s.other.empty() && s.origin.empty() && s.flags.empty());
    static_assert(s.outcomes.empty() && s.links.empty() && !s.sync_state && !s.runtime_pm && !s.populated);
    CHECK(s.line == 0);
}
