// SPDX-License-Identifier: MIT
#ifndef DEVLINK_SOURCE_DEVICETREE_INTERRUPTS_HPP
#define DEVLINK_SOURCE_DEVICETREE_INTERRUPTS_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include <devlink/fwd.hpp>
#include <devlink/source/devicetree.hpp>
#include <devlink/source/devicetree_match.hpp>

namespace devlink::source {

/// Finds out which node an interrupt ends at. Source: of_irq_parse_raw(), of_irq_find_parent(); Devicetree
/// Specification v0.4, section 2.4.
///
/// What is hostile ends as a failure: a ring of interrupt parents or maps (a kernel hangs on it), cell counts beyond
/// what a row holds. All translations of one object together take a number of steps in proportion to the blob's size;
/// past that they fail and exhausted() says so.
class devicetree_interrupts {
public:
    /// How many cells an address and a specifier have together at most. Source: MAX_PHANDLE_ARGS.
    static constexpr std::size_t most_cells = 16;

    struct cells {
        std::array<std::uint32_t, most_cells> values{};
        std::size_t count = 0;
    };

    /// `tree` must outlive this object. Allocates 4 bytes a node.
    explicit devicetree_interrupts(const devicetree& tree)
        : tree_{tree}
        , parents_(tree.node_count(), unknown)
        , steps_left_{65536 + tree.blob_size() * 16} {}

    /// The nearest node, along `interrupt-parent` and else upwards, that has `#interrupt-cells`; an id that is not
    /// valid if there is none. All calls together are linear in the nodes.
    [[nodiscard]] node_id parent(node_id n);

    /// Where an interrupt with this specifier, raised at `controller` by a device with this address, ends; an id that
    /// is not valid if it ends nowhere. No allocation.
    [[nodiscard]] node_id translate(node_id controller, const cells& specifier, const cells& address);

    /// One row's parent in an `interrupt-map`.
    struct map_parent {
        node_id node;
        std::size_t address_cells = 0;
        std::size_t interrupt_cells = 0;
        std::size_t end = 0; ///< the cell behind it
    };

    /// Reads the parent at cell `at` of an `interrupt-map`; nothing if it is bad or does not fit. Constant time.
    /// Source: of_irq_parse_imap_parent().
    [[nodiscard]] std::optional<map_parent> read_map_parent(const devicetree_value& map, std::size_t at) const;

    /// Whether some answer is missing because the steps were used up.
    [[nodiscard]] bool exhausted() const noexcept { return exhausted_; }

private:
    static constexpr std::uint32_t unknown = static_cast<std::uint32_t>(-2);
    static constexpr std::uint32_t walking = static_cast<std::uint32_t>(-3);

    // Maps at these controllers describe something else. Source: of_irq_imap_abusers.
    static constexpr std::array<std::string_view, 8> map_abusers{
        "CBEA,platform-spider-pic", "sti,platform-spider-pic", "realtek,rtl-intc",  "fsl,ls1021a-extirq",
        "fsl,ls1043a-extirq",       "fsl,ls1088a-extirq",      "renesas,rza1-irqc", "pasemi,rootbus"};

    [[nodiscard]] node_id one_step_up(node_id n) const {
        const std::optional<std::uint32_t> phandle = tree_.number(n, "interrupt-parent");
        return phandle ? tree_.by_phandle(*phandle) : tree_.parent(n);
    }
    [[nodiscard]] bool spend(std::size_t steps) {
        if (steps > steps_left_) exhausted_ = true;
        steps_left_ -= exhausted_ ? steps_left_ : steps;
        return !exhausted_;
    }
    /// Whether the controller is one of map_abusers. Costs steps, as a list of compatible strings may be long.
    [[nodiscard]] bool abuses_map(node_id controller) {
        const std::optional<devicetree_value> compatible = tree_.value(controller, "compatible");
        return compatible && spend(compatible->cell_count()) && compatible_with_any(tree_, controller, map_abusers);
    }
    [[nodiscard]] std::optional<map_parent> find_row(node_id controller, const devicetree_value& map,
                                                     std::span<const std::uint32_t> wanted);

