// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <fstream>
#include <string>
#include <string_view>

#include "source/blob_builder.hpp"
#include "tool/run_tool.hpp"

namespace {

using devlink::test::blob;
using devlink::test::blob_builder;

/// A folder with `board.dtb`: a bus with a clock, an I2C controller with a regulator chip on it, and a card reader that
/// is fed by an output of that chip and may use a DMA controller.
class board_bench : public tool_bench {
public:
    board_bench() {
        blob_builder builder;
        builder.text("model", "Small Board").cells("#address-cells", {1}).cells("#size-cells", {1});
        builder.node("aliases").text("i2c1", "/soc/i2c@2000").end();
        builder.node("soc").text("compatible", "simple-bus").cells("#address-cells", {1}).cells("#size-cells", {1});
        builder.flag("ranges");
        builder.node("clk@1000", 1).text("compatible", "v,clk").cells("reg", {0x1000, 16}).end();
        builder.node("i2c@2000").text("compatible", "v,i2c").cells("reg", {0x2000, 16}).cells("clocks", {1});
        builder.node("pmic@1b").text("compatible", "v,pmic").cells("reg", {0x1b}).node("out", 2).end().end().end();
        builder.node("mmc@3000").text("compatible", "v,mmc").cells("reg", {0x3000, 16}).cells("vmmc-supply", {2});
        builder.cells("dmas", {3}).end();
        builder.node("dma@4000", 3).text("compatible", "v,dma").cells("reg", {0x4000, 16}).end().end();
        const blob b = builder.finish();
        files().file("board.dtb", {reinterpret_cast<const char*>(b.data()), b.size()});
    }
};

} // namespace

TEST_CASE("boot: what fw_devlink makes of a tree, by mode") {
    const board_bench bench;
    const std::string devices = "D platform /soc simple-pm-bus -\n"
                                "D platform /soc/clk@1000 - 0\n"
                                "D platform /soc/dma@4000 - 0\n"
                                "D platform /soc/i2c@2000 - 0\n"
                                "D platform /soc/mmc@3000 - 1\n";
    const std::string links = "F /soc/i2c@2000 /soc/clk@1000\nF /soc/mmc@3000 /soc/i2c@2000/pmic@1b/out\n";
    CHECK(bench.answer("boot board.dtb") == links + devices + "L /soc/i2c@2000 /soc/clk@1000 dormant 0 never 1\n");
    CHECK(bench.answer("boot board.dtb --mode on") ==
          links + devices + "L /soc/i2c@2000 /soc/clk@1000 dormant 0 never 0\n");
    CHECK(bench.answer("boot board.dtb --mode permissive --time-out").find("L /soc/i2c@2000 /soc/clk@1000 dormant 1") !=
          std::string::npos);
    CHECK(bench.answer("boot board.dtb --mode off").find("D platform /soc/mmc@3000 - -\n") != std::string::npos);
    CHECK(bench.answer("boot board.dtb --strict").find("F /soc/mmc@3000 /soc/dma@4000\n") != std::string::npos);
    CHECK(bench.answer("boot board.dtb --mode on --events").ends_with("E bound /soc\n"));
}

TEST_CASE("boot: with drivers, and what these make") {
    const board_bench bench;
    const std::string out =
        bench.answer("boot board.dtb --mode on --driver v,clk --driver v,i2c --driver v,pmic --driver v,mmc --events");
    CHECK(out.find("D - /soc/i2c@2000/pmic@1b yes -\n") != std::string::npos);
    CHECK(out.find("D platform /soc/mmc@3000 yes -\n") != std::string::npos);
    CHECK(out.find("E moved") == std::string::npos);
    CHECK(out.find("E fwlink /soc/mmc@3000 /soc/i2c@2000/pmic@1b\nE drop /soc/mmc@3000 /soc/i2c@2000/pmic@1b/out\n") !=
          std::string::npos);
}

TEST_CASE("boot: what is wrong is said") {
    const board_bench bench;
    const auto error = [&](const std::string& call) {
        const tool_run run = bench(call);
        CHECK(run.status == 2);
        CHECK(run.out == "");
        return run.error;
    };
    bench.files().file("x.dls", "scenario x\ndevice with-a-name-that-is-long-enough\n");
    CHECK(error("boot x.dls") ==
          "devlink-resolve: x.dls: byte 0: not a device tree blob: its magic number is not d00dfeed\n");
    CHECK(error("boot nowhere").find("nowhere: ") != std::string::npos);
    CHECK(error("boot board.dtb --driver v,none").find("'v,none'") != std::string::npos);
    CHECK(error("boot board.dtb --mode sometimes").find("--mode can't be 'sometimes'") != std::string::npos);

    blob_builder builder;
    std::vector<std::uint32_t> all;
    for (std::uint32_t i = 1; i <= 10; ++i) all.push_back(i);
    for (const std::uint32_t i : all) builder.device("d" + std::to_string(i), i).cells("clocks", all).end();
    const blob b = builder.finish();
    bench.files().file("ten.dtb", {reinterpret_cast<const char*>(b.data()), b.size()});
    CHECK(error("boot ten.dtb") ==
          "devlink-resolve: ten.dtb: the search for cycles of firmware links takes more steps than it may\n");
}

