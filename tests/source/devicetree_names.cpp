// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include <devlink/source/devicetree_firmware.hpp>
#include <devlink/source/devicetree_names.hpp>

#include "blob_builder.hpp"

using namespace devlink;
using namespace devlink::source;
using devlink::test::blob;
using devlink::test::blob_builder;

namespace {

blob named_board() {
    blob_builder builder;
    builder.cells("#address-cells", {1}).cells("#size-cells", {1});
    builder.node("aliases").text("i2c4", "/soc/i2c@2000").text("spi0", "/soc/spi@3000").text("i2cx", "/soc/i2c@4000");
    builder.text("i2c", "/soc/i2c@4000").text("i2c3", "/soc/i2c@2000").end(); // the first alias counts
    builder.device("leds").end();
    builder.node("soc@0").text("compatible", "simple-bus").device("sound").end().end();
    builder.node("soc").text("compatible", "simple-bus").cells("#address-cells", {1}).cells("#size-cells", {1});
    builder.cells("ranges", {0, 0xfe000000, 0x10000});
    builder.node("syscon@1000").texts("compatible", {"v,syscon", "simple-mfd"}).cells("reg", {0x1000, 0x10});
    builder.device("io-domains").device("deep@5").cells("reg", {5}).end().end().end();
    for (const char* const bus : {"i2c@2000", "spi@3000", "i2c@4000"}) {
        const auto address = static_cast<std::uint32_t>(bus[4] - '0') * 0x1000;
        builder.device(bus).cells("#address-cells", {1}).cells("#size-cells", {0}).cells("reg", {address, 0x100});
        builder.device("chip@1b").cells("reg", {0x1b}).end().end();
    }
    return builder.end().finish();
}

} // namespace

TEST_CASE("devices are named as the kernel names them") {
    const blob b = named_board();
    const auto tree = devicetree::read(b);
    REQUIRE(tree);
    const auto name = [&](std::string_view path) {
        const node_id n = tree->find_path(path);
        REQUIRE(n.valid());
        return platform_device_name(*tree, n);
    };
    CHECK(name("/leds") == "leds");
    CHECK(name("/soc@0/sound") == "soc@0:sound");
    CHECK(name("/soc/syscon@1000") == "fe001000.syscon");
    CHECK(name("/soc/syscon@1000/io-domains") == "fe001000.syscon:io-domains");
    CHECK(name("/soc/syscon@1000/io-domains/deep@5") == "fe001000.syscon:io-domains:deep@5");
    CHECK(name("/").empty());

    const devlink::detail::bus_numbers numbers{*tree};
    CHECK(bus_device_name(*tree, numbers, tree->find_path("/soc/i2c@2000/chip@1b")) == "4-001b");
    CHECK(bus_device_name(*tree, numbers, tree->find_path("/soc/spi@3000/chip@1b")) == "spi0.27");
    CHECK_FALSE(bus_device_name(*tree, numbers, tree->find_path("/soc/i2c@4000/chip@1b"))); // its alias has no number
    CHECK_FALSE(bus_device_name(*tree, numbers, tree->find_path("/leds")));
}

TEST_CASE("all names lead to the devices") {
    const blob b = named_board();
    const auto tree = devicetree::read(b);
    REQUIRE(tree);
    const auto firmware = read_firmware(*tree);
    REQUIRE(firmware);
    const device_aliases aliases = kernel_names(*tree, *firmware);
    const auto path = [&](std::string_view name) {
        const device_id d = aliases.find(name);
        return d.valid() ? tree->path(firmware->devices()[d.index()].node) : "-";
    };
    CHECK(path("leds") == "/leds");
    CHECK(path("fe002000.i2c") == "/soc/i2c@2000");
    CHECK(path("4-001b") == "/soc/i2c@2000/chip@1b");
    CHECK(path("spi0.27") == "/soc/spi@3000/chip@1b");
    CHECK(path("/soc/i2c@2000/chip@1b/regulators") == "/soc/i2c@2000/chip@1b");
    CHECK(path("nobody") == "-");
}
