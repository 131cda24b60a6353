// SPDX-License-Identifier: MIT
#ifndef DEVLINK_DRIVER_CORE_LINKS_HPP
#define DEVLINK_DRIVER_CORE_LINKS_HPP

#include <utility>
#include <vector>

#include <devlink/driver_core/core_state.hpp>
#include <devlink/driver_core/dependency.hpp>
#include <devlink/driver_core/doom.hpp>
#include <devlink/driver_core/order_list.hpp>
#include <devlink/driver_core/runtime_pm.hpp>
#include <devlink/model/error.hpp>
#include <devlink/model/flag_rules.hpp>
#include <devlink/model/link_merge.hpp>
#include <devlink/model/result.hpp>

// Adding, merging, dropping and deleting links: device_link_add(), device_link_remove(), device_link_drop_managed().
//
// Quirk: the refusal of `sync_state_only` with `pm_runtime` and `rpm_active` comes after the supplier was resumed for
// it, and does not undo that: the supplier keeps one usage count too many for ever. Under quirk_rule::repaired the
// count is put, as the other refusals do.
//
// Quirk: one device_link_remove() too many on a link that is stateless and managed eats the core's own reference, and
// the managed link is gone. Under quirk_rule::repaired the `stateless` flag goes with its last reference, and the
// surplus call only gets the warning that any managed link gets.

