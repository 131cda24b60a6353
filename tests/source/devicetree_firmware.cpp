// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <devlink/source/devicetree_firmware.hpp>

#include "blob_builder.hpp"
#include "devicetree-data/tables.hpp"

using namespace devlink;
using namespace devlink::source;
using devlink::test::blob;
using devlink::test::blob_builder;

TEST_CASE("nodes of the firmware are those of the tree, with their references") {
    blob_builder builder;
    builder.device("a", 1).cells("vcc-supply", {2}).cells("dmas", {1}).end();
    builder.device("b", 2).text("status", "disabled").end();
    const blob b = builder.finish();
    const auto tree = devicetree::read(b);
    REQUIRE(tree);
    const auto firmware = read_firmware(*tree);
    REQUIRE(firmware);
    CHECK(firmware->node_count() == 3);
    CHECK(firmware->node(node_id{1}).parent == node_id{0});
    CHECK_FALSE(firmware->node(node_id{2}).available);
    REQUIRE(firmware->references(node_id{1}).size() == 2);
    CHECK(firmware->references(node_id{1})[0].supplier == node_id{2});
    CHECK(firmware->references(node_id{1})[1].kind == firmware_reference_kind::optional);
    CHECK(tree->property_name(firmware->references(node_id{1})[1].origin) == "dmas");
    CHECK(firmware->devices().size() == 1);
}

TEST_CASE("interrupts that would take for ever to translate are an error") {
    blob_builder builder;
    builder.cells("#address-cells", {0});
    // One long map that no interrupt matches, and many interrupts.
    builder.node("gic", 2).cells("#interrupt-cells", {1}).flag("interrupt-controller").end();
    std::vector<std::uint32_t> map;
    for (int i = 0; i < 3000; ++i) map.insert(map.end(), {1, 2, 0});
    builder.node("nexus", 1).cells("#interrupt-cells", {1}).cells("interrupt-map", map).end();
    std::vector<std::uint32_t> many(4000, 1);
    builder.device("a").cells("interrupt-parent", {1}).cells("interrupts", many);
    const blob good = blob_builder{builder}.end().finish();
    const auto good_tree = devicetree::read(good);
    REQUIRE(good_tree);
    CHECK(read_firmware(*good_tree)); // each matches the first row
    builder.end();
    for (int i = 0; i < 2000; ++i)
        builder.node("b" + std::to_string(i)).cells("interrupt-parent", {1}).cells("interrupts", {2}).end();
    const blob b = builder.finish();
    const auto tree = devicetree::read(b);
    REQUIRE(tree);
    const auto firmware = read_firmware(*tree);
    REQUIRE_FALSE(firmware);
    CHECK(firmware.error().message == "interrupts take more steps to translate than the blob's size justifies");
}

namespace {

/// The firmware links in the order in which a kernel adds them while the devices that no driver makes are registered.
std::vector<std::string> links_in_order(const devicetree& tree, const firmware_tree& firmware) {
    std::vector<bool> is_device(tree.node_count(), false);
    std::vector<bool> read(tree.node_count(), false);
    std::set<std::pair<node_id, node_id>> known;
    std::vector<std::string> lines;
    const auto can_supply = [&](node_id supplier) {
        for (node_id up = supplier; up.valid() && !is_device[up.index()]; up = firmware.node(up).parent)
            if (!firmware.node(up).available) return false;
        return true;
    };
    for (const firmware_device& device : firmware.devices()) {
        if (device.kind == parent_kind::populates) continue;
        is_device[device.node.index()] = true;
        for (std::size_t i = device.node.index(); i < firmware.node(device.node).end;) {
            const node_id n{i};
            if (n != device.node && !firmware.node(n).available) {
                i = firmware.node(n).end;
                continue;
            }
            ++i;
            if (read[n.index()]) continue;
            read[n.index()] = true;
            for (const firmware_reference& reference : firmware.references(n)) {
                if (reference.kind == firmware_reference_kind::optional || !can_supply(reference.supplier)) continue;
                if (known.emplace(reference.consumer, reference.supplier).second)
                    lines.push_back(tree.path(reference.consumer) + ' ' + tree.path(reference.supplier));
            }
        }
    }
    return lines;
}

} // namespace

TEST_CASE("random trees give the firmware links and devices that a kernel made of them") {
    const std::filesystem::path folder{DEVLINK_RANDOM_TREES};
    const std::vector<devlink::test::boot_table> tables = devlink::test::read_boot_tables(folder / "tables");
    REQUIRE(tables.size() == 26);
    std::size_t lines = 0;
    for (const devlink::test::boot_table& table : tables) {
        CAPTURE(table.board);
        const blob b = devlink::test::read_bytes(folder / table.board);
        const auto tree = devicetree::read(b);
        REQUIRE(tree);
        const auto firmware = read_firmware(*tree);
        REQUIRE(firmware);
        CHECK(links_in_order(*tree, *firmware) == table.links);

        std::vector<std::string> found;
        for (const firmware_device& device : firmware->devices())
            if (device.kind == parent_kind::contains)
                found.push_back((device.bus == firmware_bus::amba ? "amba " : "platform ") + tree->path(device.node));
        std::vector<std::string> expected;
        for (const std::string& line : table.devices)
            expected.push_back(line.substr(0, line.find(' ', line.find(' ') + 1)));
        std::ranges::sort(found);
        std::ranges::sort(expected);
        CHECK(found == expected);
        lines += table.links.size() + expected.size();
    }
    CHECK(lines == 1652);
}
