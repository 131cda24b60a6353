// SPDX-License-Identifier: MIT
#include <devlink/driver_core/core_state.hpp>

#include "support.hpp"

using namespace devlink::detail::core;
using testing::device_id;
using testing::link_flag;
using testing::link_id;
using testing::link_state;

TEST_CASE("core_state: links stand in both lists in the order of adds, and are found from either end") {
    core_state core;
    const device_id a = testing::raw_device(core);
    const device_id b = testing::raw_device(core);
    const device_id c = testing::raw_device(core);
    const link_id ca = core.insert_link(c, a, link_flag::managed);
    const link_id ba = core.insert_link(b, a, link_flag::managed);
    const link_id cb = core.insert_link(c, b, link_flag::managed);
    CHECK(core.device(a).first_consumer == ca);
    CHECK(core.link(ca).next_consumer == ba);
    CHECK(core.device(c).first_supplier == ca);
    CHECK(core.link(ca).next_supplier == cb);
    CHECK(core.find_link(c, a) == ca);
    CHECK(core.find_link(b, a) == ba);
    CHECK(core.find_link(c, b) == cb);
    CHECK(!core.find_link(a, c).valid());
    CHECK(!core.find_link(b, c).valid());
    CHECK(core.link_count == 3);

    core.unlist_link(ba);
    CHECK(!core.find_link(b, a).valid());
    CHECK(core.link(ba).deleted());
    CHECK(core.link_count == 2);
    CHECK(core.skip_deleted_consumers(ba) == link_id{});
    CHECK(core.unlisted_links == std::vector<link_id>{ba});
}

TEST_CASE("core_state: the ends count what holds them, through every change of a link") {
    core_state core;
    const device_id s = testing::raw_device(core);
    const device_id c = testing::raw_device(core);
    core.device(s).doomed = true;
    const link_id l = core.insert_link(c, s, link_flag::managed);
    core.change_link(l, [](link_record& link) { link.state = link_state::dormant; });
    CHECK(core.device(s).blocking_consumers == 1);
    CHECK(core.device(c).doomed_suppliers == 1);
    core.step_link(l, devlink::link_event::consumer_bound);
    CHECK(core.device(s).blocking_consumers == 0);
    core.step_link(l, devlink::link_event::consumer_released);
    CHECK(core.link(l).state == link_state::dormant);
    CHECK(core.device(s).blocking_consumers == 1);
    core.change_link(l, [](link_record& link) { link.set_flags(link.flags() | link_flag::optional_supplier); });
    CHECK(core.device(c).doomed_suppliers == 0);
    core.change_link(l, [](link_record& link) { link.set_flags(link_flag::managed); });
    CHECK(core.device(c).doomed_suppliers == 1);
    core.unlist_link(l);
    CHECK(core.device(s).blocking_consumers == 0);
    CHECK(core.device(c).doomed_suppliers == 0);
}
