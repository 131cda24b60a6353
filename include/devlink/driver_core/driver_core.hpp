// SPDX-License-Identifier: MIT
#ifndef DEVLINK_DRIVER_CORE_DRIVER_CORE_HPP
#define DEVLINK_DRIVER_CORE_DRIVER_CORE_HPP

#include <cstddef>
#include <cstdint>
#include <utility>

#include <devlink/config.hpp>
#include <devlink/driver_core/core_state.hpp>
#include <devlink/driver_core/host.hpp>
#include <devlink/driver_core/links.hpp>
#include <devlink/driver_core/probe.hpp>
#include <devlink/driver_core/remove.hpp>
#include <devlink/driver_core/views.hpp>
#include <devlink/model/error.hpp>
#include <devlink/model/result.hpp>
#include <devlink/model/state.hpp>
#include <devlink/policy/options.hpp>

namespace devlink {

/// What a device is registered with.
struct device_options {
    device_id parent = {};   ///< registered, or none
    bool sync_state = false; ///< its driver has a sync_state callback
    bool runtime_pm = false; ///< runtime PM is enabled for it
    bool has_driver = false; ///< a driver that matches it is on the bus already
};

/// The Linux driver core as far as device links reach: events go in, probes and link states come out.
///
/// Each event is carried out to its end; what it set in motion (deferred probes, the release of deleted links, idle
/// requests of runtime PM) waits for settle(), as it waits for a workqueue in the kernel. Devices are told apart by
/// ids, given out in the order of registration and never twice; a link's id may be given out again once the link is
/// deleted. A copy goes its own way from then on, with the same host.
///
/// Where the kernel would never come back from an event, the event returns errc::would_hang, and so does every later
/// one. Nothing throws but the allocator and the host. Complexities are those of the core's own work, in the links of
/// the devices concerned; a move to the tail of the order lists is linear in what moves.
template <class Host, options O = options{}>
class driver_core {
    static_assert(valid_options<O>::value);
    static_assert(core_host<Host>, "devlink: a host of driver_core needs a member `probe_result probe(device_id d)`");

public:
    using host_type = Host;
    static constexpr options chosen = O;

    /// A core without devices, whose deferred probing is enabled. Precondition: `host` outlives it.
    explicit driver_core(Host& host) noexcept
        : machine_{host} {}

    /// Makes room for that many devices, gone ones included, and links. Allocates 64 bytes a device and 36 a link.
    void reserve(std::size_t devices, std::size_t links) {
        machine_.devices.reserve(devices);
        machine_.links.reserve(links);
    }

    /// Registers a device, links it as the host says, and looks for a driver for it.
    /// Returns its id; errc::unknown_device if the parent is not registered, errc::too_many, errc::would_hang.
    /// Source: device_add().
    result<device_id> add_device(device_options wanted = {}) {
        if (machine_.hung) return graph_error{errc::would_hang, {}};
        if (wanted.parent.valid() && !contains(wanted.parent)) return graph_error{errc::unknown_device, {}};
        if (machine_.devices.size() >= detail::core::max_ids) return graph_error{errc::too_many, {}};
        const device_id d{machine_.devices.size()};
        detail::core::device_record record;
        record.parent = wanted.parent;
        record.wants_sync_state = wanted.sync_state;
        record.power_enabled = wanted.runtime_pm;
        record.has_driver = wanted.has_driver;
        machine_.devices.push_back(record);
        if (!detail::core::introduce(machine_, d)) {
            hang();
            return graph_error{errc::would_hang, {}};
        }
        return d;
    }

    /// Unregisters a device: unbinds it, its consumers first, and deletes its links. Its id stays unused.
    /// Precondition: its probe does not run at present. Returns errc::ok; errc::unknown_device; errc::has_children;
    /// errc::would_hang. Source: device_del().
    errc remove_device(device_id d) {
        if (!contains(d)) return errc::unknown_device;
        DEVLINK_ASSERT(!machine_.device(d).in_probe);
        if (machine_.device(d).first_child.valid()) return errc::has_children;
        return event([&] { return detail::core::remove_device(machine_, d); });
    }

