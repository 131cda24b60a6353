// SPDX-License-Identifier: MIT
#ifndef DEVLINK_RESOLVE_CHECK_ORDER_HPP
#define DEVLINK_RESOLVE_CHECK_ORDER_HPP

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <devlink/config.hpp>
#include <devlink/fwd.hpp>
#include <devlink/model/device_graph.hpp>
#include <devlink/policy/options.hpp>
#include <devlink/resolve/cycles.hpp>
#include <devlink/resolve/needs.hpp>
#include <devlink/resolve/plan.hpp>
#include <devlink/resolve/resolve.hpp>
#include <devlink/resolve/workspace.hpp>

namespace devlink {

/// What is wrong with a place in an order.
enum class order_fault : std::uint8_t {
    supplier_later,   ///< the supplier comes after its consumer
    supplier_missing, ///< the supplier, which is mandatory, does not come at all
    repeated,         ///< the device came before
};

[[nodiscard]] constexpr std::string_view to_string(order_fault fault) noexcept {
    switch (fault) {
    case order_fault::supplier_later:
        return "supplier comes later";
    case order_fault::supplier_missing:
        return "supplier is missing";
    case order_fault::repeated:
        return "device comes again";
    }
    return {};
}

/// One violation: at `place` (from 0) in the order, `device` is probed too early for `supplier` over `link`; an invalid
/// link means the populating parent.
template <std::unsigned_integral Index>
struct basic_order_violation {
    order_fault fault;
    std::size_t place;
    basic_device_id<Index> device;
    basic_device_id<Index> supplier;
    basic_link_id<Index> link;

    friend constexpr bool operator==(const basic_order_violation&, const basic_order_violation&) noexcept = default;
};

/// Holds an order of devices, from wherever, against what each device needs. Links that are `relaxed`, by a plan of
/// `g`, need not be respected. Devices that are not in the order are not missed for their own sake, nor as optional
/// suppliers if O has the extension. Returns every violation, in the order of places, and for one place in the order of
/// needs; empty if the order is right. Precondition: `order` holds devices of `g`. O(D + L); allocates.
template <options O = options{}, device_graph G>
[[nodiscard]] constexpr std::vector<basic_order_violation<typename G::index_type>>
check_order(const G& g, std::span<const basic_device_id<typename G::index_type>> order,
            std::span<const basic_relaxed_link<typename G::index_type>> relaxed) {
    static_assert(valid_options<O>::value);
    using index_type = typename G::index_type;
    constexpr std::size_t nowhere = static_cast<std::size_t>(-1);
    detail::needs_table<index_type> needs;
    needs.build(g);
    detail::relax_links(needs, relaxed);
    std::vector<std::size_t> place(needs.device_count(), nowhere);
    for (std::size_t i = order.size(); i-- != 0;) {
        DEVLINK_ASSERT(order[i].index() < needs.device_count());
        place[order[i].index()] = i;
    }
    std::vector<basic_order_violation<index_type>> violations;
    for (std::size_t i = 0; i != order.size(); ++i) {
        const auto d = order[i];
        if (place[d.index()] != i) {
            violations.push_back({order_fault::repeated, i, d, {}, {}});
            continue;
        }
        for (const auto& need : needs.of(d.index())) {
            if (!holds_back(need.flags)) continue;
            const std::size_t of_supplier = place[need.supplier.index()];
            if (of_supplier == nowhere && detail::is_optional<O>(need.flags)) continue;
            if (of_supplier == nowhere || of_supplier > i)
                violations.push_back(
                    {of_supplier == nowhere ? order_fault::supplier_missing : order_fault::supplier_later, i, d,
                     need.supplier, need.link});
        }
    }
    return violations;
}

/// The same, with the links relaxed that resolve<O>(g) relaxes: nothing is wrong with the order of its own plans. Makes
/// a plan to know them, so whoever has one hands over its relaxed() instead. O(D + L); allocates.
template <options O = options{}, device_graph G>
[[nodiscard]] constexpr std::vector<basic_order_violation<typename G::index_type>>
check_order(const G& g, std::span<const basic_device_id<typename G::index_type>> order) {
    // What is relaxed does not depend on the other rules.
    constexpr options rules{.cycles = O.cycles, .extension = O.extension};
    basic_workspace<typename G::index_type> memory;
    return check_order<O>(g, order, resolve<rules>(g, {}, memory).relaxed());
}

} // namespace devlink

#endif
