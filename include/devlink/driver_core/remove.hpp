// SPDX-License-Identifier: MIT
#ifndef DEVLINK_DRIVER_CORE_REMOVE_HPP
#define DEVLINK_DRIVER_CORE_REMOVE_HPP

#include <cstddef>
#include <vector>

#include <devlink/driver_core/core_state.hpp>
#include <devlink/driver_core/deferral.hpp>
#include <devlink/driver_core/doom.hpp>
#include <devlink/driver_core/links.hpp>
#include <devlink/driver_core/order_list.hpp>
#include <devlink/driver_core/probe.hpp>
#include <devlink/driver_core/runtime_pm.hpp>
#include <devlink/driver_core/unbind.hpp>

// How devices come and go: device_add(), device_del().

namespace devlink::detail::core {

/// Registers the device of the newest record. It joins its parent's children only after its first attempt.
/// Returns false where the kernel would never return. Source: device_add().
template <class Machine>
[[nodiscard]] bool introduce(Machine& m, device_id d) {
    append_ordered(m, d);
    ++m.device_count;
    if constexpr (requires { m.host->on_device_added(d); }) m.host->on_device_added(d);
    update_doom(m, d);
    if (!attach(m, d)) return false;
    const device_id parent = m.device(d).parent;
    if (parent.valid() && m.device(d).alive && m.device(parent).alive) {
        list_append<&device_record::next_sibling, &device_record::prev_sibling>(m.devices, m.device(parent).first_child,
                                                                                d);
        m.device(d).is_listed_child = true;
    }
    return true;
}

/// Deletes all links of `d`, whatever holds them: those to suppliers first, each list from its end.
/// Source: device_links_purge().
template <class Machine>
void purge_links(Machine& m, device_id d) {
    const device_record& device = m.device(d);
    bool in_use = false;
    for (link_id l = device.first_supplier; l.valid(); l = m.link(l).next_supplier)
        in_use = in_use || m.link(l).state == link_state::active;
    for (link_id l = device.first_consumer; l.valid(); l = m.link(l).next_consumer)
        in_use = in_use || (m.link(l).state != link_state::dormant && m.link(l).state != link_state::none);
    if (in_use) m.warn(core_warning::removed_with_live_link);
    while (device.first_supplier.valid())
        delete_link(m, list_last<&link_record::prev_supplier>(m.links, device.first_supplier));
    while (device.first_consumer.valid())
        delete_link(m, list_last<&link_record::prev_consumer>(m.links, device.first_consumer));
}

/// Unregisters a device without children. Linear in what is unbound and its links. Returns false where the kernel would
/// never return. Source: device_del().
template <class Machine>
[[nodiscard]] bool remove_device(Machine& m, device_id d) {
    m.device(d).alive = false;
    update_doom(m, d);
    if (m.device(d).is_listed_child) {
        list_remove<&device_record::next_sibling, &device_record::prev_sibling>(
            m.devices, m.device(m.device(d).parent).first_child, d);
        m.device(d).is_listed_child = false;
    }
    if (!unbind(m, d)) return false;
    m.device(d).registered = false;
    disable_power(m, d);
    delete_deferred(m, d);
    purge_links(m, d);
    remove_ordered(m, d);
    --m.device_count;
    return true;
}

/// No more drivers will come. Source: extension, "Words".
template <class Machine>
void declare_drivers_done(Machine& m) {
    m.drivers_done = true;
    m.extension_in_play = true;
    std::vector<device_id>& roots = m.reached_scratch;
    for (std::size_t index = 0; index < m.devices.size(); ++index)
        if (m.devices[index].alive && !m.devices[index].has_driver) roots.push_back(device_id{index});
    spread_doom(m, roots);
    roots.clear();
}

/// Source: fw_devlink_dev_sync_state().
template <class Machine>
void force_sync_state(Machine& m, device_id d) {
    if (!m.device(d).wants_sync_state || !m.device(d).bound || m.device(d).state_synced) return;
    m.device(d).state_synced = true;
    m.due_sync_states.push_back(d);
    flush_sync_states(m);
}

} // namespace devlink::detail::core

#endif
