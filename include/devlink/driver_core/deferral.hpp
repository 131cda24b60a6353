// SPDX-License-Identifier: MIT
#ifndef DEVLINK_DRIVER_CORE_DEFERRAL_HPP
#define DEVLINK_DRIVER_CORE_DEFERRAL_HPP

#include <devlink/driver_core/core_state.hpp>

// The pending and the active list of deferred probing (drivers/base/dd.c). They are one queue with a fence: the active
// list before it, the pending one behind it, so that a trigger, which appends all of pending to active, only moves the
// fence.

namespace devlink::detail::core {

[[nodiscard]] inline bool is_deferred(const device_record& device) noexcept {
    return slot_queue<&device_record::deferred_slot>::contains(device);
}

[[nodiscard]] inline bool is_pending(const core_state& core, device_id d) noexcept {
    return is_deferred(core.device(d)) && !core.deferred.before_fence(core.device(d));
}

/// Puts `d` at the tail of the pending list, unless it never matched a driver or is on a list already, where it keeps
/// its place. Returns whether it was put there. Constant time. Source: driver_deferred_probe_add().
inline bool add_deferred(core_state& core, device_id d) {
    const device_record& device = core.device(d);
    if (!device.can_match || is_deferred(device)) return false;
    core.deferred.push(core.devices, d);
    return true;
}

/// Takes `d` off either list and clears the reason. Constant time. Source: driver_deferred_probe_del().
inline void delete_deferred(core_state& core, device_id d) noexcept {
    if (!is_deferred(core.device(d))) return;
    core.deferred.remove(core.devices, d);
    core.device(d).reason = device_id{};
}

/// Appends all of pending to active; the worker runs when the event is over. Nothing while deferred probing is held
/// back. Constant time. Source: driver_deferred_probe_trigger().
inline void trigger_deferred(core_state& core) noexcept {
    if (!core.deferred_enabled) return;
    ++core.trigger_count;
    core.deferred.set_fence();
}

/// Whether the active list holds a device.
[[nodiscard]] inline bool has_active(core_state& core) noexcept {
    return !core.deferred.empty() && core.deferred.before_fence(core.device(core.deferred.front()));
}

} // namespace devlink::detail::core

#endif
