// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include <devlink/sink/boot_table.hpp>
#include <devlink/source/devicetree_firmware.hpp>

#include "devicetree-data/tables.hpp"

using namespace devlink;

TEST_CASE("a table, with names that can't leave their field's line") {
    firmware_tree tree;
    tree.add_node({});
    const node_id clk = tree.add_node(node_id{0});
    const node_id soc = tree.add_node(node_id{0});
    tree.add_reference({soc, clk});
    const node_id sub = tree.add_node(soc);
    tree.add_reference({sub, node_id{4}});
    const node_id late = tree.add_node(node_id{0});
    tree.add_reference({late, node_id{5}});
    tree.add_node(node_id{0});
    for (const node_id n : {late, soc, clk}) {
        firmware_device device;
        device.node = n;
        device.plain_bus = device.binds = n == late;
        device.bus = n == clk ? firmware_bus::amba : firmware_bus::platform;
        tree.add_device(device);
    }
    sink::boot_recorder record{true};
    firmware_boot boot{tree, record, {.mode = fw_devlink_mode::rpm}};
    CHECK(boot.run() == errc::ok);
    const auto path = [](node_id n) { return n.index() == 1 ? std::string{"/c\nk"} : "/" + std::to_string(n.index()); };
    std::string out;
    sink::write_boot_table(out, boot, record, path);
    CHECK(out == "F /4 /5\n"
                 "F /2 /c\\x0ak\n"
                 "F /3 /4\n"
                 "D platform /2 - 0\n"
                 "D platform /4 - 1\n"
                 "D amba /c\\x0ak - 0\n"
                 "L /2 /4 dormant 1 never 0\n"
                 "L /2 /c\\x0ak dormant 0 never 1\n"
                 "E add /4\n"
                 "E fwlink /4 /5\n"
                 "E add /2\n"
                 "E fwlink /2 /c\\x0ak\n"
                 "E fwlink /3 /4\n"
                 "E sync /2 /4\n"
                 "E add /c\\x0ak\n"
                 "E link /2 /c\\x0ak\n"
                 "E drop /2 /c\\x0ak\n");
    sink::boot_recorder links_only{false};
    firmware_boot again{tree, links_only, {.mode = fw_devlink_mode::rpm}};
    CHECK(again.run() == errc::ok);
    std::string without;
    sink::write_boot_table(without, again, links_only, path);
    CHECK(out.starts_with(without));
    CHECK(without.find("\nE ") == std::string::npos);
}

TEST_CASE("states as sysfs prints them") {
    CHECK(sink::sysfs_status(link_state::none) == "not tracked");
    CHECK(sink::sysfs_status(link_state::dormant) == "dormant");
    CHECK(sink::sysfs_status(link_state::available) == "available");
    CHECK(sink::sysfs_status(link_state::consumer_probe) == "consumer probing");
    CHECK(sink::sysfs_status(link_state::active) == "active");
    CHECK(sink::sysfs_status(link_state::supplier_unbind) == "supplier unbinding");
}

TEST_CASE("random trees: every line of the tables, events included, is what a kernel made of them") {
    const std::filesystem::path folder{DEVLINK_RANDOM_TREES};
    const std::vector<devlink::test::boot_table> tables = devlink::test::read_boot_tables(folder / "tables");
    REQUIRE(tables.size() == 26);
    std::size_t lines = 0;
    for (const devlink::test::boot_table& table : tables) {
        CAPTURE(table.board);
        const std::vector<std::byte> blob = devlink::test::read_bytes(folder / table.board);
        const auto tree = source::devicetree::read(blob);
        REQUIRE(tree);
        const auto firmware = source::read_firmware(*tree);
        REQUIRE(firmware);
        sink::boot_recorder record{true};
        firmware_boot boot{*firmware, record, {.mode = fw_devlink_mode::on}};
        REQUIRE(boot.run() == errc::ok);
        std::string out;
        sink::write_boot_table(out, boot, record, [&](node_id n) { return tree->path(n); });
        CHECK(out == table.text());
        lines += static_cast<std::size_t>(std::count(out.begin(), out.end(), '\n'));
    }
    CHECK(lines == 7176);
}
