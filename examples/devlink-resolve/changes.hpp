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

/// What would have to be different about one device.
struct repair {
    devlink::device_id device;
    bool driver = false; ///< its driver would have to be there, and to work
    /// The cycle through it would have to be broken: no link between the devices that need each other, it among them,
    /// would hold back a probe any more.
    bool cycle = false;
};

/// What would bring up a device that does not come up.
struct changes {
    std::vector<link_ends> links; ///< making any one of these optional is enough; nearest to the device first
    std::vector<repair> repairs;  ///< all of these together are enough if no link is touched; in registration order
};

/// Finds the changes for `d`, which is not bound in `plan`, the answer to `asked` by the rule `cycles`. For a device
/// that is degraded these are the repairs with which it lacks nothing.
///
/// Where doom alone is at work a change is as good as the hold tree says. A device that defers for ever, or a cycle,
/// can make a repaired device worse for who could do without it, and a repair can lay a cycle open; then changes are
/// tried before they are named, and links beyond the 64 nearest are left out. By cycle_rule::relax_optional links on
/// cycles that nothing breaks are tried, too, up to 64. O((D + L) log D), then for each change tried as long as a plan
/// takes.
changes find_changes(const question& asked, const devlink::plan& plan, devlink::cycle_rule cycles,
                     devlink::device_id d);

} // namespace tool

#endif
