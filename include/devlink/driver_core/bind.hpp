// SPDX-License-Identifier: MIT
#ifndef DEVLINK_DRIVER_CORE_BIND_HPP
#define DEVLINK_DRIVER_CORE_BIND_HPP

#include <cstddef>

#include <devlink/driver_core/core_state.hpp>
#include <devlink/driver_core/deferral.hpp>
#include <devlink/driver_core/doom.hpp>
#include <devlink/driver_core/links.hpp>
#include <devlink/driver_core/sync_state.hpp>
#include <devlink/driver_core/unbind.hpp>

// What a successful probe sets in motion: driver_bound(), device_links_driver_bound().
//
// Quirk: a link that the probe itself added to a supplier without driver becomes `active` when the probe returns, with
// a warning; when that supplier's probe then fails the link goes `dormant` under its bound consumer. Under
// quirk_rule::repaired it stays `dormant`, as a link does that is added to a bound consumer.

namespace devlink::detail::core {

/// Tells the consumers of `d` that it is bound; who went ahead without it is noted in late_scratch.
template <class Machine>
void tell_consumers(Machine& m, device_id d) {
    for (link_id l = m.device(d).first_consumer; l.valid(); l = m.link(l).next_consumer) {
        const link_record& link = m.link(l);
        const device_id c = link.consumer;
        if (!link.managed()) continue;
        if (link.marked) {
            if (!m.device(c).bound) continue;
            m.late_scratch.push_back(c);
            if constexpr (requires { m.host->on_late(c, d); }) m.host->on_late(c, d);
            continue;
        }
        if (link.state == link_state::consumer_probe || link.state == link_state::active) continue;
        if (link.state != link_state::dormant) m.warn(core_warning::bound_with_odd_consumer);
        m.step_link(l, link_event::supplier_bound);
        if (link.has(link_flag::autoprobe_consumer) && add_deferred(m, c)) update_doom(m, c);
    }
}

/// Tells the suppliers of `d` that it is bound, and considers each for sync_state.
template <class Machine>
void tell_suppliers(Machine& m, device_id d) {
    for (link_id l = m.device(d).first_supplier; l.valid();) {
        const link_id next = m.link(l).next_supplier;
        const link_record& link = m.link(l);
        const device_id s = link.supplier;
        if (link.managed()) {
            if (link.has(link_flag::sync_state_only)) {
                drop_managed(m, l);
            } else if (!link.marked) {
                if (link.state != link_state::consumer_probe) m.warn(core_warning::bound_without_supplier);
                if (!Machine::repaired || m.device(s).bound)
                    m.step_link(l, link_event::consumer_bound);
                else
                    m.change_link(l, [](link_record& changed) { changed.state = link_state::dormant; });
            }
            consider_sync_state(m, s);
        }
        l = next;
    }
}

/// Lets those bound without `d`, now that it is there, go by late_supplier_rule. Returns false for a hang.
/// Source: extension, rule R4.
template <class Machine>
[[nodiscard]] bool treat_late(Machine& m, device_id d, std::size_t first) {
    const std::size_t last = m.late_scratch.size();
    for (std::size_t place = first; place < last; ++place) {
        const device_id c = m.late_scratch[place];
        if constexpr (Machine::chosen.late_supplier == late_supplier_rule::notify) {
            if constexpr (requires { m.host->late_supplier(c, d); }) m.host->late_supplier(c, d);
        } else if constexpr (Machine::chosen.late_supplier == late_supplier_rule::reprobe) {
            if (!unbind(m, c)) return false;
            if (add_deferred(m, c)) update_doom(m, c);
        }
    }
    m.late_scratch.resize(first);
    return true;
}

/// The probe of `d` succeeded. Linear in its links. Returns false where the kernel would never return.
template <class Machine>
[[nodiscard]] bool record_bound(Machine& m, device_id d) {
    m.device(d).bound = true;
    if constexpr (requires { m.host->on_bound(d); }) m.host->on_bound(d);
    const std::size_t first_late = m.late_scratch.size();
    tell_consumers(m, d);
    consider_sync_state(m, d);
    tell_suppliers(m, d);
    m.device(d).status = device_status::driver_bound;
    flush_sync_states(m);
    if (!treat_late(m, d, first_late)) return false;
    delete_deferred(m, d);
    trigger_deferred(m);
    return true;
}

} // namespace devlink::detail::core

#endif
