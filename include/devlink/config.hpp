// SPDX-License-Identifier: MIT
#ifndef DEVLINK_CONFIG_HPP
#define DEVLINK_CONFIG_HPP

/// DEVLINK_ASSERT(CONDITION): checks a precondition. Define it before the first include to have it your way (the tests
/// turn it into a throw). By default it is assert() in debug builds and costs nothing with NDEBUG.
#ifndef DEVLINK_ASSERT
#include <cassert>
#define DEVLINK_ASSERT(CONDITION) assert(CONDITION)
#endif

#endif
