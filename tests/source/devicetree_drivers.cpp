// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <string_view>
#include <vector>

#include <devlink/driver_core/fw_devlink_boot.hpp>
#include <devlink/source/devicetree_drivers.hpp>
#include <devlink/source/devicetree_firmware.hpp>

#include "blob_builder.hpp"

using namespace devlink;
using namespace devlink::source;
using devlink::test::blob;
using devlink::test::blob_builder;

TEST_CASE("a device gets the first driver that one of its strings names") {
    blob_builder builder;
    builder.node("a").texts("compatible", {"v,uart-2", "v,uart"}).end();
    builder.node("b").text("compatible", "V,Clk").end();
    builder.node("c").text("compatible", "other").end();
    const blob b = builder.finish();
    const auto tree = devicetree::read(b);
    REQUIRE(tree);
    const auto firmware = read_firmware(*tree);
    REQUIRE(firmware);
    constexpr std::uint32_t none = firmware_boot<no_fw_devlink_observer>::no_driver;
    const std::string_view drivers[] = {"v,clk", "v,uart", "v,uart-2"};
    CHECK(match_drivers(*tree, *firmware, drivers) == std::vector<std::uint32_t>{1, 0, none});
    CHECK(match_drivers(*tree, *firmware, {}) == std::vector<std::uint32_t>{none, none, none});
}
