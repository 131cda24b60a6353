// SPDX-License-Identifier: MIT
#include <devlink/driver_core/unbind.hpp>

#include "support.hpp"

using testing::device_id;
using testing::errc;
using testing::link_flag;
using testing::link_state;
using strings = std::vector<std::string>;

namespace {

// A consumer that waits for another supplier is linked to a bound one: the link says consumer_probe and stays so.
const std::string stale = "scenario s\ndevice x\ndevice s\ndevice c\ndriver s\nlink c x\ndriver c\nlink c s";

} // namespace

TEST_CASE("unbind: consumers first, depth first, in link order") {
    testing::scripted_core<> t;
    for (int index = 0; index < 5; ++index) t.add({.has_driver = true});
    const auto d = [](int index) { return device_id{index}; };
    t.link(d(1), d(0));
    t.link(d(2), d(0));
    t.link(d(3), d(1));
    t.link(d(3), d(2));
    t.link(d(4), d(0));
    (void)t.host.take_log();
    CHECK(t.core.unbind(d(0)) == errc::ok);
    CHECK(t.host.take_log() == strings{"unbind 3", "unbind 1", "unbind 2", "unbind 4", "unbind 0"});
    for (const auto l : t.core.view().consumers(d(0))) CHECK(t.core.view().link(l).state == link_state::dormant);
    CHECK(t.core.unbind(d(0)) == errc::ok);
    CHECK(t.host.take_log().empty());
}

TEST_CASE("unbind: a stale link hangs the kernel, after what it did before; repaired it does not") {
    const std::string plain = stale + "\nunbind s\nprobe s\n";
    CHECK(testing::last_events(testing::replay(plain)) == "> unbind s\nhang\n");
    // Repaired there is no stale link to begin with.
    const std::string repaired = testing::replay<testing::repaired_rules>(plain);
    CHECK(repaired.find("> unbind s\nunbound s\n") != std::string::npos);
    CHECK(repaired.find("hang") == std::string::npos);
}

TEST_CASE("unbind: what comes before the stale link in the list is unbound first") {
    const std::string trace = testing::replay("scenario s\ndevice x\ndevice s\ndevice a\ndevice c\ndevice z\n"
                                              "driver s\ndriver a\ndriver z\nlink a s\nlink c x\ndriver c\n"
                                              "link c s\nlink z s\nunbind s\n");
    CHECK(testing::last_events(trace) == "> unbind s\nunbound a\nhang\n");
}

TEST_CASE("unbind: a stale sync_state_only link hangs once nothing else is left to unbind") {
    const std::string trace = testing::replay("scenario s\ndevice x\ndevice s\ndevice c\ndevice z\ndriver s\n"
                                              "driver z\nlink c x\ndriver c\nlink c s sync_state_only\nlink z s\n"
                                              "unbind s\n");
    CHECK(testing::last_events(trace) == "> unbind s\nunbound z\nhang\n");
}

TEST_CASE("unbind: a hang is an error value, for this event and every later one") {
    testing::scripted_core<> t;
    const device_id x = t.add();
    const device_id s = t.add({.has_driver = true});
    const device_id c = t.add();
    t.link(c, x);
    CHECK(t.core.register_driver(c) == errc::ok);
    t.link(c, s);
    CHECK(t.core.unbind(s) == errc::would_hang);
    CHECK(t.core.is_hung());
    CHECK(t.core.probe(c) == errc::would_hang);
    CHECK(t.core.settle() == errc::would_hang);
    CHECK(t.core.get_power(c) == errc::would_hang);
    CHECK(t.core.add_link(c, s, {}).error().code == errc::would_hang);
    CHECK(t.core.add_device().error().code == errc::would_hang);
}

TEST_CASE("unbind: repaired, a stale link that is there nevertheless is taken for what it is") {
    using namespace devlink::detail::core;
    testing::plain_host host;
    core_machine<testing::plain_host, testing::repaired_rules> m(host);
    const device_id s = testing::raw_device(m);
    const device_id soft = testing::raw_device(m);
    const device_id hard = testing::raw_device(m);
    m.device(s).bound = true;
    m.device(s).status = devlink::device_status::driver_bound;
    const auto a = m.insert_link(soft, s, link_flag::managed | link_flag::sync_state_only);
    const auto b = m.insert_link(hard, s, link_flag::managed);
    for (const auto l : {a, b}) m.change_link(l, [](link_record& link) { link.state = link_state::consumer_probe; });
    CHECK(unbind(m, s));
    CHECK(m.link(a).state == link_state::dormant);
    CHECK(m.link(b).state == link_state::dormant);
    CHECK(m.device(s).status == devlink::device_status::no_driver);
}

TEST_CASE("unbind: what autoremove_supplier leaves of a stateless link is dormant, repaired it is none") {
    const std::string text = "scenario s\ndevice s\ndevice c\nlink c s stateless\nlink c s autoremove_supplier\n"
                             "driver s\nunbind s\n";
    // The merge made the managed part permanent, so the managed part has to come first.
    const std::string first = "scenario s\ndevice s\ndevice c\nlink c s autoremove_supplier\nlink c s stateless\n"
                              "driver s\nunbind s\n";
    CHECK(testing::has_line(testing::replay(text), "state s c dormant stateless+managed"));
    CHECK(testing::has_line(testing::replay(first), "state s c dormant stateless+autoremove_supplier"));
    CHECK(testing::has_line(testing::replay<testing::repaired_rules>(first),
                            "state s c none stateless+autoremove_supplier"));
}

TEST_CASE("unbind: the walk survives links that the consumers' own cleanup deletes") {
    testing::scripted_core<> t;
    const device_id s = t.add({.has_driver = true});
    const device_id a = t.add({.has_driver = true});
    const device_id b = t.add({.has_driver = true});
    const device_id c = t.add({.has_driver = true});
    t.link(b, a);
    for (const device_id consumer : {a, b, c}) t.link(consumer, s, link_flag::autoremove_consumer);
    (void)t.host.take_log();
    CHECK(t.core.unbind(s) == errc::ok);
    // `b` goes with `a`, and takes its link to `s`, the next of the walk, along.
    CHECK(t.host.take_log() == strings{"unbind 2", "unbind 1", "unbind 3", "unbind 0"});
    CHECK(t.core.view().link_count() == 1);
}

TEST_CASE("unbind: long chains and wide fans") {
    testing::scripted_core<> chain;
    constexpr std::size_t many = 50000;
    for (std::size_t index = 0; index < many; ++index) {
        chain.add({.has_driver = true});
        if (index > 0) chain.link(device_id{index}, device_id{index - 1});
    }
    CHECK(chain.core.unbind(device_id{0}) == errc::ok);
    CHECK(chain.host.log.size() == 2 * many);
    CHECK(chain.host.log.back() == "unbind 0");

    testing::scripted_core<> fan;
    fan.add({.has_driver = true});
    for (std::size_t index = 1; index < many; ++index) {
        fan.add({.has_driver = true});
        fan.link(device_id{index}, device_id{0});
    }
    CHECK(fan.core.unbind(device_id{0}) == errc::ok);
    CHECK(fan.host.log.size() == 2 * many);
}
