// SPDX-License-Identifier: MIT
#ifndef DEVLINK_DRIVER_CORE_SYNC_STATE_HPP
#define DEVLINK_DRIVER_CORE_SYNC_STATE_HPP

#include <vector>

#include <devlink/driver_core/core_state.hpp>

// A supplier's sync_state comes once in its life, when all its consumers are there to speak for themselves.

namespace devlink::detail::core {

/// Decides whether `d` gets its callback now; whoever gets it is noted in due_sync_states. While sync_state is paused
/// `d` is only collected. Constant time: each device counts the links that hold it back.
/// Source: __device_links_queue_sync_state(), __device_links_supplier_defer_sync().
inline void consider_sync_state(core_state& core, device_id d) {
    device_record& device = core.device(d);
    if (!device.wants_sync_state || !device.bound) return;
    if (core.sync_state_pauses > 0) {
        if (device.sync_state_paused) return;
        device.sync_state_paused = true;
        core.paused_sync_states.push_back(d);
        return;
    }
    if (device.state_synced || device.blocking_consumers > 0) return;
    device.state_synced = true;
    core.due_sync_states.push_back(d);
}

/// Makes the callbacks that are due, in the order in which they became so. Source: device_links_flush_sync_list().
template <class Machine>
void flush_sync_states(Machine& m) {
    if constexpr (requires { m.host->sync_state(device_id{}); })
        for (const device_id d : m.due_sync_states) m.host->sync_state(d);
    m.due_sync_states.clear();
}

/// Takes `d` off the collection of a pause. Linear in the collection. Source: device_links_driver_cleanup().
inline void forget_sync_state(core_state& core, device_id d) {
    if (!core.device(d).sync_state_paused) return;
    core.device(d).sync_state_paused = false;
    std::erase(core.paused_sync_states, d);
}

/// Ends one pause; with the last one all that was collected is considered. Precondition: there is a pause.
/// Source: device_links_supplier_sync_state_resume().
template <class Machine>
void resume_sync_state(Machine& m) {
    if (--m.sync_state_pauses > 0) return;
    for (const device_id d : m.paused_sync_states) {
        m.device(d).sync_state_paused = false;
        consider_sync_state(m, d);
    }
    m.paused_sync_states.clear();
    flush_sync_states(m);
}

} // namespace devlink::detail::core

#endif
