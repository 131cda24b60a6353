// SPDX-License-Identifier: MIT
#ifndef DEVLINK_MODEL_TRANSITION_HPP
#define DEVLINK_MODEL_TRANSITION_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <devlink/model/state.hpp>

namespace devlink {

/// What can happen to a managed link. Each event is one loop of the kernel over a device's links; what the loop skips
/// for other reasons (flags, `marked`) is its own affair, the state it writes is decided here.
enum class link_event : std::uint8_t {
    supplier_checked,   ///< the consumer's attempt found it ready: device_links_check_suppliers()
    check_taken_back,   ///< another supplier of the consumer was not ready: device_links_missing_supplier()
    supplier_bound,     ///< the supplier's probe succeeded: device_links_driver_bound(), consumers
    consumer_bound,     ///< the consumer's probe succeeded: device_links_driver_bound(), suppliers
    supplier_failed,    ///< the supplier's probe did not succeed: device_links_no_driver(), consumers
    consumer_released,  ///< the consumer's probe did not succeed, or it unbound: __device_links_no_driver()
    supplier_unbinding, ///< the supplier looks for who still uses it: device_links_busy()
    consumer_unbinding, ///< the supplier takes its consumer along: device_links_unbind_consumers()
    supplier_unbound,   ///< the supplier's driver is gone: device_links_driver_cleanup()
    management_dropped, ///< its managed part ends: device_link_drop_managed()
    supplier_missed,    ///< the consumer's probe goes ahead without the supplier (extension, rule R3)
};

inline constexpr std::size_t link_event_count = 11;
inline constexpr std::size_t link_state_count = 6;

[[nodiscard]] constexpr std::string_view to_string(link_event event) noexcept {
    constexpr std::array<std::string_view, link_event_count> names{
        "supplier_checked", "check_taken_back",   "supplier_bound",     "consumer_bound",
        "supplier_failed",  "consumer_released",  "supplier_unbinding", "consumer_unbinding",
        "supplier_unbound", "management_dropped", "supplier_missed"};
    const auto place = static_cast<std::size_t>(event);
    return place < names.size() ? names[place] : std::string_view{};
}

/// What a transition asks of the status recorded for the supplier at that moment.
enum class supplier_guard : std::uint8_t {
    any,       ///< nothing
    bound,     ///< it is `driver_bound`
    not_bound, ///< it is anything else
};

/// A row of the table: in state `from`, at `event`, if `guard` holds, the link goes to `to`.
struct link_transition {
    link_state from;
    link_event event;
    supplier_guard guard;
    link_state to;
};

/// Every transition that changes a managed link's state, and those that keep it where the kernel writes it anew.
/// A state and an event without a row: the link stays as it is.
/// Source: drivers/base/core.c by its documentation (device_link.rst, "State machine") and its recorded behaviour.
inline constexpr auto link_transitions = [] {
    using enum link_state;
    using enum link_event;
    using enum supplier_guard;
    return std::to_array<link_transition>({
        // Which links are ready is the attempt's question; dormant ones are ready only if sync_state_only.
        {dormant, supplier_checked, any, consumer_probe},
        {available, supplier_checked, any, consumer_probe},
        {consumer_probe, supplier_checked, any, consumer_probe},
        {active, supplier_checked, any, consumer_probe},
        {supplier_unbind, supplier_checked, any, consumer_probe},

        {consumer_probe, check_taken_back, bound, available},
        {consumer_probe, check_taken_back, not_bound, dormant},

        {none, supplier_bound, any, available},
        {dormant, supplier_bound, any, available},
        {available, supplier_bound, any, available},
        {supplier_unbind, supplier_bound, any, available},

        {none, consumer_bound, any, active},
        {dormant, consumer_bound, any, active},
        {available, consumer_bound, any, active},
        {consumer_probe, consumer_bound, any, active},
        {active, consumer_bound, any, active},
        {supplier_unbind, consumer_bound, any, active},

        {consumer_probe, supplier_failed, any, dormant},
        {active, supplier_failed, any, dormant},

        {consumer_probe, consumer_released, bound, available},
        {consumer_probe, consumer_released, not_bound, dormant},
        {active, consumer_released, bound, available},
        {active, consumer_released, not_bound, dormant},

        {none, supplier_unbinding, any, supplier_unbind},
        {dormant, supplier_unbinding, any, supplier_unbind},
        {available, supplier_unbinding, any, supplier_unbind},
        {supplier_unbind, supplier_unbinding, any, supplier_unbind},

        {none, consumer_unbinding, any, supplier_unbind},
        {dormant, consumer_unbinding, any, supplier_unbind},
        {available, consumer_unbinding, any, supplier_unbind},
        {active, consumer_unbinding, any, supplier_unbind},
        {supplier_unbind, consumer_unbinding, any, supplier_unbind},

        {none, supplier_unbound, any, dormant},
        {dormant, supplier_unbound, any, dormant},
        {available, supplier_unbound, any, dormant},
        {consumer_probe, supplier_unbound, any, dormant},
        {active, supplier_unbound, any, dormant},
        {supplier_unbind, supplier_unbound, any, dormant},

        {dormant, management_dropped, any, none},
        {available, management_dropped, any, none},
        {consumer_probe, management_dropped, any, none},
        {active, management_dropped, any, none},
        {supplier_unbind, management_dropped, any, none},

        {dormant, supplier_missed, any, dormant},
        {available, supplier_missed, any, dormant},
        {consumer_probe, supplier_missed, any, dormant},
        {active, supplier_missed, any, dormant},
        {supplier_unbind, supplier_missed, any, dormant},
    });
}();

/// Whether `guard` holds for a supplier of that status. Constant time.
[[nodiscard]] constexpr bool holds(supplier_guard guard, device_status supplier) noexcept {
    switch (guard) {
    case supplier_guard::any:
        return true;
    case supplier_guard::bound:
        return supplier == device_status::driver_bound;
    case supplier_guard::not_bound:
        return supplier != device_status::driver_bound;
    }
    return false;
}

namespace detail {

[[nodiscard]] constexpr std::size_t state_place(link_state state) noexcept {
    const int place = static_cast<int>(state) + 1;
    return static_cast<std::size_t>(place);
}

// The rows as an array over event, supplier status and state, so that a step is one look-up.
inline constexpr auto next_states = [] {
    std::array<std::array<std::array<link_state, link_state_count>, 4>, link_event_count> table{};
    for (auto& by_status : table)
        for (auto& by_state : by_status)
            for (std::size_t place = 0; place < link_state_count; ++place)
                by_state[place] = static_cast<link_state>(static_cast<int>(place) - 1);
    for (const link_transition& row : link_transitions)
        for (std::size_t status = 0; status < 4; ++status)
            if (holds(row.guard, static_cast<device_status>(status)))
                table[static_cast<std::size_t>(row.event)][status][state_place(row.from)] = row.to;
    return table;
}();

} // namespace detail

/// The state of a link after `event`, its supplier having that status. Constant time, no allocation.
[[nodiscard]] constexpr link_state next_state(link_state from, link_event event, device_status supplier) noexcept {
    return detail::next_states[static_cast<std::size_t>(event)][static_cast<std::size_t>(supplier)]
                              [detail::state_place(from)];
}

/// The state in which a link starts to be managed, by the recorded status of its two ends. `probing` is what is
/// recorded, also where it is left over from an attempt that was deferred for a supplier.
/// Constant time, no allocation. Source: device_link_init_status().
[[nodiscard]] constexpr link_state initial_state(device_status supplier, device_status consumer) noexcept {
    switch (supplier) {
    case device_status::no_driver:
        return link_state::dormant;
    case device_status::probing:
        return consumer == device_status::probing ? link_state::consumer_probe : link_state::dormant;
    case device_status::driver_bound:
        if (consumer == device_status::probing) return link_state::consumer_probe;
        return consumer == device_status::driver_bound ? link_state::active : link_state::available;
    case device_status::unbinding:
        return link_state::supplier_unbind;
    }
    return link_state::none;
}

} // namespace devlink

#endif