TEST_CASE("a device tree's optional bindings, three ways") {
    const board_bench bench;
    const auto dma = [&](const std::string& option) {
        const std::string out = bench.answer("links board.dtb --format tsv" + option);
        const std::string line = "/soc/mmc@3000\t/soc/dma@4000\t";
        const std::size_t at = out.find(line);
        return at == std::string::npos ? "-" : out.substr(at + line.size(), out.find('\n', at) - at - line.size());
    };
    CHECK(dma("") == "autoprobe_consumer+managed+inferred+optional_supplier\tdmas");
    CHECK(dma(" --strict") == "autoprobe_consumer+managed+inferred\tdmas");
    CHECK(dma(" --as-linux") == "-");
    CHECK(bench("links board.dtb --strict --as-linux").status == 2);
    bench.files().file("x.dls", "scenario x\ndevice a\n");
    CHECK(bench("links x.dls --strict").error.find("no device tree") != std::string::npos);
}

TEST_CASE("a boot's log and a device tree together say why") {
    const board_bench bench;
    bench.files().file("dmesg.txt",
                       "[    0.000000] Linux version 6.12.1 (x@y) #1\n"
                       "[    1.100000] probe of 2000.i2c returned 0 after 500 usecs\n"
                       "[    1.200000] pmic 1-001b: probe with driver pmic failed with error -110\n"
                       "[   11.000000] platform 3000.mmc: deferred probe pending: platform: wait for supplier "
                       "/soc/i2c@2000/pmic@1b/out\n");
    const std::string order = bench.answer("order board.dtb --log dmesg.txt --format tsv");
    CHECK(order.find("/soc/i2c@2000/pmic@1b\tfailed\t-\t-\n") != std::string::npos);
    CHECK(order.find("-\t/soc/mmc@3000\tblocked\t/soc/i2c@2000/pmic@1b\t/soc/i2c@2000/pmic@1b\n") != std::string::npos);
    // The kernel's names will do.
    CHECK(bench.answer("why board.dtb 3000.mmc --log dmesg.txt").find("vmmc-supply") != std::string::npos);
    CHECK(bench("why board.dtb /soc/mmc@3000/sub --log dmesg.txt").status == 2);

    bench.files().file("deferred.txt", "3000.mmc\tplatform: supplier 1-001b not ready\n4000.dma\tdma: no firmware\n");
    const std::string deferred = bench.answer("order board.dtb --deferred deferred.txt --format tsv");
    CHECK(deferred.find("/soc/dma@4000\twaiting\t") != std::string::npos);
    // The file says who is waited for and not why it is not there.
    CHECK(deferred.find("\t/soc/i2c@2000/pmic@1b\twaiting\t-\t-\n") != std::string::npos);
    CHECK(deferred.find("-\t/soc/mmc@3000\twaiting\t/soc/i2c@2000/pmic@1b\t/soc/i2c@2000/pmic@1b\n") !=
          std::string::npos);
    CHECK(bench.answer("why board.dtb 3000.mmc --deferred deferred.txt").starts_with("/soc/mmc@3000 is waiting\n"));

    bench.files().file("other.txt", "probe of somebody.else returned 0 after 5 usecs\n");
    CHECK(bench("order board.dtb --log other.txt").error.find("none of its devices") != std::string::npos);
    bench.files().file("broken.txt", "\tno name\n");
    CHECK(bench("order board.dtb --deferred broken.txt").error ==
          "devlink-resolve: broken.txt:1: a reason without a device\n");
    CHECK(bench("order board.dtb --log nowhere").status == 2);
}

TEST_CASE("a log in the kernel's words verifies an order of paths") {
    const board_bench bench;
    bench.files().file("good.txt",
                       "probe of 1000.clk returned 0 after 5 usecs\nprobe of 2000.i2c returned 0 after 5 usecs\n");
    bench.files().file("bad.txt",
                       "probe of 2000.i2c returned 0 after 5 usecs\nprobe of 1000.clk returned 0 after 5 usecs\n");
    CHECK(bench("verify board.dtb bad.txt --check").status == 1);
    CHECK(bench("verify board.dtb bad.txt").out.find("/soc/clk@1000") != std::string::npos);
}
