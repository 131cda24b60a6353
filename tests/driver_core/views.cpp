// SPDX-License-Identifier: MIT
#include <devlink/driver_core/views.hpp>

#include "support.hpp"

#include <iterator>
#include <ranges>

using testing::device_id;
using testing::errc;
using testing::link_flag;
using testing::link_state;

TEST_CASE("views: ranges are forward ranges that can be walked twice") {
    testing::scripted_core<> t;
    const device_id s = t.add();
    for (int index = 0; index < 3; ++index) t.link(t.add(), s);
    const auto consumers = t.core.view().consumers(s);
    static_assert(std::ranges::forward_range<decltype(consumers)>);
    static_assert(std::ranges::forward_range<decltype(t.core.view().pending())>);
    static_assert(std::ranges::forward_range<decltype(t.core.view().dpm_order())>);
    CHECK(std::ranges::distance(consumers) == 3);
    CHECK(std::ranges::distance(consumers) == 3);
    CHECK(std::ranges::distance(t.core.view().kset_order()) == 4);
    CHECK(t.core.view().suppliers(s).empty());
    CHECK(t.core.view().children(s).empty());
    CHECK(t.core.view().pending().empty());
}

TEST_CASE("views: what a device and a link say") {
    testing::scripted_core<> t;
    const device_id s = t.add({.sync_state = true, .runtime_pm = true});
    const device_id c = t.add({.parent = s});
    const auto view = t.core.view();
    CHECK(view.parent(c) == s);
    CHECK(!view.parent(s).valid());
    CHECK(view.has_sync_state(s));
    CHECK_FALSE(view.has_sync_state(c));
    CHECK_FALSE(view.has_driver(c));
    CHECK_FALSE(view.can_match(c));
    CHECK(view.status(c) == devlink::device_status::no_driver);
    const auto l = t.link(c, s, link_flag::autoprobe_consumer);
    CHECK(view.link(l).consumer == c);
    CHECK(view.link(l).supplier == s);
    CHECK(view.link(l).state == link_state::dormant);
    CHECK(view.link(l).references == 1);
    CHECK_FALSE(view.is_supplier_present(l));
    CHECK(t.core.register_driver(s) == errc::ok);
    CHECK(view.is_supplier_present(l));
    CHECK(t.core.register_driver(c) == errc::ok);
    CHECK(view.can_match(c));
    CHECK(view.has_driver(c));
    CHECK(view.status(c) == devlink::device_status::driver_bound);
    CHECK(view.device_limit() == 2);
    CHECK_FALSE(view.contains(device_id{}));
    CHECK_FALSE(view.contains(device_id{2}));
    CHECK_FALSE(view.contains(devlink::link_id{}));
}

TEST_CASE("views: the pending list skips who left it") {
    testing::scripted_core<> t;
    t.host.outcomes = {{-517}, {-517, 0}, {-517}};
    for (int index = 0; index < 3; ++index) t.add({.has_driver = true});
    CHECK(t.core.remove_device(device_id{1}) == errc::ok);
    std::vector<device_id> waiting;
    for (const devlink::pending_device pending : t.core.view().pending()) waiting.push_back(pending.device);
    CHECK(waiting == std::vector<device_id>{device_id{0}, device_id{2}});
}
