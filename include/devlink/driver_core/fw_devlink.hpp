// SPDX-License-Identifier: MIT
#ifndef DEVLINK_DRIVER_CORE_FW_DEVLINK_HPP
#define DEVLINK_DRIVER_CORE_FW_DEVLINK_HPP

#include <algorithm>
#include <cstddef>
#include <vector>

#include <devlink/config.hpp>
#include <devlink/driver_core/fw_devlink_cycles.hpp>
#include <devlink/driver_core/fw_devlink_links.hpp>
#include <devlink/driver_core/fw_devlink_nodes.hpp>
#include <devlink/driver_core/fw_devlink_options.hpp>
#include <devlink/fwd.hpp>
#include <devlink/model/error.hpp>
#include <devlink/model/firmware.hpp>
#include <devlink/model/flags.hpp>
#include <devlink/model/state.hpp>

namespace devlink {

/// Dependencies that firmware describes, as Linux plays them: firmware links come from the properties of the nodes of
/// devices that are registered, and become device links as soon as both ends are there.
///
/// The host of a driver core calls it at three moments: device_added() from on_device_added(), is_waiting() from
/// waits_for_firmware(), driver_bound() from on_bound(). The devices' ids are those of the core, their nodes those of
/// the tree. Memory: 28 bytes a firmware link, about 45 a node.
/// Source: drivers/base/core.c, fw_devlink_*(), fwnode_link*().
template <class Core, fw_devlink_observer Observer = no_fw_devlink_observer>
class fw_devlink {
public:
    /// Precondition: all three outlive this object; `core` may still be under construction.
    fw_devlink(const firmware_tree& tree, Core& core, Observer& observer, fw_devlink_options options = {})
        : nodes_{tree}
        , core_{core}
        , observer_{observer}
        , options_{options}
        , links_{tree.node_count()}
        , search_{tree.node_count()}
        , left_{options.cycle_call_limit, options.cycle_step_limit}
        , link_limit_{options.device_link_limit != 0 ? options.device_link_limit
                                                     : tree.node_count() + tree.references().size() + 4096}
        , read_(tree.node_count(), false)
        , needs_child_bound_(tree.node_count(), false) {}

    /// A device of node `n` is registered; links are made next. A node stands for the first device that it has.
    /// Linear in the properties read and the links made, each of which may be searched for cycles. Source:
    /// device_add(), fw_devlink_link_device().
    void device_added(device_id d, node_id n) {
        observe(fw_devlink_event::add, n);
        if (!nodes_.add(d, n) || options_.mode == fw_devlink_mode::off) return;
        read_subtree(n);
        link_to_consumers(n);
        link_to_suppliers(d, n);
    }

    /// A driver has bound to `d`, whose links are updated next: it does without what its node still names, and stands
    /// for the nodes below it that are no devices. Source: device_links_driver_bound().
    void driver_bound(device_id d) {
        const node_id n = node_of(d);
        if (!n.valid()) return;
        observe(fw_devlink_event::bound, n);
        if (options_.mode == fw_devlink_mode::off) return;
        while (links_.first_supplier(n).valid()) drop(links_.first_supplier(n));
        stand_for_subtree(n);
        link_to_consumers(n);
        for (const link_id l : core_.view().suppliers(d)) {
            const auto link = core_.view().link(l);
            if (link.flags.has(link_flag::managed | link_flag::sync_state_only) && link.references == 1)
                observe(fw_devlink_event::unlink, n, node_of(link.supplier));
        }
    }

    /// Whether `d` waits for a supplier that has no device: whether its attribute waiting_for_supplier says 1.
    /// Linear in the firmware links of its node. Source: fwnode_links_check_suppliers().
    [[nodiscard]] bool is_waiting(device_id d) const { return has_waiting_attribute() && missing_supplier(d).valid(); }

    /// Whether devices can wait for firmware links at all, in this mode.
    [[nodiscard]] bool has_waiting_attribute() const noexcept {
        return options_.mode == fw_devlink_mode::on || options_.mode == fw_devlink_mode::rpm;
    }

    /// The node that `d` waits for; not valid if it waits for none.
    [[nodiscard]] node_id missing_supplier(device_id d) const {
        const node_id n = node_of(d);
        if (!n.valid()) return {};
        for (firmware_link_id l = links_.first_supplier(n); l.valid(); l = links_[l].next_supplier)
            if (!links_[l].cycle && !links_[l].ignore) return links_[l].supplier;
        return {};
    }

