// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <cstdint>
#include <filesystem>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <devlink/driver_core/fw_devlink_boot.hpp>
#include <devlink/resolve/resolve.hpp>
#include <devlink/sink/boot_table.hpp>
#include <devlink/source/devicetree_machine.hpp>
#include <devlink/source/devicetree_names.hpp>

#include "counted_memory.hpp"
#include "devicetree-data/tables.hpp"
#include "source/blob_builder.hpp"

using namespace devlink;
using namespace devlink::source;
using devlink::test::blob;
using devlink::test::blob_builder;

namespace {

std::vector<std::uint32_t> numbers_to(std::uint32_t last) {
    std::vector<std::uint32_t> all;
    for (std::uint32_t i = 1; i <= last; ++i) all.push_back(i);
    return all;
}

/// Everything that can be made of a blob. Returns the first error's message, or nothing; checks that no step took more
/// memory than ten times the blob's size and a megabyte.
std::string run(const blob& b) {
    const std::size_t limit = b.size() * 10 + (std::size_t{1} << 20U);
    test::reset_peak_memory();
    std::string message;
    const auto note = [&](std::string_view text) {
        if (message.empty()) message = text;
    };
    {
        const auto tree = devicetree::read(b);
        if (!tree) {
            CHECK(tree.error().offset <= b.size());
            CHECK(tree.error().message.size() < 200);
            return tree.error().message;
        }
        const auto firmware = read_firmware(*tree);
        if (firmware) {
            {
                const auto made = machine_of(*tree, *firmware);
                if (made) {
                    CHECK(made->graph.device_count() == firmware->devices().size());
                    const plan answer = resolve(made->graph, made->forecast);
                    CHECK(answer.device_count() == made->graph.device_count());
                } else {
                    note(made.error().message);
                }
            }
            for (const fw_devlink_mode mode : {fw_devlink_mode::permissive, fw_devlink_mode::rpm}) {
                sink::boot_recorder record{false};
                firmware_boot boot{*firmware, record, {.mode = mode, .strict = true}};
                const errc code = boot.run();
                if (code == errc::ok) CHECK(boot.time_out() == errc::ok);
                if (code != errc::ok) note(to_string(code));
            }
            CHECK(kernel_names(*tree, *firmware).size() <= firmware->devices().size() * 3);
        } else {
            note(firmware.error().message);
        }
    }
    CAPTURE(b.size());
    CHECK(test::peak_memory() <= limit);
    return message;
}

} // namespace

