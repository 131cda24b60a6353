// SPDX-License-Identifier: MIT
#ifndef DEVLINK_DRIVER_CORE_FW_DEVLINK_NODES_HPP
#define DEVLINK_DRIVER_CORE_FW_DEVLINK_NODES_HPP

#include <cstddef>
#include <vector>

#include <devlink/fwd.hpp>
#include <devlink/model/firmware.hpp>
#include <devlink/model/id.hpp>

namespace devlink::detail::fw {

/// Which nodes of a firmware tree have devices by now. 5 bytes a node, 4 a device.
class node_devices {
public:
    /// Precondition: `tree` outlives this object.
    explicit node_devices(const firmware_tree& tree)
        : tree_{tree}
        , device_of_(tree.node_count())
        , is_no_device_(tree.node_count(), false) {}

    [[nodiscard]] const firmware_tree& tree() const noexcept { return tree_; }

    /// The device of a node, or one that is not valid. Constant time.
    [[nodiscard]] device_id device_of(node_id n) const { return device_of_[n.index()]; }
    /// The node that a device is of, or one that is not valid. Constant time.
    [[nodiscard]] node_id node_of(device_id d) const {
        return d.index() < node_of_.size() ? node_of_[d.index()] : node_id{};
    }

    /// Notes that `d` is of node `n`. Returns false, and notes nothing, if the node has a device. Amortised constant
    /// time.
    bool add(device_id d, node_id n) {
        if (node_of_.size() <= d.index()) node_of_.resize(d.index() + 1);
        if (device_of_[n.index()].valid()) return false;
        node_of_[d.index()] = n;
        device_of_[n.index()] = d;
        return true;
    }

    /// The device of the nearest node above, itself not counted. Source: fwnode_get_next_parent_dev().
    [[nodiscard]] device_id device_above(node_id n) const {
        for (node_id up = tree_.node(n).parent; up.valid(); up = tree_.node(up).parent)
            if (device_of(up).valid()) return device_of(up);
        return {};
    }

    /// Whether the node, and all above it as far as they are no devices, are available. Source: of_link_to_phandle().
    [[nodiscard]] bool can_supply(node_id supplier) const {
        for (node_id up = supplier; up.valid() && !device_of(up).valid(); up = tree_.node(up).parent)
            if (!tree_.node(up).available) return false;
        return true;
    }

    /// Notes that the node will not become a device: one above stands for it.
    void set_no_device(node_id n) { is_no_device_[n.index()] = true; }
    /// The device that stands for a supplier, or one that is not valid while it may still get its own.
    [[nodiscard]] device_id standing_for(node_id n) const {
        return is_no_device_[n.index()] ? device_above(n) : device_of(n);
    }

    /// Calls `enter(n)` for the available nodes below `n` in tree order; what lies below a node is passed over if the
    /// call returns false. Nodes are numbered in tree order, so the walk is a loop.
    template <class Enter>
    void for_each_available_below(node_id n, Enter&& enter) const {
        for (std::size_t i = n.index() + 1; i < tree_.node(n).end;) {
            const node_id below{i};
            i = tree_.node(below).available && enter(below) ? i + 1 : tree_.node(below).end;
        }
    }

private:
    const firmware_tree& tree_;
    std::vector<device_id> device_of_; ///< by node
    std::vector<node_id> node_of_;     ///< by device
    std::vector<bool> is_no_device_;
};

} // namespace devlink::detail::fw

#endif
