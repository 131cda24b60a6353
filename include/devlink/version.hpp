// SPDX-License-Identifier: MIT
#ifndef DEVLINK_VERSION_HPP
#define DEVLINK_VERSION_HPP

#include <compare>

// The only place that holds the version: CMake reads these three lines. Macros, so that users can test them in #if.
#define DEVLINK_VERSION_MAJOR 0
#define DEVLINK_VERSION_MINOR 1
#define DEVLINK_VERSION_PATCH 0

namespace devlink {

/// The version of the library.
struct version_number {
    int major;
    int minor;
    int patch;

    friend constexpr auto operator<=>(const version_number&, const version_number&) = default;
};

inline constexpr version_number version{DEVLINK_VERSION_MAJOR, DEVLINK_VERSION_MINOR, DEVLINK_VERSION_PATCH};

} // namespace devlink

#endif
