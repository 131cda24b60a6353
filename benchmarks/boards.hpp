// SPDX-License-Identifier: MIT
#ifndef DEVLINK_BENCHMARKS_BOARDS_HPP
#define DEVLINK_BENCHMARKS_BOARDS_HPP

#include <vector>

#include "families.hpp"

namespace bench {

/// The real machines of examples/boards, each a family of one size, by name. Their links are what holds back a probe
/// once the cycles are relaxed, a populating parent being a link as well: all competitors get the same acyclic list.
/// A file that can't be read ends the program.
std::vector<machine> read_boards();

} // namespace bench

#endif
