// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <array>
#include <string_view>

#include <devlink/source/devicetree_match.hpp>

#include "blob_builder.hpp"

using namespace devlink;
using namespace devlink::source;
using devlink::test::blob;
using devlink::test::blob_builder;

TEST_CASE("compatible strings are compared without regard to the case of ASCII letters") {
    CHECK(same_compatible("Simple-BUS", "simple-bus"));
    CHECK_FALSE(same_compatible("simple-bus", "simple-bus2"));
    CHECK_FALSE(same_compatible("a[", "a{")); // letters only
    CHECK_FALSE(same_compatible("\xc4", "\xe4"));
}

TEST_CASE("any of a node's compatible strings counts, for the driver of plain buses only the first") {
    blob_builder builder;
    builder.node("a").texts("compatible", {"vendor,soc", "Simple-Bus"}).end();
    builder.node("b").texts("compatible", {"simple-mfd", "syscon"}).end();
    builder.node("c").flag("compatible").end();
    builder.node("d").end();
    builder.node("e").text("compatible", "Simple-MFD").end();
    const blob b = builder.finish();
    const auto tree = devicetree::read(b);
    REQUIRE(tree);
    CHECK(compatible_with(*tree, node_id{1}, "simple-bus"));
    CHECK(compatible_with_any(*tree, node_id{1}, plain_bus_compatibles));
    CHECK_FALSE(first_compatible_is_plain_bus(*tree, node_id{1}));
    CHECK(first_compatible_is_plain_bus(*tree, node_id{2}));
    CHECK(compatible_with(*tree, node_id{2}, "syscon"));
    CHECK(compatible_with_any(*tree, node_id{5}, plain_bus_compatibles));
    CHECK_FALSE(first_compatible_is_plain_bus(*tree, node_id{5})); // it minds the case
    for (const std::size_t n : {0U, 3U, 4U}) {
        CHECK_FALSE(compatible_with_any(*tree, node_id{n}, plain_bus_compatibles));
        CHECK_FALSE(first_compatible_is_plain_bus(*tree, node_id{n}));
    }
}

TEST_CASE("address cells come from the nearest node that has them") {
    blob_builder builder;
    builder.cells("#address-cells", {2}).node("a").node("b").cells("#address-cells", {1}).node("c").end().end();
    builder.node("short").bytes("#address-cells", "ab").end().end();
    const blob b = builder.finish();
    const auto tree = devicetree::read(b);
    REQUIRE(tree);
    CHECK(address_cells_at_or_above(*tree, node_id{3}, 9) == 1);
    CHECK(address_cells_at_or_above(*tree, node_id{2}, 9) == 1);
    CHECK(address_cells_at_or_above(*tree, node_id{1}, 9) == 2);
    CHECK(address_cells_at_or_above(*tree, tree->find_path("/a/short"), 9) == 2);
    const blob bare = blob_builder{}.finish();
    CHECK(address_cells_at_or_above(*devicetree::read(bare), node_id{0}, 9) == 9);
}
