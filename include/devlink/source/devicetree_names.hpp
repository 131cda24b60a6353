// SPDX-License-Identifier: MIT
#ifndef DEVLINK_SOURCE_DEVICETREE_NAMES_HPP
#define DEVLINK_SOURCE_DEVICETREE_NAMES_HPP

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <devlink/fwd.hpp>
#include <devlink/model/firmware.hpp>
#include <devlink/source/device_aliases.hpp>
#include <devlink/source/devicetree.hpp>
#include <devlink/source/devicetree_address.hpp>

namespace devlink::detail {

[[nodiscard]] inline std::string hexadecimal(std::uint64_t value, std::size_t width = 1) {
    std::array<char, 16> digits{};
    const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), value, 16);
    const std::string text(digits.data(), written.ptr);
    return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

/// The numbers that `/aliases` gives to I2C and SPI controllers. Looked up once: a path is long to find.
class bus_numbers {
public:
    /// Linear in the aliases, of which more than a thousand are not looked at, and their paths. Allocates.
    explicit bus_numbers(const source::devicetree& tree) {
        const node_id aliases = tree.find_path("/aliases");
        if (!aliases.valid()) return;
        const auto [first, last] = tree.properties(aliases);
        for (std::size_t p = first; p < last && entries_.size() < most; ++p) {
            const std::string_view name = tree.property_name(p);
            const std::string_view stem = name.substr(0, 3);
            if (name.size() <= 3 || (stem != "i2c" && stem != "spi")) continue;
            const std::string_view number = name.substr(3);
            if (number.find_first_not_of("0123456789") != std::string_view::npos) continue;
            entries_.push_back({tree.find_path(tree.property_value(p).text()), entries_.size(), stem, number});
        }
        // By controller, then as in the tree; not stable_sort, which allocates by a deprecated function in libstdc++.
        std::ranges::sort(entries_, [](const entry& a, const entry& b) {
            return a.controller != b.controller ? a.controller < b.controller : a.place < b.place;
        });
    }

    /// What follows `i2c` or `spi` in the first alias of the controller; nothing if it has none. Logarithmic.
    [[nodiscard]] std::optional<std::string_view> find(node_id controller, std::string_view stem) const {
        auto found = std::ranges::lower_bound(entries_, controller, {}, &entry::controller);
        for (; found != entries_.end() && found->controller == controller; ++found)
            if (found->stem == stem) return found->number;
        return std::nullopt;
    }

private:
    static constexpr std::size_t most = 1024;
    struct entry {
        node_id controller;
        std::size_t place;
        std::string_view stem;
        std::string_view number;
    };
    std::vector<entry> entries_;
};

} // namespace devlink::detail

namespace devlink::source {

/// What the kernel calls the platform or AMBA device of a node: `ff110000.i2c`, `soc:leds`,
/// `ff770000.syscon:io-domains`. Linear in the depth; allocates. Source: of_device_make_bus_id().
[[nodiscard]] inline std::string platform_device_name(const devicetree& tree, node_id n) {
    std::string name;
    for (; n.valid() && n != devicetree::root(); n = tree.parent(n)) {
        const std::string behind = name.empty() ? name : ':' + name;
        if (const std::optional<address_range> range = translate_address(tree, n))
            return detail::hexadecimal(range->start) + '.' + std::string{tree.base_name(n)} + behind;
        name = std::string{tree.name(n)} + behind;
    }
    return name;
}

/// What the kernel calls a device on an I2C or SPI bus: `1-001b`, `spi0.1`; nothing for a device on another bus, or on
/// one whose number no alias tells. Allocates. Source: i2c_dev_set_name(), spi_dev_set_name().
[[nodiscard]] inline std::optional<std::string> bus_device_name(const devicetree& tree,
                                                                const detail::bus_numbers& numbers, node_id n) {
    const node_id bus = tree.parent(n);
    const std::optional<std::uint32_t> reg = tree.number(n, "reg");
    if (!bus.valid() || !reg) return std::nullopt;
    if (const auto number = numbers.find(bus, "i2c"))
        return std::string{*number} + '-' + detail::hexadecimal(*reg & 0x3ffU, 4);
    if (const auto number = numbers.find(bus, "spi")) return "spi" + std::string{*number} + '.' + std::to_string(*reg);
    return std::nullopt;
}

/// The names by which logs speak of the devices of a tree: node paths, and what the kernel calls the devices.
/// Where two devices would have the same name it stands for the first. Allocates; for a hostile tree, whose names would
/// be longer in all than twice the blob, or whose buses are nested so deep that names take for ever, some are left out.
[[nodiscard]] inline device_aliases kernel_names(const devicetree& tree, const firmware_tree& firmware) {
    device_aliases aliases;
    const detail::bus_numbers numbers{tree};
    std::size_t room = 65536 + tree.blob_size() * 2;
    std::size_t steps = 1'000'000 + tree.blob_size() * 64;
    const auto add = [&](std::string name, device_id d) {
        if (name.size() > room) return;
        room -= name.size();
        aliases.add(std::move(name), d);
    };
    for (std::size_t i = 0; i < firmware.devices().size() && room > 0; ++i) {
        const firmware_device& device = firmware.devices()[i];
        add(tree.path(device.node), device_id{i});
        if (device.bus == firmware_bus::unknown)
            if (std::optional<std::string> name = bus_device_name(tree, numbers, device.node))
                add(*std::move(name), device_id{i});
        // Each node on the way up may have an address, translated bus by bus, each of which asks upwards for its width.
        std::size_t depth = 0;
        for (node_id up = device.node; up.valid(); up = tree.parent(up)) ++depth;
        const std::size_t cost = depth * depth * depth;
        if (cost > steps) continue;
        steps -= cost;
        add(platform_device_name(tree, device.node), device_id{i});
    }
    return aliases;
}

} // namespace devlink::source

#endif
