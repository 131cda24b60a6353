// SPDX-License-Identifier: MIT
#ifndef DEVLINK_SOURCE_DEVICETREE_ADDRESS_HPP
#define DEVLINK_SOURCE_DEVICETREE_ADDRESS_HPP

#include <cstddef>
#include <cstdint>
#include <optional>

#include <devlink/fwd.hpp>
#include <devlink/source/devicetree.hpp>

namespace devlink::source {

/// Where a device's registers are, as its processors see them.
struct address_range {
    std::uint64_t start = 0;
    std::uint64_t size = 0;
};

/// The first entry of the node's `reg`, translated through the `ranges` of every bus above it.
///
/// Returns nothing where there is no entry, a bus has no `ranges` (its addresses are its own), no row of them holds the
/// address, or cell counts are beyond what addresses have. Buses whose addresses have three cells (PCI) count as such
/// that don't translate. Linear in the rows on the way, which is at most 64 buses long; no allocation.
/// Source: of_address_to_resource(), of_translate_address(); Devicetree Specification v0.4, section 2.3.8.
[[nodiscard]] inline std::optional<address_range> translate_address(const devicetree& tree, node_id n) {
    struct widths {
        std::size_t address;
        std::size_t size;
    };
    // How wide addresses on the bus of `child` are: said by the nearest node above it that says so.
    const auto widths_on_bus_of = [&](node_id child) {
        const auto nearest = [&](std::string_view property) {
            for (node_id up = tree.parent(child); up.valid(); up = tree.parent(up))
                if (const std::optional<std::uint32_t> cells = tree.number(up, property)) return std::size_t{*cells};
            return std::size_t{1};
        };
        return widths{nearest("#address-cells"), nearest("#size-cells")};
    };
    const auto fits = [](widths w) { return w.address > 0 && w.address <= 2 && w.size <= 2; };
    const auto read = [](const devicetree_value& value, std::size_t at, std::size_t cells) {
        std::uint64_t number = 0;
        for (std::size_t i = 0; i < cells; ++i) number = number << 32U | value.cell(at + i);
        return number;
    };

    widths here = widths_on_bus_of(n);
    const std::optional<devicetree_value> reg = tree.value(n, "reg");
    if (!reg || !fits(here) || here.size == 0 || reg->cell_count() < here.address + here.size) return std::nullopt;
    address_range range{read(*reg, 0, here.address), read(*reg, here.address, here.size)};

    for (node_id bus = tree.parent(n); bus.valid() && bus != devicetree::root(); bus = tree.parent(bus)) {
        const widths above = widths_on_bus_of(bus);
        const std::optional<devicetree_value> ranges = tree.value(bus, "ranges");
        if (!fits(above) || !ranges) return std::nullopt;
        const std::size_t row = here.address + above.address + here.size;
        bool found = ranges->bytes().empty(); // an empty one: same addresses on both sides
        for (std::size_t at = 0; !found && ranges->cell_count() - at >= row; at += row) {
            const std::uint64_t first = read(*ranges, at, here.address);
            const std::uint64_t length = read(*ranges, at + here.address + above.address, here.size);
            found = range.start >= first && range.start - first < length;
            if (found) range.start = range.start - first + read(*ranges, at + here.address, above.address);
        }
        if (!found) return std::nullopt;
        here = above;
    }
    return range;
}

} // namespace devlink::source

#endif
