// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include <devlink/source/devicetree_devices.hpp>
#include <devlink/source/devicetree_firmware.hpp>

#include "blob_builder.hpp"

using namespace devlink;
using namespace devlink::source;
using devlink::test::blob;
using devlink::test::blob_builder;

namespace {

/// The devices in the order of registration: path, `<` and the parent's path, `&` for AMBA, `?` for one that a driver
/// has to make, `+` for one that the driver of plain buses binds, `-` for one that it refuses.
std::string devices(const blob& b, const devicetree_options& options = {}) {
    const auto tree = devicetree::read(b);
    REQUIRE(tree);
    const auto firmware = read_firmware(*tree, options);
    REQUIRE(firmware);
    std::string all;
    for (const firmware_device& device : firmware->devices()) {
        if (!all.empty()) all += ' ';
        all += tree->path(device.node);
        if (device.parent.valid()) all += '<' + tree->path(firmware->devices()[device.parent.index()].node);
        if (device.bus == firmware_bus::amba) all += '&';
        if (device.kind == parent_kind::populates) all += '?';
        if (device.plain_bus) all += device.binds ? '+' : '-';
    }
    return all;
}

} // namespace

TEST_CASE("children of the root with compatible are devices, if available") {
    blob_builder builder;
    builder.device("a").end();
    builder.node("b").node("under-b").text("compatible", "x").end().end();
    builder.device("c").text("status", "disabled").end();
    builder.node("d").flag("compatible").end();
    builder.node("e").text("compatible", "Operating-Points-v2").end();
    CHECK(devices(builder.finish()) == "/a /d");
}

TEST_CASE("plain buses are entered whichever of their strings says so; only the first makes them bind") {
    blob_builder builder;
    builder.node("soc").text("compatible", "simple-bus").device("a").end();
    builder.node("mfd").texts("compatible", {"vendor,mfd", "simple-mfd"}).device("b").device("c").end().end().end();
    builder.node("off").text("compatible", "simple-bus").text("status", "off").device("d").end().end().end();
    builder.node("pm").text("compatible", "simple-pm-bus").device("e").end().end();
    CHECK(devices(builder.finish()) ==
          "/soc+ /soc/a</soc /soc/mfd</soc- /soc/mfd/b</soc/mfd /pm /soc/mfd/b/c</soc/mfd/b? /pm/e</pm?");
}

TEST_CASE("what a driver makes are the available nodes with compatible below its device") {
    blob_builder builder;
    builder.device("i2c").device("pmic").node("regulators").node("buck").end().device("ldo").end().end().end();
    builder.node("mux").device("deep").end().end();
    builder.node("off").text("status", "disabled").device("under-off").end().end();
    builder.node("opp").text("compatible", "operating-points-v2").end().end();
    CHECK(devices(builder.finish()) == "/i2c /i2c/pmic</i2c? /i2c/pmic/regulators/ldo</i2c/pmic? /i2c/mux/deep</i2c?");
}

TEST_CASE("reserved memory comes first, wherever it is; then firmware; then the framebuffer") {
    blob_builder builder;
    builder.device("a").end();
    builder.node("chosen");
    builder.node("fb@1").text("compatible", "other").end();
    builder.node("fb@2").text("compatible", "simple-framebuffer").end();
    builder.node("fb@3").text("compatible", "simple-framebuffer").end().end();
    builder.node("firmware").text("compatible", "simple-bus").device("scm").end().node("x").end().end();
    builder.node("off").text("status", "disabled").node("r@1").text("compatible", "RamOops").end();
    builder.node("r@2").text("compatible", "ramoops").text("status", "disabled").end().end();
    CHECK(devices(builder.finish()) == "/off/r@1 /firmware/scm /chosen/fb@2 /a");
}

TEST_CASE("only the first framebuffer is looked at, also if it is not available") {
    blob_builder builder;
    builder.node("chosen@0");
    builder.node("fb@2").text("compatible", "simple-framebuffer").text("status", "disabled").end();
    builder.node("fb@3").text("compatible", "simple-framebuffer").end().end();
    CHECK(devices(builder.finish()).empty());
}

TEST_CASE("AMBA devices need an address that translates and is free") {
    blob_builder builder;
    builder.cells("#address-cells", {1}).cells("#size-cells", {1});
    const auto amba = [&](std::string_view name, std::initializer_list<std::uint32_t> reg) {
        builder.node(name).texts("compatible", {"arm,pl011", "arm,primecell"}).cells("reg", reg);
        builder.device("under").end().end();
    };
    amba("a", {0x100, 0x100});
    amba("overlaps-end", {0x1ff, 1});
    amba("overlaps-start", {0xff, 2});
    amba("covers", {0, 0x1000});
    amba("inside", {0x180, 1});
    amba("b", {0x200, 0x100});
    amba("c", {0xff, 1});
    amba("no-size", {0x900, 0});
    amba("none", {});
    amba("wraps", {0xffffffff, 0xffffffff});
    CHECK(devices(builder.finish()) ==
          "/a& /b& /c& /wraps& /a/under</a? /b/under</b? /c/under</c? /wraps/under</wraps?");
}

TEST_CASE("nodes that early code has set up get no device") {
    blob_builder builder;
    builder.node("clk").text("compatible", "fixed-clock").device("x").end().end();
    builder.node("intc").text("compatible", "arm,gic").end();
    builder.device("a").end();
    const blob b = builder.finish();
    CHECK(devices(b) == "/clk /intc /a /clk/x</clk?");
    const std::string_view initialised[] = {"Fixed-Clock", "/intc", "/nowhere"};
    devicetree_options options;
    options.initialised = initialised;
    CHECK(devices(b, options) == "/a");
}
