// SPDX-License-Identifier: MIT
#ifndef DEVLINK_DRIVER_CORE_DOOM_HPP
#define DEVLINK_DRIVER_CORE_DOOM_HPP

#include <cstddef>
#include <span>

#include <devlink/driver_core/core_state.hpp>
#include <devlink/driver_core/deferral.hpp>

// Which devices can't bind any more, and who need not wait for them: rules R2 and R4 of the extension.
//
// A device is doomed if it failed, or if it is not bound and a mandatory link holds it back whose supplier is doomed.
// Each device counts such links, so doom and its lifting only touch what changes. Hard links form no cycle, hence the
// counts are exact. None of this exists in the kernel; it shows only where an optional link is, or drivers_done.

namespace devlink::detail::core {

/// Whether the device failed for good. A driver that failed is asked again if the device is queued; a driver that is
/// not there can't be. Source: extension, "Words".
template <class Machine>
[[nodiscard]] bool has_failed(const Machine& m, const device_record& device) noexcept {
    return (device.failed_last && !is_deferred(device)) || (m.drivers_done && !device.has_driver);
}

/// Whether the device meets the definition of doomed. A device whose driver is at it is not held back.
template <class Machine>
[[nodiscard]] bool deserves_doom(const Machine& m, const device_record& device) noexcept {
    return device.alive && !device.bound && !device.in_probe && (device.doomed_suppliers > 0 || has_failed(m, device));
}

template <class Machine>
void update_doom(Machine& m, device_id d);

/// The consumers of what was doomed by one event (doom_scratch from `first` on, in the order in which doom reached
/// them) need not wait any longer.
template <class Machine>
void release_consumers(Machine& m, std::size_t first) {
    const std::size_t last = m.doom_scratch.size();
    bool released = false;
    for (std::size_t place = first; place < last; ++place) {
        const device_id s = m.doom_scratch[place];
        if (m.device(s).was_doomed && !m.device(s).waited_for) continue;
        for (link_id l = m.device(s).first_consumer; l.valid(); l = m.link(l).next_consumer) {
            const link_record& link = m.link(l);
            const device_id c = link.consumer;
            if (!link.optional()) continue;
            if (!is_pending(m, c)) {
                const bool used = link.state == link_state::consumer_probe || link.state == link_state::active;
                if (!link.has(link_flag::autoprobe_consumer) || used || !add_deferred(m, c)) continue;
                update_doom(m, c);
            }
            released = true;
            if constexpr (requires { m.host->on_released(c, s); }) m.host->on_released(c, s);
        }
    }
    if (released) trigger_deferred(m);
}

template <class Machine>
void doom_if_deserved(Machine& m, device_id d) {
    if (m.device(d).doomed || !deserves_doom(m, m.device(d))) return;
    m.device(d).doomed = true;
    m.doom_scratch.push_back(d);
}

/// Dooms those of `roots` that deserve it, and whom they take along. Linear in the links of what becomes doomed.
template <class Machine>
void spread_doom(Machine& m, std::span<const device_id> roots) {
    const std::size_t first = m.doom_scratch.size();
    for (const device_id d : roots) doom_if_deserved(m, d);
    for (std::size_t place = first; place < m.doom_scratch.size(); ++place) {
        for (link_id l = m.device(m.doom_scratch[place]).first_consumer; l.valid(); l = m.link(l).next_consumer) {
            if (!m.link(l).mandatory()) continue;
            ++m.device(m.link(l).consumer).doomed_suppliers;
            doom_if_deserved(m, m.link(l).consumer);
        }
    }
    if (m.extension_in_play) {
        if constexpr (requires { m.host->on_doomed(device_id{}); }) {
            for (std::size_t place = first; place < m.doom_scratch.size(); ++place) {
                const device_id d = m.doom_scratch[place];
                if (!m.device(d).was_doomed || m.device(d).waited_for) m.host->on_doomed(d);
            }
        }
        release_consumers(m, first);
    }
    m.doom_scratch.resize(first);
}

/// Lifts the doom of `d`, and of whom it took along; they are at the end of doom_scratch when this returns.
/// Linear in the links of what is lifted.
template <class Machine>
void lift_doom(Machine& m, device_id d) {
    std::size_t place = m.doom_scratch.size();
    m.device(d).doomed = false;
    m.doom_scratch.push_back(d);
    for (; place < m.doom_scratch.size(); ++place) {
        for (link_id l = m.device(m.doom_scratch[place]).first_consumer; l.valid(); l = m.link(l).next_consumer) {
            if (!m.link(l).mandatory()) continue;
            const device_id c = m.link(l).consumer;
            --m.device(c).doomed_suppliers;
            if (!m.device(c).doomed || deserves_doom(m, m.device(c))) continue;
            m.device(c).doomed = false;
            m.doom_scratch.push_back(c);
        }
    }
}

/// Brings the doom of `d` up to date after anything that its definition asks about. Constant time if nothing changes.
template <class Machine>
void update_doom(Machine& m, device_id d) {
    if constexpr (Machine::extended) {
        const bool deserved = deserves_doom(m, m.device(d));
        if (deserved == m.device(d).doomed) return;
        if (deserved) return spread_doom(m, {&d, 1});
        const std::size_t before = m.doom_scratch.size();
        lift_doom(m, d);
        m.doom_scratch.resize(before);
    }
}

/// The driver of `d` is about to be asked: doom is lifted meanwhile. Returns what end_probe() wants to have back.
template <class Machine>
[[nodiscard]] std::size_t begin_probe(Machine& m, device_id d) {
    const std::size_t before = m.lifted.size();
    m.device(d).in_probe = true;
    if constexpr (Machine::extended) {
        if (m.device(d).doomed) {
            const std::size_t first = m.doom_scratch.size();
            lift_doom(m, d);
            for (std::size_t place = first; place < m.doom_scratch.size(); ++place) {
                m.device(m.doom_scratch[place]).was_doomed = true;
                m.lifted.push_back(m.doom_scratch[place]);
            }
            m.doom_scratch.resize(first);
        }
    }
    return before;
}

/// An attempt is over, all that it changed is recorded. Who was doomed before and still is releases nobody anew.
template <class Machine>
void end_probe(Machine& m, device_id d, std::size_t lifted_before) {
    m.device(d).in_probe = false;
    if constexpr (Machine::extended) {
        update_doom(m, d);
        for (std::size_t place = lifted_before; place < m.lifted.size(); ++place) {
            m.device(m.lifted[place]).was_doomed = false;
            m.device(m.lifted[place]).waited_for = false;
        }
        m.lifted.resize(lifted_before);
    }
}

} // namespace devlink::detail::core

#endif
