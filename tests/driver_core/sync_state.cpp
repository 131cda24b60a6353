// SPDX-License-Identifier: MIT
#include <devlink/driver_core/sync_state.hpp>

#include "support.hpp"

using testing::device_id;
using testing::errc;
using testing::link_flag;
using strings = std::vector<std::string>;

TEST_CASE("sync_state: comes with the last consumer, once in a device's life") {
    testing::scripted_core<> t;
    const device_id s = t.add({.sync_state = true, .has_driver = true});
    CHECK(t.host.take_log() == strings{"probe 0", "sync_state 0"});
    const device_id later = t.add({.sync_state = true});
    const device_id a = t.add();
    const device_id b = t.add();
    t.link(a, later);
    t.link(b, later, link_flag::sync_state_only);
    CHECK(t.core.register_driver(later) == errc::ok);
    CHECK(t.core.register_driver(a) == errc::ok);
    CHECK(t.host.take_log() == strings{"probe 1", "probe 2"});
    CHECK(t.core.register_driver(b) == errc::ok);
    CHECK(t.host.take_log() == strings{"probe 3", "sync_state 1"});
    CHECK(t.core.unbind(later) == errc::ok);
    CHECK(t.core.probe(later) == errc::ok);
    CHECK(t.host.take_log() == strings{"unbind 2", "unbind 1", "probe 1"});
    CHECK(t.core.view().state_synced(s));
}

TEST_CASE("sync_state: a pause collects, in order and once each, and forgets who unbinds") {
    testing::scripted_core<> t;
    t.core.pause_sync_state();
    t.core.pause_sync_state();
    const device_id a = t.add({.sync_state = true, .has_driver = true});
    const device_id b = t.add({.sync_state = true, .has_driver = true});
    const device_id c = t.add({.sync_state = true, .has_driver = true});
    CHECK(t.core.unbind(a) == errc::ok);
    CHECK(t.core.unbind(c) == errc::ok);
    CHECK(t.core.probe(a) == errc::ok);
    (void)t.host.take_log();
    t.core.resume_sync_state();
    CHECK(t.host.take_log().empty());
    t.core.resume_sync_state();
    CHECK(t.host.take_log() == strings{"sync_state 1", "sync_state 0"});
    CHECK(t.core.view().state_synced(b));
    CHECK_FALSE(t.core.view().state_synced(c));
    CHECK_THROWS(t.core.resume_sync_state());
}

TEST_CASE("sync_state: by force, whoever is missing, and only once") {
    testing::scripted_core<> t;
    const device_id s = t.add({.sync_state = true});
    const device_id c = t.add();
    t.link(c, s);
    t.core.force_sync_state(s);
    CHECK(t.host.take_log().empty());
    CHECK(t.core.register_driver(s) == errc::ok);
    t.core.force_sync_state(s);
    t.core.force_sync_state(s);
    CHECK(t.host.take_log() == strings{"probe 0", "sync_state 0"});
}

TEST_CASE("sync_state: many consumers cost one look each") {
    testing::scripted_core<> t;
    const device_id s = t.add({.sync_state = true});
    constexpr std::size_t many = 50000;
    for (std::size_t index = 0; index < many; ++index) t.link(t.add(), s);
    CHECK(t.core.register_driver(s) == errc::ok);
    for (std::size_t index = many; index > 0; --index) CHECK(t.core.register_driver(device_id{index}) == errc::ok);
    CHECK(t.host.log.size() == many + 2);
    CHECK(t.host.log.back() == "sync_state 0");
}
