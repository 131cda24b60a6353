// SPDX-License-Identifier: MIT
#ifndef DEVLINK_TESTS_DRIVER_CORE_INVARIANTS_HPP
#define DEVLINK_TESTS_DRIVER_CORE_INVARIANTS_HPP

#include <devlink/driver_core/views.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace testing {

struct rest_rules {
    bool repaired = false;     ///< quirk_rule::repaired was played
    bool extended = true;      ///< doom is kept
    bool drivers_done = false; ///< was said
};

/// What has to hold of a driver core at rest; the first thing that does not, or nothing.
inline std::string broken_invariant(const devlink::core_view& view, rest_rules rules) {
    using namespace devlink;
    const std::size_t limit = view.device_limit();
    std::vector<std::size_t> place(limit, limit);
    std::size_t listed = 0;
    for (const device_id d : view.dpm_order()) {
        if (!view.contains(d)) return "a device that is gone is in the order list";
        if (place[d.index()] != limit) return "a device is twice in the order list";
        place[d.index()] = listed++;
    }
    if (listed != view.device_count()) return "the order list is not complete";

    std::size_t links_of_suppliers = 0;
    std::size_t links_of_consumers = 0;
    for (std::size_t index = 0; index < limit; ++index) {
        const device_id d{index};
        if (!view.contains(d)) {
            if (!view.consumers(d).empty() || !view.suppliers(d).empty()) return "a device that is gone has links";
            continue;
        }
        const device_status status = view.status(d);
        if ((status == device_status::driver_bound) != view.is_bound(d)) return "status driver_bound without driver";
        if (status == device_status::unbinding) return "a device is unbinding at rest";
        if (status == device_status::probing && rules.repaired) return "status left at probing";
        if (view.is_bound(d) && (!view.has_driver(d) || !view.can_match(d))) return "bound without a driver";
        if (view.is_to_be_retried(d)) return "the active list is not empty at rest";
        if (view.is_pending(d) && (view.is_bound(d) || !view.can_match(d))) return "pending though bound";
        const device_id above = view.parent(d);
        if (above.valid() && place[above.index()] > place[d.index()]) return "a child before its parent";
        if (view.is_power_active(d) && !view.is_power_enabled(d)) return "active without runtime PM";

        std::size_t active_children = 0;
        for (const device_id child : view.children(d)) {
            if (view.parent(child) != d) return "a child of another parent";
            active_children += view.is_power_active(child) ? 1U : 0U;
        }
        if (active_children != view.active_children(d)) return "wrong count of active children";
        // An active device that nothing holds would have been suspended.
        if (view.is_power_active(d) && view.usage(d) == 0 && active_children == 0) return "idle but not suspended";

        for (const link_id l : view.suppliers(d)) {
            ++links_of_consumers;
            if (view.link(l).consumer != d) return "a supplier link of another consumer";
            if (view.find_link(d, view.link(l).supplier) != l) return "two links of one pair";
        }
        for (const link_id l : view.consumers(d)) {
            ++links_of_suppliers;
            const core_link link = view.link(l);
            if (link.supplier != d || !view.contains(link.consumer)) return "a consumer link of another supplier";
            const bool managed = link.flags.has(link_flag::managed);
            if (!managed && !link.flags.has(link_flag::stateless)) return "a link that nobody wants";
            if (link.references == 0) return "a link without references";
            if (!is_soft(link.flags) && place[d.index()] > place[link.consumer.index()])
                return "a consumer before its supplier";
            if (link.marked && (!managed || link.state != link_state::dormant || !view.is_bound(link.consumer)))
                return "a mark where none can be";
            if (!managed) {
                const bool left = link.state == link_state::dormant && !rules.repaired;
                if (link.state != link_state::none && !left) return "a state without management";
                continue;
            }
            switch (link.state) {
            case link_state::none:
                return "management without a state";
            case link_state::dormant:
                if (view.is_bound(d) && !link.marked) return "dormant though the supplier is bound";
                break;
            case link_state::available:
                if (!view.is_bound(d)) return "available though the supplier is not bound";
                break;
            case link_state::consumer_probe:
                if (view.status(link.consumer) != device_status::probing) return "consumer_probe without a probe";
                break;
            case link_state::active:
                if (!view.is_bound(link.consumer)) return "active without a bound consumer";
                if (rules.repaired && !view.is_bound(d)) return "active without a bound supplier";
                break;
            case link_state::supplier_unbind:
                return "supplier_unbind at rest";
            }
        }
    }
    if (links_of_suppliers != view.link_count() || links_of_consumers != view.link_count())
        return "a link is not in both lists";
    for (const pending_device waiting : view.pending())
        if (!view.contains(waiting.device)) return "a device that is gone is pending";

    if (!rules.extended) return {};
    // Doom from its definition: what failed, then over mandatory links until nothing changes.
    std::vector<bool> doomed(limit, false);
    const auto may_be_doomed = [&](device_id d) { return view.contains(d) && !view.is_bound(d); };
    for (std::size_t index = 0; index < limit; ++index) {
        const device_id d{index};
        if (!may_be_doomed(d)) continue;
        doomed[index] =
            (view.last_attempt_failed(d) && !view.is_pending(d)) || (rules.drivers_done && !view.has_driver(d));
    }
    for (bool changed = true; changed;) {
        changed = false;
        for (std::size_t index = 0; index < limit; ++index) {
            if (doomed[index] || !may_be_doomed(device_id{index})) continue;
            for (const link_id l : view.suppliers(device_id{index})) {
                const core_link link = view.link(l);
                const bool mandatory = link.flags.has(link_flag::managed) &&
                                       !link.flags.has_any(link_flag::sync_state_only | link_flag::optional_supplier);
                if (mandatory && doomed[link.supplier.index()]) doomed[index] = changed = true;
            }
        }
    }
    for (std::size_t index = 0; index < limit; ++index) {
        if (!view.contains(device_id{index})) continue;
        if (doomed[index] != view.is_doomed(device_id{index})) return "doom is not what its definition says";
    }
    return {};
}

} // namespace testing

#endif