    const devicetree& tree_;
    std::vector<std::uint32_t> parents_;
    std::size_t steps_left_;
    bool exhausted_ = false;
};

inline node_id devicetree_interrupts::parent(node_id n) {
    // Everything on the way from `n` to the first node with cells has that node as its parent; walked once to find it,
    // once to note it down.
    node_id found;
    node_id walk = n;
    while (true) {
        const std::uint32_t noted = parents_[walk.index()];
        if (noted == walking) break; // a ring: no parent
        if (noted != unknown) {
            found = node_id{noted};
            break;
        }
        parents_[walk.index()] = walking;
        walk = one_step_up(walk);
        if (!walk.valid()) break;
        if (tree_.has(walk, "#interrupt-cells")) {
            found = walk;
            break;
        }
    }
    for (walk = n; walk.valid() && parents_[walk.index()] == walking; walk = one_step_up(walk))
        parents_[walk.index()] =
            found.valid() ? static_cast<std::uint32_t>(found.index()) : static_cast<std::uint32_t>(-1);
    return found;
}

inline std::optional<devicetree_interrupts::map_parent>
devicetree_interrupts::read_map_parent(const devicetree_value& map, std::size_t at) const {
    if (at >= map.cell_count()) return std::nullopt;
    map_parent row;
    row.node = tree_.by_phandle(map.cell(at));
    if (!row.node.valid()) return std::nullopt;
    const std::optional<std::uint32_t> interrupt_cells = tree_.number(row.node, "#interrupt-cells");
    if (!interrupt_cells || *interrupt_cells > most_cells) return std::nullopt;
    const std::uint32_t address_cells = tree_.number(row.node, "#address-cells").value_or(0);
    if (address_cells > most_cells - *interrupt_cells) return std::nullopt;
    row.address_cells = address_cells;
    row.interrupt_cells = *interrupt_cells;
    if (row.address_cells + row.interrupt_cells > map.cell_count() - at - 1) return std::nullopt;
    row.end = at + 1 + row.address_cells + row.interrupt_cells;
    return row;
}

/// The first row that matches and whose parent is available.
inline std::optional<devicetree_interrupts::map_parent>
devicetree_interrupts::find_row(node_id controller, const devicetree_value& map,
                                std::span<const std::uint32_t> wanted) {
    const std::optional<devicetree_value> mask = tree_.value(controller, "interrupt-map-mask");
    std::size_t at = 0;
    while (map.cell_count() - at > wanted.size() + 1) {
        if (!spend(wanted.size() + 1)) return std::nullopt;
        bool matches = true;
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            const std::uint32_t relevant =
                !mask ? ~std::uint32_t{0} : (i < mask->cell_count() ? mask->cell(i) : std::uint32_t{0});
            matches = matches && ((wanted[i] ^ map.cell(at + i)) & relevant) == 0;
        }
        const std::optional<map_parent> row = read_map_parent(map, at + wanted.size());
        if (!row) return std::nullopt;
        if (matches && tree_.available(row->node)) return row;
        at = row->end;
    }
    return std::nullopt;
}

inline node_id devicetree_interrupts::translate(node_id controller, const cells& specifier, const cells& address) {
    // The walk climbs on to a node that is an interrupt controller, but only a row of a map changes whom it names.
    node_id named = controller;
    // The first controller on the way that says how long a specifier is.
    for (std::size_t hops = 0; controller.valid() && !tree_.number(controller, "#interrupt-cells"); ++hops) {
        if (!spend(1) || hops > tree_.node_count()) return {};
        controller = parent(controller);
    }
    if (!controller.valid() || *tree_.number(controller, "#interrupt-cells") != specifier.count) return {};
    const std::uint32_t address_cells = address_cells_at_or_above(tree_, controller, 2);
    if (specifier.count > most_cells || address_cells > most_cells - specifier.count) return {};

    cells wanted;
    for (std::size_t i = 0; i < address_cells; ++i) wanted.values[i] = i < address.count ? address.values[i] : 0;
    for (std::size_t i = 0; i < specifier.count; ++i) wanted.values[address_cells + i] = specifier.values[i];
    wanted.count = address_cells + specifier.count;

    for (std::size_t hops = 0; controller.valid() && hops <= tree_.node_count(); ++hops) {
        if (!spend(1)) return {};
        const std::optional<devicetree_value> map = tree_.value(controller, "interrupt-map");
        if (tree_.has(controller, "interrupt-controller") && (!map || abuses_map(controller))) return named;
        if (!map) {
            controller = parent(controller);
            continue;
        }
        const std::optional<map_parent> row = find_row(controller, *map, std::span{wanted.values}.first(wanted.count));
        if (!row || row->node == controller) return row ? controller : node_id{};
        wanted.count = row->address_cells + row->interrupt_cells;
        for (std::size_t i = 0; i < wanted.count; ++i) wanted.values[i] = map->cell(row->end - wanted.count + i);
        controller = named = row->node;
    }
    return {};
}

} // namespace devlink::source

#endif
