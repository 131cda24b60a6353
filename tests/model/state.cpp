// SPDX-License-Identifier: MIT
#include <devlink/model/state.hpp>

#include <doctest/doctest.h>

#include <set>
#include <string>

using devlink::device_status;
using devlink::link_state;

TEST_CASE("state: one byte each, with the kernel's values") {
    static_assert(sizeof(link_state) == 1);
    static_assert(sizeof(device_status) == 1);
    static_assert(static_cast<int>(link_state::none) == -1);
    static_assert(static_cast<int>(link_state::dormant) == 0);
    static_assert(static_cast<int>(link_state::available) == 1);
    static_assert(static_cast<int>(link_state::consumer_probe) == 2);
    static_assert(static_cast<int>(link_state::active) == 3);
    static_assert(static_cast<int>(link_state::supplier_unbind) == 4);
    static_assert(static_cast<int>(device_status::no_driver) == 0);
    static_assert(static_cast<int>(device_status::probing) == 1);
    static_assert(static_cast<int>(device_status::driver_bound) == 2);
    CHECK(static_cast<int>(device_status::unbinding) == 3);
}

TEST_CASE("state: each has a name of its own") {
    std::set<std::string> names;
    for (int value = -1; value <= 4; ++value) names.insert(std::string{to_string(static_cast<link_state>(value))});
    CHECK(names ==
          std::set<std::string>{"none", "dormant", "available", "consumer_probe", "active", "supplier_unbind"});
    CHECK(to_string(static_cast<link_state>(5)).empty());

    names.clear();
    for (int value = 0; value <= 3; ++value) names.insert(std::string{to_string(static_cast<device_status>(value))});
    CHECK(names == std::set<std::string>{"no_driver", "probing", "driver_bound", "unbinding"});
    CHECK(to_string(static_cast<device_status>(4)).empty());
}
