// SPDX-License-Identifier: MIT
#ifndef DEVLINK_SOURCE_DEVICETREE_REFERENCES_HPP
#define DEVLINK_SOURCE_DEVICETREE_REFERENCES_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include <devlink/fwd.hpp>
#include <devlink/model/firmware.hpp>
#include <devlink/source/devicetree.hpp>
#include <devlink/source/devicetree_bindings.hpp>
#include <devlink/source/devicetree_interrupts.hpp>
#include <devlink/source/devicetree_match.hpp>

namespace devlink::source {

/// Finds the suppliers that a node's properties name. Source: of_link_property() and the parsers it calls.
class devicetree_references {
public:
    /// `tree` must outlive this object. Allocates 4 bytes a node.
    explicit devicetree_references(const devicetree& tree)
        : tree_{tree}
        , interrupts_{tree} {}

    /// Calls `visit(const firmware_reference&)` for each supplier named by a property of `n`, in the blob's order;
    /// `origin` is the number of the property. Whether nodes are available is not asked here. Linear in the properties'
    /// lengths plus what interrupts need to be translated; no allocation.
    template <class Visit>
    void for_each(node_id n, Visit&& visit);

    /// Whether interrupts were left out because translating them took more steps than the blob's size justifies.
    [[nodiscard]] bool exhausted() const noexcept { return interrupts_.exhausted(); }

private:
    template <class Take>
    void read_list(const devicetree_value& value, const supplier_binding& binding, Take&& take);
    template <class Take>
    void read_interrupts(node_id n, Take&& take);
    template <class Take>
    void read_interrupt_map(node_id n, const devicetree_value& map, Take&& take);
    [[nodiscard]] node_id port_parent(node_id endpoint) const;

    /// An entry of a list of phandles with arguments.
    struct entry {
        node_id supplier; ///< not valid: a hole, phandle 0
        std::size_t first_argument = 0;
        std::size_t end = 0;
    };
    [[nodiscard]] std::optional<entry> read_entry(const devicetree_value& value, std::size_t at,
                                                  const supplier_binding& binding) const;

