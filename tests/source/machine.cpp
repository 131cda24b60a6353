// SPDX-License-Identifier: MIT
#include <devlink/source/machine.hpp>

#include <doctest/doctest.h>

namespace {

using devlink::link_id;

TEST_CASE("machine: origins of links") {
    devlink::source::machine m;
    CHECK(m.origin(link_id{0}).empty());
    m.add_origin(link_id{2}, "clocks");
    CHECK(m.origins.size() == 3);
    CHECK(m.origin(link_id{0}).empty());
    CHECK(m.origin(link_id{2}) == "clocks");
    CHECK(m.origin(link_id{3}).empty());
    m.add_origin(link_id{2}, "vdd-supply");
    m.add_origin(link_id{2}, "clocks");
    m.add_origin(link_id{2}, "clock");
    m.add_origin(link_id{7}, "");
    CHECK(m.origin(link_id{2}) == "clocks+vdd-supply+clock");
    CHECK(m.origins.size() == 3);
}

} // namespace
