// SPDX-License-Identifier: MIT
#ifndef DEVLINK_EXAMPLES_DEVLINK_RESOLVE_CHANGES_HPP
#define DEVLINK_EXAMPLES_DEVLINK_RESOLVE_CHANGES_HPP

#include <vector>

#include <devlink/model/id.hpp>
#include <devlink/policy/options.hpp>
#include <devlink/resolve/plan.hpp>

#include "question.hpp"

namespace tool {

/// A link by its ends.
struct link_ends {
    devlink::link_id link;
    devlink::device_id consumer;
    devlink::device_id supplier;
};

/// What would bring up a device that does not come up.
struct changes {
    std::vector<link_ends> links;          ///< making any one of these optional is enough; nearest to the device first
    std::vector<devlink::device_id> roots; ///< these have to come up, all of them, if no link is touched
};

/// Finds the changes for `d`, which is not up in `plan`, the answer to `asked` by the rule `cycles`.
///
/// Where doom alone is at work a change is as good as the hold tree says. A device that defers for ever, or a cycle,
/// can make a repaired device worse for who could do without it; then each change is tried before it is named, and
/// links beyond the 64 nearest are left out. O((D + L) log D), then for each change tried as long as a plan takes.
changes find_changes(const question& asked, const devlink::plan& plan, devlink::cycle_rule cycles,
                     devlink::device_id d);

} // namespace tool

#endif
