// SPDX-License-Identifier: MIT
#ifndef DEVLINK_DRIVER_CORE_VIEWS_HPP
#define DEVLINK_DRIVER_CORE_VIEWS_HPP

#include <cstddef>
#include <cstdint>
#include <span>

#include <devlink/config.hpp>
#include <devlink/detail/chain_range.hpp>
#include <devlink/driver_core/core_state.hpp>
#include <devlink/driver_core/deferral.hpp>
#include <devlink/model/link.hpp>

namespace devlink {

/// A link as the driver core has it.
struct core_link {
    device_id consumer;
    device_id supplier;
    link_flags flags;
    link_state state = link_state::none;
    bool marked = false;          ///< the consumer went ahead without the supplier (extension, rule R3)
    std::uint32_t references = 0; ///< one a stateless add, one for being managed
    std::uint32_t held = 0;       ///< runtime-PM usage counts that it holds on its supplier
};

/// A device on the pending list of deferred probing.
struct pending_device {
    device_id device;
    device_id reason; ///< the supplier that was not ready, or none; may be gone by now

    friend constexpr bool operator==(pending_device, pending_device) noexcept = default;
};

namespace detail::core {

template <auto Next>
struct link_list_reader {
    static constexpr link_id end{};
    const core_state* core = nullptr;

    [[nodiscard]] link_id read(link_id l) const noexcept { return l; }
    [[nodiscard]] link_id next(link_id l) const noexcept { return core->link(l).*Next; }
};

template <auto Next>
struct device_list_reader {
    static constexpr device_id end{};
    const core_state* core = nullptr;

    [[nodiscard]] device_id read(device_id d) const noexcept { return d; }
    [[nodiscard]] device_id next(device_id d) const noexcept { return core->device(d).*Next; }
};

// Numbers are places in the queue; there is always an invalid id or its end behind the last device.
struct pending_reader {
    static constexpr std::size_t end = static_cast<std::size_t>(-1);
    const core_state* core = nullptr;

    [[nodiscard]] pending_device read(std::size_t at) const noexcept {
        const device_id d = core->deferred.slots()[at];
        return {d, core->device(d).reason};
    }
    [[nodiscard]] std::size_t next(std::size_t at) const noexcept { return first_from(at + 1); }
    [[nodiscard]] std::size_t first_from(std::size_t at) const noexcept {
        const std::span<const device_id> slots = core->deferred.slots();
        while (at < slots.size() && !slots[at].valid()) ++at;
        return at < slots.size() ? at : end;
    }
};

} // namespace detail::core

/// What can be asked about a driver core. A reference in effect: small, copied freely, must not outlive the core.
/// Constant time and no allocation, unless said. Precondition of everything that takes an id: contains(id), unless
/// said.
class core_view {
public:
    explicit core_view(const detail::core::core_state& core) noexcept
        : core_{&core} {}

    /// Whether the device is registered; any id may be asked about.
    [[nodiscard]] bool contains(device_id d) const noexcept {
        return d.index() < core_->devices.size() && core_->device(d).alive;
    }
    /// Whether the link exists; any id may be asked about.
    [[nodiscard]] bool contains(link_id l) const noexcept {
        return l.index() < core_->links.size() && !core_->link(l).deleted();
    }

    [[nodiscard]] std::size_t device_count() const noexcept { return core_->device_count; }
    [[nodiscard]] std::size_t link_count() const noexcept { return core_->link_count; }
    /// All ids of devices, registered or not any more, are below this.
    [[nodiscard]] std::size_t device_limit() const noexcept { return core_->devices.size(); }

