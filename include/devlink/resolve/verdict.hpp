// SPDX-License-Identifier: MIT
#ifndef DEVLINK_RESOLVE_VERDICT_HPP
#define DEVLINK_RESOLVE_VERDICT_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace devlink {

/// What becomes of a device. *Doomed* are `failed`, `absent`, `blocked` and `cyclic`: they never bind.
///
/// For a device on no cycle it is decided in this order: `absent` if it has no driver; `blocked` if a mandatory
/// supplier or the populating parent is doomed; `waiting` if a supplier that still counts waits; `failed` or `waiting`
/// by its own forecast; `degraded` if an optional supplier is doomed; `bound`. With driverless_rule::waits a device
/// without driver is not doomed for that: it is `absent` only if no doomed supplier makes it `blocked`, and its
/// consumers wait. Source: the optional-supplier extension, "Words" and "The same thing ahead of time".
enum class verdict : std::uint8_t {
    bound,    ///< its driver binds, with all its suppliers
    degraded, ///< its driver binds, but at least one optional supplier is missing
    failed,   ///< it is probed, and fails for good
    absent,   ///< it has no driver
    blocked,  ///< a mandatory supplier or its populating parent never binds
    waiting,  ///< it defers for ever, or a supplier that may still come does not
    cyclic,   ///< it lies on a cycle of links that hold back probes
};

inline constexpr std::size_t verdict_count = 7;

[[nodiscard]] constexpr std::string_view to_string(verdict v) noexcept {
    switch (v) {
    case verdict::bound:
        return "bound";
    case verdict::degraded:
        return "degraded";
    case verdict::failed:
        return "failed";
    case verdict::absent:
        return "absent";
    case verdict::blocked:
        return "blocked";
    case verdict::waiting:
        return "waiting";
    case verdict::cyclic:
        return "cyclic";
    }
    return {};
}

/// Whether a device of that verdict is there for its consumers.
[[nodiscard]] constexpr bool is_up(verdict v) noexcept { return v == verdict::bound || v == verdict::degraded; }

} // namespace devlink

#endif
