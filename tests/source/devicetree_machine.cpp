// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include <devlink/source/devicetree_machine.hpp>

#include "blob_builder.hpp"

using namespace devlink;
using namespace devlink::source;
using devlink::test::blob;
using devlink::test::blob_builder;

namespace {

machine read(const blob& b, const devicetree_options& options = {}) {
    auto made = read_devicetree(b, options);
    REQUIRE(made);
    return *std::move(made);
}

/// The links in order: `CONSUMER>SUPPLIER=ORIGIN`, with a `?` behind it if it is optional.
std::string links(const machine& m) {
    std::string all;
    for (std::size_t i = 0; i < m.graph.link_count(); ++i) {
        const auto link = m.graph.link(link_id{i});
        if (!all.empty()) all += ' ';
        (all += m.graph.name(link.consumer)) += '>';
        (all += m.graph.name(link.supplier)) += '=';
        all += m.origin(link_id{i});
        CHECK(link.flags.has(link_flag::inferred | link_flag::autoprobe_consumer | link_flag::managed));
        if (link.flags.has(link_flag::optional_supplier)) all += '?';
    }
    return all;
}

std::string names(const machine& m) {
    std::string all;
    for (std::size_t i = 0; i < m.graph.device_count(); ++i) {
        if (i != 0) all += ' ';
        all += m.graph.name(device_id{i});
    }
    return all;
}

std::string message(const blob& b, const devicetree_options& options = {}) {
    const auto made = read_devicetree(b, options);
    REQUIRE_FALSE(made);
    return made.error().message;
}

} // namespace

TEST_CASE("a small board") {
    blob_builder builder;
    builder.text("model", "Test Board");
    builder.node("soc").text("compatible", "simple-bus");
    builder.device("clk", 1).cells("#clock-cells", {0}).end();
    builder.device("i2c").cells("clocks", {1});
    builder.device("pmic", 2).node("regulators").node("buck", 3).cells("vin-supply", {4}).end().end().end().end();
    builder.end();
    builder.device("reg", 4).end();
    builder.device("mmc").cells("vmmc-supply", {3}).cells("clocks", {1}).end();
    const machine m = read(builder.finish());
    CHECK(m.name == "Test Board");
    CHECK(names(m) == "/soc /soc/clk /soc/i2c /reg /mmc /soc/i2c/pmic");
    CHECK(links(m) == "/soc/i2c>/soc/clk=clocks /mmc>/soc/i2c/pmic=vmmc-supply /mmc>/soc/clk=clocks "
                      "/soc/i2c/pmic>/reg=vin-supply");
    const device_id i2c = m.graph.find("/soc/i2c");
    const device_id pmic = m.graph.find("/soc/i2c/pmic");
    CHECK(m.graph.parent(pmic).device == i2c);
    CHECK(m.graph.parent(pmic).kind == parent_kind::populates);
    CHECK(m.graph.parent(i2c).device == m.graph.find("/soc"));
    CHECK(m.graph.parent(i2c).kind == parent_kind::contains);
    CHECK(m.forecast.all_ok());
}

TEST_CASE("bindings that Linux calls optional: three ways") {
    blob_builder builder;
    builder.device("dma", 1).end();
    builder.device("iommu", 2).end();
    builder.device("uart").cells("dmas", {1}).cells("iommus", {2}).end();
    builder.device("gpu").cells("iommus", {2}).cells("vcc-supply", {2}).end();
    const blob b = builder.finish();
    CHECK(links(read(b)) == "/uart>/dma=dmas? /uart>/iommu=iommus? /gpu>/iommu=iommus+vcc-supply");
    devicetree_options options;
    options.optional_bindings = optional_binding_rule::strict;
    CHECK(links(read(b, options)) == "/uart>/dma=dmas /uart>/iommu=iommus /gpu>/iommu=iommus+vcc-supply");
    options.optional_bindings = optional_binding_rule::as_linux;
    CHECK(links(read(b, options)) == "/gpu>/iommu=vcc-supply");
}

TEST_CASE("links that nobody could wait for are not made") {
    blob_builder builder;
    builder.device("self", 1).cells("clocks", {1}).end();
    builder.device("pcie", 2).cells("clocks", {3}).device("intc", 3).cells("clocks", {2}).end().end();
    builder.node("cpus").node("cpu", 4).end().end();
    builder.device("a", 5).cells("clocks", {4, 6, 7}).end();
    builder.device("off", 6).text("status", "disabled").end();
    builder.node("group").text("status", "disabled").node("under", 7).end().end();
    builder.device("b").cells("clocks", {1}).end();
    CHECK(links(read(builder.finish())) == "/b>/self=clocks /pcie/intc>/pcie=clocks");
}

