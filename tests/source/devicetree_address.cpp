// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>

#include <devlink/source/devicetree_address.hpp>

#include "blob_builder.hpp"

using namespace devlink;
using namespace devlink::source;
using devlink::test::blob;
using devlink::test::blob_builder;

namespace {

/// The address of the node `/bus/device` or `/device`, "-" where there is none.
std::string address(const blob& b, const char* path) {
    const auto tree = devicetree::read(b);
    REQUIRE(tree);
    const node_id n = tree->find_path(path);
    REQUIRE(n.valid());
    const std::optional<address_range> range = translate_address(*tree, n);
    return range ? std::to_string(range->start) + '+' + std::to_string(range->size) : "-";
}

blob on_bus(std::initializer_list<std::uint32_t> ranges, std::initializer_list<std::uint32_t> reg, bool has_ranges) {
    blob_builder builder;
    builder.cells("#address-cells", {2}).cells("#size-cells", {2});
    builder.node("bus").cells("#address-cells", {1}).cells("#size-cells", {1});
    if (has_ranges) builder.cells("ranges", ranges);
    return builder.node("device").cells("reg", reg).end().end().finish();
}

} // namespace

TEST_CASE("below the root an address is what it says") {
    blob_builder builder;
    builder.cells("#address-cells", {2}).cells("#size-cells", {1});
    builder.node("wide").cells("reg", {1, 2, 3}).end();
    builder.node("short").cells("reg", {1, 2}).end();
    builder.node("none").end();
    const blob b = builder.finish();
    CHECK(address(b, "/wide") == std::to_string((std::uint64_t{1} << 32U) + 2) + "+3");
    CHECK(address(b, "/short") == "-");
    CHECK(address(b, "/none") == "-");
    CHECK(address(b, "/") == "-");
}

TEST_CASE("where nobody says how wide, it is one cell each") {
    const blob b = blob_builder{}.node("device").cells("reg", {5, 6}).end().finish();
    CHECK(address(b, "/device") == "5+6");
}

TEST_CASE("addresses are translated through ranges") {
    // bus address, parent address (2 cells), size
    CHECK(address(on_bus({0x100, 0, 0x9000, 0x10}, {0x108, 4}, true), "/bus/device") == "36872+4");
    CHECK(address(on_bus({0x100, 0, 0x9000, 0x10, 0x200, 0, 0xa000, 0x10}, {0x201, 4}, true), "/bus/device") ==
          "40961+4");
    CHECK(address(on_bus({0x100, 0, 0x9000, 0x10}, {0x110, 4}, true), "/bus/device") == "-");
    CHECK(address(on_bus({0x100, 0, 0x9000, 0x10}, {0xff, 4}, true), "/bus/device") == "-");
    CHECK(address(on_bus({0x100, 0, 0x9000}, {0x100, 4}, true), "/bus/device") == "-"); // no whole row
    CHECK(address(on_bus({}, {0x110, 4}, true), "/bus/device") == "272+4");
    CHECK(address(on_bus({}, {0x110, 4}, false), "/bus/device") == "-");
}

TEST_CASE("cell counts beyond what an address has are no address") {
    for (const std::uint32_t cells : {0U, 3U, 5U, 0x80000000U, 0xffffffffU}) {
        CAPTURE(cells);
        blob_builder builder;
        builder.cells("#address-cells", {1}).cells("#size-cells", {1}).node("bus");
        builder.cells("#address-cells", {cells}).cells("#size-cells", {1}).flag("ranges");
        builder.node("device").cells("reg", {1, 2, 3, 4, 5, 6, 7, 8}).end().end();
        CHECK(address(builder.finish(), "/bus/device") == "-");

        blob_builder sizes;
        sizes.cells("#address-cells", {1}).cells("#size-cells", {cells});
        sizes.node("device").cells("reg", {1, 2, 3, 4, 5, 6, 7, 8}).end();
        CHECK(address(sizes.finish(), "/device") == "-");
    }
}
