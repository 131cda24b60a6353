// SPDX-License-Identifier: MIT
#ifndef DEVLINK_DRIVER_CORE_DEPENDENCY_HPP
#define DEVLINK_DRIVER_CORE_DEPENDENCY_HPP

#include <cstddef>
#include <utility>
#include <vector>

#include <devlink/driver_core/core_state.hpp>

// Who depends on whom, over children and hard links of whatever state: device_is_dependent(). The kernel walks without
// marks, which takes exponential time in stacked diamonds; the answer is plain reachability.

namespace devlink::detail::core {

/// The link at `l` or the next one in the supplier's list of consumers that is hard; invalid if there is none.
[[nodiscard]] inline link_id next_hard_consumer(const core_state& core, link_id l) noexcept {
    while (l.valid() && !core.link(l).hard()) l = core.link(l).next_consumer;
    return l;
}

/// Whether `s` depends on `c`, so that a link between them would close a cycle. Then `path`, if given, receives the
/// devices from `c` to `s`, each depending on the one before it. Precondition: both are registered or being registered.
/// Linear in what depends on `c`, and the ancestors of `s`.
inline bool is_dependent(core_state& core, device_id s, device_id c, std::vector<device_id>* path = nullptr) {
    // An ancestor of the supplier counts as well: a device that is being registered is not yet among its parent's
    // children.
    std::vector<device_id>& reached = core.reached_scratch;
    std::vector<walk_step>& walk = core.walk_scratch;
    for (device_id d = s; d.valid(); d = core.device(d).parent) core.device(d).target = true;

    const auto visit = [&](device_id d) {
        core.device(d).visited = true;
        reached.push_back(d);
        walk.push_back({d, core.device(d).first_consumer, core.device(d).first_child, 0});
    };
    bool found = false;
    visit(c);
    while (!walk.empty() && !found) {
        walk_step& step = walk.back();
        if (core.device(step.device).target) {
            found = true;
            break;
        }
        device_id next;
        if (step.child.valid()) {
            next = step.child;
            step.child = core.device(next).next_sibling;
        } else {
            step.link = next_hard_consumer(core, step.link);
            if (!step.link.valid()) {
                walk.pop_back();
                continue;
            }
            next = core.link(step.link).consumer;
            step.link = core.link(step.link).next_consumer;
        }
        if (!core.device(next).visited) visit(next);
    }

    if (found && path != nullptr) {
        for (const walk_step& step : walk) path->push_back(step.device);
        const std::size_t descent = path->size();
        for (device_id d = s; d != walk.back().device; d = core.device(d).parent) path->push_back(d);
        for (std::size_t low = descent, high = path->size(); low + 1 < high; ++low, --high)
            std::swap((*path)[low], (*path)[high - 1]);
    }
    for (const device_id d : reached) core.device(d).visited = false;
    for (device_id d = s; d.valid(); d = core.device(d).parent) core.device(d).target = false;
    reached.clear();
    walk.clear();
    return found;
}

} // namespace devlink::detail::core

#endif