    /// The time-out for deferred probes is over: links inferred from firmware whose supplier never matched a driver
    /// stop holding their consumers back, and everything that is pending is retried. Linear in the links. Source:
    /// deferred_probe_timeout_work_func(), fw_devlink_drivers_done().
    void drivers_done() {
        drivers_done_ = true;
        for (std::size_t i = 0; i < core_.view().device_limit(); ++i) relax_unmatched(device_id{i});
        core_.trigger_deferred_probe();
    }

    /// The device `d`, whose probe is over or came to nothing because no driver matches it. After drivers_done() its
    /// consumers then no longer wait for it. Source: fw_devlink_unblock_consumers().
    void device_attached(device_id d) {
        if (drivers_done_) relax_unmatched(d);
    }

    /// The node's driver binds its children while it probes itself: nothing at or below the node waits for it.
    /// Source: FWNODE_FLAG_NEEDS_CHILD_BOUND_ON_ADD.
    void binds_children_in_probe(node_id n) { needs_child_bound_[n.index()] = true; }

    /// errc::ok; errc::search_too_long or errc::too_many if a limit of the options was reached, so that nothing that
    /// came after can be trusted.
    [[nodiscard]] errc status() const noexcept { return status_; }

    /// How many calls the searches for cycles took so far.
    [[nodiscard]] std::size_t search_calls() const noexcept { return options_.cycle_call_limit - left_.calls; }
    /// How many needs they looked at to find out whether there was a cycle.
    [[nodiscard]] std::size_t search_steps() const noexcept { return options_.cycle_step_limit - left_.steps; }

    /// The device of a node, or one that is not valid. Constant time.
    [[nodiscard]] device_id device_of(node_id n) const { return nodes_.device_of(n); }
    /// The node that a device is of, or one that is not valid. Constant time.
    [[nodiscard]] node_id node_of(device_id d) const { return nodes_.node_of(d); }
    /// The firmware links that stand.
    [[nodiscard]] const firmware_links& links() const noexcept { return links_; }

    /// What `n` needs at present, in the order in which the kernel looks for cycles: `visit(need)`. For the search.
    template <class Visit>
    void for_each_need(node_id n, Visit&& visit) const;
    /// Marks what the search has found to lie on a cycle.
    void on_cycle(node_id n, const detail::fw::need& found);

private:
    enum class outcome : std::uint8_t { done, again };

    void observe(fw_devlink_event event, node_id a, node_id b = {}) { observer_.on_fw_devlink(event, a, b); }
    void drop(firmware_link_id l) {
        observe(fw_devlink_event::drop, links_[l].consumer, links_[l].supplier);
        links_.remove(l);
    }
    void read_subtree(node_id n);
    void read_node(node_id n);
    void link_to_consumers(node_id n);
    void link_to_suppliers(device_id d, node_id n);
    void stand_for_subtree(node_id n);
    [[nodiscard]] bool is_initialised_without_driver(node_id supplier) const;
    [[nodiscard]] outcome create(device_id consumer, node_id supplier, firmware_link_id l);
    void add_device_link(device_id consumer, device_id supplier, link_flags flags);
    void relax(link_id l);
    void relax_unmatched(device_id supplier);