TEST_CASE("a supplier is looked for upwards only until there is a device") {
    blob_builder builder;
    builder.node("reserved").text("status", "disabled");
    builder.node("ram", 1).text("compatible", "ramoops").node("region", 2).end().end().end();
    builder.device("a").cells("clocks", {1, 2}).end();
    CHECK(links(read(builder.finish())) == "/a>/reserved/ram=clocks");
}

TEST_CASE("post-init-providers take a pair out, whatever else names it") {
    blob_builder builder;
    builder.device("a", 1).cells("clocks", {2}).cells("vcc-supply", {3}).cells("post-init-providers", {2}).end();
    builder.device("b", 2).cells("clocks", {1}).end();
    builder.device("c", 3).end();
    CHECK(links(read(builder.finish())) == "/a>/c=vcc-supply /b>/a=clocks");
}

TEST_CASE("cycles stay in the graph") {
    blob_builder builder;
    builder.device("a", 1).cells("clocks", {2}).end();
    builder.device("b", 2).cells("clocks", {1}).end();
    CHECK(links(read(builder.finish())) == "/a>/b=clocks /b>/a=clocks");
}

TEST_CASE("suppliers that early code has set up are not waited for") {
    blob_builder builder;
    builder.node("clk", 1).text("compatible", "fixed-clock").end();
    builder.device("a").cells("clocks", {1}).end();
    const blob b = builder.finish();
    CHECK(links(read(b)) == "/a>/clk=clocks");
    const std::string_view initialised[] = {"fixed-clock"};
    devicetree_options options;
    options.initialised = initialised;
    CHECK(links(read(b, options)).empty());
}

TEST_CASE("an origin stands once, however many entries and sub-nodes it has, by name") {
    blob_builder builder;
    builder.device("clk", 1).end();
    builder.device("keys").cells("z-supply", {1}).node("up").cells("gpios", {1}).end();
    builder.node("down").cells("clocks", {1, 1}).cells("b-supply", {1}).end().end();
    CHECK(links(read(builder.finish())) == "/keys>/clk=b-supply+clocks+z-supply");
}

TEST_CASE("names: paths, or nodes with as much of their path as they need") {
    blob_builder builder;
    builder.node("soc").text("compatible", "simple-bus");
    builder.device("a").device("x").end().end().device("b").device("x").end().end().device("b").end().end();
    const blob b = builder.finish();
    CHECK(names(read(b)) == "/soc /soc/a /soc/b /soc/b#6 /soc/a/x /soc/b/x");
    devicetree_options options;
    options.naming = device_naming::node_name;
    CHECK(names(read(b, options)) == "soc a b soc:b x b:x");
}

TEST_CASE("names are what the blob says, whatever bytes these are") {
    blob_builder builder;
    builder.text("model", "x\x1b[2J");
    builder.device("a\n\x1b[31mb\\").end();
    builder.device("clk", 1).end();
    builder.device("c").cells("\r-supply", {1}).end();
    const machine m = read(builder.finish());
    CHECK(m.name == "x\x1b[2J");
    CHECK(names(m) == "/a\n\x1b[31mb\\ /clk /c");
    CHECK(links(m) == "/c>/clk=\r-supply");
}

TEST_CASE("ten devices that all need each other are ten devices") {
    blob_builder builder;
    std::vector<std::uint32_t> all;
    for (std::uint32_t i = 1; i <= 10; ++i) all.push_back(i);
    for (const std::uint32_t i : all) builder.device("d" + std::to_string(i), i).cells("clocks", all).end();
    const machine m = read(builder.finish());
    CHECK(m.graph.device_count() == 10);
    CHECK(m.graph.link_count() == 90);
}

TEST_CASE("what a hostile blob would blow up is an error") {
    blob_builder crossed;
    std::vector<std::uint32_t> all;
    for (std::uint32_t i = 1; i <= 300; ++i) all.push_back(i);
    for (const std::uint32_t i : all) crossed.device("d" + std::to_string(i), i).cells("clocks", all).end();
    CHECK(message(crossed.finish()) == "more suppliers are named than the blob's size justifies");

    blob_builder deep;
    for (int i = 0; i < 60; ++i) deep.node(std::string(1000, 'n')).text("compatible", "simple-bus");
    for (int i = 0; i < 100; ++i) deep.device("d" + std::to_string(i)).end();
    for (int i = 0; i < 60; ++i) deep.end();
    CHECK(message(deep.finish()) == "the devices' names are longer than the blob's size justifies");

    blob_builder broken;
    CHECK(message(broken.token(5).finish()) == "an unknown token");
}
