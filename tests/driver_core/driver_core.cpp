// SPDX-License-Identifier: MIT
#include <devlink/driver_core/driver_core.hpp>

#include "support.hpp"

using testing::device_id;
using testing::errc;
using testing::link_flag;
using strings = std::vector<std::string>;

TEST_CASE("driver_core: events name what they can't be played to") {
    testing::scripted_core<> t;
    const device_id nobody{3};
    CHECK(t.core.remove_device(nobody) == errc::unknown_device);
    CHECK(t.core.register_driver(nobody) == errc::unknown_device);
    CHECK(t.core.unregister_driver(nobody) == errc::unknown_device);
    CHECK(t.core.probe(nobody) == errc::unknown_device);
    CHECK(t.core.unbind(device_id{}) == errc::unknown_device);
    CHECK(t.core.get_power(nobody) == errc::unknown_device);
    CHECK(t.core.put_power(nobody) == errc::unknown_device);
    const device_id d = t.add();
    CHECK(t.core.unregister_driver(d) == errc::no_driver);
    CHECK(t.core.register_driver(d) == errc::ok);
    CHECK(t.core.register_driver(d) == errc::driver_exists);
    CHECK(t.core.unregister_driver(d) == errc::ok);
    CHECK(t.host.take_log() == strings{"probe 0", "unbind 0"});
    CHECK(t.core.probe(d) == errc::ok);
    CHECK(t.host.take_log().empty());
}

TEST_CASE("driver_core: a probe adds links, asks who is there, and registers children") {
    struct bus_host {
        devlink::driver_core<bus_host>* core = nullptr;
        device_id supplier;
        bool present = false;
        testing::probe_result probe([[maybe_unused]] device_id d) {
            if (d != device_id{1}) return testing::probe_result::ok();
            const auto l = core->add_link(d, supplier, link_flag::autoremove_consumer);
            present = core->view().is_supplier_present(*l);
            (void)core->get_power(d);
            for (int child = 0; child < 100; ++child) (void)core->add_device({.parent = d, .has_driver = true});
            return testing::probe_result::ok();
        }
    };
    bus_host host;
    devlink::driver_core core(host);
    host.core = &core;
    host.supplier = *core.add_device({.has_driver = true});
    const device_id bus = *core.add_device({.has_driver = true});
    CHECK(host.present);
    CHECK(core.settle() == errc::ok);
    CHECK(core.view().device_count() == 102);
    for (const device_id child : core.view().children(bus)) CHECK(core.view().is_bound(child));
    CHECK(core.view().link(core.view().find_link(bus, host.supplier)).state == devlink::link_state::active);
}

TEST_CASE("driver_core: a copy goes its own way") {
    testing::scripted_core<> t;
    const device_id s = t.add();
    const device_id c = t.add();
    t.link(c, s);
    CHECK(t.core.register_driver(c) == errc::ok);
    auto copy = t.core;
    CHECK(copy.register_driver(s) == errc::ok);
    CHECK(copy.settle() == errc::ok);
    CHECK(copy.view().is_bound(c));
    CHECK_FALSE(t.core.view().is_bound(s));
    CHECK(t.core.view().is_pending(c));
}

TEST_CASE("driver_core: what is not there can't be linked, and what is being probed can't be removed") {
    testing::scripted_core<> t;
    const device_id s = t.add();
    const device_id c = t.add();
    CHECK(t.core.remove_device(c) == errc::ok);
    CHECK(t.core.add_link(c, s).error().code == errc::unknown_device);

    struct suicidal_host {
        devlink::driver_core<suicidal_host>* core = nullptr;
        testing::probe_result probe([[maybe_unused]] device_id d) {
            CHECK_THROWS((void)core->remove_device(d));
            return testing::probe_result::ok();
        }
    };
    suicidal_host host;
    devlink::driver_core core(host);
    host.core = &core;
    const device_id d = *core.add_device({.has_driver = true});
    CHECK(core.view().is_bound(d));
}

TEST_CASE("driver_core: memory is 64 bytes a device and 36 a link") {
    static_assert(sizeof(devlink::detail::core::device_record) == 64);
    static_assert(sizeof(devlink::detail::core::link_record) == 36);
    CHECK(devlink::driver_core<testing::plain_host>::chosen == devlink::options{});
    // Ids of devices are places in one array, so a reserved core neither moves nor grows.
    testing::scripted_core<> t;
    t.core.reserve(1000, 1000);
    for (int index = 0; index < 1000; ++index) t.add();
    for (std::size_t index = 1; index < 1000; ++index) t.link(device_id{index}, device_id{index / 2});
    CHECK(t.core.view().link_count() == 999);
}