    [[nodiscard]] device_id parent(device_id d) const noexcept { return core_->device(d).parent; }
    [[nodiscard]] device_status status(device_id d) const noexcept { return core_->device(d).status; }
    [[nodiscard]] bool has_driver(device_id d) const noexcept { return core_->device(d).has_driver; }
    [[nodiscard]] bool is_bound(device_id d) const noexcept { return core_->device(d).bound; }
    /// Whether it ever matched a driver, in its life.
    [[nodiscard]] bool can_match(device_id d) const noexcept { return core_->device(d).can_match; }
    [[nodiscard]] bool has_sync_state(device_id d) const noexcept { return core_->device(d).wants_sync_state; }
    [[nodiscard]] bool state_synced(device_id d) const noexcept { return core_->device(d).state_synced; }
    /// Whether its last attempt ended in an error other than a deferral.
    [[nodiscard]] bool last_attempt_failed(device_id d) const noexcept { return core_->device(d).failed_last; }
    /// Whether it can't bind any more unless somebody asks again. Source: extension, "Words".
    [[nodiscard]] bool is_doomed(device_id d) const noexcept { return core_->device(d).doomed; }
    /// Whether it is on the pending list of deferred probing.
    [[nodiscard]] bool is_pending(device_id d) const noexcept { return detail::core::is_pending(*core_, d); }
    /// Whether it is on the active list: it is retried by the next settle().
    [[nodiscard]] bool is_to_be_retried(device_id d) const noexcept {
        return detail::core::is_deferred(core_->device(d)) && !is_pending(d);
    }
    /// Whether the consumer of `l` has, or in its probe will have, its supplier. Source: extension, rule R3.
    [[nodiscard]] bool is_supplier_present(link_id l) const noexcept {
        return core_->device(core_->link(l).supplier).bound && !core_->link(l).marked;
    }

    [[nodiscard]] bool is_power_enabled(device_id d) const noexcept { return core_->device(d).power_enabled; }
    [[nodiscard]] bool is_power_active(device_id d) const noexcept { return core_->device(d).power_active; }
    [[nodiscard]] std::uint32_t usage(device_id d) const noexcept { return core_->device(d).usage; }
    [[nodiscard]] std::uint32_t active_children(device_id d) const noexcept { return core_->device(d).active_children; }

    [[nodiscard]] core_link link(link_id l) const noexcept {
        const detail::core::link_record& record = core_->link(l);
        return {record.consumer, record.supplier,   record.flags(), record.state,
                record.marked,   record.references, record.held};
    }
    /// The link of a pair; invalid if there is none. As long as the shorter of the two lists of links.
    [[nodiscard]] link_id find_link(device_id consumer, device_id supplier) const noexcept {
        return core_->find_link(consumer, supplier);
    }
    /// The links of which `d` is the supplier, in the order of adds: a forward range of link_id.
    [[nodiscard]] auto consumers(device_id d) const noexcept {
        return detail::chain_range{detail::core::link_list_reader<&detail::core::link_record::next_consumer>{core_},
                                   core_->device(d).first_consumer};
    }
    /// The links of which `d` is the consumer, in the order of adds: a forward range of link_id.
    [[nodiscard]] auto suppliers(device_id d) const noexcept {
        return detail::chain_range{detail::core::link_list_reader<&detail::core::link_record::next_supplier>{core_},
                                   core_->device(d).first_supplier};
    }
    /// The children of `d`, in the order in which they were registered: a forward range of device_id.
    [[nodiscard]] auto children(device_id d) const noexcept {
        return detail::chain_range{detail::core::device_list_reader<&detail::core::device_record::next_sibling>{core_},
                                   core_->device(d).first_child};
    }

    /// Whether it is bound without one of its optional suppliers. Linear in its suppliers.
    [[nodiscard]] bool is_degraded(device_id d) const noexcept {
        if (!is_bound(d)) return false;
        for (const link_id l : suppliers(d))
            if (core_->link(l).marked) return true;
        return false;
    }
    /// The registered devices in the order of dpm_list, which suspend runs backwards: a forward range of device_id.
    [[nodiscard]] auto dpm_order() const noexcept {
        return detail::chain_range{detail::core::device_list_reader<&detail::core::device_record::next_ordered>{core_},
                                   core_->first_ordered};
    }
    /// The same in the order of devices_kset, which shutdown runs backwards. The kernel always moves devices in both.
    [[nodiscard]] auto kset_order() const noexcept { return dpm_order(); }

    /// What is on the pending list, in its order: a forward range of pending_device.
    [[nodiscard]] auto pending() const noexcept {
        const detail::core::pending_reader reader{core_};
        return detail::chain_range{reader, reader.first_from(core_->deferred.fence())};
    }

    /// How many probe attempts there were, and how many ended in a deferral.
    [[nodiscard]] std::uint64_t attempts() const noexcept { return core_->attempts; }
    [[nodiscard]] std::uint64_t deferrals() const noexcept { return core_->deferrals; }

private:
    const detail::core::core_state* core_;
};

} // namespace devlink

#endif
