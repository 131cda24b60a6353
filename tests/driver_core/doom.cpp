// SPDX-License-Identifier: MIT
#include <devlink/driver_core/doom.hpp>

#include "support.hpp"

#include <random>

using testing::device_id;
using testing::errc;
using testing::link_flag;
using testing::link_flags;
using strings = std::vector<std::string>;

TEST_CASE("doom: what counts as failed") {
    testing::plain_host host;
    testing::plain_machine m(host);
    const device_id d = testing::raw_device(m);
    using devlink::detail::core::has_failed;
    CHECK_FALSE(has_failed(m, m.device(d)));
    m.device(d).failed_last = true;
    CHECK(has_failed(m, m.device(d)));
    m.device(d).can_match = true;
    (void)devlink::detail::core::add_deferred(m, d);
    CHECK_FALSE(has_failed(m, m.device(d)));
    devlink::detail::core::delete_deferred(m, d);
    m.device(d).failed_last = false;
    m.drivers_done = true;
    CHECK(has_failed(m, m.device(d)));
    m.device(d).has_driver = true;
    CHECK_FALSE(has_failed(m, m.device(d)));
}

TEST_CASE("doom: runs down mandatory links only, and is lifted the same way") {
    testing::scripted_core<> t;
    t.host.outcomes = {{-5, 0}};
    const device_id s = t.add();
    const device_id m = t.add();
    const device_id o = t.add();
    const device_id soft = t.add();
    const device_id stateless = t.add();
    t.link(m, s);
    t.link(o, m, link_flag::optional_supplier);
    t.link(soft, s, link_flag::sync_state_only);
    t.link(stateless, s, link_flag::stateless);
    CHECK(t.core.register_driver(s) == errc::ok);
    CHECK(t.host.take_log() == strings{"probe 0", "doomed 0", "doomed 1"});
    const auto view = t.core.view();
    CHECK(view.is_doomed(s));
    CHECK(view.is_doomed(m));
    CHECK_FALSE(view.is_doomed(o));
    CHECK_FALSE(view.is_doomed(soft));
    CHECK_FALSE(view.is_doomed(stateless));
    CHECK(t.core.probe(s) == errc::ok);
    CHECK_FALSE(view.is_doomed(s));
    CHECK_FALSE(view.is_doomed(m));
}

TEST_CASE("doom: several doomed suppliers are counted") {
    testing::scripted_core<> t;
    t.host.outcomes = {{-5, 0}, {-5}};
    const device_id a = t.add();
    const device_id b = t.add();
    const device_id c = t.add();
    t.link(c, a);
    const auto second = t.link(c, b);
    CHECK(t.core.register_driver(a) == errc::ok);
    CHECK(t.core.register_driver(b) == errc::ok);
    CHECK(t.core.view().is_doomed(c));
    CHECK(t.core.probe(a) == errc::ok);
    CHECK(t.core.view().is_doomed(c));
    t.core.delete_link(second);
    CHECK_FALSE(t.core.view().is_doomed(c));
}

TEST_CASE("doom: silent while no optional link is there and drivers may come; kept all the same") {
    testing::scripted_core<> t;
    t.host.outcomes = {{-5}};
    const device_id s = t.add({.has_driver = true});
    const device_id c = t.add();
    t.link(c, s);
    CHECK(t.host.take_log() == strings{"probe 0"});
    CHECK(t.core.view().is_doomed(c));
    t.core.drivers_done();
    CHECK(t.host.take_log().empty());
    const device_id late = t.add();
    CHECK(t.host.take_log() == strings{"doomed 2"});
    CHECK(t.core.view().is_doomed(late));
}

TEST_CASE("doom: a chain of optional consumers of driverless devices that were queued comes to rest") {
    // Each is released by the doom before it, and queued, which lifts no doom: it has no driver to be asked.
    testing::scripted_core<> t;
    t.host.outcomes.assign(40, {-5});
    for (int index = 0; index < 40; ++index) {
        const device_id d = t.add({.has_driver = true});
        CHECK(t.core.unregister_driver(d) == errc::ok);
        for (int back = 1; back <= 2 && back <= index; ++back)
            t.link(d, device_id{index - back}, link_flag::optional_supplier | link_flag::autoprobe_consumer);
    }
    (void)t.host.take_log();
    CHECK(t.core.register_driver(device_id{0}) == errc::ok);
    CHECK(t.core.settle() == errc::ok);
    CHECK(t.host.take_log().size() < 400);
    t.core.drivers_done();
    CHECK(t.core.settle() == errc::ok);
    for (int index = 0; index < 40; ++index) CHECK(t.core.view().is_doomed(device_id{index}));
}

TEST_CASE("doom: without the extension nothing is kept") {
    testing::scripted_core<devlink::options{.extension = devlink::extension_rule::none}> t;
    t.host.outcomes = {{-5}};
    const device_id s = t.add({.has_driver = true});
    t.core.drivers_done();
    CHECK_FALSE(t.core.view().is_doomed(s));
    CHECK(t.host.take_log() == strings{"probe 0"});
}

TEST_CASE("doom: the work is that of what changes, however many devices stand by") {
    testing::scripted_core<> t;
    t.host.outcomes = {{-5, -517, -5}};
    constexpr std::size_t bystanders = 200000;
    t.add();
    for (std::size_t index = 1; index < bystanders; ++index) {
        t.add();
        t.link(device_id{index}, device_id{index > 4 ? index - 4 : 0}, link_flags{});
    }
    // One more event at the end of the chain each, none of which touches the chain.
    const device_id s = t.add();
    const device_id c = t.add();
    t.host.outcomes.resize(s.index() + 1);
    t.host.outcomes.back() = {-5};
    t.link(c, s, link_flag::optional_supplier);
    CHECK(t.core.register_driver(c) == errc::ok);
    CHECK(t.core.register_driver(s) == errc::ok);
    for (int again = 0; again < 20000; ++again) CHECK(t.core.probe(s) == errc::ok);
    CHECK(t.core.settle() == errc::ok);
    CHECK(t.core.view().is_degraded(c));
    CHECK_FALSE(t.core.view().is_doomed(device_id{1}));
}
