// SPDX-License-Identifier: MIT
#ifndef DEVLINK_DRIVER_CORE_PROBE_HPP
#define DEVLINK_DRIVER_CORE_PROBE_HPP

#include <cstddef>
#include <cstdint>

#include <devlink/driver_core/bind.hpp>
#include <devlink/driver_core/core_state.hpp>
#include <devlink/driver_core/deferral.hpp>
#include <devlink/driver_core/doom.hpp>
#include <devlink/driver_core/order_list.hpp>
#include <devlink/driver_core/runtime_pm.hpp>
#include <devlink/driver_core/unbind.hpp>

// One probe attempt, and what retries them: driver_probe_device(), really_probe(), deferred_probe_work_func().
//
// Quirk: an attempt that is deferred because a supplier is not ready leaves the device status at `probing`, until an
// attempt gets past its suppliers. A link that is added meanwhile to a bound supplier, or to one that waits itself,
// starts as `consumer_probe`; it is not ready at the next retry, is skipped when its supplier binds, and makes the
// unbinding of its supplier wait for ever. Under quirk_rule::repaired the status goes back to what it was.
//
// Quirk: the reason of an earlier deferral stays when the driver itself defers later, even if it names a supplier that
// is gone. Under quirk_rule::repaired a driver's own deferral clears it.

namespace devlink::detail::core {

/// Takes back what a supplier check has set. Linear in the suppliers. Source: device_links_missing_supplier().
template <class Machine>
void take_back_check(Machine& m, device_id d) {
    for (link_id l = m.device(d).first_supplier; l.valid(); l = m.link(l).next_supplier) {
        const link_record& link = m.link(l);
        if (link.state != link_state::consumer_probe) continue;
        if (m.device(link.supplier).status != device_status::driver_bound && !link.has(link_flag::sync_state_only))
            m.warn(core_warning::taken_back_from_unbound);
        m.step_link(l, link_event::check_taken_back);
    }
}

/// Whether the suppliers of `d` let its driver be asked; if not, who is missing becomes the reason.
/// Linear in the suppliers. Source: device_links_check_suppliers(); extension, rules R1 and R3.
template <class Machine>
[[nodiscard]] bool check_suppliers(Machine& m, device_id d) {
    bool goes_without = false;
    for (link_id l = m.device(d).first_supplier; l.valid(); l = m.link(l).next_supplier) {
        const link_record& link = m.link(l);
        if (!link.managed()) continue;
        if (link.state == link_state::available || link.has(link_flag::sync_state_only)) {
            m.step_link(l, link_event::supplier_checked);
            continue;
        }
        if constexpr (Machine::extended) {
            if (link.optional() && m.device(link.supplier).doomed) {
                goes_without = true;
                continue;
            }
        }
        take_back_check(m, d);
        m.device(d).reason = link.supplier;
        if (!Machine::repaired) m.device(d).status = device_status::probing;
        if (m.device(link.supplier).was_doomed) m.device(link.supplier).waited_for = true;
        return false;
    }
    if (goes_without) {
        for (link_id l = m.device(d).first_supplier; l.valid(); l = m.link(l).next_supplier)
            if (m.link(l).optional() && m.device(m.link(l).supplier).doomed) mark_link(m, l);
    }
    m.device(d).status = device_status::probing;
    return true;
}

/// The probe did not succeed. Linear in the links of `d`. Source: device_links_no_driver().
template <class Machine>
void record_unbound(Machine& m, device_id d) {
    for (link_id l = m.device(d).first_consumer; l.valid(); l = m.link(l).next_consumer)
        if (m.link(l).managed()) m.step_link(l, link_event::supplier_failed);
    release_as_consumer(m, d);
    m.device(d).status = device_status::no_driver;
}

enum class attempt_outcome : std::uint8_t { bound, deferred, failed, hung };

/// The part of an attempt between the resuming and the putting of suppliers and parent. Source: really_probe().
template <class Machine>
[[nodiscard]] attempt_outcome really_probe(Machine& m, device_id d, std::size_t& lifted) {
    if (m.probing_blocked) return attempt_outcome::deferred;
    if constexpr (requires { m.host->waits_for_firmware(d); })
        if (m.host->waits_for_firmware(d)) return attempt_outcome::deferred;
    if (!check_suppliers(m, d)) return attempt_outcome::deferred;
    lifted = begin_probe(m, d);
    const probe_result outcome = m.host->probe(d);
    if (outcome.is_ok()) return record_bound(m, d) ? attempt_outcome::bound : attempt_outcome::hung;
    record_unbound(m, d);
    if (!is_deferral<typename Machine::host_type>(outcome)) return attempt_outcome::failed;
    if (Machine::repaired) m.device(d).reason = device_id{};
    return attempt_outcome::deferred;
}

/// One attempt to bind `d` to its driver. Returns false where the kernel would never return.
/// Linear in the links of `d`, without what the probe and the host do. Source: driver_probe_device().
template <class Machine>
[[nodiscard]] bool attempt(Machine& m, device_id d) {
    const std::uint64_t triggers = m.trigger_count;
    if (!m.device(d).alive || m.device(d).bound || m.device(d).in_probe) return true;
    ++m.attempts;
    m.device(d).can_match = true;
    const device_id parent = m.device(d).parent;
    get_suppliers(m, d);
    if (parent.valid()) get_power(m, parent);
    leave_power_queue(m, d);

    std::size_t lifted = m.lifted.size();
    const attempt_outcome outcome = really_probe(m, d, lifted);
    if (outcome == attempt_outcome::hung) return false;
    m.device(d).failed_last = outcome == attempt_outcome::failed;

    request_idle(m, d);
    if (parent.valid()) put_asynchronously(m, parent);
    put_suppliers(m, d);
    if (outcome == attempt_outcome::deferred) {
        ++m.deferrals;
        add_deferred(m, d);
        if (triggers != m.trigger_count) trigger_deferred(m);
    }
    end_probe(m, d, lifted);
    return true;
}

/// Looks for a driver for `d` and makes an attempt if there is one; its parent is held meanwhile. Nothing for a device
/// that is bound. Returns false where the kernel would never return. Source: __device_attach().
template <class Machine>
[[nodiscard]] bool attach(Machine& m, device_id d) {
    if (!m.device(d).alive || m.device(d).bound || m.device(d).in_probe) return true;
    const device_id parent = m.device(d).parent;
    if (parent.valid()) get_power(m, parent);
    if (m.device(d).has_driver && !attempt(m, d)) return false;
    request_idle(m, d);
    if (parent.valid()) put_asynchronously(m, parent);
    return true;
}

/// Retries whatever is on the active list until it is empty. Returns false where the kernel would never return.
/// Each retry moves the device and what depends on it to the tail of the order lists, whatever then comes of it.
/// Ends: a pass without a bind leaves everybody on the pending list. Source: deferred_probe_work_func().
template <class Machine>
[[nodiscard]] bool work_off_deferred(Machine& m) {
    while (has_active(m)) {
        const device_id d = m.deferred.pop(m.devices);
        m.device(d).reason = device_id{};
        reorder_to_tail(m, d);
        if (!attach(m, d)) return false;
        update_doom(m, d);
    }
    return true;
}

} // namespace devlink::detail::core

#endif
