// SPDX-License-Identifier: MIT
#include <devlink/driver_core/remove.hpp>

#include "support.hpp"

using testing::device_id;
using testing::errc;
using testing::last_events;
using testing::link_flag;
using testing::replay;
using strings = std::vector<std::string>;

TEST_CASE("remove: unbinds with all consumers, deletes all links, triggers nothing") {
    testing::scripted_core<> t;
    const device_id s = t.add({.has_driver = true});
    const device_id c = t.add();
    const device_id w = t.add();
    t.link(c, s);
    t.link(w, c, link_flag::stateless);
    CHECK(t.core.register_driver(c) == errc::ok);
    (void)t.host.take_log();
    CHECK(t.core.remove_device(s) == errc::ok);
    CHECK(t.core.settle() == errc::ok);
    CHECK(t.host.take_log() == strings{"unbind 1", "unbind 0"});
    CHECK_FALSE(t.core.contains(s));
    CHECK(t.core.view().link_count() == 1);
    CHECK(t.core.view().device_count() == 2);
    CHECK(t.core.remove_device(s) == errc::unknown_device);
    CHECK(t.core.probe(s) == errc::unknown_device);
    CHECK(t.core.add_link(c, s, {}).error().code == errc::unknown_device);
    CHECK(t.core.remove_device(c) == errc::ok);
    CHECK(t.core.view().link_count() == 0);
}

TEST_CASE("remove: children first") {
    testing::scripted_core<> t;
    const device_id p = t.add();
    const device_id child = t.add({.parent = p});
    CHECK(t.core.remove_device(p) == errc::has_children);
    CHECK(t.core.remove_device(child) == errc::ok);
    CHECK(t.core.view().children(p).empty());
    CHECK(t.core.remove_device(p) == errc::ok);
    CHECK(t.core.add_device({.parent = p}).error().code == errc::unknown_device);
}

TEST_CASE("remove: an active device is suspended silently, and lets its parent and suppliers go") {
    testing::scripted_core<> t;
    const device_id p = t.add({.runtime_pm = true});
    const device_id s = t.add({.runtime_pm = true});
    const device_id d = t.add({.parent = p, .runtime_pm = true});
    t.link(d, s, link_flag::pm_runtime);
    CHECK(t.core.settle() == errc::ok);
    CHECK(t.core.get_power(d) == errc::ok);
    (void)t.host.take_log();
    CHECK(t.core.remove_device(d) == errc::ok);
    CHECK(t.core.settle() == errc::ok);
    CHECK(t.host.take_log() == strings{"suspend 0", "suspend 1"});
}

TEST_CASE("remove: a device registered again under its name is a new one") {
    const std::string trace = replay("scenario s\ndevice s\ndevice c\nlink c s autoprobe_consumer\ndriver c -5\n"
                                     "remove c\ndevice c\nundriver c\nlink c s autoprobe_consumer\ndriver s\n");
    // Its driver was gone before it matched: nobody queues it, and it does not move.
    CHECK(testing::has_line(trace, "state s c available autoprobe_consumer+managed"));
}

TEST_CASE("remove: a child is on its parent's list only after its first attempt") {
    testing::scripted_core<> t;
    const device_id p = t.add();
    const device_id s = t.add();
    const device_id d = t.add({.parent = p});
    CHECK(std::vector<device_id>{*t.core.view().children(p).begin()} == std::vector<device_id>{d});
    // The parent moves behind its supplier and takes the child along.
    t.link(p, s);
    std::vector<device_id> order;
    for (const device_id at : t.core.view().dpm_order()) order.push_back(at);
    CHECK(order == std::vector<device_id>{s, p, d});
}
