// SPDX-License-Identifier: MIT
#include <devlink/driver_core/probe.hpp>

#include "support.hpp"

using testing::device_id;
using testing::errc;
using testing::last_events;
using testing::link_flag;
using testing::link_state;
using testing::replay;
using strings = std::vector<std::string>;

TEST_CASE("probe: a consumer waits for its supplier and comes up with it") {
    testing::scripted_core<> t;
    const device_id s = t.add();
    const device_id c = t.add();
    const auto l = t.link(c, s);
    CHECK(t.core.register_driver(c) == errc::ok);
    CHECK(t.core.view().is_pending(c));
    CHECK((*t.core.view().pending().begin() == devlink::pending_device{c, s}));
    CHECK(t.host.take_log().empty());
    CHECK(t.core.register_driver(s) == errc::ok);
    CHECK(t.core.view().is_to_be_retried(c));
    CHECK(t.core.settle() == errc::ok);
    CHECK(t.host.take_log() == strings{"probe 0", "probe 1"});
    CHECK(t.core.view().link(l).state == link_state::active);
    CHECK(t.core.view().pending().empty());
    CHECK(t.core.view().attempts() == 3);
    CHECK(t.core.view().deferrals() == 1);
}

TEST_CASE("probe: a permanent failure is forgotten, whoever waits for it waits for ever") {
    testing::scripted_core<> t;
    t.host.outcomes = {{-19}, {}};
    const device_id s = t.add();
    const device_id c = t.add();
    t.link(c, s);
    CHECK(t.core.register_driver(c) == errc::ok);
    CHECK(t.core.register_driver(s) == errc::ok);
    CHECK(t.core.settle() == errc::ok);
    CHECK(t.host.take_log() == strings{"probe 0"});
    CHECK(t.core.view().last_attempt_failed(s));
    CHECK(t.core.view().is_pending(c));
    CHECK_FALSE(t.core.view().is_pending(s));
}

TEST_CASE("probe: a supplier-caused deferral leaves the status at probing; repaired it does not") {
    const std::string text = "scenario s\ndevice x\ndevice s\ndevice c\ndriver s\nlink c x\ndriver c\nlink c s\n"
                             "driver x\n";
    // The stale link is not ready at the first retry, and needs yet another trigger.
    CHECK(last_events(replay(text)) ==
          "> driver x\nprobe x ok\nstate x c available managed\nstate s c available managed\ndeferred c s\n");
    CHECK(last_events(replay<testing::repaired_rules>(text)) ==
          "> driver x\nprobe x ok\nprobe c ok\nstate x c active managed\nstate s c active managed\n");
}

TEST_CASE("probe: a driver's own deferral leaves an older reason standing; repaired it clears it") {
    const std::string text =
        "scenario s\ndevice s\ndevice c\nlink c s stateless\nlink c s\ndriver c defer\nunlink c s\n"
        "unlink c s\nprobe c\n";
    CHECK(last_events(replay(text)) == "> probe c\nprobe c defer\ndeferred c s\n");
    CHECK(testing::has_line(replay<testing::repaired_rules>("scenario s\ndevice s\ndevice c\nlink c s\ndriver c defer\n"
                                                            "remove s\nprobe c\n"),
                            "deferred c"));
    CHECK(testing::has_line(replay("scenario s\ndevice s\ndevice c\nlink c s\ndriver c defer\nremove s\nprobe c\n"),
                            "deferred c s"));
}

TEST_CASE("probe: the race rule retries at once what was deferred while somebody bound") {
    // The probe of a parent registers its child, which binds; then the parent's driver defers.
    struct parent_host {
        devlink::driver_core<parent_host>* core = nullptr;
        int calls = 0;
        testing::probe_result probe(device_id d) {
            if (d.index() != 0) return testing::probe_result::ok();
            if (++calls > 1) return testing::probe_result::ok();
            (void)core->add_device({.parent = d, .has_driver = true});
            return testing::probe_result::defer();
        }
    };
    parent_host host;
    devlink::driver_core core(host);
    host.core = &core;
    const device_id p = *core.add_device({.has_driver = true});
    CHECK(core.view().is_to_be_retried(p));
    CHECK(core.view().is_bound(device_id{1}));
    CHECK(core.settle() == errc::ok);
    CHECK(core.view().is_bound(p));
    CHECK(host.calls == 2);
    CHECK(core.view().children(p).begin() != core.view().children(p).end());
}

TEST_CASE("probe: deferred probing held back until boot is over") {
    testing::scripted_core<> t;
    t.core.hold_back_deferred_probe();
    const device_id c = t.add();
    const device_id s = t.add();
    t.link(c, s);
    CHECK(t.core.register_driver(c) == errc::ok);
    CHECK(t.core.register_driver(s) == errc::ok);
    CHECK(t.core.settle() == errc::ok);
    CHECK(t.host.take_log() == strings{"probe 1"});
    t.core.enable_deferred_probe();
    CHECK(t.core.settle() == errc::ok);
    CHECK(t.host.take_log() == strings{"probe 0"});
}

TEST_CASE("probe: while probing is blocked every attempt is deferred, without a reason") {
    testing::scripted_core<> t;
    t.core.block_probing();
    const device_id d = t.add({.has_driver = true});
    CHECK((*t.core.view().pending().begin() == devlink::pending_device{d, {}}));
    CHECK(t.core.view().status(d) == devlink::device_status::no_driver);
    t.core.unblock_probing();
    CHECK(t.core.settle() == errc::ok);
    CHECK(t.core.view().is_bound(d));
}

TEST_CASE("probe: a supplier that only firmware knows defers without touching the status") {
    struct firmware_host {
        bool waits = true;
        int bound = 0;
        int added = 0;
        testing::probe_result probe(device_id) { return testing::probe_result::ok(); }
        bool waits_for_firmware(device_id) const { return waits; }
        void on_bound(device_id) { ++bound; }
        void on_device_added(device_id) { ++added; }
    };
    firmware_host host;
    devlink::driver_core core(host);
    const device_id d = *core.add_device({.has_driver = true});
    CHECK(host.added == 1);
    CHECK(core.view().is_pending(d));
    CHECK(core.view().status(d) == devlink::device_status::no_driver);
    host.waits = false;
    CHECK(core.probe(d) == errc::ok);
    CHECK(core.view().is_bound(d));
    CHECK(host.bound == 1);
}

TEST_CASE("probe: a pass without a bind ends") {
    testing::scripted_core<> t;
    t.host.outcomes = {{-517}, {-517}, {-517}};
    for (int index = 0; index < 3; ++index) t.add({.has_driver = true});
    t.core.trigger_deferred_probe();
    CHECK(t.core.settle() == errc::ok);
    CHECK(t.host.take_log().size() == 6);
    CHECK(t.core.settle() == errc::ok);
    CHECK(t.host.take_log().empty());
}
