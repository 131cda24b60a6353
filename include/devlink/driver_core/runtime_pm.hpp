// SPDX-License-Identifier: MIT
#ifndef DEVLINK_DRIVER_CORE_RUNTIME_PM_HPP
#define DEVLINK_DRIVER_CORE_RUNTIME_PM_HPP

#include <cstddef>

#include <devlink/driver_core/core_state.hpp>

// Runtime PM over links and parents (drivers/base/power/runtime.c), as far as device links reach: usage counts,
// resuming suppliers and parents first, suspending consumers and children first. Idle requests and asynchronous puts go
// to one queue, which runs when all else is at rest.
//
// Quirk: a release that finds the supplier's usage count at 0, after more puts than gets by somebody else, stops there
// (pm_runtime_release_supplier()); what the link then still holds is given back at the next release, at the cost of
// whoever uses the supplier by then. Under quirk_rule::repaired the link holds nothing after any release.

namespace devlink::detail::core {

/// Whether `d` could be suspended at once.
[[nodiscard]] constexpr bool may_suspend(const device_record& d) noexcept {
    return d.power_enabled && d.power_active && d.usage == 0 && d.active_children == 0;
}

/// Whether a link may take a runtime-PM reference on its supplier. Source: extension, rule R8.
template <class Machine>
[[nodiscard]] bool takes_power(const Machine& m, const link_record& l) noexcept {
    if (!l.has(link_flag::pm_runtime)) return false;
    if constexpr (Machine::extended) return !l.marked && !(l.optional() && m.device(l.supplier).doomed);
    return true;
}

/// Source: pm_request_idle().
template <class Machine>
void request_idle(Machine& m, device_id d) {
    device_record& device = m.device(d);
    if (!may_suspend(device) || device.power_request) return;
    device.power_request = true;
    if (!m.power_queue.contains(device)) m.power_queue.push(m.devices, d);
}

/// Source: pm_runtime_put().
template <class Machine>
void put_asynchronously(Machine& m, device_id d) {
    device_record& device = m.device(d);
    if (device.usage == 0) return;
    if (--device.usage == 0) request_idle(m, d);
}

/// Resumes `d`, its parents and its suppliers before it. Returns whether it can be resumed at all.
/// Linear in what is resumed and its links; the walk keeps its own stack. Source: rpm_resume().
template <class Machine>
bool resume(Machine& m, device_id d) {
    enum stage : std::uint8_t { begin, suppliers, finish };
    if (!m.device(d).power_enabled) return false;
    const std::size_t base = m.power_scratch.size();
    m.power_scratch.push_back({d, {}, {}, begin});
    while (m.power_scratch.size() > base) {
        walk_step& step = m.power_scratch.back();
        const device_id at = step.device;
        device_record& device = m.device(at);
        if (step.stage == begin) {
            device.power_request = false;
            if (!device.power_enabled || device.power_active) {
                m.power_scratch.pop_back();
                continue;
            }
            step.stage = suppliers;
            step.link = device.first_supplier;
            if (device.parent.valid()) {
                ++m.device(device.parent).usage;
                if (m.device(device.parent).power_enabled) m.power_scratch.push_back({device.parent, {}, {}, begin});
            }
            continue;
        }
        if (step.stage == suppliers) {
            while (step.link.valid() && !takes_power(m, m.link(step.link))) step.link = m.link(step.link).next_supplier;
            if (step.link.valid()) {
                link_record& link = m.link(step.link);
                step.link = link.next_supplier;
                ++link.held;
                ++m.device(link.supplier).usage;
                if (m.device(link.supplier).power_enabled) m.power_scratch.push_back({link.supplier, {}, {}, begin});
                continue;
            }
            step.stage = finish;
        }
        m.power_scratch.pop_back();
        device.power_active = true;
        if (device.parent.valid()) ++m.device(device.parent).active_children;
        if constexpr (requires { m.host->resume(at); }) m.host->resume(at);
        request_idle(m, at);
        if (m.device(at).parent.valid()) put_asynchronously(m, m.device(at).parent);
    }
    return true;
}

/// Source: pm_runtime_get_sync(): the count is taken even if the resume fails.
template <class Machine>
bool get_power(Machine& m, device_id d) {
    ++m.device(d).usage;
    return resume(m, d);
}

/// Gives back all that a link holds, and suspends nobody. Source: pm_runtime_release_supplier().
template <class Machine>
void release_supplier(Machine& m, link_record& link) noexcept {
    device_record& supplier = m.device(link.supplier);
    while (link.held > 0) {
        --link.held;
        if (supplier.usage > 0) {
            --supplier.usage;
        } else {
            if (Machine::repaired) link.held = 0;
            return;
        }
    }
}

template <class Machine>
[[nodiscard]] bool has_power_links(const Machine& m, const device_record& device) noexcept {
    for (link_id l = device.first_supplier; l.valid(); l = m.link(l).next_supplier)
        if (m.link(l).has(link_flag::pm_runtime)) return true;
    return false;
}

/// Releases every link to a supplier, of whatever kind. Source: rpm_put_suppliers().
template <class Machine>
void release_suppliers(Machine& m, const device_record& device) noexcept {
    for (link_id l = device.first_supplier; l.valid(); l = m.link(l).next_supplier) release_supplier(m, m.link(l));
}

template <class Machine>
void request_idle_suppliers(Machine& m, device_id d) {
    for (link_id l = m.device(d).first_supplier; l.valid(); l = m.link(l).next_supplier)
        request_idle(m, m.link(l).supplier);
}

/// Suspends `d` if it may be. Linear in its suppliers. Source: rpm_suspend().
template <class Machine>
void suspend(Machine& m, device_id d) {
    if (!may_suspend(m.device(d))) return;
    m.device(d).power_request = false;
    if constexpr (requires { m.host->suspend(d); }) m.host->suspend(d);
    device_record& device = m.device(d);
    const bool uses_links = has_power_links(m, device);
    if (uses_links) release_suppliers(m, device);
    device.power_active = false;
    if (device.parent.valid()) {
        --m.device(device.parent).active_children;
        request_idle(m, device.parent);
    }
    if (uses_links) request_idle_suppliers(m, d);
}

/// Source: pm_runtime_put_sync().
template <class Machine>
void put_power(Machine& m, device_id d) {
    device_record& device = m.device(d);
    if (device.usage == 0) return;
    if (--device.usage == 0) suspend(m, d);
}

/// Source: pm_runtime_barrier(), for a device without a resume in progress.
template <class Machine>
void leave_power_queue(Machine& m, device_id d) noexcept {
    device_record& device = m.device(d);
    device.power_request = false;
    if (m.power_queue.contains(device)) m.power_queue.remove(m.devices, d);
}

/// Before an attempt: every supplier over a `pm_runtime` link is resumed and held. Source: pm_runtime_get_suppliers().
template <class Machine>
void get_suppliers(Machine& m, device_id d) {
    for (link_id l = m.device(d).first_supplier; l.valid(); l = m.link(l).next_supplier) {
        if (!takes_power(m, m.link(l))) continue;
        m.link(l).preactivated = true;
        get_power(m, m.link(l).supplier);
    }
}

/// After an attempt. Source: pm_runtime_put_suppliers().
template <class Machine>
void put_suppliers(Machine& m, device_id d) {
    for (link_id l = m.device(d).first_supplier; l.valid(); l = m.link(l).next_supplier) {
        if (!m.link(l).preactivated) continue;
        m.link(l).preactivated = false;
        put_asynchronously(m, m.link(l).supplier);
    }
}

/// A link is deleted or relaxed. Source: pm_runtime_drop_link().
template <class Machine>
void drop_power(Machine& m, link_id l) {
    if (!m.link(l).has(link_flag::pm_runtime)) return;
    release_supplier(m, m.link(l));
    request_idle(m, m.link(l).supplier);
}

/// A device is removed. Source: pm_runtime_remove().
template <class Machine>
void disable_power(Machine& m, device_id d) {
    leave_power_queue(m, d);
    device_record& device = m.device(d);
    device.power_enabled = false;
    if (!device.power_active) return;
    device.power_active = false;
    if (device.parent.valid()) {
        --m.device(device.parent).active_children;
        request_idle(m, device.parent);
    }
    for (link_id l = device.first_supplier; l.valid(); l = m.link(l).next_supplier) {
        release_supplier(m, m.link(l));
        request_idle(m, m.link(l).supplier);
    }
}

/// Releases the objects of deleted links, which give back what they still hold. Source: device_link_release_fn().
template <class Machine>
void release_unlisted_links(Machine& m) {
    for (std::size_t place = 0; place < m.unlisted_links.size(); ++place) {
        const link_id l = m.unlisted_links[place];
        link_record& link = m.link(l);
        release_supplier(m, link);
        if (link.preactivated && m.device(link.supplier).usage > 0) --m.device(link.supplier).usage;
        request_idle(m, link.supplier);
        m.free_links.push_back(l);
    }
    m.unlisted_links.clear();
}

/// Runs the queue until it is empty. Source: pm_runtime_work(), rpm_idle().
template <class Machine>
void run_power_queue(Machine& m) {
    while (!m.power_queue.empty()) {
        const device_id d = m.power_queue.pop(m.devices);
        if (!m.device(d).power_request) continue;
        m.device(d).power_request = false;
        suspend(m, d);
    }
}

} // namespace devlink::detail::core

#endif
