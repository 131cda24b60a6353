// SPDX-License-Identifier: MIT
#include <devlink/source/scenario_names.hpp>

#include <doctest/doctest.h>

#include <string>

namespace {

using devlink::source::is_scenario_name;
using devlink::source::scenario_names;

TEST_CASE("scenario_names: which words are names") {
    for (const char* good : {"a", "0", "Z9", "0000:00:1c.0", "i2c@7e205000", "a_.:@,+-", "vdd,1"})
        CHECK(is_scenario_name(good));
    for (const char* bad : {"", "_a", ".a", ":a", "@a", "-a", "+a", ",a", "a=b", "a b", "a/b", "a#", "\xc3\xa4", "a\n"})
        CHECK_FALSE(is_scenario_name(bad));
    CHECK(is_scenario_name(std::string(63, 'a')));
    CHECK_FALSE(is_scenario_name(std::string(64, 'a')));
    static_assert(is_scenario_name("cpu0") && !is_scenario_name("cpu 0"));
}

TEST_CASE("scenario_names: devices, children and scenarios") {
    scenario_names names;
    CHECK(names["p"].device_line == 0);
    scenario_names::add_device(names["p"], nullptr, 7);
    scenario_names::add_device(names["c"], &names["p"], 8);
    CHECK(names["p"].device_line == 7);
    CHECK(names["p"].children == 1);
    scenario_names::remove_device(names["c"]);
    CHECK(names["c"].device_line == 0);
    CHECK(names["p"].children == 0);
    names["d"].driver_line = 9;
    names.start_scenario();
    CHECK(names["p"].device_line == 0);
    CHECK(names["d"].driver_line == 0);
}

} // namespace
