// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include <devlink/source/devicetree_references.hpp>

#include "blob_builder.hpp"

using namespace devlink;
using namespace devlink::source;
using devlink::test::blob;
using devlink::test::blob_builder;

namespace {

/// What the node names: `PROPERTY:SUPPLIER`, or `PROPERTY:CONSUMER>SUPPLIER` where the consumer is another node; a `?`
/// behind it if it is optional, a `!` if it is not waited for.
std::string references(const blob& b, std::string_view path) {
    const auto tree = devicetree::read(b);
    REQUIRE(tree);
    const node_id n = tree->find_path(path);
    REQUIRE(n.valid());
    devicetree_references reader{*tree};
    std::string all;
    reader.for_each(n, [&](const firmware_reference& reference) {
        if (!all.empty()) all += ' ';
        (all += tree->property_name(reference.origin)) += ':';
        if (reference.consumer != n) all += tree->path(reference.consumer) + '>';
        all += tree->path(reference.supplier);
        if (reference.kind == firmware_reference_kind::optional) all += '?';
        if (reference.kind == firmware_reference_kind::post_init) all += '!';
    });
    CHECK_FALSE(reader.exhausted());
    return all;
}

/// A tree with suppliers /s0, /s1, /s2, which take as many arguments as their names say, /sx, which does not say, and
/// /ss, whose number is cut short; `fill` gives /c its properties.
template <class Fill>
std::string named(Fill fill) {
    blob_builder builder;
    for (std::uint32_t i = 0; i < 3; ++i) {
        builder.node("s" + std::to_string(i), 10 + i);
        builder.cells("#clock-cells", {i, 9}).cells("#gpio-cells", {i}).end();
    }
    builder.node("sx", 20).end();
    builder.node("ss", 21).bytes("#clock-cells", "ab").bytes("#gpio-cells", "ab").end();
    builder.node("big", 22).cells("#clock-cells", {0xffffffff}).cells("#gpio-cells", {0x80000000}).end();
    builder.node("c");
    fill(builder);
    builder.end();
    return references(builder.finish(), "/c");
}

std::string clocks(std::initializer_list<std::uint32_t> value) {
    return named([&](blob_builder& b) { b.cells("clocks", value); });
}
std::string gpios(std::initializer_list<std::uint32_t> value) {
    return named([&](blob_builder& b) { b.cells("gpios", value); });
}

} // namespace

TEST_CASE("a list is walked entry by entry, past the arguments") {
    CHECK(clocks({10, 11, 1, 12, 1, 2, 10}) == "clocks:/s0 clocks:/s1 clocks:/s2 clocks:/s0");
    CHECK(clocks({12, 10, 10, 11, 10}) == "clocks:/s2 clocks:/s1");
    CHECK(clocks({}).empty());
}

TEST_CASE("the first bad entry ends a list, what came before it stays") {
    CHECK(clocks({10, 0, 10}) == "clocks:/s0");    // a hole
    CHECK(clocks({10, 99, 10}) == "clocks:/s0");   // nobody
    CHECK(clocks({10, 12, 1}) == "clocks:/s0");    // arguments missing
    CHECK(clocks({10, 22, 1, 2}) == "clocks:/s0"); // as many as no property has
    CHECK(gpios({10, 22, 1, 2}) == "gpios:/s0");
    CHECK(named([](blob_builder& b) { b.bytes("clocks", std::string_view{"\0\0\0\x0a\0\0\0", 7}); }) == "clocks:/s0");
}

TEST_CASE("without a number of arguments there are none, or the entry is bad") {
    CHECK(clocks({20, 10}) == "clocks:/sx clocks:/s0");
    CHECK(clocks({21, 10}) == "clocks:/ss clocks:/s0");
    CHECK(gpios({10, 20, 10}) == "gpios:/s0");
    CHECK(gpios({21}).empty());
}

