// SPDX-License-Identifier: MIT
#ifndef DEVLINK_SOURCE_DEVICETREE_MATCH_HPP
#define DEVLINK_SOURCE_DEVICETREE_MATCH_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include <devlink/fwd.hpp>
#include <devlink/source/devicetree.hpp>

namespace devlink::source {

/// Whether two compatible strings are the same: ASCII letters in either case are. Source: of_compat_cmp().
[[nodiscard]] constexpr bool same_compatible(std::string_view a, std::string_view b) noexcept {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::ranges::equal(a, b, [&](char x, char y) { return lower(x) == lower(y); });
}

/// Whether any of the node's compatible strings is one of `wanted`. Linear in the strings times `wanted`.
/// Source: of_device_compatible_match().
template <class Strings>
[[nodiscard]] bool compatible_with_any(const devicetree& tree, node_id n, const Strings& wanted) {
    const std::optional<devicetree_value> compatible = tree.value(n, "compatible");
    return compatible && compatible->any_text([&](std::string_view entry) {
        return std::ranges::any_of(wanted, [&](std::string_view w) { return same_compatible(w, entry); });
    });
}

[[nodiscard]] inline bool compatible_with(const devicetree& tree, node_id n, std::string_view wanted) {
    return compatible_with_any(tree, n, std::span{&wanted, 1});
}

/// Buses without a driver of their own: what lies on them is there from the start.
/// Source: of_default_bus_match_table.
inline constexpr std::array<std::string_view, 4> plain_bus_compatibles{"simple-bus", "simple-mfd", "isa",
                                                                       "arm,amba-bus"};

/// Whether the driver for plain buses binds to this node: it refuses one that is something more specific first, and
/// there it minds the case of letters. Source: simple_pm_bus_probe(), of_property_match_string().
[[nodiscard]] inline bool first_compatible_is_plain_bus(const devicetree& tree, node_id n) {
    const std::optional<devicetree_value> compatible = tree.value(n, "compatible");
    return compatible && std::ranges::find(plain_bus_compatibles, compatible->text()) != plain_bus_compatibles.end();
}

/// `#address-cells` of the nearest node from `n` up that has it, or `otherwise`. Constant time: depth is limited.
[[nodiscard]] inline std::uint32_t address_cells_at_or_above(const devicetree& tree, node_id n,
                                                             std::uint32_t otherwise) {
    for (; n.valid(); n = tree.parent(n))
        if (const std::optional<std::uint32_t> cells = tree.number(n, "#address-cells")) return *cells;
    return otherwise;
}

} // namespace devlink::source

#endif
