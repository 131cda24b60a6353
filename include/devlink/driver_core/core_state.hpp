// SPDX-License-Identifier: MIT
#ifndef DEVLINK_DRIVER_CORE_CORE_STATE_HPP
#define DEVLINK_DRIVER_CORE_CORE_STATE_HPP

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include <devlink/driver_core/host.hpp>
#include <devlink/driver_core/records.hpp>
#include <devlink/driver_core/slot_queue.hpp>
#include <devlink/driver_core/threaded_list.hpp>
#include <devlink/model/transition.hpp>
#include <devlink/policy/options.hpp>

namespace devlink::detail::core {

/// How many devices, or links, ids can tell apart.
inline constexpr std::size_t max_ids = std::numeric_limits<std::uint32_t>::max();

/// A device that a walk stands on, and the link or child that it looks at next.
struct walk_step {
    device_id device;
    link_id link;
    device_id child;
    std::uint8_t stage = 0;
};

/// Everything that the driver core knows; what it does is in the functions of this folder, which all take a
/// core_machine. Vectors that are named `scratch` are empty between walks and only keep their memory.
class core_state {
public:
    [[nodiscard]] device_record& device(device_id d) noexcept { return devices[d.index()]; }
    [[nodiscard]] const device_record& device(device_id d) const noexcept { return devices[d.index()]; }
    [[nodiscard]] link_record& link(link_id l) noexcept { return links[l.index()]; }
    [[nodiscard]] const link_record& link(link_id l) const noexcept { return links[l.index()]; }

    /// The link of a pair; invalid if there is none. Looks at both ends' lists in step: as long as the shorter of them.
    [[nodiscard]] link_id find_link(device_id c, device_id s) const noexcept {
        link_id of_supplier = device(s).first_consumer;
        link_id of_consumer = device(c).first_supplier;
        while (of_supplier.valid() && of_consumer.valid()) {
            if (link(of_supplier).consumer == c) return of_supplier;
            if (link(of_consumer).supplier == s) return of_consumer;
            of_supplier = link(of_supplier).next_consumer;
            of_consumer = link(of_consumer).next_supplier;
        }
        return {};
    }

    /// A new link at the tail of both lists. Allocates where all slots are taken.
    [[nodiscard]] link_id insert_link(device_id c, device_id s, link_flags flags) {
        link_id l{links.size()};
        if (free_links.empty()) {
            links.emplace_back();
        } else {
            l = free_links.back();
            free_links.pop_back();
            link(l) = {};
        }
        link_record& record = link(l);
        record.consumer = c;
        record.supplier = s;
        record.references = 1;
        list_append<&link_record::next_consumer, &link_record::prev_consumer>(links, device(s).first_consumer, l);
        list_append<&link_record::next_supplier, &link_record::prev_supplier>(links, device(c).first_supplier, l);
        change_link(l, [flags](link_record& changed) { changed.set_flags(flags); });
        ++link_count;
        return l;
    }

    /// Takes a link out of both lists; its object waits to be released. Source: __device_link_del().
    void unlist_link(link_id l) {
        change_link(l, [](link_record& changed) { changed.references = 0; });
        const link_record& record = link(l);
        list_remove<&link_record::next_consumer, &link_record::prev_consumer>(
            links, device(record.supplier).first_consumer, l);
        list_remove<&link_record::next_supplier, &link_record::prev_supplier>(
            links, device(record.consumer).first_supplier, l);
        unlisted_links.push_back(l);
        --link_count;
    }

    /// Changes flags, state, mark or references of a link, and with them what its two ends count. Constant time.
    template <class Change>
    void change_link(link_id l, Change change) {
        link_record& record = link(l);
        device_record& supplier = device(record.supplier);
        device_record& consumer = device(record.consumer);
        if (!record.deleted()) {
            supplier.blocking_consumers -= record.blocks_sync_state() ? 1U : 0U;
            consumer.doomed_suppliers -= supplier.doomed && record.mandatory() ? 1U : 0U;
        }
        change(record);
        if (!record.deleted()) {
            supplier.blocking_consumers += record.blocks_sync_state() ? 1U : 0U;
            consumer.doomed_suppliers += supplier.doomed && record.mandatory() ? 1U : 0U;
        }
    }

    /// Lets `event` happen to a link. Constant time.
    void step_link(link_id l, link_event event) {
        const device_status supplier = device(link(l).supplier).status;
        change_link(l, [=](link_record& record) { record.state = next_state(record.state, event, supplier); });
    }

    /// The first link from `l` on, in a supplier's list of consumers, that was not deleted meanwhile.
    [[nodiscard]] link_id skip_deleted_consumers(link_id l) const noexcept {
        while (l.valid() && link(l).deleted()) l = link(l).next_consumer;
        return l;
    }

    std::vector<device_record> devices;
    std::vector<link_record> links;
    std::vector<link_id> free_links;
    std::vector<link_id> unlisted_links; ///< deleted ones, in the order of deletion
    std::size_t link_count = 0;
    std::size_t device_count = 0; ///< registered ones

    device_id first_ordered; ///< head of the list that is both dpm_list and devices_kset

    /// What is deferred: before the fence the active list, behind it the pending one.
    slot_queue<&device_record::deferred_slot> deferred;
    slot_queue<&device_record::power_slot> power_queue;
    std::uint64_t trigger_count = 0;
    bool deferred_enabled = true;
    bool probing_blocked = false;

    std::uint32_t sync_state_pauses = 0;
    std::vector<device_id> paused_sync_states;
    std::vector<device_id> due_sync_states; ///< the callbacks of the bind that runs

    bool drivers_done = false;
    bool extension_in_play = false; ///< there was an optional link, or no more drivers will come
    std::vector<device_id> lifted;  ///< doom lifted by the attempts that run

    std::vector<walk_step> power_scratch;
    std::vector<walk_step> walk_scratch;
    std::vector<device_id> reached_scratch;
    std::vector<device_id> doom_scratch;
    std::vector<device_id> late_scratch;
    std::vector<walk_step> unbind_scratch;

    std::uint64_t attempts = 0;
    std::uint64_t deferrals = 0;
    bool hung = false;
};

/// The state together with whom it is played to. All functions of the driver core take one.
template <class Host, options O>
class core_machine : public core_state {
public:
    using host_type = Host;
    static constexpr options chosen = O;
    static constexpr bool repaired = O.quirks == quirk_rule::repaired;
    static constexpr bool extended = O.extension == extension_rule::optional_supplier;

    explicit core_machine(Host& whom) noexcept
        : host{&whom} {}

    void warn(core_warning warning) {
        if constexpr (requires { host->on_warning(warning); }) host->on_warning(warning);
    }

    Host* host;
};

} // namespace devlink::detail::core

#endif