TEST_CASE("single phandles, suffixes, hogs") {
    CHECK(named([](blob_builder& b) {
              b.cells("vcc-supply", {10}).cells("pinctrl-0", {12, 11});
          }) == "vcc-supply:/s0 pinctrl-0:/s2 pinctrl-0:/s1");
    CHECK(named([](blob_builder& b) {
              b.cells("reset-gpios", {11, 5}).cells("cs-gpio", {10});
          }) == "reset-gpios:/s1 cs-gpio:/s0");
    CHECK(named([](blob_builder& b) { b.cells("gpios", {10}).cells("cs-gpios", {10}).flag("gpio-hog"); }) ==
          "cs-gpios:/s0");
    CHECK(named([](blob_builder& b) { b.cells("assigned-clocks", {10}).cells("interrupt-parent", {10}); }).empty());
}

TEST_CASE("kinds of references") {
    CHECK(named([](blob_builder& b) {
              b.cells("dmas", {20}).cells("post-init-providers", {10, 11});
          }) == "dmas:/sx? post-init-providers:/s0! post-init-providers:/s1!");
}

TEST_CASE("an iommu-map has a phandle in every fourth cell from the second on") {
    CHECK(named([](blob_builder& b) {
              b.cells("iommu-map", {0, 10, 99, 1, 0, 11, 0, 1});
          }) == "iommu-map:/s0? iommu-map:/s1?");
    CHECK(named([](blob_builder& b) {
              b.cells("iommu-map", {0, 10, 0, 1, 0, 99, 0, 1, 0, 11, 0, 1});
          }) == "iommu-map:/s0?");
    CHECK(named([](blob_builder& b) {
              b.cells("iommu-map", {0, 10, 0, 1, 0, 11});
          }) == "iommu-map:/s0? iommu-map:/s1?");
}

TEST_CASE("of two properties of one name the first is read") {
    CHECK(named([](blob_builder& b) { b.cells("clocks", {10}).cells("vcc-supply", {11}).cells("clocks", {20}); }) ==
          "clocks:/s0 vcc-supply:/s1");
}

TEST_CASE("a remote endpoint stands for the device that its port belongs to") {
    blob_builder builder;
    builder.node("a").node("port").node("endpoint", 1).cells("remote-endpoint", {2, 3}).end().end().end();
    builder.node("b").node("ports").node("port@1").node("endpoint", 2).cells("remote-endpoint", {1}).end();
    builder.end().end().end();
    builder.node("c").node("in-ports@5").node("port").node("endpoint", 3).cells("remote-endpoint", {4}).end();
    builder.end().end().end();
    builder.node("port").node("endpoint", 4).cells("remote-endpoint", {3}).end().end();
    builder.node("lone", 5).cells("remote-endpoint", {1}).end();
    builder.node("d").node("port").node("to-lone").cells("remote-endpoint", {5}).end();
    builder.node("to-nobody").cells("remote-endpoint", {99}).end().node("empty").flag("remote-endpoint").end();
    builder.end().end();
    const blob b = builder.finish();
    CHECK(references(b, "/a/port/endpoint") == "remote-endpoint:/a>/b");
    CHECK(references(b, "/b/ports/port@1/endpoint") == "remote-endpoint:/b>/a");
    CHECK(references(b, "/c/in-ports@5/port/endpoint") == "remote-endpoint:/c>/");
    CHECK(references(b, "/port/endpoint") == "remote-endpoint:/>/c");
    CHECK(references(b, "/lone").empty()); // nothing is two levels above
    CHECK(references(b, "/d/port/to-lone").empty());
    CHECK(references(b, "/d/port/to-nobody").empty());
    CHECK(references(b, "/d/port/empty").empty());
}

namespace {

/// Controllers /one and /two with one and two cells; `fill` gives /c, below /one, its properties.
template <class Fill>
std::string interrupts(Fill fill) {
    blob_builder builder;
    builder.cells("interrupt-parent", {1});
    builder.node("one", 1).cells("#interrupt-cells", {1}).flag("interrupt-controller").end();
    builder.node("two", 2).cells("#interrupt-cells", {2}).flag("interrupt-controller").end();
    builder.node("zero", 3).cells("#interrupt-cells", {0}).flag("interrupt-controller").end();
    builder.node("mute", 4).cells("#interrupt-cells", {1}).cells("interrupt-parent", {99}).end();
    builder.node("c");
    fill(builder);
    builder.end();
    return references(builder.finish(), "/c");
}

} // namespace

