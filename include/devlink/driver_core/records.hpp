// SPDX-License-Identifier: MIT
#ifndef DEVLINK_DRIVER_CORE_RECORDS_HPP
#define DEVLINK_DRIVER_CORE_RECORDS_HPP

#include <cstdint>

#include <devlink/fwd.hpp>
#include <devlink/model/flags.hpp>
#include <devlink/model/id.hpp>
#include <devlink/model/state.hpp>

namespace devlink::detail::core {

/// "Nowhere", for a device's place in a slot_queue.
inline constexpr std::uint32_t no_slot = static_cast<std::uint32_t>(-1);

/// All that the driver core keeps of a device: 64 bytes. Lists are threaded through the records (threaded_list.hpp).
struct device_record {
    device_id parent;
    device_id first_child;
    device_id next_sibling;
    device_id prev_sibling;
    link_id first_consumer; ///< head of the list of links of which the device is the supplier
    link_id first_supplier; ///< head of the list of links of which it is the consumer
    device_id next_ordered;
    device_id prev_ordered;
    device_id reason; ///< which supplier was not ready; may name one that is gone
    std::uint32_t deferred_slot = no_slot;
    std::uint32_t power_slot = no_slot;
    std::uint32_t usage = 0;
    std::uint32_t active_children = 0;
    std::uint32_t doomed_suppliers = 0;   ///< mandatory links to doomed suppliers
    std::uint32_t blocking_consumers = 0; ///< links that hold its sync_state back

    device_status status = device_status::no_driver;

    bool registered : 1 = true; ///< until device_del() takes it off dpm_list
    bool alive : 1 = true;      ///< until device_del() begins
    bool is_listed_child : 1 = false;
    bool has_driver : 1 = false; ///< a matching driver is on the bus
    bool bound : 1 = false;
    bool in_probe : 1 = false; ///< past the supplier check, its driver's probe runs
    bool can_match : 1 = false;
    bool visited : 1 = false; ///< of the walk that runs at present

    bool wants_sync_state : 1 = false;
    bool state_synced : 1 = false;
    bool sync_state_paused : 1 = false; ///< is considered once more when the pause ends
    bool power_enabled : 1 = false;
    bool power_active : 1 = false;
    bool power_request : 1 = false;
    bool target : 1 = false; ///< of the walk that runs at present

    bool failed_last : 1 = false; ///< its last attempt ended in an error other than a deferral
    bool doomed : 1 = false;
    bool was_doomed : 1 = false; ///< doom is lifted while an attempt runs
    bool waited_for : 1 = false; ///< an optional consumer was deferred for it meanwhile
};

/// All that the driver core keeps of a link: 36 bytes.
struct link_record {
    device_id consumer;
    device_id supplier;
    link_id next_consumer; ///< in the supplier's list of consumers
    link_id prev_consumer;
    link_id next_supplier; ///< in the consumer's list of suppliers
    link_id prev_supplier;
    std::uint32_t references = 0; ///< one a stateless add, one for being managed; 0 once deleted
    std::uint32_t held = 0;       ///< usage counts that it holds on its supplier
    std::uint16_t flag_bits = 0;
    link_state state = link_state::none;

    bool preactivated : 1 = false; ///< an attempt that runs holds one usage count more
    bool marked : 1 = false;       ///< the consumer went ahead without the supplier (extension, rule R3)

    [[nodiscard]] constexpr link_flags flags() const noexcept { return link_flags::from_bits(flag_bits); }
    constexpr void set_flags(link_flags flags) noexcept { flag_bits = static_cast<std::uint16_t>(flags.bits()); }
    [[nodiscard]] constexpr bool has(link_flags wanted) const noexcept { return flags().has(wanted); }

    [[nodiscard]] constexpr bool deleted() const noexcept { return references == 0; }
    [[nodiscard]] constexpr bool managed() const noexcept { return has(link_flag::managed); }
    /// Counts for dependency and order.
    [[nodiscard]] constexpr bool hard() const noexcept { return !is_soft(flags()); }
    /// Its consumer can't be probed without its supplier.
    [[nodiscard]] constexpr bool mandatory() const noexcept {
        return managed() && !flags().has_any(link_flag::sync_state_only | link_flag::optional_supplier);
    }
    /// Its consumer waits for its supplier while waiting can help.
    [[nodiscard]] constexpr bool optional() const noexcept {
        return has(link_flag::managed | link_flag::optional_supplier) && !has(link_flag::sync_state_only);
    }
    /// Its supplier's sync_state has to wait. Source: __device_links_queue_sync_state(); extension, rule R6.
    [[nodiscard]] constexpr bool blocks_sync_state() const noexcept {
        return managed() && state != link_state::active && !marked;
    }
};

static_assert(sizeof(device_record) == 64, "devlink: a device is one cache line");
static_assert(sizeof(link_record) == 36, "devlink: a link fits into 40 bytes");

} // namespace devlink::detail::core

#endif