namespace devlink::detail::core {

/// Deletes a link at once, whatever its references. Source: __device_link_del().
template <class Machine>
void delete_link(Machine& m, link_id l) {
    const device_id c = m.link(l).consumer;
    drop_power(m, l);
    m.unlist_link(l);
    update_doom(m, c);
}

/// Ends the managed part of a link, and the link if nobody else holds it.
/// Source: device_link_drop_managed().
template <class Machine>
void drop_managed(Machine& m, link_id l) {
    const device_id c = m.link(l).consumer;
    m.step_link(l, link_event::management_dropped);
    m.change_link(l, [](link_record& link) {
        link.set_flags(link.flags().without(link_flag::managed));
        link.marked = false;
    });
    if (m.link(l).references == 1) return delete_link(m, l);
    --m.link(l).references;
    update_doom(m, c);
}

/// A supplier is missing for good, its consumer goes ahead: the link is dormant and marked. Source: extension, rule R3.
template <class Machine>
void mark_link(Machine& m, link_id l) {
    m.step_link(l, link_event::supplier_missed);
    m.change_link(l, [](link_record& link) { link.marked = true; });
}

/// Records an add that was not refused, in a new link or in the one that the pair has.
template <class Machine>
link_id record_add(Machine& m, device_id c, device_id s, link_id l, link_flags given, bool holds) {
    const device_status supplier = m.device(s).status;
    const device_status consumer = m.device(c).status;
    const bool is_new = !l.valid();
    bool becomes_hard = is_new && !given.has(link_flag::sync_state_only);
    if (is_new) {
        l = m.insert_link(c, s, recorded_flags(given));
        if (m.link(l).managed())
            m.change_link(l, [=](link_record& link) { link.state = initial_state(supplier, consumer); });
    } else {
        const link_merge merged = merge_link_flags(m.link(l).flags(), given);
        m.change_link(l, [&](link_record& link) {
            link.set_flags(merged.flags);
            if (merged.takes_reference) ++link.references;
            if (merged.becomes_managed) link.state = initial_state(supplier, consumer);
        });
        becomes_hard = merged.becomes_hard;
    }
    if (holds) ++m.link(l).held;
    if constexpr (Machine::extended) {
        const link_record& link = m.link(l);
        if (link.optional()) m.extension_in_play = true;
        if (link.optional() && !link.marked && m.device(c).in_probe && m.device(s).doomed) mark_link(m, l);
    }
    // Some callers rely on a link that their probe adds to resume the supplier.
    if (is_new && m.link(l).state == link_state::consumer_probe && takes_power(m, m.link(l))) resume(m, s);
    if (becomes_hard) reorder_to_tail(m, c);
    update_doom(m, c);
    return l;
}

/// Adds a link, or merges the add into the link that the pair has. Returns the link, or why it was refused.
/// Linear in what depends on the consumer, and the shorter of the two lists of links. Source: device_link_add().
template <class Machine>
result<link_id> add_link(Machine& m, device_id c, device_id s, link_flags given) {
    const auto refuse = [](errc code) { return result<link_id>{graph_error{code, {}}}; };
    if (c.index() >= m.devices.size() || s.index() >= m.devices.size()) return refuse(errc::unknown_device);
    if (!m.device(c).alive) return refuse(errc::unknown_device);
    if (c == s) return refuse(errc::self_link);
    if (!Machine::extended && given.has(link_flag::optional_supplier)) return refuse(errc::unknown_flag);
    if (const errc code = check_flags_before_effects(given); code != errc::ok) return refuse(code);

    const link_id l = m.find_link(c, s);
    bool holds = given.has(link_flag::pm_runtime | link_flag::rpm_active);
    if constexpr (Machine::extended) {
        link_record after = l.valid() ? m.link(l) : link_record{};
        after.set_flags(l.valid() ? merge_link_flags(after.flags(), given).flags : recorded_flags(given));
        if (after.marked || (after.optional() && m.device(s).doomed)) holds = false;
    }
    if (holds && !get_power(m, s)) {
        --m.device(s).usage;
        return refuse(errc::runtime_pm_failed);
    }
    const auto refuse_late = [&](errc code) {
        if (holds) put_asynchronously(m, s);
        return refuse(code);
    };
    if (const errc code = check_flags(given); code != errc::ok)
        return Machine::repaired ? refuse_late(code) : refuse(code);
    if (!m.device(s).registered) return refuse_late(errc::unknown_device);
    if (given.has(link_flag::sync_state_only)) {
        const device_status consumer = m.device(c).status;
        if (consumer == device_status::driver_bound || consumer == device_status::unbinding)
            return refuse_late(errc::consumer_bound);
    } else if (std::vector<device_id> path; is_dependent(m, s, c, &path)) {
        if (holds) put_asynchronously(m, s);
        return graph_error{errc::would_close_cycle, std::move(path)};
    }
    if (!l.valid() && m.links.size() >= max_ids && m.free_links.empty()) return refuse_late(errc::too_many);
    return record_add(m, c, s, l, given, holds);
}

/// Drops one reference of the pair's stateless link. Returns errc::unknown_link if there is no link.
/// As long as the shorter of the two lists of links. Source: device_link_remove().
template <class Machine>
errc remove_link(Machine& m, device_id c, device_id s) {
    if (c.index() >= m.devices.size() || s.index() >= m.devices.size()) return errc::unknown_device;
    const link_id l = m.find_link(c, s);
    if (!l.valid()) return errc::unknown_link;
    if (!m.link(l).has(link_flag::stateless)) {
        m.warn(core_warning::remove_of_managed_link);
        return errc::ok;
    }
    if (m.link(l).references == 1) {
        delete_link(m, l);
        return errc::ok;
    }
    --m.link(l).references;
    if constexpr (Machine::repaired) {
        link_record& link = m.link(l);
        if (link.managed() && link.references == 1)
            m.change_link(
                l, [](link_record& changed) { changed.set_flags(changed.flags().without(link_flag::stateless)); });
    }
    return errc::ok;
}

/// A link stops ordering probes and driving runtime PM: it only delays its supplier's sync_state from now on.
/// Source: fw_devlink_relax_link().
template <class Machine>
void relax_link(Machine& m, link_id l) {
    const device_id c = m.link(l).consumer;
    drop_power(m, l);
    m.change_link(l, [](link_record& link) {
        link.set_flags(link_flag::managed | link_flag::inferred | link_flag::sync_state_only);
        link.marked = false;
    });
    update_doom(m, c);
}

} // namespace devlink::detail::core

#endif
