// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include <devlink/source/devicetree_interrupts.hpp>

#include "blob_builder.hpp"

using namespace devlink;
using namespace devlink::source;
using devlink::test::blob;
using devlink::test::blob_builder;

namespace {

using cells = devicetree_interrupts::cells;

cells make_cells(std::initializer_list<std::uint32_t> values) {
    cells made;
    for (const std::uint32_t value : values) made.values[made.count++] = value;
    return made;
}

std::string path(const devicetree& tree, node_id n) { return n.valid() ? tree.path(n) : "-"; }

/// Where an interrupt raised at `controller` ends.
std::string end_of(const blob& b, std::string_view controller, std::initializer_list<std::uint32_t> specifier,
                   std::initializer_list<std::uint32_t> address = {}) {
    const auto tree = devicetree::read(b);
    REQUIRE(tree);
    const node_id n = tree->find_path(controller);
    REQUIRE(n.valid());
    devicetree_interrupts interrupts{*tree};
    const std::string end = path(*tree, interrupts.translate(n, make_cells(specifier), make_cells(address)));
    CHECK_FALSE(interrupts.exhausted());
    return end;
}

std::string parent_of(const blob& b, std::string_view at) {
    const auto tree = devicetree::read(b);
    REQUIRE(tree);
    devicetree_interrupts interrupts{*tree};
    const std::string first = path(*tree, interrupts.parent(tree->find_path(at)));
    CHECK(path(*tree, interrupts.parent(tree->find_path(at))) == first); // the noted answer is the same
    return first;
}

blob_builder& controller(blob_builder& to, std::string_view name, std::uint32_t phandle, std::uint32_t count) {
    return to.node(name, phandle).cells("#interrupt-cells", {count}).flag("interrupt-controller");
}

} // namespace

TEST_CASE("the interrupt parent is inherited, and followed from wherever it leads to") {
    blob_builder builder;
    builder.cells("interrupt-parent", {1});
    controller(builder, "gic", 1, 3).end();
    builder.node("soc").node("device").end();
    builder.node("other").cells("interrupt-parent", {2}).end();
    builder.node("nobody").cells("interrupt-parent", {99}).end();
    builder.node("short").bytes("interrupt-parent", "ab").end().end();
    builder.node("nexus", 2).cells("interrupt-parent", {3}).end(); // no cells of its own
    controller(builder, "intc", 3, 1).end();
    const blob b = builder.finish();
    CHECK(parent_of(b, "/soc/device") == "/gic");
    CHECK(parent_of(b, "/soc/other") == "/intc");
    CHECK(parent_of(b, "/soc/nobody") == "-");
    CHECK(parent_of(b, "/soc/short") == "/gic");
    CHECK(parent_of(b, "/gic") == "/gic");
}

TEST_CASE("rings of interrupt parents end as no parent") {
    blob_builder builder;
    builder.node("a", 1).cells("interrupt-parent", {2}).end();
    builder.node("b", 2).cells("interrupt-parent", {3}).end();
    builder.node("c", 3).cells("interrupt-parent", {1}).end();
    builder.node("self", 4).cells("interrupt-parent", {4}).end();
    builder.node("into").cells("interrupt-parent", {1}).end();
    const blob b = builder.finish();
    for (const std::string_view at : {"/a", "/b", "/c", "/self", "/into"}) CHECK(parent_of(b, at) == "-");
}

TEST_CASE("a controller ends the walk, with the specifier's length as it says") {
    blob_builder builder;
    controller(builder, "gic", 1, 3).end();
    const blob b = builder.finish();
    CHECK(end_of(b, "/gic", {0, 1, 4}) == "/gic");
    CHECK(end_of(b, "/gic", {0, 1}) == "-");
    CHECK(end_of(b, "/gic", {}) == "-");
}

TEST_CASE("a node that is neither controller nor map passes on, but stays the one named") {
    blob_builder builder;
    controller(builder, "gic", 1, 2);
    builder.node("gpio", 2).cells("#interrupt-cells", {2}).end().end();
    builder.node("lost").cells("#interrupt-cells", {2}).cells("interrupt-parent", {77}).end();
    const blob b = builder.finish();
    CHECK(end_of(b, "/gic/gpio", {1, 2}) == "/gic/gpio");
    CHECK(end_of(b, "/lost", {1, 2}) == "-");
}

TEST_CASE("a map is walked under its mask, to the first row whose parent is available") {
    blob_builder builder;
    builder.cells("#address-cells", {1});
    controller(builder, "off", 1, 1).cells("#address-cells", {0}).text("status", "disabled").end();
    controller(builder, "one", 2, 1).end();
    controller(builder, "two", 3, 2).cells("#address-cells", {1}).end();
    builder.node("nexus").cells("#interrupt-cells", {1}).cells("interrupt-map-mask", {0xf0, 7});
    builder.cells("interrupt-map", {0x10, 1, 1, 11,         // /off
                                    0x10, 1, 2, 22,         // /one
                                    0x20, 1, 3, 5,  33, 34, // /two
                                    0x10, 1, 3, 5,  33, 34});
    builder.end();
    const blob b = builder.finish();
    CHECK(end_of(b, "/nexus", {1}, {0x1f}) == "/one");
    CHECK(end_of(b, "/nexus", {9}, {0x20}) == "/two"); // 9 & 7 is 1
    CHECK(end_of(b, "/nexus", {2}, {0x10}) == "-");
    CHECK(end_of(b, "/nexus", {1}) == "-"); // a missing address counts as zeros
}

