// SPDX-License-Identifier: MIT
#include <devlink/source/machine.hpp>

#include <doctest/doctest.h>

#include <string>

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

TEST_CASE("machine: a link that is added over and over keeps a bounded text") {
    devlink::source::machine m;
    for (int i = 0; i < 200'000; ++i) m.add_origin(link_id{0}, "property" + std::to_string(i));
    CHECK(m.origin(link_id{0}).size() >= devlink::source::machine::enough_origin);
    CHECK(m.origin(link_id{0}).size() < devlink::source::machine::enough_origin + 20);
}

} // namespace
