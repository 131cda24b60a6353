// SPDX-License-Identifier: MIT
#include <devlink/source/sysfs.hpp>

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "temporary_tree.hpp"

namespace {

using devlink::device_id;
using devlink::link_flag;
using devlink::link_id;
using devlink::link_state;
using devlink::outcome;
using devlink::source::read_sysfs;
using devlink::source::sysfs_machine;

sysfs_machine read(const temporary_tree& files) {
    auto machine = read_sysfs(files.root());
    if (!machine) FAIL(machine.error().to_string());
    return *std::move(machine);
}

std::string error_of(const temporary_tree& files) {
    const auto machine = read_sysfs(files.root());
    if (machine) return "no error";
    std::string text = machine.error().to_string();
    const std::string root = files.root().string();
    if (text.starts_with(root)) text.replace(0, root.size(), "ROOT");
    return text;
}

// "CONSUMER>SUPPLIER" of every link.
std::vector<std::string> links_of(const sysfs_machine& m) {
    std::vector<std::string> all;
    for (const auto& l : m.machine.graph.links())
        all.push_back(std::string(m.machine.graph.name(l.consumer)) + ">" +
                      std::string(m.machine.graph.name(l.supplier)));
    return all;
}

// A link as the kernel shows it: a folder below devices/virtual/devlink and a symbolic link to it in class/devlink.
void add_link(const temporary_tree& files, const std::string& name, const std::string& consumer,
              const std::string& supplier) {
    const std::string folder = "devices/virtual/devlink/" + name;
    files.symlink("class/devlink/" + name, "../../" + folder);
    files.symlink(folder + "/consumer", "../../../../" + consumer);
    files.symlink(folder + "/supplier", "../../../../" + supplier);
}

void add_device(const temporary_tree& files, const std::string& path, const char* driver = nullptr) {
    files.folder(path);
    if (driver != nullptr) files.symlink(path + "/driver", std::string("/sys/bus/platform/drivers/") + driver);
}

TEST_CASE("sysfs: device links are what the symbolic links say, whatever their names") {
    const temporary_tree files;
    add_device(files, "devices/platform/soc", "simple-bus");
    add_device(files, "devices/platform/soc/a:b", "a driver");
    add_device(files, "devices/platform/soc/i2c/i2c-3/3-0050");
    add_link(files, "platform:a:b--i2c:3-0050", "devices/platform/soc/i2c/i2c-3/3-0050", "devices/platform/soc/a:b");
    add_link(files, "misleading--name", "devices/platform/soc/a:b", "devices/platform/soc");
    files.file("devices/virtual/devlink/misleading--name/runtime_pm", "1\n");
    files.file("devices/virtual/devlink/misleading--name/auto_remove_on", "supplier unbind\n");
    files.file("devices/virtual/devlink/misleading--name/sync_state_only", "0\n");
    files.file("devices/virtual/devlink/misleading--name/status", "active\n");
    files.symlink("devices/platform/soc/a:b/of_node", "/sys/firmware/devicetree/base/soc/a@b");
    files.file("devices/platform/soc/a:b/state_synced", "1\n");
    files.file("devices/platform/soc/i2c/i2c-3/3-0050/waiting_for_supplier", "0\n");

    const sysfs_machine m = read(files);
    const auto& g = m.machine.graph;
    REQUIRE(g.device_count() == 3);
    CHECK(g.name(device_id{0}) == "soc");
    CHECK(g.name(device_id{1}) == "a:b");
    CHECK(g.name(device_id{2}) == "3-0050");
    CHECK_FALSE(g.parent(device_id{0}).device.valid());
    CHECK(g.parent(device_id{1}).device == device_id{0});
    CHECK(g.parent(device_id{2}).device == device_id{0});
    CHECK(g.parent(device_id{2}).kind == devlink::parent_kind::contains);
    CHECK(links_of(m) == std::vector<std::string>{"a:b>soc", "3-0050>a:b"});
    CHECK(g.link(link_id{0}).flags == (link_flag::managed | link_flag::pm_runtime | link_flag::autoremove_supplier));
    CHECK(g.link(link_id{1}).flags == link_flag::managed);
    REQUIRE(m.links.size() == 2);
    CHECK(m.links[0] == link_state::active);
    CHECK_FALSE(m.links[1].has_value());
    CHECK(m.machine.origin(link_id{1}) == "class/devlink");
    CHECK(m.machine.name == files.root().string());

    REQUIRE(m.devices.size() == 3);
    CHECK(m.devices[1].path == "devices/platform/soc/a:b");
    CHECK(m.devices[1].driver == "a driver");
    CHECK(m.devices[1].of_node == "firmware/devicetree/base/soc/a@b");
    CHECK(m.devices[1].state_synced == true);
    CHECK_FALSE(m.devices[1].waiting_for_supplier.has_value());
    CHECK(m.devices[2].driver.empty());
    CHECK(m.devices[2].waiting_for_supplier == false);
    CHECK_FALSE(m.devices[2].state_synced.has_value());
}

TEST_CASE("sysfs: each kind of link has the flags that sysfs exports") {
    const temporary_tree files;
    const auto link = [&](const std::string& name, const char* pm, const char* soft, const char* removal,
                          const char* status) {
        add_link(files, name, "devices/c-" + name, "devices/s");
        const std::string folder = "devices/virtual/devlink/" + name + "/";
        files.file(folder + "runtime_pm", pm);
        files.file(folder + "sync_state_only", soft);
        files.file(folder + "auto_remove_on", removal);
        files.file(folder + "status", status);
    };
    link("a", "0", "0", "never", "available");
    link("b", "0", "1", "consumer unbind", "dormant");
    link("c", "1", "0", "consumer unbind", "consumer probing");
    link("d", "1", "0", "never", "not tracked");
    link("e", "0", "0", "never", "supplier unbinding");
    link("f", "0", "0", "never", "unknown");
    const sysfs_machine m = read(files);
    const auto flags = [&](std::size_t l) {
        return m.machine.graph.link(link_id{l}).flags.without(link_flag::managed);
    };
    REQUIRE(m.machine.graph.link_count() == 6);
    CHECK(flags(0).empty());
    CHECK(flags(1) == link_flag::sync_state_only);
    CHECK(flags(2) == (link_flag::pm_runtime | link_flag::autoremove_consumer));
    CHECK(flags(3) == (link_flag::stateless | link_flag::pm_runtime));
    CHECK(m.links[0] == link_state::available);
    CHECK(m.links[1] == link_state::dormant);
    CHECK(m.links[2] == link_state::consumer_probe);
    CHECK(m.links[3] == link_state::none);
    CHECK(m.links[4] == link_state::supplier_unbind);
    REQUIRE(m.links.size() == 6);
    CHECK_FALSE(m.links[5].has_value());
}

TEST_CASE("sysfs: a PCI function is linked to the port above it") {
    const temporary_tree files;
    add_device(files, "devices/pci0000:00/0000:00:1c.0", "pcieport");
    add_device(files, "devices/pci0000:00/0000:00:1c.0/0000:01:00.0", "nvme");
    add_device(files, "devices/pci0000:00/0000:00:1f.0");
    for (const char* path : {"0000:00:1c.0", "0000:00:1c.0/0000:01:00.0", "0000:00:1f.0"}) {
        const std::string name = std::filesystem::path(path).filename().string();
        files.symlink("bus/pci/devices/" + name, std::string("../../../devices/pci0000:00/") + path);
    }
    const sysfs_machine m = read(files);
    CHECK(m.machine.graph.device_count() == 3);
    CHECK(links_of(m) == std::vector<std::string>{"0000:01:00.0>0000:00:1c.0"});
    CHECK(m.machine.graph.link(link_id{0}).flags == (link_flag::managed | link_flag::autoprobe_consumer));
    CHECK(m.machine.origin(link_id{0}) == "bus/pci/devices");
    CHECK(m.machine.graph.parent(device_id{1}).device == device_id{0});

    SUBCASE("and the kernel's own link for the pair is the same link") {
        add_link(files, "x", "devices/pci0000:00/0000:00:1c.0/0000:01:00.0", "devices/pci0000:00/0000:00:1c.0");
        const sysfs_machine both = read(files);
        CHECK(both.machine.graph.link_count() == 1);
        CHECK(both.machine.origin(link_id{0}) == "bus/pci/devices+class/devlink");
    }
}

TEST_CASE("sysfs: a copy whose symbolic links became text reads the same") {
    const temporary_tree files;
    files.file("bus/pci/devices/0000:01:00.0", "../../../devices/pci0000:00/0000:00:1c.0/0000:01:00.0\n");
    files.file("bus/pci/devices/0000:00:1c.0", "../../../devices/pci0000:00/0000:00:1c.0\n");
    files.file("class/devlink/x", "../../devices/virtual/devlink/x");
    files.file("devices/virtual/devlink/x/consumer", "/sys/devices/platform/gpu");
    files.file("devices/virtual/devlink/x/supplier", "../../../pci0000:00/0000:00:1c.0");
    const sysfs_machine m = read(files);
    CHECK(links_of(m) == std::vector<std::string>{"0000:01:00.0>0000:00:1c.0", "gpu>0000:00:1c.0"});
    CHECK(m.machine.forecast.all_ok());
}

TEST_CASE("sysfs: two devices of one name are told apart") {
    const temporary_tree files;
    add_link(files, "x", "devices/a/dev", "devices/b/dev");
    const sysfs_machine m = read(files);
    CHECK(links_of(m) == std::vector<std::string>{"dev>devices/b/dev"});
}

TEST_CASE("sysfs: what is forecast of devices without a driver") {
    const temporary_tree files;
    add_device(files, "devices/bound", "x");
    add_device(files, "devices/held");
    add_device(files, "devices/none");
    add_device(files, "devices/waits");
    files.file("devices/waits/waiting_for_supplier", "1\n");
    add_link(files, "1", "devices/held", "devices/none");
    add_link(files, "2", "devices/none", "devices/bound");
    add_link(files, "3", "devices/waits", "devices/bound");
    add_link(files, "4", "devices/soft", "devices/none");
    files.file("devices/virtual/devlink/4/sync_state_only", "1\n");
    const sysfs_machine m = read(files);
    const auto forecast_of = [&](std::string_view name) { return m.machine.forecast[m.machine.graph.find(name)]; };
    CHECK(forecast_of("bound") == outcome::ok);
    CHECK(forecast_of("held") == outcome::ok);
    CHECK(forecast_of("none") == outcome::absent);
    CHECK(forecast_of("waits") == outcome::defer);
    CHECK(forecast_of("soft") == outcome::absent);
}

TEST_CASE("sysfs: a wrong tree is an error with its path") {
    const temporary_tree files;
    CHECK(error_of(files) == "ROOT: not laid out like /sys: there is neither class/devlink nor bus/pci/devices");
    files.folder("class/devlink");
    CHECK(error_of(files) == "no error");
    SUBCASE("a link without its ends") {
        files.symlink("class/devlink/x", "../../devices/virtual/devlink/x");
        CHECK(error_of(files) == "ROOT/class/devlink/x: no symbolic link 'consumer' to a device");
        files.symlink("devices/virtual/devlink/x/consumer", "../../../c");
        CHECK(error_of(files) == "ROOT/class/devlink/x: no symbolic link 'supplier' to a device");
        files.symlink("devices/virtual/devlink/x/supplier", "../../../c");
        CHECK(error_of(files) == "ROOT/class/devlink/x: supplier and consumer are one device");
    }
    SUBCASE("a link to a folder at the top, whose path could be another device's name") {
        add_link(files, "x", "devices/c/top", "top");
        CHECK(error_of(files) == "ROOT/class/devlink/x: no symbolic link 'supplier' to a device");
    }
    SUBCASE("an attribute that is no number") {
        add_link(files, "x", "devices/c", "devices/s");
        files.file("devices/virtual/devlink/x/runtime_pm", "\x1b[2J");
        CHECK(error_of(files) == "ROOT/devices/virtual/devlink/x/runtime_pm: expected 0 or 1, found '\\x1b[2J'");
    }
    SUBCASE("a PCI device that is no link") {
        files.folder("bus/pci/devices/0000:00:00.0");
        CHECK(error_of(files) == "ROOT/bus/pci/devices/0000:00:00.0: not a symbolic link to a device");
    }
    SUBCASE("a ring of symbolic links") {
        files.symlink("class/devlink/x", "x");
        CHECK(error_of(files) == "ROOT/class/devlink/x: no symbolic link 'consumer' to a device");
    }
}

} // namespace
