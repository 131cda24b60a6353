// SPDX-License-Identifier: MIT
#include <devlink/driver_core/records.hpp>

#include <doctest/doctest.h>

using devlink::link_flag;
using devlink::link_state;
using devlink::detail::core::device_record;
using devlink::detail::core::link_record;

namespace {

link_record with(devlink::link_flags flags, link_state state = link_state::dormant) {
    link_record link;
    link.set_flags(flags);
    link.state = state;
    return link;
}

} // namespace

TEST_CASE("records: sizes") {
    CHECK(sizeof(device_record) <= 64);
    CHECK(sizeof(link_record) <= 40);
}

TEST_CASE("records: every flag fits") {
    link_record link;
    for (const devlink::link_flag_name& known : devlink::all_link_flags) {
        link.set_flags(known.flag);
        CHECK(link.flags() == devlink::link_flags{known.flag});
    }
}

TEST_CASE("records: which links hold a probe back, and how") {
    CHECK(with(link_flag::managed).mandatory());
    CHECK_FALSE(with(link_flag::managed).optional());
    CHECK(with(link_flag::managed | link_flag::optional_supplier).optional());
    CHECK_FALSE(with(link_flag::managed | link_flag::optional_supplier).mandatory());
    // What is left of a flag on a link that is not managed any more has no effect.
    CHECK_FALSE(with(link_flag::stateless | link_flag::optional_supplier).optional());
    CHECK_FALSE(with(link_flag::stateless).mandatory());
    CHECK_FALSE(with(link_flag::managed | link_flag::sync_state_only).mandatory());
    CHECK_FALSE(with(link_flag::managed | link_flag::sync_state_only).hard());
    CHECK(with(link_flag::managed | link_flag::sync_state_only | link_flag::stateless).hard());
}

TEST_CASE("records: which links hold sync_state back") {
    CHECK(with(link_flag::managed).blocks_sync_state());
    CHECK(with(link_flag::managed | link_flag::sync_state_only).blocks_sync_state());
    CHECK_FALSE(with(link_flag::managed, link_state::active).blocks_sync_state());
    CHECK_FALSE(with(link_flag::stateless, link_state::none).blocks_sync_state());
    link_record marked = with(link_flag::managed | link_flag::optional_supplier);
    marked.marked = true;
    CHECK_FALSE(marked.blocks_sync_state());
}
