// SPDX-License-Identifier: MIT
#ifndef DEVLINK_DRIVER_CORE_HOST_HPP
#define DEVLINK_DRIVER_CORE_HOST_HPP

#include <concepts>
#include <cstdint>
#include <string_view>

#include <devlink/model/id.hpp>
#include <devlink/model/statement.hpp>

namespace devlink {

/// Where the kernel would print a warning with a backtrace: something is as its authors did not expect it.
enum class core_warning : std::uint8_t {
    remove_of_managed_link,    ///< device_link_remove() of a link that is not stateless
    taken_back_from_unbound,   ///< device_links_missing_supplier(): `consumer_probe` towards an unbound supplier
    bound_with_odd_consumer,   ///< device_links_driver_bound(): a link to a consumer is in no state known there
    bound_without_supplier,    ///< device_links_driver_bound(): a link to a supplier was not `consumer_probe`
    released_without_supplier, ///< __device_links_no_driver(): the supplier is neither bound nor unbinding
    unbound_with_odd_consumer, ///< device_links_driver_cleanup(): a link to a consumer is not `supplier_unbind`
    removed_with_live_link,    ///< device_links_purge(): a link is still in use
};

[[nodiscard]] constexpr std::string_view to_string(core_warning warning) noexcept {
    switch (warning) {
    case core_warning::remove_of_managed_link:
        return "remove of a link that is not stateless";
    case core_warning::taken_back_from_unbound:
        return "supplier of a probing consumer is not bound";
    case core_warning::bound_with_odd_consumer:
        return "device bound while a link to a consumer was in an unexpected state";
    case core_warning::bound_without_supplier:
        return "device bound while a link to a supplier was not in consumer_probe";
    case core_warning::released_without_supplier:
        return "device without driver although a link to an unbound supplier said that it had one";
    case core_warning::unbound_with_odd_consumer:
        return "device unbound while a link to a consumer was not in supplier_unbind";
    case core_warning::removed_with_live_link:
        return "device removed while a link was in use";
    }
    return {};
}

/// Whoever carries out what the driver core decides. `probe(d)` calls the driver of `d` and returns what that returns.
///
/// From inside `probe` the core may be asked anything, and told to add or remove links, to take or drop runtime-PM
/// references, and to register devices and drivers. The other members are optional and cost nothing where they are
/// missing; they may ask the core, but tell it nothing:
///
/// - `unbind(d)`, `sync_state(d)`, `suspend(d)`, `resume(d)`: the driver's or the bus's callback;
/// - `late_supplier(c, s)`: `s` was bound after all, `c` had to go ahead without it (late_supplier_rule::notify);
/// - `static constexpr bool is_deferral(probe_result)`: which errors are deferrals (default: -EPROBE_DEFER alone).
///
/// For whoever watches or builds on the core, also optional:
///
/// - `on_doomed(d)`, `on_released(c, s)`, `on_late(c, s)`: the extension at work, each once its line of a trace is due;
/// - `on_warning(w)`: the kernel would print a warning;
/// - `on_device_added(d)`: right before `d` may be probed for the first time; may add links;
/// - `waits_for_firmware(d)`: whether a supplier of `d` that is known from firmware has no device yet;
/// - `on_bound(d)`: the probe of `d` succeeded, its links are updated next; may remove and relax links of `d`.
template <class Host>
concept core_host = requires(Host& host, device_id d) {
    { host.probe(d) } -> std::same_as<probe_result>;
};

namespace detail::core {

/// Whether the driver should be asked again after `outcome`. Source: driver_probe_device().
template <class Host>
[[nodiscard]] constexpr bool is_deferral(probe_result outcome) noexcept {
    if constexpr (requires {
                      { Host::is_deferral(outcome) } -> std::same_as<bool>;
                  })
        return !outcome.is_ok() && Host::is_deferral(outcome);
    else
        return outcome.is_defer();
}

} // namespace detail::core

} // namespace devlink

#endif
