// SPDX-License-Identifier: MIT
#ifndef DEVLINK_DRIVER_CORE_UNBIND_HPP
#define DEVLINK_DRIVER_CORE_UNBIND_HPP

#include <cstddef>
#include <cstdint>

#include <devlink/driver_core/core_state.hpp>
#include <devlink/driver_core/doom.hpp>
#include <devlink/driver_core/links.hpp>
#include <devlink/driver_core/runtime_pm.hpp>
#include <devlink/driver_core/sync_state.hpp>

// Unbinding a driver, its active consumers first: __device_release_driver().
//
// Quirk: a link that says `consumer_probe` though no probe runs (its consumer was deferred for another supplier before
// the link was added) makes the kernel wait for ever: device_links_unbind_consumers() waits for probing to finish and
// starts over, and device_links_busy() counts such a link even where the former skips it. Here that is an error value,
// after everything that the kernel would still have done. Under quirk_rule::repaired such a link is taken for what it
// is, that of a consumer which is not there.
//
// Quirk: when `autoremove_supplier` ends the managed part of a link that is stateless as well, what remains says
// `dormant` instead of `none`. Under quirk_rule::repaired it says `none`.

namespace devlink::detail::core {

/// The device stops being a consumer: its probe did not succeed, or it was unbound. Linear in its suppliers.
/// Source: __device_links_no_driver().
template <class Machine>
void release_as_consumer(Machine& m, device_id d) {
    link_id l = list_last<&link_record::prev_supplier>(m.links, m.device(d).first_supplier);
    while (l.valid()) {
        const link_id before = list_before<&link_record::prev_supplier>(m.links, m.device(d).first_supplier, l);
        const link_record& link = m.link(l);
        const device_status supplier = m.device(link.supplier).status;
        if (!link.managed()) {
            // Nobody tracks it.
        } else if (link.has(link_flag::autoremove_consumer)) {
            drop_managed(m, l);
        } else if (link.marked) {
            m.change_link(l, [=](link_record& changed) {
                changed.marked = false;
                changed.state = initial_state(supplier, device_status::no_driver);
            });
        } else if (link.state == link_state::consumer_probe || link.state == link_state::active) {
            const bool present = supplier == device_status::driver_bound || supplier == device_status::unbinding;
            if (!present && !link.has(link_flag::sync_state_only)) m.warn(core_warning::released_without_supplier);
            m.step_link(l, link_event::consumer_released);
        }
        l = before;
    }
}

/// A link says `consumer_probe` though no probe runs: its consumer is not there.
template <class Machine>
void take_stale_back(Machine& m, link_id l) {
    m.change_link(l, [](link_record& link) { link.state = link_state::available; });
}

/// Whether a consumer still uses `d`; the links before the first such one are told that `d` goes.
/// Source: device_links_busy().
template <class Machine>
[[nodiscard]] bool is_busy(Machine& m, device_id d) {
    for (link_id l = m.device(d).first_consumer; l.valid(); l = m.link(l).next_consumer) {
        const link_record& link = m.link(l);
        if (!link.managed() || link.marked) continue;
        if (Machine::repaired && link.state == link_state::consumer_probe) take_stale_back(m, l);
        if (link.state == link_state::consumer_probe || link.state == link_state::active) return true;
        m.step_link(l, link_event::supplier_unbinding);
    }
    return false;
}

/// The driver of `d` is gone. Linear in its links. Source: device_links_driver_cleanup().
template <class Machine>
void clean_up_unbound(Machine& m, device_id d) {
    for (link_id l = m.device(d).first_consumer; l.valid();) {
        const link_id next = m.link(l).next_consumer;
        const link_record& link = m.link(l);
        if (link.managed() && !link.marked) {
            if (link.has(link_flag::autoremove_consumer) || link.state != link_state::supplier_unbind)
                m.warn(core_warning::unbound_with_odd_consumer);
            const bool dropped = link.has(link_flag::autoremove_supplier);
            if (dropped) drop_managed(m, l);
            if (!(dropped && Machine::repaired) && !m.link(l).deleted()) m.step_link(l, link_event::supplier_unbound);
        }
        l = next;
    }
    forget_sync_state(m, d);
    release_as_consumer(m, d);
    m.device(d).status = device_status::no_driver;
    m.device(d).bound = false;
    update_doom(m, d);
}

/// Unbinds `d`, if it is bound, and before it whoever uses it, depth first in link order. Returns false where the
/// kernel would never return; then everything stays as it is at that point. Linear in what is unbound and its links;
/// the walk keeps its own stack. Source: __device_release_driver().
template <class Machine>
[[nodiscard]] bool unbind(Machine& m, device_id d) {
    enum stage : std::uint8_t { begin, consumers, finish };
    if (!m.device(d).bound) return true;
    const std::size_t base = m.unbind_scratch.size();
    m.unbind_scratch.push_back({d, {}, {}, begin});
    while (m.unbind_scratch.size() > base) {
        walk_step& step = m.unbind_scratch.back();
        const device_id at = step.device;
        if (step.stage == begin) {
            get_power(m, at);
            step.stage = is_busy(m, at) ? consumers : finish;
            step.link = m.device(at).first_consumer;
            m.device(at).status = device_status::unbinding;
        }
        if (step.stage == consumers) {
            // The kernel starts over from the list's start after each consumer; what it finds there by then is
            // `supplier_unbind` and stays so, hence the walk goes on from where it was.
            device_id used_by;
            for (link_id l = m.skip_deleted_consumers(step.link); l.valid() && !used_by.valid();
                 l = m.skip_deleted_consumers(m.link(l).next_consumer)) {
                const link_record& link = m.link(l);
                step.link = link.next_consumer;
                if (!link.managed() || link.has(link_flag::sync_state_only) || link.marked) continue;
                if (link.state == link_state::consumer_probe) {
                    if (!Machine::repaired) return false;
                    take_stale_back(m, l);
                }
                if (link.state == link_state::active && m.device(link.consumer).bound) used_by = link.consumer;
                m.step_link(l, link_event::consumer_unbinding);
            }
            if (used_by.valid()) {
                m.unbind_scratch.push_back({used_by, {}, {}, begin});
                continue;
            }
            if (is_busy(m, at)) return false;
            step.stage = finish;
        }
        put_power(m, at);
        if constexpr (requires { m.host->unbind(at); }) m.host->unbind(at);
        clean_up_unbound(m, at);
        m.unbind_scratch.pop_back();
    }
    return true;
}

} // namespace devlink::detail::core

#endif