    detail::fw::node_devices nodes_;
    Core& core_;
    Observer& observer_;
    fw_devlink_options options_;
    firmware_links links_;
    detail::fw::cycle_search search_;
    detail::fw::cycle_search::budget left_;
    std::size_t link_limit_;
    std::vector<bool> read_; ///< by node: its properties have been read
    std::vector<bool> needs_child_bound_;
    bool goal_has_no_driver_ = false; ///< of the search that runs
    bool drivers_done_ = false;
    errc status_ = errc::ok;
};

/// Source: fw_devlink_parse_fwtree().
template <class Core, fw_devlink_observer Observer>
void fw_devlink<Core, Observer>::read_subtree(node_id n) {
    read_node(n);
    nodes_.for_each_available_below(n, [&](node_id below) {
        read_node(below);
        return true;
    });
}

/// Source: of_fwnode_add_links(), of_link_to_phandle().
template <class Core, fw_devlink_observer Observer>
void fw_devlink<Core, Observer>::read_node(node_id n) {
    if (read_[n.index()]) return;
    read_[n.index()] = true;
    const bool strict = options_.strict && options_.mode != fw_devlink_mode::permissive;
    for (const firmware_reference& reference : nodes_.tree().references(n)) {
        if (reference.kind == firmware_reference_kind::optional && !strict) continue;
        const bool ignore = reference.kind == firmware_reference_kind::post_init;
        if (nodes_.can_supply(reference.supplier) && links_.add(reference.consumer, reference.supplier, false, ignore))
            observe(fw_devlink_event::fwlink, reference.consumer, reference.supplier);
    }
}

/// The firmware links to `n` become device links: of the consumer, or until that is there of the nearest device
/// above it, its proxy. Source: __fw_devlink_link_to_consumers().
template <class Core, fw_devlink_observer Observer>
void fw_devlink<Core, Observer>::link_to_consumers(node_id n) {
    for (firmware_link_id l = links_.first_consumer(n); l.valid();) {
        const firmware_link_id next = links_[l].next_consumer;
        device_id consumer = device_of(links_[l].consumer);
        const bool own = consumer.valid();
        if (!own) {
            consumer = nodes_.device_above(links_[l].consumer);
            // A parent that waited for its child would wait for itself.
            if (consumer.valid() && nodes_.tree().is_at_or_under(n, node_of(consumer))) consumer = device_id{};
        }
        if (consumer.valid() && create(consumer, n, l) == outcome::done && own) drop(l);
        l = next;
    }
}

/// The firmware links of `n` become device links of `d`, and those of what lies below `n` its as a proxy.
/// Source: __fw_devlink_link_to_suppliers().
template <class Core, fw_devlink_observer Observer>
void fw_devlink<Core, Observer>::link_to_suppliers(device_id d, node_id n) {
    const auto link_node = [&](node_id of) {
        for (firmware_link_id l = links_.first_supplier(of); l.valid();) {
            const firmware_link_id next = links_[l].next_supplier;
            if (create(d, links_[l].supplier, l) == outcome::done && of == n) drop(l);
            l = next;
        }
        return true;
    };
    link_node(n);
    nodes_.for_each_available_below(n, link_node);
}

/// What lies below the bound node `n` and is no device will not become one: whoever needs it needs `n`.
/// Source: __fw_devlink_pickup_dangling_consumers().
template <class Core, fw_devlink_observer Observer>
void fw_devlink<Core, Observer>::stand_for_subtree(node_id n) {
    nodes_.for_each_available_below(n, [&](node_id below) {
        if (device_of(below).valid()) return false;
        nodes_.set_no_device(below);
        for (firmware_link_id l = links_.first_consumer(below); l.valid();) {
            const firmware_link link = links_[l];
            if (links_.add(link.consumer, n, link.cycle, link.ignore))
                observe(fw_devlink_event::moved, link.consumer, n);
            drop(l);
            l = link.next_consumer;
        }
        return true;
    });
}

/// Whether early code has set the supplier up, or a node above it, without a driver that will bind.
/// Source: fwnode_init_without_drv(), fwnode_ancestor_init_without_drv().
template <class Core, fw_devlink_observer Observer>
bool fw_devlink<Core, Observer>::is_initialised_without_driver(node_id supplier) const {
    for (node_id up = supplier; up.valid(); up = nodes_.tree().node(up).parent) {
        if (!nodes_.tree().node(up).initialised) continue;
        const device_id d = device_of(up);
        if (!d.valid() || core_.view().status(d) == device_status::no_driver) return true;
    }
    return false;
}

/// Makes the device link of a firmware link, if it can be made by now; whatever else comes of it than outcome::again,
/// the firmware link has had its say. Source: fw_devlink_create_devlink().
template <class Core, fw_devlink_observer Observer>
typename fw_devlink<Core, Observer>::outcome fw_devlink<Core, Observer>::create(device_id consumer, node_id supplier,
                                                                                firmware_link_id l) {
    if (status_ != errc::ok) return outcome::again;
    if (links_[l].ignore) return outcome::done;
    const node_id consumer_node = node_of(consumer);
    if (needs_child_bound_[supplier.index()] && nodes_.tree().is_at_or_under(consumer_node, supplier))
        return outcome::done;

    const device_id waiting = device_of(links_[l].consumer);
    goal_has_no_driver_ = waiting.valid() && core_.view().status(waiting) == device_status::no_driver;
    switch (search_.run(*this, supplier, links_[l].consumer, left_)) {
    case detail::fw::cycle_search::answer::none:
        break;
    case detail::fw::cycle_search::answer::found:
        links_.mark_cycle(l);
        observe(fw_devlink_event::cycle, links_[l].consumer, supplier);
        observe(fw_devlink_event::fixed, links_[l].consumer, supplier);
        break;
    case detail::fw::cycle_search::answer::too_long:
        status_ = errc::search_too_long;
        return outcome::again;
    }

    const bool own = consumer_node == links_[l].consumer;
    const link_flags flags =
        own ? fw_devlink_flags(options_.mode, links_[l].cycle) : fw_devlink_flags(fw_devlink_mode::permissive, false);
    const device_id d = nodes_.standing_for(supplier);
    if (d.valid()) {
        if (nodes_.tree().node(supplier).initialised && core_.view().status(d) == device_status::no_driver)
            observe(fw_devlink_event::noprobe, consumer_node, supplier);
        else if (consumer != d)
            add_device_link(consumer, d, flags);
        return outcome::done;
    }
    if (is_initialised_without_driver(supplier)) {
        observe(fw_devlink_event::never, consumer_node, supplier);
        return outcome::done;
    }
    return outcome::again;
}

template <class Core, fw_devlink_observer Observer>
void fw_devlink<Core, Observer>::add_device_link(device_id consumer, device_id supplier, link_flags flags) {
    const link_id known = core_.view().find_link(consumer, supplier);
    const bool was_sync_only = known.valid() && core_.view().link(known).flags.has(link_flag::sync_state_only);
    const bool sync_only = flags.has(link_flag::sync_state_only);
    if (!known.valid() && core_.view().link_count() >= link_limit_) {
        if (status_ == errc::ok) status_ = errc::too_many;
        return;
    }
    if (!core_.add_link(consumer, supplier, flags))
        observe(fw_devlink_event::refused, node_of(consumer), node_of(supplier));
    else if (!known.valid() && sync_only)
        observe(fw_devlink_event::sync, node_of(consumer), node_of(supplier));
    else if (!sync_only && (!known.valid() || was_sync_only))
        observe(fw_devlink_event::link, node_of(consumer), node_of(supplier));
}

template <class Core, fw_devlink_observer Observer>
template <class Visit>
void fw_devlink<Core, Observer>::for_each_need(node_id n, Visit&& visit) const {
    using detail::fw::need_kind;
    const device_id d = device_of(n);
    // What is bound can't be in need of a device that has not begun to bind.
    if (d.valid() && core_.view().status(d) == device_status::driver_bound && goal_has_no_driver_) return;
    for (firmware_link_id l = links_.first_supplier(n); l.valid(); l = links_[l].next_supplier)
        if (!links_[l].ignore) visit(detail::fw::need{need_kind::firmware_link, links_[l].supplier, l, {}});
    const device_id above = d.valid() ? core_.view().parent(d) : nodes_.device_above(n);
    if (above.valid() && node_of(above).valid()) visit(detail::fw::need{need_kind::parent, node_of(above), {}, {}});
    if (!d.valid()) return;
    for (const link_id l : core_.view().suppliers(d)) {
        const auto link = core_.view().link(l);
        if (is_soft(link.flags) && !link.flags.has(link_flag::cycle)) continue;
        if (node_of(link.supplier).valid())
            visit(detail::fw::need{need_kind::device_link, node_of(link.supplier), {}, l});
    }
}

template <class Core, fw_devlink_observer Observer>
void fw_devlink<Core, Observer>::on_cycle(node_id n, const detail::fw::need& found) {
    using enum detail::fw::need_kind;
    if (found.kind == parent) return observe(fw_devlink_event::child, n, found.node);
    observe(fw_devlink_event::cycle, n, found.node);
    if (found.kind == firmware_link) return links_.mark_cycle(found.fwlink);
    relax(found.link);
    core_.mark_cycle(found.link);
}

/// Source: fw_devlink_relax_link().
template <class Core, fw_devlink_observer Observer>
void fw_devlink<Core, Observer>::relax(link_id l) {
    const auto link = core_.view().link(l);
    if (!link.flags.has(link_flag::inferred) || is_soft(link.flags)) return;
    core_.relax_link(l);
    observe(fw_devlink_event::relax, node_of(link.consumer), node_of(link.supplier));
}

/// Source: fw_devlink_no_driver().
template <class Core, fw_devlink_observer Observer>
void fw_devlink<Core, Observer>::relax_unmatched(device_id supplier) {
    if (!core_.contains(supplier) || core_.view().can_match(supplier)) return;
    for (const link_id l : core_.view().consumers(supplier)) relax(l);
}

} // namespace devlink

#endif
