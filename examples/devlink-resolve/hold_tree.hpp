// SPDX-License-Identifier: MIT
#ifndef DEVLINK_EXAMPLES_DEVLINK_RESOLVE_HOLD_TREE_HPP
#define DEVLINK_EXAMPLES_DEVLINK_RESOLVE_HOLD_TREE_HPP

#include <cstddef>
#include <span>
#include <vector>

#include <devlink/model/forecast.hpp>
#include <devlink/model/id.hpp>
#include <devlink/resolve/plan.hpp>

#include "question.hpp"

namespace tool {

/// Why devices that don't come up don't: for each the one device that all ways from a root to it lead through.
///
/// A plan's cause is one chain; this tells which single change would be enough. Everything that is not up hangs, over
/// each need that holds it, from its supplier, and what does not come up on its own account (a driver that fails, is
/// absent or defers, a cycle) from a common top. In that graph a device's *dominators* are those that every way from
/// the top leads through: were one of them up, all below it would be. O((D + L) log D); allocates O(D + L).
class hold_tree {
public:
    /// Precondition: `plan` is the answer to `asked` with the forecast `expected`.
    hold_tree(const question& asked, const devlink::forecast& expected, const devlink::plan& plan);

    /// Whether `d` would not come up even with all its suppliers: its own driver, or a cycle.
    [[nodiscard]] bool is_root(devlink::device_id d) const { return nodes_[d.index()].is_root; }

    /// The nearest device above `d` that holds it however one looks at it; invalid if there is no single one.
    /// Precondition: `d` is not up.
    [[nodiscard]] devlink::device_id dominator(devlink::device_id d) const;

    /// The one link that holds `d`, if it is the only thing that does and would let go if it were optional; else an
    /// invalid id. Precondition: `d` is not up.
    [[nodiscard]] devlink::link_id only_link(devlink::device_id d) const;
    /// The supplier of only_link(d).
    [[nodiscard]] devlink::device_id only_supplier(devlink::device_id d) const;

    /// All roots from which a way leads to one of these devices, in registration order. O(D + L).
    [[nodiscard]] std::vector<devlink::device_id> roots_of(std::span<const devlink::device_id> devices) const;
    [[nodiscard]] std::vector<devlink::device_id> roots_of(devlink::device_id d) const {
        return roots_of(std::span(&d, 1));
    }

    /// For every device how much of `weight` (by device) hangs below it, itself included; 0 for devices that are up.
    [[nodiscard]] std::vector<std::size_t> weight_below(const std::vector<bool>& weight) const;

private:
    struct node {
        bool held = false; ///< it is not up
        bool is_root = false;
        std::size_t first_hold = 0; ///< in holds_
        std::size_t dominator = 0;
        std::size_t jump = 0; ///< a dominator further up, for logarithmic climbing
        std::size_t depth = 0;
    };
    struct hold {
        devlink::device_id supplier;
        devlink::link_id link;
        bool lets_go_if_optional;
    };

    std::vector<node> nodes_; ///< by device, and one more: the top
    std::vector<hold> holds_; ///< by device
    std::vector<std::size_t> order_;

    [[nodiscard]] std::size_t top() const { return nodes_.size() - 1; }
    void list_holds(const question& asked, const devlink::forecast& expected, const devlink::plan& plan);
    void sort();
    void find_dominators();
    void hang(std::size_t d, std::size_t below);
    [[nodiscard]] std::size_t meet(std::size_t a, std::size_t b) const;
};

} // namespace tool

#endif