    const devicetree& tree_;
    devicetree_interrupts interrupts_;
};

/// Nothing means that the entry is bad and the list ends there. Source: of_phandle_iterator_next().
inline std::optional<devicetree_references::entry>
devicetree_references::read_entry(const devicetree_value& value, std::size_t at,
                                  const supplier_binding& binding) const {
    if (at >= value.cell_count()) return std::nullopt;
    entry read{{}, at + 1, at + 1};
    const std::uint32_t phandle = value.cell(at);
    if (phandle == 0) return read;
    read.supplier = tree_.by_phandle(phandle);
    if (!read.supplier.valid()) return std::nullopt;
    if (!binding.cells_property.empty()) {
        const std::optional<std::uint32_t> arguments = tree_.number(read.supplier, binding.cells_property);
        if (!arguments && binding.cells_needed) return std::nullopt;
        if (arguments.value_or(0) > value.cell_count() - read.end) return std::nullopt;
        read.end += arguments.value_or(0);
    }
    return read;
}

template <class Take>
void devicetree_references::read_list(const devicetree_value& value, const supplier_binding& binding, Take&& take) {
    for (std::size_t at = 0;;) {
        const std::optional<entry> next = read_entry(value, at, binding);
        if (!next || !next->supplier.valid()) return;
        take(next->supplier);
        at = next->end;
    }
}

/// Interrupt number i is entry i of `interrupts-extended`, or failing that (also for a hole in that list) number i of
/// `interrupts`. Ends at the first i that is neither. Source: of_irq_parse_one().
template <class Take>
void devicetree_references::read_interrupts(node_id n, Take&& take) {
    const std::optional<std::size_t> plain_property = tree_.find_property(n, "interrupts");
    const std::optional<std::size_t> extended_property = tree_.find_property(n, "interrupts-extended");
    const devicetree_value plain = plain_property ? tree_.property_value(*plain_property) : devicetree_value{};
    const devicetree_value extended = extended_property ? tree_.property_value(*extended_property) : devicetree_value{};
    constexpr supplier_binding extended_binding{binding_shape::list, binding_strength::mandatory, true, false,
                                                "#interrupt-cells"};
    using cells = devicetree_interrupts::cells;
    const auto copy = [](cells& to, const devicetree_value& from, std::size_t at, std::size_t count) {
        to.count = count;
        for (std::size_t i = 0; i < std::min(count, to.values.size()); ++i) to.values[i] = from.cell(at + i);
    };

    cells address;
    if (const std::optional<devicetree_value> reg = tree_.value(n, "reg"))
        copy(address, *reg, 0, std::min<std::size_t>(reg->cell_count(), 3));
    node_id plain_parent;
    std::size_t plain_cells = 0;
    if (plain_property) {
        plain_parent = interrupts_.parent(n);
        if (plain_parent.valid()) plain_cells = tree_.number(plain_parent, "#interrupt-cells").value_or(0);
    }

    bool list_ended = false;
    std::size_t at = 0;
    for (std::size_t i = 0;; ++i) {
        cells specifier;
        node_id controller;
        std::size_t origin = 0;
        if (!list_ended) {
            const std::optional<entry> next = read_entry(extended, at, extended_binding);
            list_ended = !next;
            if (next) at = next->end;
            if (next && next->supplier.valid()) {
                controller = next->supplier;
                copy(specifier, extended, next->first_argument, next->end - next->first_argument);
                origin = *extended_property;
            }
        }
        if (!controller.valid()) {
            // No cells at all would be an endless list; the kernel hangs on it.
            if (plain_cells == 0 || plain_cells > devicetree_interrupts::most_cells) return;
            if (i >= plain.cell_count() / plain_cells) return;
            controller = plain_parent;
            copy(specifier, plain, i * plain_cells, plain_cells);
            origin = *plain_property;
        }
        const node_id supplier = interrupts_.translate(controller, specifier, address);
        if (!supplier.valid()) return;
        take(supplier, origin);
    }
}

/// Source: parse_interrupt_map().
template <class Take>
void devicetree_references::read_interrupt_map(node_id n, const devicetree_value& map, Take&& take) {
    const std::optional<std::uint32_t> interrupt_cells = tree_.number(n, "#interrupt-cells");
    if (!interrupt_cells) return;
    const std::size_t matched = std::size_t{*interrupt_cells} + address_cells_at_or_above(tree_, n, 1);
    for (std::size_t at = 0; map.cell_count() - at > matched + 1;) {
        const std::optional<devicetree_interrupts::map_parent> row = interrupts_.read_map_parent(map, at + matched);
        if (!row) return;
        take(row->node);
        at = row->end;
    }
}

/// The device that an endpoint belongs to: above its port, and above `ports` where that is there. Nothing checks that
/// these are endpoints and ports. Source: of_graph_get_port_parent().
inline node_id devicetree_references::port_parent(node_id endpoint) const {
    node_id n = endpoint;
    for (int up = 0; up < 2 && n.valid(); ++up) n = tree_.parent(n);
    if (!n.valid()) return n;
    const std::string_view name = tree_.base_name(n);
    return name == "ports" || name == "in-ports" || name == "out-ports" ? tree_.parent(n) : n;
}

template <class Visit>
void devicetree_references::for_each(node_id n, Visit&& visit) {
    bool interrupts_read = false;
    const auto [first, last] = tree_.properties(n);
    for (std::size_t p = first; p < last; ++p) {
        const supplier_binding binding = supplier_binding_of(tree_.property_name(p));
        if (binding.shape == binding_shape::none) continue;
        // Each visit to a property reads the first one of its name: what a second one says again changes nothing.
        if (tree_.find_property(n, tree_.property_name(p)) != p) continue;
        if (binding.unless_gpio_hog && tree_.has(n, "gpio-hog")) continue;

        const devicetree_value value = tree_.property_value(p);
        const auto kind = static_cast<firmware_reference_kind>(binding.strength);
        const auto take = [&](node_id supplier) {
            visit(firmware_reference{n, supplier, kind, static_cast<std::uint32_t>(p)});
        };
        switch (binding.shape) {
        case binding_shape::none:
            break;
        case binding_shape::list:
            read_list(value, binding, take);
            break;
        case binding_shape::every_fourth:
            for (std::size_t at = 1; at < value.cell_count(); at += 4) {
                const node_id supplier = tree_.by_phandle(value.cell(at));
                if (!supplier.valid()) break;
                take(supplier);
            }
            break;
        case binding_shape::remote_endpoint:
            if (const std::optional<std::uint32_t> phandle = value.number()) {
                const node_id remote = tree_.by_phandle(*phandle);
                if (!remote.valid()) break;
                const node_id consumer = port_parent(n);
                const node_id supplier = port_parent(remote);
                if (consumer.valid() && supplier.valid())
                    visit(firmware_reference{consumer, supplier, kind, static_cast<std::uint32_t>(p)});
            }
            break;
        case binding_shape::interrupts:
            if (!std::exchange(interrupts_read, true))
                read_interrupts(n, [&](node_id supplier, std::size_t origin) {
                    visit(firmware_reference{n, supplier, kind, static_cast<std::uint32_t>(origin)});
                });
            break;
        case binding_shape::interrupt_map:
            read_interrupt_map(n, value, take);
            break;
        }
    }
}

} // namespace devlink::source

#endif
