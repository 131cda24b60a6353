// SPDX-License-Identifier: MIT
#include <devlink/driver_core/runtime_pm.hpp>

#include "support.hpp"

using testing::device_id;
using testing::errc;
using testing::link_flag;
using strings = std::vector<std::string>;

namespace {

constexpr devlink::device_options powered{.runtime_pm = true};

} // namespace

TEST_CASE("runtime_pm: a supplier is resumed before its consumer and suspended after it") {
    testing::scripted_core<> t;
    const device_id s = t.add(powered);
    const device_id c = t.add(powered);
    t.link(c, s, link_flag::pm_runtime);
    CHECK(t.core.get_power(c) == errc::ok);
    CHECK(t.host.take_log() == strings{"resume 0", "resume 1"});
    CHECK(t.core.view().usage(s) == 1);
    CHECK(t.core.put_power(c) == errc::ok);
    CHECK(t.host.take_log() == strings{"suspend 1"});
    CHECK(t.core.settle() == errc::ok);
    CHECK(t.host.take_log() == strings{"suspend 0"});
    CHECK(t.core.view().usage(s) == 0);
}

TEST_CASE("runtime_pm: a child keeps its parent awake") {
    testing::scripted_core<> t;
    const device_id p = t.add(powered);
    const device_id d = t.add({.parent = p, .runtime_pm = true});
    (void)t.core.settle();
    (void)t.host.take_log();
    CHECK(t.core.get_power(d) == errc::ok);
    CHECK(t.core.view().active_children(p) == 1);
    CHECK(t.core.view().is_power_active(p));
    CHECK(t.core.put_power(p) == errc::ok);
    CHECK(t.core.put_power(d) == errc::ok);
    CHECK(t.core.settle() == errc::ok);
    CHECK(t.host.take_log() == strings{"resume 0", "resume 1", "suspend 1", "suspend 0"});
    CHECK(t.core.view().active_children(p) == 0);
}

TEST_CASE("runtime_pm: a disabled device counts, fails, and prints nothing") {
    testing::scripted_core<> t;
    const device_id d = t.add();
    CHECK(t.core.get_power(d) == errc::runtime_pm_failed);
    CHECK(t.core.view().usage(d) == 1);
    CHECK(t.core.put_power(d) == errc::ok);
    CHECK(t.core.put_power(d) == errc::ok);
    CHECK(t.core.view().usage(d) == 0);
    CHECK(t.host.take_log().empty());
    CHECK_FALSE(t.core.view().is_power_enabled(d));
}

TEST_CASE("runtime_pm: rpm_active holds once an add, and all is given back at the consumer's next suspend") {
    testing::scripted_core<> t;
    const device_id s = t.add(powered);
    const device_id c = t.add(powered);
    const auto l = t.link(c, s, link_flag::pm_runtime | link_flag::rpm_active);
    t.link(c, s, link_flag::pm_runtime | link_flag::rpm_active);
    CHECK(t.core.view().link(l).held == 2);
    CHECK(t.core.view().usage(s) == 2);
    CHECK(t.core.get_power(c) == errc::ok);
    CHECK(t.core.view().link(l).held == 3);
    CHECK(t.core.put_power(c) == errc::ok);
    CHECK(t.core.view().link(l).held == 0);
    CHECK(t.core.view().usage(s) == 0);
    CHECK(t.core.settle() == errc::ok);
    CHECK(t.host.take_log() == strings{"resume 0", "resume 1", "suspend 1", "suspend 0"});
}

TEST_CASE("runtime_pm: rpm_active on a disabled supplier is refused and leaves no count") {
    testing::scripted_core<> t;
    const device_id s = t.add();
    const device_id c = t.add(powered);
    const auto refused = t.core.add_link(c, s, link_flag::pm_runtime | link_flag::rpm_active);
    REQUIRE(!refused);
    CHECK(refused.error().code == errc::runtime_pm_failed);
    CHECK(t.core.view().usage(s) == 0);
}

