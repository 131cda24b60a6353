// SPDX-License-Identifier: MIT
#ifndef DEVLINK_MODEL_LINK_MERGE_HPP
#define DEVLINK_MODEL_LINK_MERGE_HPP

#include <devlink/model/flags.hpp>

namespace devlink {

/// The flags that a new link records for the flags that a caller gave: `managed` is added unless the link is
/// `stateless`, and of two autoremove flags only `autoremove_supplier` is kept.
/// Precondition: check_flags(given) == errc::ok. Constant time, no allocation. Source: device_link_add().
[[nodiscard]] constexpr link_flags recorded_flags(link_flags given) noexcept {
    if (!given.has(link_flag::stateless)) given |= link_flag::managed;
    if (given.has(link_flag::autoremove_supplier)) given = given.without(link_flag::autoremove_consumer);
    return given;
}

/// What becomes of a link when its pair is added once more.
struct link_merge {
    link_flags flags;             ///< what the link records from now on
    bool takes_reference = false; ///< the link has one more user: a stateless one, or the core that now manages it
    bool becomes_hard = false;    ///< it orders its ends from now on, and did not before
    bool becomes_managed = false; ///< the core tracks it from now on, so its state has to be set

    friend constexpr bool operator==(const link_merge&, const link_merge&) noexcept = default;
};

/// Merges a further add with the flags `given` into a link that records the flags `recorded`.
///
/// Never merged in: `autoprobe_consumer`, `rpm_active`, `sync_state_only`, `inferred`, `cycle`. Of `optional_supplier`
/// the stricter wish wins among the adds that make the link hold back a probe; the others change nothing about it.
/// Precondition: check_flags(given) == errc::ok, and the add was checked for a cycle as a new one is.
/// Constant time, no allocation. Source: device_link_add(), second half; optional-supplier extension, "The flag".
[[nodiscard]] constexpr link_merge merge_link_flags(link_flags recorded, link_flags given) noexcept {
    const link_flags both_autoremoves = link_flag::autoremove_consumer | link_flag::autoremove_supplier;
    link_merge merged;
    link_flags& flags = merged.flags;
    flags = recorded;
    if (!given.has(link_flag::inferred)) flags = flags.without(link_flag::inferred);
    flags |= given & link_flag::pm_runtime;

    if (given.has(link_flag::stateless)) {
        flags |= link_flag::stateless;
        merged.takes_reference = true;
        merged.becomes_hard = is_soft(recorded);
        return merged;
    }

    if (given.has(link_flag::autoremove_supplier)) {
        if (flags.has(link_flag::autoremove_consumer))
            flags = flags.without(link_flag::autoremove_consumer) | link_flag::autoremove_supplier;
    } else if (!given.has(link_flag::autoremove_consumer)) {
        flags = flags.without(both_autoremoves);
    }
    if (!recorded.has(link_flag::managed)) {
        flags |= link_flag::managed;
        merged.takes_reference = true;
        merged.becomes_managed = true;
    }
    if (!given.has(link_flag::sync_state_only)) {
        merged.becomes_hard = recorded.has(link_flag::sync_state_only);
        flags = flags.without(link_flag::sync_state_only);
        const bool held_back = recorded.has(link_flag::managed) && !recorded.has(link_flag::sync_state_only);
        // What a managed part that was dropped has left of the flag does not count.
        if (!held_back || !given.has(link_flag::optional_supplier))
            flags = flags.without(link_flag::optional_supplier) | (given & link_flag::optional_supplier);
    }
    return merged;
}

} // namespace devlink

#endif