    /// A driver that matches `d` comes to the bus; `d` is probed.
    /// Returns errc::ok; errc::unknown_device; errc::driver_exists, then nothing happens; errc::would_hang.
    /// Source: driver_register(), bus_add_driver().
    errc register_driver(device_id d) {
        if (!contains(d)) return errc::unknown_device;
        if (machine_.device(d).has_driver) return errc::driver_exists;
        return event([&] {
            machine_.device(d).has_driver = true;
            if (!detail::core::attempt(machine_, d)) return false;
            detail::core::update_doom(machine_, d);
            return true;
        });
    }

    /// The driver that matches `d` leaves the bus; `d` is unbound, its consumers first, if it is bound.
    /// Returns errc::ok; errc::unknown_device; errc::no_driver; errc::would_hang.
    /// Source: driver_unregister(), bus_remove_driver().
    errc unregister_driver(device_id d) {
        if (!contains(d)) return errc::unknown_device;
        if (!machine_.device(d).has_driver) return errc::no_driver;
        return event([&] {
            machine_.device(d).has_driver = false;
            if (!detail::core::unbind(machine_, d)) return false;
            detail::core::update_doom(machine_, d);
            return true;
        });
    }

    /// Asks for a driver for `d`. Returns errc::ok, also if there is none or it is bound already; errc::unknown_device;
    /// errc::would_hang. Source: device_attach().
    errc probe(device_id d) {
        if (!contains(d)) return errc::unknown_device;
        return event([&] { return detail::core::attach(machine_, d); });
    }

    /// Unbinds `d`, its active consumers first, if it is bound. Returns errc::ok; errc::unknown_device;
    /// errc::would_hang. Source: device_release_driver().
    errc unbind(device_id d) {
        if (!contains(d)) return errc::unknown_device;
        return event([&] { return detail::core::unbind(machine_, d); });
    }

    /// Adds a link, or merges the wish into the link that the pair has. Probes nobody and queues nobody. May be called
    /// from inside a probe.
    /// Returns the link; else why it was refused, for errc::would_close_cycle with the whole path. An invalid supplier
    /// is refused as errc::unknown_device.
    /// Linear in what depends on the consumer, and the shorter list of links of the two. Source: device_link_add().
    result<link_id> add_link(device_id consumer, device_id supplier, link_flags flags = {}) {
        if (machine_.hung) return graph_error{errc::would_hang, {}};
        return detail::core::add_link(machine_, consumer, supplier, flags);
    }

    /// Drops one reference of a stateless link; with the last one the link is deleted. A link that is not stateless
    /// stays, with a warning. May be called from inside a probe.
    /// Returns errc::ok; errc::unknown_device; errc::unknown_link; errc::would_hang. Source: device_link_remove().
    errc remove_link(device_id consumer, device_id supplier) {
        if (machine_.hung) return errc::would_hang;
        return detail::core::remove_link(machine_, consumer, supplier);
    }

    /// Deletes a link whatever holds it. Precondition: contains(l). Source: device_link_put_kref() at its end.
    void delete_link(link_id l) {
        DEVLINK_ASSERT(contains(l));
        detail::core::delete_link(machine_, l);
    }

    /// Makes an inferred link delay its supplier's sync_state and nothing else. Precondition: contains(l).
    /// Source: fw_devlink_relax_link().
    void relax_link(link_id l) {
        DEVLINK_ASSERT(contains(l));
        detail::core::relax_link(machine_, l);
    }

    /// Notes that a link lies on a cycle. Precondition: contains(l). Source: __fw_devlink_relax_cycles().
    void mark_cycle(link_id l) {
        DEVLINK_ASSERT(contains(l));
        machine_.change_link(l, [](auto& link) { link.set_flags(link.flags() | link_flag::cycle); });
    }

    /// Takes a runtime-PM reference on `d` and resumes it. May be called from inside a probe.
    /// Returns errc::ok; errc::runtime_pm_failed if runtime PM is disabled for `d`, the count being taken nevertheless;
    /// errc::unknown_device; errc::would_hang. Source: pm_runtime_get_sync().
    errc get_power(device_id d) {
        if (!contains(d)) return errc::unknown_device;
        if (machine_.hung) return errc::would_hang;
        return detail::core::get_power(machine_, d) ? errc::ok : errc::runtime_pm_failed;
    }

