// SPDX-License-Identifier: MIT
#ifndef DEVLINK_TESTS_ASSERT_THROWS_HPP
#define DEVLINK_TESTS_ASSERT_THROWS_HPP

// Included before everything else into each TU of the tests: a broken precondition throws `assertion_failed`, so that
// tests can check for it. Without exceptions it aborts.

#include <cstdlib>

struct assertion_failed {
    const char* condition;
};

#ifdef __cpp_exceptions
#define DEVLINK_ASSERT(CONDITION) ((CONDITION) ? void() : throw assertion_failed{#CONDITION})
#else
#define DEVLINK_ASSERT(CONDITION) ((CONDITION) ? void() : std::abort())
#endif

#endif
