// SPDX-License-Identifier: MIT
#ifndef DEVLINK_TESTS_HOSTILE_COUNTED_MEMORY_HPP
#define DEVLINK_TESTS_HOSTILE_COUNTED_MEMORY_HPP

#include <cstddef>

namespace devlink::test {

/// Starts counting anew: returns nothing, but peak_memory() is about what is allocated from now on.
void reset_peak_memory() noexcept;

/// The most that was allocated at once since then, beyond what was allocated at that time.
std::size_t peak_memory() noexcept;

} // namespace devlink::test

#endif