TEST_CASE("runtime_pm: a surplus put leaves a link holding, at the next user's cost; repaired it does not") {
    const auto run = [](auto& t) {
        const device_id s = t.add(powered);
        const device_id c = t.add(powered);
        const auto l = t.link(c, s, link_flag::pm_runtime | link_flag::rpm_active);
        t.link(c, s, link_flag::pm_runtime | link_flag::rpm_active);
        CHECK(t.core.put_power(s) == errc::ok);
        CHECK(t.core.put_power(s) == errc::ok);
        CHECK(t.core.get_power(c) == errc::ok);
        CHECK(t.core.put_power(s) == errc::ok);
        CHECK(t.core.put_power(c) == errc::ok);
        const std::uint32_t left = t.core.view().link(l).held;
        // Somebody uses the supplier; then the consumer comes and goes.
        CHECK(t.core.get_power(s) == errc::ok);
        CHECK(t.core.get_power(c) == errc::ok);
        CHECK(t.core.put_power(c) == errc::ok);
        CHECK(t.core.settle() == errc::ok);
        return std::pair{left, t.core.view().usage(s)};
    };
    testing::scripted_core<> kernel;
    CHECK(run(kernel) == std::pair{2U, 0U});
    CHECK(kernel.host.log.back() == "suspend 0");
    testing::scripted_core<testing::repaired_rules> repaired;
    CHECK(run(repaired) == std::pair{0U, 1U});
}

TEST_CASE("runtime_pm: an attempt holds suppliers and parent until it is over, also one that is deferred") {
    testing::scripted_core<> t;
    const device_id absent = t.add();
    const device_id s = t.add(powered);
    const device_id c = t.add(powered);
    t.link(c, absent);
    t.link(c, s, link_flag::pm_runtime);
    CHECK(t.core.register_driver(c) == errc::ok);
    CHECK(t.host.take_log() == strings{"resume 1"});
    CHECK(t.core.view().usage(s) == 0);
    CHECK(t.core.view().is_power_active(s));
    CHECK(t.core.settle() == errc::ok);
    CHECK(t.host.take_log() == strings{"suspend 1"});
}

TEST_CASE("runtime_pm: a request that is cancelled and made again keeps its first place in the queue") {
    const std::string trace = testing::replay("scenario s\ndevice p rpm\ndevice a parent=p rpm\ndevice b parent=p rpm\n"
                                              "get a\nget b\nput a\nput b\n");
    CHECK(testing::last_events(trace) == "> put b\nsuspend b\nsuspend p\n");
}

TEST_CASE("runtime_pm: an attempt takes the device's own request out of the queue, so the next one is the last") {
    const std::string trace = testing::replay("scenario s\ndevice x rpm\ndevice w rpm\ndevice y\ndevice z\ndevice t\n"
                                              "link y x stateless pm_runtime\nlink z w stateless pm_runtime\n"
                                              "driver y defer ok\ndriver z defer ok\ndriver x defer ok\ndriver t\n");
    const std::string last = testing::last_events(trace);
    const std::string attempts = "probe t ok\nresume x\nprobe y ok\nresume w\nprobe z ok\nprobe x ok\n";
    CHECK(last.find(attempts + "suspend w\nsuspend x\n") != std::string::npos);
}

TEST_CASE("runtime_pm: long chains of suppliers and parents need no stack") {
    testing::scripted_core<> t;
    constexpr std::size_t length = 100000;
    device_id before;
    for (std::size_t index = 0; index < length; ++index) {
        const device_id d =
            t.core.add_device({.parent = index % 2 == 1 ? before : device_id{}, .runtime_pm = true}).value();
        if (index % 2 == 0 && before.valid()) t.link(d, before, link_flag::pm_runtime);
        before = d;
    }
    CHECK(t.core.settle() == errc::ok);
    (void)t.host.take_log();
    CHECK(t.core.get_power(before) == errc::ok);
    CHECK(t.host.log.size() == length);
    CHECK(t.host.log.front() == "resume 0");
    CHECK(t.core.put_power(before) == errc::ok);
    CHECK(t.core.settle() == errc::ok);
    CHECK(t.host.log.size() == 2 * length);
    CHECK(t.host.log.back() == "suspend 0");
}