TEST_CASE("the memory is counted") {
    test::reset_peak_memory();
    {
        const std::vector<char> some(100'000);
        const volatile char* read = some.data(); // or the compiler may leave the allocation out
        CHECK(*read == 0);
    }
    CHECK(test::peak_memory() >= 100'000);
    CHECK(test::peak_memory() < 110'000);
}

TEST_CASE("nodes and nothing else") {
    blob_builder builder;
    for (int i = 0; i < 60'000; ++i) builder.node("n").end();
    CHECK(run(builder.finish()).empty());
}

TEST_CASE("properties and nothing else") {
    blob_builder builder;
    builder.flag("a");
    for (int i = 0; i < 60'000; ++i) builder.property_words(0, 0);
    CHECK(run(builder.finish()).empty());
}

TEST_CASE("one node with very many properties, all suppliers, all of one name or all of their own") {
    blob_builder same;
    same.device("a", 1).cells("clocks", {1});
    for (int i = 0; i < 60'000; ++i) same.property_words(0, 0).cells("clocks", {1});
    CHECK(run(same.end().finish()).empty());

    // Each name is the one before less its first letter, so that they cost the strings block next to nothing.
    const std::string suffixes = std::string(1000, 'x') + "-supply";
    blob_builder different;
    different.device("a", 1).cells(suffixes, {1});
    for (std::uint32_t i = 0; i < 990; ++i) different.property_words(4, 11 + 8 + i).raw({"\0\0\0\1", 4});
    const std::string message = run(different.end().finish());
    CHECK((message.empty() || message.find("justifies") != std::string::npos));
}

TEST_CASE("as many devices as fit") {
    blob_builder builder;
    builder.node("first").flag("compatible").end();
    for (int i = 0; i < 30'000; ++i) builder.token(1).raw({"n\0\0\0", 4}).property_words(0, 0).end();
    CHECK(run(builder.finish()).empty());
}

TEST_CASE("names as long as they may be, on paths as deep as they may be") {
    blob_builder builder;
    const std::string name(1000, 'n');
    for (int i = 0; i < 60; ++i) builder.node(name).text("compatible", "simple-bus");
    for (int i = 0; i < 3000; ++i) builder.token(1).raw({"n\0\0\0", 4}).flag("compatible").end();
    for (int i = 0; i < 60; ++i) builder.end();
    CHECK(run(builder.finish()) == "the devices' names are longer than the blob's size justifies");
}

TEST_CASE("everybody needs everybody") {
    for (const std::uint32_t devices : {2U, 8U, 9U, 10U, 40U, 200U, 1000U}) {
        CAPTURE(devices);
        const std::vector<std::uint32_t> all = numbers_to(devices);
        blob_builder builder;
        for (const std::uint32_t i : all) builder.device("d" + std::to_string(i), i).cells("clocks", all).end();
        const std::string message = run(builder.finish());
        CHECK(message.empty() == (devices <= 9));
    }
}

TEST_CASE("stacked diamonds have exponentially many paths, and are no trouble") {
    blob_builder builder;
    for (std::uint32_t i = 0; i < 300; ++i) {
        const std::uint32_t base = i * 3 + 1;
        builder.device("top" + std::to_string(i), base).cells("clocks", {base + 1, base + 2}).end();
        builder.device("left" + std::to_string(i), base + 1).cells("clocks", {base + 3}).end();
        builder.device("right" + std::to_string(i), base + 2).cells("clocks", {base + 3}).end();
    }
    builder.device("last", 901).end();
    CHECK(run(builder.finish()).empty());
}

TEST_CASE("a bus on a bus on a bus, each a proxy for all that hangs on the last") {
    blob_builder builder;
    for (std::uint32_t i = 1; i <= 2000; ++i) builder.device("s" + std::to_string(i), i).end();
    for (int i = 0; i < 60; ++i) builder.node("b").text("compatible", "simple-bus");
    builder.node("leaf").cells("clocks", numbers_to(2000)).end();
    for (int i = 0; i < 60; ++i) builder.end();
    CHECK(run(builder.finish()) == to_string(errc::too_many));
}

TEST_CASE("interrupt rings, empty specifiers, cells of 2^31") {
    for (const std::uint32_t cells : {0U, 1U, 16U, 17U, 0x80000000U, 0xffffffffU}) {
        CAPTURE(cells);
        blob_builder builder;
        builder.cells("#address-cells", {cells}).cells("interrupt-parent", {1});
        builder.device("a", 1).cells("#interrupt-cells", {cells}).cells("interrupt-parent", {2});
        builder.cells("interrupt-map", {0, 2, 0, 0, 0, 2, 0, 0}).cells("interrupts", {0, 0, 0}).end();
        builder.device("b", 2).cells("#interrupt-cells", {cells}).cells("interrupt-parent", {1});
        builder.cells("interrupt-map", {0, 1, 0, 0, 0, 1, 0, 0}).cells("interrupts-extended", {1, 0, 2, 0}).end();
        builder.device("c").cells("interrupts", numbers_to(5000)).cells("#clock-cells", {cells}).end();
        builder.device("d").cells("clocks", {1, 2}).cells("gpios", {1, 2}).end();
        const std::string message = run(builder.finish());
        CHECK((message.empty() || message.find("steps") != std::string::npos));
    }
}

TEST_CASE("as many interrupts as fit into a map as long as it can be") {
    blob_builder builder;
    builder.cells("#address-cells", {0});
    builder.node("gic", 2).cells("#interrupt-cells", {1}).flag("interrupt-controller").end();
    std::vector<std::uint32_t> map;
    for (int i = 0; i < 20'000; ++i) map.insert(map.end(), {1, 2, 0});
    builder.node("nexus", 1).cells("#interrupt-cells", {1}).cells("interrupt-map", map).end();
    builder.device("a").cells("interrupt-parent", {1}).cells("interrupts", std::vector<std::uint32_t>(60'000, 1)).end();
    CHECK(run(blob_builder{builder}.finish()).empty()); // the first row takes them all
    for (int i = 0; i < 2000; ++i) builder.node("b").cells("interrupt-parent", {1}).cells("interrupts", {2}).end();
    CHECK(run(builder.finish()) == "interrupts take more steps to translate than the blob's size justifies");
}

TEST_CASE("very many devices at the end of sixty buses, all with addresses to translate") {
    blob_builder builder;
    builder.cells("#address-cells", {1}).cells("#size-cells", {1});
    for (int i = 0; i < 60; ++i) builder.node("b").text("compatible", "simple-bus").flag("ranges").cells("reg", {1, 1});
    for (int i = 0; i < 600; ++i) builder.token(1).raw({"d\0\0\0", 4}).flag("compatible").cells("reg", {9, 1}).end();
    for (int i = 0; i < 60; ++i) builder.end();
    CHECK(run(builder.finish()).empty());
}

TEST_CASE("texts without an end, looked at for every interrupt") {
    blob_builder builder;
    builder.cells("#address-cells", {0}).cells("interrupt-parent", {1});
    builder.node("nexus", 1).cells("#interrupt-cells", {1}).flag("interrupt-controller");
    builder.bytes("compatible", std::string(200'000, 'c')).cells("interrupt-map", {1, 2, 0}).end();
    builder.node("gic", 2).cells("#interrupt-cells", {1}).flag("interrupt-controller");
    builder.bytes("status", "ok").bytes("compatible", std::string(200'000, 'c')).end();
    builder.device("a").cells("interrupts", std::vector<std::uint32_t>(50'000, 1)).end();
    CHECK(run(builder.finish()) == "interrupts take more steps to translate than the blob's size justifies");
}

TEST_CASE("blocks that overlap each other are only read") {
    blob_builder builder;
    builder.device("a", 1).cells("clocks", {1, 2}).end().device("b", 2).cells("vcc-supply", {1}).end();
    const blob good = builder.finish();
    const std::uint32_t structure = test::get_cell(good, 8);
    const std::uint32_t size = test::get_cell(good, 36);
    std::size_t read = 0;
    for (std::uint32_t offset = 40; offset < good.size(); ++offset) {
        blob b = good; // the strings begin anywhere, up to the end of the blob
        test::set_cell(b, 12, offset);
        test::set_cell(b, 32, static_cast<std::uint32_t>(b.size()) - offset);
        read += run(b).empty() ? 1U : 0U;
        b = good; // the structure does
        test::set_cell(b, 8, offset);
        test::set_cell(b, 36, static_cast<std::uint32_t>(b.size()) - offset);
        read += run(b).empty() ? 1U : 0U;
    }
    CHECK(read >= 2); // among them the blob as it was, once with a longer strings block, once with a longer structure
    CHECK(structure + size <= good.size());
}

TEST_CASE("nesting ten thousand deep") {
    blob_builder builder;
    for (int i = 0; i < 10'000; ++i) builder.node("n");
    CHECK(run(builder.assemble()) == "nodes are nested more than 64 deep");
}

TEST_CASE("random trees cut off anywhere, and with bits flipped, are an error or an answer") {
    const std::filesystem::path folder{DEVLINK_RANDOM_TREES};
    std::mt19937 random{20'260'101};
    std::size_t answers = 0;
    std::size_t errors = 0;
    for (const devlink::test::boot_table& table : devlink::test::read_boot_tables(folder / "tables")) {
        const blob good = devlink::test::read_bytes(folder / table.board);
        REQUIRE(good.size() > 1000);
        CAPTURE(table.board);
        for (int round = 0; round < 60; ++round) {
            blob b = good;
            if (round % 8 == 0) {
                b.resize(random() % b.size());
            } else {
                // Few bits, so that most of the blob is as it was; in every other round in its structure.
                const std::size_t flips = 1 + random() % 8;
                const std::size_t first = round % 2 == 0 ? 0 : test::get_cell(good, 8);
                for (std::size_t i = 0; i < flips; ++i)
                    b[first + random() % (b.size() - first)] ^= static_cast<std::byte>(1U << random() % 8);
            }
            ++(run(b).empty() ? answers : errors);
        }
    }
    CHECK(answers > 100);
    CHECK(errors > 100);
}