    /// Drops a runtime-PM reference; with the last one `d` is suspended if no child is active. Nothing if there is
    /// none. May be called from inside a probe. Returns errc::ok; errc::unknown_device; errc::would_hang. Source:
    /// pm_runtime_put_sync().
    errc put_power(device_id d) {
        if (!contains(d)) return errc::unknown_device;
        if (machine_.hung) return errc::would_hang;
        detail::core::put_power(machine_, d);
        return errc::ok;
    }

    /// Carries out what the events so far have set in motion: deferred probes until none is left to be retried, then
    /// the release of deleted links, then runtime-PM requests. Returns errc::ok or errc::would_hang.
    errc settle() {
        return event([&] {
            if (!detail::core::work_off_deferred(machine_)) return false;
            detail::core::release_unlisted_links(machine_);
            detail::core::run_power_queue(machine_);
            return true;
        });
    }

    /// From now on deferred devices are collected only. For the time before enable_deferred_probe().
    void hold_back_deferred_probe() noexcept { machine_.deferred_enabled = false; }

    /// Boot is over: what was deferred so far is retried, and from now on after every bind.
    /// Source: deferred_probe_initcall().
    void enable_deferred_probe() noexcept {
        machine_.deferred_enabled = true;
        trigger_deferred_probe();
    }

    /// Lets everything that is pending be retried. Source: driver_deferred_probe_trigger().
    void trigger_deferred_probe() noexcept { detail::core::trigger_deferred(machine_); }

    /// Puts `d` on the pending list, as an attempt that is deferred does; nothing if it is on a list already, or never
    /// matched a driver. Precondition: contains(d). Source: driver_deferred_probe_add().
    void defer_probe(device_id d) {
        DEVLINK_ASSERT(contains(d));
        if (detail::core::add_deferred(machine_, d)) detail::core::update_doom(machine_, d);
    }

    /// While probing is blocked every attempt is deferred, as during system sleep. Source: device_block_probing().
    void block_probing() noexcept { machine_.probing_blocked = true; }
    void unblock_probing() noexcept {
        machine_.probing_blocked = false;
        trigger_deferred_probe();
    }

    /// While paused, who would get sync_state is only collected. Pauses nest.
    /// Source: device_links_supplier_sync_state_pause(), device_links_supplier_sync_state_resume().
    void pause_sync_state() noexcept { ++machine_.sync_state_pauses; }
    /// Precondition: pause_sync_state() was called more often.
    void resume_sync_state() {
        DEVLINK_ASSERT(machine_.sync_state_pauses > 0);
        detail::core::resume_sync_state(machine_);
    }
    /// Calls sync_state of a bound device that has one and did not get it yet, whoever may be missing.
    /// Precondition: contains(d). Source: fw_devlink_dev_sync_state().
    void force_sync_state(device_id d) {
        DEVLINK_ASSERT(contains(d));
        detail::core::force_sync_state(machine_, d);
    }

    /// No more drivers will come: a device without one has failed from now on. Linear in the devices and in the links
    /// of what becomes doomed. Nothing with extension_rule::none. Source: extension, "Words".
    void drivers_done() {
        if constexpr (O.extension == extension_rule::optional_supplier) detail::core::declare_drivers_done(machine_);
    }

    /// What is known of devices and links. Constant time each, none allocates, unless said.
    [[nodiscard]] core_view view() const noexcept { return core_view{machine_}; }

    [[nodiscard]] bool contains(device_id d) const noexcept { return view().contains(d); }
    [[nodiscard]] bool contains(link_id l) const noexcept { return view().contains(l); }
    [[nodiscard]] bool is_hung() const noexcept { return machine_.hung; }

private:
    void hang() noexcept { machine_.hung = true; }

    template <class Action>
    errc event(Action action) {
        if (!machine_.hung && !action()) hang();
        return machine_.hung ? errc::would_hang : errc::ok; // an event inside of a probe may have hung
    }

    detail::core::core_machine<Host, O> machine_;
};

} // namespace devlink

#endif
