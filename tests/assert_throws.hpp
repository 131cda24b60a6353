// SPDX-License-Identifier: MIT
#ifndef DEVLINK_TESTS_ASSERT_THROWS_HPP
#define DEVLINK_TESTS_ASSERT_THROWS_HPP

// Included before everything else into each TU of the tests: a broken precondition throws `assertion_failed`, so that
// tests can check for it. Inside a noexcept function, and without exceptions, it ends the program with its text.

#include <cstdio>
#include <cstdlib>
#include <exception>

struct assertion_failed : std::exception {
    explicit assertion_failed(const char* text) noexcept
        : condition{text} {}
    [[nodiscard]] const char* what() const noexcept override { return condition; }

    const char* condition;
};

[[noreturn]] inline void assertion_fails(const char* condition) {
#ifdef __cpp_exceptions
    throw assertion_failed{condition};
#else
    std::fprintf(stderr, "precondition broken: %s\n", condition);
    std::abort();
#endif
}

#define DEVLINK_ASSERT(CONDITION) ((CONDITION) ? void() : assertion_fails(#CONDITION))

#endif
