// SPDX-License-Identifier: MIT
#ifndef DEVLINK_EXAMPLES_DEVLINK_RESOLVE_CYCLE_TEXT_HPP
#define DEVLINK_EXAMPLES_DEVLINK_RESOLVE_CYCLE_TEXT_HPP

#include <devlink/resolve/plan.hpp>

#include "output.hpp"
#include "question.hpp"

namespace tool {

/// The links that the cycle rule relaxed, if there are any.
void print_relaxed(const question& asked, const devlink::plan& plan, output& out);

/// `a -> b -> a` for each cycle that nothing broke.
void print_open_cycles(const question& asked, const devlink::plan& plan, output& out);

} // namespace tool

#endif
