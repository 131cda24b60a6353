// SPDX-License-Identifier: MIT
#ifndef DEVLINK_MODEL_FLAG_RULES_HPP
#define DEVLINK_MODEL_FLAG_RULES_HPP

#include <devlink/model/error.hpp>
#include <devlink/model/flags.hpp>

namespace devlink {

/// All bits that some flag has.
inline constexpr link_flags known_link_flags = link_flags::from_bits((1U << all_link_flags.size()) - 1);

/// What a caller may not combine with `stateless`: each of these acts on driver presence, which a stateless link
/// ignores.
inline constexpr link_flags managed_only_flags = link_flag::autoremove_consumer | link_flag::autoremove_supplier |
                                                 link_flag::autoprobe_consumer | link_flag::sync_state_only |
                                                 link_flag::inferred | link_flag::cycle;

/// The checks that device_link_add() makes before it has any effect.
/// Returns errc::ok or the first rule that `given` breaks. Constant time, no allocation.
/// Source: device_link_add(), first condition; for `optional_supplier` the extension, "The flag".
[[nodiscard]] constexpr errc check_flags_before_effects(link_flags given) noexcept {
    if (!given.without(known_link_flags).empty()) return errc::unknown_flag;
    if (given.has(link_flag::managed)) return errc::managed_given;
    if (given.has(link_flag::stateless) && given.has_any(managed_only_flags)) return errc::stateless_with_managed_flag;
    if (given.has(link_flag::autoprobe_consumer) &&
        given.has_any(link_flag::autoremove_consumer | link_flag::autoremove_supplier))
        return errc::autoprobe_with_autoremove;
    if (given.has(link_flag::optional_supplier)) {
        if (given.has(link_flag::stateless)) return errc::optional_with_stateless;
        if (given.has(link_flag::sync_state_only)) return errc::optional_with_sync_state_only;
    }
    return errc::ok;
}

/// Whether a caller may add a link with these flags: errc::ok, or why not.
///
/// The last rule stands apart because the kernel checks it only after it has resumed the supplier of a `pm_runtime` and
/// `rpm_active` link, and does not undo that. Constant time, no allocation. Source: device_link_add().
[[nodiscard]] constexpr errc check_flags(link_flags given) noexcept {
    if (const errc code = check_flags_before_effects(given); code != errc::ok) return code;
    const link_flags beside = given.without(link_flag::sync_state_only | link_flag::inferred | link_flag::cycle);
    if (given.has(link_flag::sync_state_only) && !beside.empty()) return errc::sync_state_only_with_other;
    return errc::ok;
}

} // namespace devlink

#endif
