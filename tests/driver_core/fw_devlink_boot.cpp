// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <vector>

#include <devlink/driver_core/fw_devlink_boot.hpp>

#include "firmware_script.hpp"

using namespace devlink;
using devlink::test::event_text;
using devlink::test::firmware_script;

namespace {

using boot_type = firmware_boot<event_text>;

} // namespace

TEST_CASE("plain buses bind when drivers are registered, others never") {
    const firmware_script script{{.name = "soc", .bus = true},
                                 {.name = "a", .above = "soc"},
                                 {.name = "mfd", .above = "soc", .bus = true},
                                 {.name = "b", .above = "mfd"}};
    const firmware_tree tree = script.made();
    event_text events{script};
    boot_type boot{tree, events};
    CHECK(boot.run() == errc::ok);
    CHECK(events.take() == "add soc; add a; add mfd; add b; bound soc; bound mfd");
    CHECK(boot.view().device_count() == 4);
    CHECK(boot.firmware_of(boot.device_of(device_id{2})).node == script.node("mfd"));
    CHECK(boot.view().parent(boot.device_of(device_id{3})) == boot.device_of(device_id{2}));
}

TEST_CASE("the driver for plain buses refuses what is something else first") {
    firmware_tree tree;
    tree.add_node({});
    firmware_device device;
    device.node = tree.add_node(node_id{0});
    device.plain_bus = true;
    tree.add_device(device);
    no_fw_devlink_observer nobody;
    firmware_boot boot{tree, nobody};
    CHECK(boot.run() == errc::ok);
    CHECK_FALSE(boot.view().is_bound(device_id{0}));
    CHECK(boot.view().last_attempt_failed(device_id{0}));
    CHECK_FALSE(boot.view().is_pending(device_id{0}));
}

TEST_CASE("what a driver makes comes while it probes, and is probed at once") {
    const firmware_script script{{.name = "i2c"},
                                 {.name = "pmic", .above = "i2c", .populated = true},
                                 {.name = "rtc", .above = "pmic", .populated = true},
                                 {.name = "user", .needs = {"pmic"}},
                                 {.name = "spi"},
                                 {.name = "flash", .above = "spi", .populated = true}};
    const firmware_tree tree = script.made();
    event_text events{script};
    std::vector<std::uint32_t> drivers(tree.devices().size(), boot_type::no_driver);
    const auto number = [&](const char* name) -> std::uint32_t& {
        return drivers[firmware_script::device(tree, script.node(name)).index()];
    };
    number("user") = 0;
    number("i2c") = 1;
    number("pmic") = 2;
    boot_type boot{tree, events, {.mode = fw_devlink_mode::on}, drivers};
    CHECK(boot.run() == errc::ok);
    CHECK(events.take() == "add i2c; add user; fwlink user pmic; add spi; "
                           "add pmic; link user pmic; drop user pmic; add rtc; bound pmic; bound i2c; bound user");
    CHECK_FALSE(boot.device_of(firmware_script::device(tree, script.node("flash"))).valid());
    CHECK(boot.view().device_count() == 5);
}

TEST_CASE("drivers are registered by their numbers; what was deferred is tried when boot is over") {
    const firmware_script script{{.name = "a"}, {.name = "b", .needs = {"c"}}, {.name = "c"}};
    const firmware_tree tree = script.made();
    event_text events{script};
    boot_type boot{tree, events, {.mode = fw_devlink_mode::on}, {5, 0, 1}};
    CHECK(boot.run() == errc::ok);
    CHECK(events.take() == "add a; add b; fwlink b c; add c; link b c; drop b c; bound c; bound a; bound b");
    CHECK(boot.view().deferrals() == 1);
}
