// SPDX-License-Identifier: MIT
#ifndef DEVLINK_MODEL_ERROR_HPP
#define DEVLINK_MODEL_ERROR_HPP

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include <devlink/fwd.hpp>
#include <devlink/model/id.hpp>

namespace devlink {

/// Why something was refused. The first seven are what is wrong with a set of flags, in the order of the checks.
enum class errc : std::uint8_t {
    ok,
    unknown_flag,                  ///< a bit that no flag has
    managed_given,                 ///< `managed` is the core's to set
    stateless_with_managed_flag,   ///< `stateless` with a flag that needs driver presence tracked
    autoprobe_with_autoremove,     ///< `autoprobe_consumer` with an `autoremove_` flag
    optional_with_stateless,       ///< `optional_supplier` on a link that holds nothing back
    optional_with_sync_state_only, ///< the same
    sync_state_only_with_other,    ///< `sync_state_only` with anything but `inferred` and `cycle`
    unknown_device,                ///< a device that the graph does not hold
    self_link,                     ///< consumer and supplier are one device
    duplicate_name,                ///< a name that another device has
    would_close_cycle,             ///< the supplier depends on the consumer
    consumer_bound,                ///< `sync_state_only` towards a consumer that is bound or unbinding
    runtime_pm_failed,             ///< the supplier could not be resumed
    unknown_link,                  ///< a link that the graph does not hold
    too_many,                      ///< more devices or links than the index type can number
    duplicate_link,                ///< two links of one pair, where a list must hold each pair once
    driver_exists,                 ///< the device has a driver already
    no_driver,                     ///< the device has no driver
    has_children,                  ///< a device can't go before its children
    would_hang,                    ///< the kernel would never come back from this
    search_too_long,               ///< the search for cycles of firmware links takes more steps than it may
    populated_device,              ///< a child that its parent's driver brings into being can't be played
};

/// One sentence for people, without a full stop. Constant time.
[[nodiscard]] constexpr std::string_view to_string(errc code) noexcept {
    switch (code) {
    case errc::ok:
        return "no error";
    case errc::unknown_flag:
        return "unknown flag bit";
    case errc::managed_given:
        return "managed is set by the core and can't be given";
    case errc::stateless_with_managed_flag:
        return "stateless excludes flags that need a managed link";
    case errc::autoprobe_with_autoremove:
        return "autoprobe_consumer excludes the autoremove flags";
    case errc::optional_with_stateless:
        return "optional_supplier on a stateless link, which holds nothing back";
    case errc::optional_with_sync_state_only:
        return "optional_supplier on a sync_state_only link, which holds nothing back";
    case errc::sync_state_only_with_other:
        return "sync_state_only goes only with inferred and cycle";
    case errc::unknown_device:
        return "unknown device";
    case errc::self_link:
        return "a device can't be its own supplier";
    case errc::duplicate_name:
        return "another device has this name";
    case errc::would_close_cycle:
        return "the supplier depends on the consumer";
    case errc::consumer_bound:
        return "sync_state_only comes too late: the consumer is bound";
    case errc::runtime_pm_failed:
        return "the supplier could not be resumed";
    case errc::unknown_link:
        return "unknown link";
    case errc::too_many:
        return "more devices or links than the index type can number";
    case errc::duplicate_link:
        return "the pair has a link already";
    case errc::driver_exists:
        return "the device has a driver already";
    case errc::no_driver:
        return "the device has no driver";
    case errc::has_children:
        return "the device has children";
    case errc::would_hang:
        return "the kernel would never come back from this";
    case errc::search_too_long:
        return "the search for cycles of firmware links takes more steps than it may";
    case errc::populated_device:
        return "a populated device can't be played: it would come into being with its parent's driver";
    }
    return "unknown error";
}

/// Why a graph refused something, and for a cycle the whole path that the link would have closed.
template <std::unsigned_integral Index>
struct basic_graph_error {
    errc code = errc::ok;
    /// For errc::would_close_cycle: each device depends on the one before it (it is its consumer or its child). Starts
    /// at the refused link's consumer and ends at its supplier, whose consumer is the first one: the ring is whole.
    /// Else empty.
    std::vector<basic_device_id<Index>> path;
};

} // namespace devlink

#endif
