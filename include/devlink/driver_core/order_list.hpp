// SPDX-License-Identifier: MIT
#ifndef DEVLINK_DRIVER_CORE_ORDER_LIST_HPP
#define DEVLINK_DRIVER_CORE_ORDER_LIST_HPP

#include <vector>

#include <devlink/driver_core/core_state.hpp>
#include <devlink/driver_core/threaded_list.hpp>

// dpm_list (suspend runs it backwards) and devices_kset (shutdown does). Both get the same operations, always, so they
// are one list here: every supplier, over hard links, and every parent comes before those that need it.

namespace devlink::detail::core {

inline void append_ordered(core_state& core, device_id d) noexcept {
    list_append<&device_record::next_ordered, &device_record::prev_ordered>(core.devices, core.first_ordered, d);
}

inline void remove_ordered(core_state& core, device_id d) noexcept {
    list_remove<&device_record::next_ordered, &device_record::prev_ordered>(core.devices, core.first_ordered, d);
}

/// Moves `d` and all that depends on it to the tail, as the kernel leaves them. Linear in what moves and its links.
///
/// The kernel moves a device at every visit, without marks, so the last visit decides. The same order comes from a walk
/// with marks over the successors taken backwards, read from its end: hard consumers last to first, then children last
/// to first, each device written when it is finished. Source: device_reorder_to_tail().
inline void reorder_to_tail(core_state& core, device_id d) {
    std::vector<walk_step>& walk = core.walk_scratch;
    std::vector<device_id>& finished = core.reached_scratch;
    const auto visit = [&](device_id at) {
        device_record& device = core.device(at);
        device.visited = true;
        walk.push_back({at, list_last<&link_record::prev_consumer>(core.links, device.first_consumer),
                        list_last<&device_record::prev_sibling>(core.devices, device.first_child), 0});
    };
    visit(d);
    while (!walk.empty()) {
        walk_step& step = walk.back();
        const device_record& device = core.device(step.device);
        device_id next;
        if (step.link.valid()) {
            const link_id l = step.link;
            step.link = list_before<&link_record::prev_consumer>(core.links, device.first_consumer, l);
            if (!core.link(l).hard()) continue;
            next = core.link(l).consumer;
        } else if (step.child.valid()) {
            next = step.child;
            step.child = list_before<&device_record::prev_sibling>(core.devices, device.first_child, next);
        } else {
            finished.push_back(step.device);
            walk.pop_back();
            continue;
        }
        if (!core.device(next).visited) visit(next);
    }
    for (auto at = finished.rbegin(); at != finished.rend(); ++at) {
        core.device(*at).visited = false;
        if (!core.device(*at).registered) continue;
        remove_ordered(core, *at);
        append_ordered(core, *at);
    }
    finished.clear();
}

} // namespace devlink::detail::core

#endif