TEST_CASE("without a mask every bit counts, and a mask that is too short masks all that it lacks") {
    const auto with_mask = [](bool has_mask) {
        blob_builder builder;
        builder.cells("#address-cells", {0});
        controller(builder, "gic", 1, 1).end();
        builder.node("nexus").cells("#interrupt-cells", {2}).cells("interrupt-map", {1, 2, 1, 5, 9, 9});
        if (has_mask) builder.cells("interrupt-map-mask", {0xffffffff});
        return builder.end().finish();
    };
    CHECK(end_of(with_mask(false), "/nexus", {1, 2}) == "/gic");
    CHECK(end_of(with_mask(false), "/nexus", {1, 3}) == "-");
    CHECK(end_of(with_mask(true), "/nexus", {1, 3}) == "/gic");
    CHECK(end_of(with_mask(true), "/nexus", {2, 3}) == "-");
}

TEST_CASE("maps lead on to maps, and a row that names its own node ends there") {
    blob_builder builder;
    builder.cells("#address-cells", {0});
    controller(builder, "gic", 1, 1).end();
    builder.node("second", 2).cells("#interrupt-cells", {1}).cells("interrupt-map", {7, 1, 70, 0}).end();
    builder.node("first", 3).cells("#interrupt-cells", {1}).cells("interrupt-map", {5, 2, 7, 6, 3, 6, 0}).end();
    const blob b = builder.finish();
    CHECK(end_of(b, "/first", {5}) == "/gic");
    CHECK(end_of(b, "/first", {6}) == "/first");
    CHECK(end_of(b, "/first", {7}) == "-");
}

TEST_CASE("a controller with a map follows it, apart from those whose map means something else") {
    const auto with = [](std::string_view compatible) {
        blob_builder builder;
        builder.cells("#address-cells", {0});
        controller(builder, "gic", 1, 1).end();
        controller(builder, "nexus", 2, 1).text("compatible", compatible).cells("interrupt-map", {5, 1, 7, 0});
        return builder.end().finish();
    };
    CHECK(end_of(with("vendor,nexus"), "/nexus", {5}) == "/gic");
    CHECK(end_of(with("fsl,ls1021a-extirq"), "/nexus", {5}) == "/nexus");
}

TEST_CASE("rows that are bad end the walk as a failure") {
    const auto with_map = [](std::initializer_list<std::uint32_t> map) {
        blob_builder builder;
        builder.cells("#address-cells", {0});
        controller(builder, "gic", 1, 1).end();
        controller(builder, "wide", 2, 17).end();
        controller(builder, "huge", 3, 0x80000000U).end();
        builder.node("none", 4).end();
        controller(builder, "sum", 5, 9).cells("#address-cells", {8}).end();
        builder.node("nexus").cells("#interrupt-cells", {1}).cells("interrupt-map", map);
        return builder.end().finish();
    };
    CHECK(end_of(with_map({9, 1, 0, 5, 1, 0, 0}), "/nexus", {5}) == "/gic");
    for (const std::uint32_t bad : {0U, 2U, 3U, 4U, 5U, 99U}) {
        CAPTURE(bad);
        CHECK(end_of(with_map({9, bad, 0, 5, 1, 0, 0}), "/nexus", {5}) == "-");
    }
    CHECK(end_of(with_map({5, 1}), "/nexus", {5}) == "-"); // a row is longer than what is left
    CHECK(end_of(with_map({}), "/nexus", {5}) == "-");
    CHECK(end_of(with_map({9, 1, 0, 5, 1}), "/nexus", {5}) == "-");
}

TEST_CASE("more cells than an interrupt has are a failure") {
    blob_builder builder;
    builder.cells("#address-cells", {14});
    controller(builder, "a", 1, 3).end();
    controller(builder, "b", 2, 2).end();
    controller(builder, "c", 3, 0xffffffffU).end();
    const blob b = builder.finish();
    CHECK(end_of(b, "/a", {1, 2, 3}) == "-");
    CHECK(end_of(b, "/b", {1, 2}) == "/b");
    CHECK(end_of(b, "/c", {1}) == "-");
}

TEST_CASE("rings of maps are a failure, and many interrupts into them use the steps up") {
    blob_builder builder;
    builder.cells("#address-cells", {0});
    builder.node("a", 1).cells("#interrupt-cells", {1}).cells("interrupt-map", {5, 2, 5, 0}).end();
    builder.node("b", 2).cells("#interrupt-cells", {1}).cells("interrupt-map", {5, 1, 5, 0}).end();
    builder.node("c", 3).cells("#interrupt-cells", {1}).cells("interrupt-parent", {3}).end();
    const blob b = builder.finish();
    CHECK(end_of(b, "/a", {5}) == "-");
    CHECK(end_of(b, "/c", {5}) == "-");

    const auto tree = devicetree::read(b);
    REQUIRE(tree);
    devicetree_interrupts interrupts{*tree};
    std::size_t translated = 0;
    while (!interrupts.exhausted()) {
        REQUIRE(translated++ < 1'000'000);
        CHECK_FALSE(interrupts.translate(node_id{1}, make_cells({5}), {}).valid());
    }
    CHECK(translated > 1000);
}