TEST_CASE("interrupts go to the interrupt parent") {
    CHECK(interrupts([](blob_builder& b) { b.cells("interrupts", {5, 6}); }) == "interrupts:/one interrupts:/one");
    CHECK(interrupts([](blob_builder& b) {
              b.cells("interrupt-parent", {2}).cells("interrupts", {5, 6, 7});
          }) == "interrupts:/two");
    CHECK(interrupts([](blob_builder& b) { b.flag("interrupts"); }).empty());
    CHECK(interrupts([](blob_builder& b) { b.cells("interrupt-parent", {4}).cells("interrupts", {5}); }).empty());
    CHECK(interrupts([](blob_builder& b) { b.cells("interrupt-parent", {99}).cells("interrupts", {5}); }).empty());
}

TEST_CASE("no interrupt cells would be an endless list") {
    CHECK(interrupts([](blob_builder& b) { b.cells("interrupt-parent", {3}).cells("interrupts", {5}); }).empty());
}

TEST_CASE("the extended list comes first, and the other one goes on from there") {
    CHECK(interrupts([](blob_builder& b) {
              b.cells("interrupts-extended", {2, 8, 9, 1, 4});
          }) == "interrupts-extended:/two interrupts-extended:/one");
    CHECK(interrupts([](blob_builder& b) {
              b.cells("interrupts", {5, 6, 7}).cells("interrupts-extended", {2, 8, 9, 1, 4});
          }) == "interrupts-extended:/two interrupts-extended:/one interrupts:/one");
    // A hole is filled from the other list, and the extended one goes on behind it.
    CHECK(interrupts([](blob_builder& b) {
              b.cells("interrupts", {5, 6}).cells("interrupts-extended", {1, 4, 0, 2, 8, 9});
          }) == "interrupts-extended:/one interrupts:/one interrupts-extended:/two");
    CHECK(interrupts([](blob_builder& b) {
              b.cells("interrupts-extended", {1, 4, 0, 2, 8, 9});
          }) == "interrupts-extended:/one");
    CHECK(interrupts([](blob_builder& b) {
              b.cells("interrupts", {5, 6}).cells("interrupts-extended", {1, 4, 77, 1, 4});
          }) == "interrupts-extended:/one interrupts:/one");
    CHECK(interrupts([](blob_builder& b) {
              b.cells("interrupts", {5, 6}).cells("interrupts-extended", {4, 4});
          }).empty());
}

TEST_CASE("an interrupt map names the parents of its rows") {
    const auto map = [](bool has_cells, std::initializer_list<std::uint32_t> rows) {
        blob_builder builder;
        builder.node("one", 1).cells("#interrupt-cells", {1}).end();
        builder.node("two", 2).cells("#interrupt-cells", {2}).cells("#address-cells", {1}).end();
        builder.node("off", 3).cells("#interrupt-cells", {0}).text("status", "disabled").end();
        builder.node("pci").cells("#address-cells", {2}).cells("interrupt-map", rows);
        if (has_cells) builder.cells("#interrupt-cells", {1});
        builder.end();
        return references(builder.finish(), "/pci");
    };
    CHECK(map(true, {0, 0, 1, 1, 9, 0, 0, 2, 2, 9, 9, 9, 0, 0, 3, 3, 0}) ==
          "interrupt-map:/one interrupt-map:/two interrupt-map:/off");
    CHECK(map(true, {0, 0, 1, 1, 9, 0, 0, 2, 2, 9, 9}) == "interrupt-map:/one"); // the row is cut off
    CHECK(map(true, {0, 0, 1, 99, 9, 0, 0, 1, 1, 9}).empty());
    CHECK(map(true, {0, 0, 1, 3}).empty()); // "more than" one cell behind what is matched
    CHECK(map(false, {0, 0, 1, 1, 9}).empty());
}
