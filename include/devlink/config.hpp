// SPDX-License-Identifier: MIT
#ifndef DEVLINK_CONFIG_HPP
#define DEVLINK_CONFIG_HPP

/// DEVLINK_ASSERT(CONDITION): checks a precondition. Define it before the first include to have it your way (the tests
/// turn it into a throw). By default it is assert() in debug builds and costs nothing with NDEBUG.
#ifndef DEVLINK_ASSERT
#include <cassert>
#define DEVLINK_ASSERT(CONDITION) assert(CONDITION)
#endif

/// DEVLINK_LIFETIMEBOUND: marks a function whose answer looks into its object, so that compilers that can (Clang) warn
/// of `for (device_id d : resolve(g).order())`, where the plan is gone before the loop begins. Within one expression a
/// plan that nobody keeps is fine, which is why such calls are not simply deleted.
#ifndef DEVLINK_LIFETIMEBOUND
#define DEVLINK_LIFETIMEBOUND
#ifdef __has_cpp_attribute
#if __has_cpp_attribute(clang::lifetimebound)
#undef DEVLINK_LIFETIMEBOUND
#define DEVLINK_LIFETIMEBOUND [[clang::lifetimebound]]
#endif
#endif
#endif

#endif
