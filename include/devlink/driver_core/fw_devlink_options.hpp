// SPDX-License-Identifier: MIT
#ifndef DEVLINK_DRIVER_CORE_FW_DEVLINK_OPTIONS_HPP
#define DEVLINK_DRIVER_CORE_FW_DEVLINK_OPTIONS_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <devlink/model/flags.hpp>
#include <devlink/model/id.hpp>

namespace devlink {

/// The kernel's command line option fw_devlink=.
enum class fw_devlink_mode : std::uint8_t {
    off,        ///< no links from firmware
    permissive, ///< they only delay sync_state
    on,         ///< they hold consumers back
    rpm,        ///< and runtime PM uses them: the default of the kernel
};

[[nodiscard]] constexpr std::string_view to_string(fw_devlink_mode mode) noexcept {
    switch (mode) {
    case fw_devlink_mode::off:
        return "off";
    case fw_devlink_mode::permissive:
        return "permissive";
    case fw_devlink_mode::on:
        return "on";
    case fw_devlink_mode::rpm:
        return "rpm";
    }
    return {};
}

/// How firmware links are played.
struct fw_devlink_options {
    fw_devlink_mode mode = fw_devlink_mode::rpm;
    bool strict = false; ///< fw_devlink.strict=1: optional bindings count, unless the mode is permissive

    /// How many calls the searches for cycles may take in all; more fail with errc::search_too_long. Eight devices that
    /// all need each other take some 100,000, nine a million, ten hang a kernel; the worst real board takes 7,000.
    std::size_t cycle_call_limit = 4'000'000;
    /// How many needs they may look at before; more fail the same way. The worst real board takes 20,000.
    std::size_t cycle_step_limit = 50'000'000;
    /// How many device links there may be; more fail with errc::too_many. 0: as many as there are nodes and references
    /// in the tree, and 4096 more. A proxy for every bus above a consumer could make many of each reference.
    std::size_t device_link_limit = 0;
};

/// The flags of the device link that a firmware link becomes. Precondition: the mode is not off.
/// Source: fw_devlink_get_flags().
[[nodiscard]] constexpr link_flags fw_devlink_flags(fw_devlink_mode mode, bool on_cycle) noexcept {
    if (on_cycle) return link_flag::inferred | link_flag::sync_state_only | link_flag::cycle;
    if (mode == fw_devlink_mode::permissive) return link_flag::inferred | link_flag::sync_state_only;
    const link_flags flags = link_flag::inferred | link_flag::autoprobe_consumer;
    return mode == fw_devlink_mode::rpm ? flags | link_flag::pm_runtime : flags;
}

/// What happens to firmware links and what becomes of them. Named as the lines of a boot table are.
enum class fw_devlink_event : std::uint8_t {
    add,     ///< a device is registered
    bound,   ///< a driver has bound to it
    fwlink,  ///< a firmware link is read from a property
    moved,   ///< one is added to the device that stands for its supplier from now on; printed as `fwlink` too
    drop,    ///< a firmware link is removed
    cycle,   ///< a link lies on a cycle
    child,   ///< a device lies on a cycle through its parent
    fixed,   ///< the link that is about to be made would have closed that cycle
    link,    ///< a device link that holds its consumer back
    sync,    ///< one that only delays sync_state
    relax,   ///< a device link that held its consumer back and only delays sync_state from now on
    unlink,  ///< a device link is deleted
    refused, ///< device_link_add() refused
    never,   ///< not linked: the supplier might never become a device
    noprobe, ///< not linked: the supplier might never be probed
};

[[nodiscard]] constexpr std::string_view to_string(fw_devlink_event event) noexcept {
    constexpr std::string_view names[] = {"add",  "bound", "fwlink", "fwlink", "drop",    "cycle", "child",  "fixed",
                                          "link", "sync",  "relax",  "unlink", "refused", "never", "noprobe"};
    const auto index = static_cast<std::size_t>(event);
    return index < sizeof(names) / sizeof(names[0]) ? names[index] : std::string_view{};
}

/// Whoever watches: `on_fw_devlink(event, a, b)`, `a` being the consumer, child or device, `b` the supplier or parent,
/// or not valid.
template <class Observer>
concept fw_devlink_observer = requires(Observer& observer, fw_devlink_event event, node_id a, node_id b) {
    observer.on_fw_devlink(event, a, b);
};

/// Watches nothing.
struct no_fw_devlink_observer {
    constexpr void on_fw_devlink(fw_devlink_event, node_id, node_id) const noexcept {}
};

} // namespace devlink

#endif
