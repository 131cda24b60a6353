// SPDX-License-Identifier: MIT
#ifndef DEVLINK_SOURCE_DEVICETREE_NAMES_HPP
#define DEVLINK_SOURCE_DEVICETREE_NAMES_HPP

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

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

/// The number of a controller: what follows `stem` in the name of an alias whose path is that of `n`.
[[nodiscard]] inline std::optional<std::string> alias_number(const source::devicetree& tree, node_id n,
                                                             std::string_view stem) {
    const node_id aliases = tree.find_path("/aliases");
    if (!aliases.valid()) return std::nullopt;
    const auto [first, last] = tree.properties(aliases);
    for (std::size_t p = first; p < last; ++p) {
        const std::string_view name = tree.property_name(p);
        if (name.size() <= stem.size() || !name.starts_with(stem)) continue;
        const std::string_view number = name.substr(stem.size());
        if (number.find_first_not_of("0123456789") != std::string_view::npos) continue;
        if (tree.find_path(tree.property_value(p).text()) == n) return std::string{number};
    }
    return std::nullopt;
}

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
/// one whose number no alias tells. Linear in the aliases; allocates. Source: i2c_dev_set_name(), spi_dev_set_name().
[[nodiscard]] inline std::optional<std::string> bus_device_name(const devicetree& tree, node_id n) {
    const node_id bus = tree.parent(n);
    const std::optional<std::uint32_t> reg = tree.number(n, "reg");
    if (!bus.valid() || !reg) return std::nullopt;
    if (const auto number = detail::alias_number(tree, bus, "i2c"))
        return *number + '-' + detail::hexadecimal(*reg & 0x3ffU, 4);
    if (const auto number = detail::alias_number(tree, bus, "spi")) return "spi" + *number + '.' + std::to_string(*reg);
    return std::nullopt;
}

/// The names by which logs speak of the devices of a tree: node paths, and what the kernel calls the devices.
/// Where two devices would have the same name it stands for the first. Allocates; names that are longer in all than
/// twice the blob and some are left out.
[[nodiscard]] inline device_aliases kernel_names(const devicetree& tree, const firmware_tree& firmware) {
    device_aliases aliases;
    std::size_t room = 65536 + tree.blob_size() * 2;
    const auto add = [&](std::string name, device_id d) {
        if (name.size() > room) return;
        room -= name.size();
        aliases.add(std::move(name), d);
    };
    for (std::size_t i = 0; i < firmware.devices().size() && room > 0; ++i) {
        const firmware_device& device = firmware.devices()[i];
        add(tree.path(device.node), device_id{i});
        if (device.bus == firmware_bus::unknown)
            if (std::optional<std::string> name = bus_device_name(tree, device.node))
                add(*std::move(name), device_id{i});
        add(platform_device_name(tree, device.node), device_id{i});
    }
    return aliases;
}

} // namespace devlink::source

#endif
