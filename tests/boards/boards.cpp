// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include <devlink/driver_core/fw_devlink_boot.hpp>
#include <devlink/resolve/resolve.hpp>
#include <devlink/sink/boot_table.hpp>
#include <devlink/source/devicetree_machine.hpp>
#include <devlink/source/devicetree_names.hpp>

#include "devicetree-data/tables.hpp"
#include "hostile/counted_memory.hpp"

using namespace devlink;

namespace {

using blob = std::vector<std::byte>;

struct named_blob {
    std::string name;
    blob bytes;
};

const std::vector<named_blob>& boards() {
    static const std::vector<named_blob> all = [] {
        std::vector<named_blob> found;
        for (const auto& entry : std::filesystem::recursive_directory_iterator{DEVLINK_BOARDS})
            if (entry.path().extension() == ".dtb")
                found.push_back({entry.path().filename().string(), test::read_bytes(entry.path())});
        std::ranges::sort(found, {}, &named_blob::name);
        return found;
    }();
    return all;
}

} // namespace

TEST_CASE("every board is read, resolved and booted") {
    CHECK(boards().size() > 900);
    std::size_t devices = 0;
    std::size_t links = 0;
    std::size_t lines = 0;
    std::size_t bound = 0;
    for (const named_blob& board : boards()) {
        CAPTURE(board.name);
        const auto tree = source::devicetree::read(board.bytes);
        REQUIRE(tree);
        const auto firmware = source::read_firmware(*tree);
        REQUIRE(firmware);
        const auto made = source::machine_of(*tree, *firmware);
        REQUIRE(made);
        CHECK_FALSE(made->name.empty());
        for (std::size_t i = 0; i < made->graph.link_count(); ++i) CHECK_FALSE(made->origin(link_id{i}).empty());

        // With every driver there and no link from firmware held for certain, each device binds.
        const plan answer = resolve(made->graph, made->forecast);
        CHECK(answer.order().size() == made->graph.device_count());
        devices += made->graph.device_count();
        links += made->graph.link_count();

        sink::boot_recorder record{true};
        firmware_boot boot{*firmware, record, {.mode = fw_devlink_mode::on}};
        CHECK(boot.run() == errc::ok);
        CHECK(boot.links().search_calls() < 100'000);
        std::string table;
        sink::write_boot_table(table, boot, record, [&](node_id n) { return tree->path(n); });
        lines += static_cast<std::size_t>(std::count(table.begin(), table.end(), '\n'));
        for (std::size_t i = 0; i < boot.view().device_limit(); ++i) {
            const device_id d{i};
            bound += boot.view().is_bound(d) ? 1U : 0U;
            CHECK(boot.view().is_bound(d) <= boot.firmware_of(d).binds);
        }

        // What a log calls a device leads back to it.
        const source::device_aliases names = source::kernel_names(*tree, *firmware);
        for (std::size_t i = 0; i < firmware->devices().size(); ++i)
            CHECK(names.find(tree->path(firmware->devices()[i].node)).valid());
    }
    MESSAGE(boards().size() << " boards, " << devices << " devices, " << links << " links, " << lines
                            << " lines of boot tables, " << bound << " buses bound");
    CHECK(devices > 100'000);
    CHECK(links > 150'000);
    CHECK(bound > 1000);
}

TEST_CASE("mutated boards are an error or an answer, in bounded memory") {
    // Every round takes another board.
    constexpr std::size_t rounds = 100'000;
    std::mt19937 random{612'117};
    std::size_t answers = 0;
    std::size_t worst_percent = 0;
    for (std::size_t round = 0; round < rounds; ++round) {
        const named_blob& board = boards()[round * 7919 % boards().size()];
        blob b = board.bytes;
        if (round % 16 == 0) {
            b.resize(random() % b.size());
        } else if (round % 2 == 1) {
            // What stands in one property stands in another: phandles, cell counts, addresses, all where they don't
            // belong.
            const auto tree = source::devicetree::read(board.bytes);
            REQUIRE(tree);
            const auto random_cell = [&]() -> std::ptrdiff_t {
                while (true) {
                    const auto value = tree->property_value(random() % tree->property_count());
                    if (value.cell_count() == 0) continue;
                    return value.bytes().data() - board.bytes.data() +
                           static_cast<std::ptrdiff_t>(random() % value.cell_count() * 4);
                }
            };
            for (int i = 0; i < 32; ++i) std::copy_n(b.begin() + random_cell(), 4, b.begin() + random_cell());
        } else {
            for (std::size_t flips = 1 + random() % 16; flips > 0; --flips)
                b[64 + random() % (b.size() - 64)] ^= static_cast<std::byte>(1U << random() % 8);
        }
        const std::size_t limit = b.size() * 10 + (std::size_t{1} << 20U);
        test::reset_peak_memory();
        {
            const auto tree = source::devicetree::read(b);
            if (!tree) continue;
            const auto firmware = source::read_firmware(*tree);
            if (!firmware) continue;
            const auto made = source::machine_of(*tree, *firmware);
            sink::boot_recorder record{false};
            firmware_boot boot{*firmware, record, {.mode = fw_devlink_mode::rpm, .strict = true}};
            (void)boot.run();
            answers += made ? 1U : 0U;
        }
        worst_percent = std::max(worst_percent, test::peak_memory() * 100 / limit);
        CAPTURE(board.name);
        CAPTURE(round);
        REQUIRE(test::peak_memory() <= limit);
    }
    MESSAGE(rounds << " mutated boards, " << answers << " of them still boards; at worst " << worst_percent
                   << " % of the memory allowed");
    CHECK(answers > rounds / 3);
}
