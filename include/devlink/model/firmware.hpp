// SPDX-License-Identifier: MIT
#ifndef DEVLINK_MODEL_FIRMWARE_HPP
#define DEVLINK_MODEL_FIRMWARE_HPP

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <devlink/config.hpp>
#include <devlink/fwd.hpp>
#include <devlink/model/id.hpp>
#include <devlink/model/link.hpp>

namespace devlink {

/// What firmware says about a supplier.
enum class firmware_reference_kind : std::uint8_t {
    mandatory,
    optional,  ///< Linux ignores it unless fw_devlink.strict=1
    post_init, ///< not waited for; tells a cycle where to break
};

/// "This node names that one as its supplier", as it stands in the firmware.
struct firmware_reference {
    node_id consumer; ///< need not be the node whose property it is
    node_id supplier;
    firmware_reference_kind kind = firmware_reference_kind::mandatory;
    std::uint32_t origin = 0; ///< for people: the source's number of the property

    friend constexpr bool operator==(const firmware_reference&, const firmware_reference&) noexcept = default;
};

/// Which bus a device is on, as far as firmware tells.
enum class firmware_bus : std::uint8_t {
    platform,
    amba,
    unknown, ///< made by the driver of a device above
};

/// A node that is a device, or that its parent's driver makes one.
struct firmware_device {
    node_id node;
    device_id parent; ///< its place in the list of devices; the parent stands before its children
    parent_kind kind = parent_kind::contains;
    firmware_bus bus = firmware_bus::platform;
    bool plain_bus = false; ///< the kernel's driver for plain buses matches it
    bool binds = false;     ///< that driver does not refuse it
};

/// A node of a firmware tree.
struct firmware_node {
    node_id parent;
    std::uint32_t end = 0;             ///< one more than the number of the last node under it
    std::uint32_t first_reference = 0; ///< its references end where the next node's begin
    bool available = true;
    bool initialised = false; ///< set up by early code that makes no device of it
};

/// What firmware says of a machine, as flat arrays and without a word of text: nodes in tree order, the suppliers that
/// each names in the order of its properties, and which nodes are devices, in the order in which they are registered.
///
/// Whoever reads firmware fills it (see source/), fw_devlink plays it (see driver_core/). Nodes are added in tree
/// order, and each node's references directly after it.
class firmware_tree {
public:
    [[nodiscard]] std::size_t node_count() const noexcept { return nodes_.size(); }
    [[nodiscard]] const firmware_node& node(node_id n) const {
        DEVLINK_ASSERT(n.index() < nodes_.size());
        return nodes_[n.index()];
    }
    [[nodiscard]] bool is_at_or_under(node_id n, node_id above) const {
        return n.index() >= above.index() && n.index() < node(above).end;
    }

    /// The suppliers that the properties of `n` name, in order. A pair may stand there more than once.
    [[nodiscard]] std::span<const firmware_reference> references(node_id n) const {
        const std::size_t first = node(n).first_reference;
        const std::size_t last =
            n.index() + 1 < nodes_.size() ? nodes_[n.index() + 1].first_reference : references_.size();
        return std::span{references_}.subspan(first, last - first);
    }
    [[nodiscard]] std::span<const firmware_reference> references() const noexcept { return references_; }
    [[nodiscard]] std::span<const firmware_device> devices() const noexcept { return devices_; }

    void reserve(std::size_t nodes, std::size_t references) {
        nodes_.reserve(nodes);
        references_.reserve(references);
    }

    /// Adds the next node in tree order. Precondition: its parent is the one added last or one above that.
    node_id add_node(node_id above, bool available = true, bool initialised = false) {
        const node_id self{nodes_.size()};
        nodes_.push_back({above, static_cast<std::uint32_t>(self.index() + 1),
                          static_cast<std::uint32_t>(references_.size()), available, initialised});
        for (node_id up = above; up.valid(); up = nodes_[up.index()].parent) ++nodes_[up.index()].end;
        return self;
    }

    /// Adds a reference to those of the node added last.
    void add_reference(const firmware_reference& reference) { references_.push_back(reference); }

    /// Adds a device. Precondition: its parent, if it has one, was added before.
    device_id add_device(const firmware_device& device) {
        DEVLINK_ASSERT(!device.parent.valid() || device.parent.index() < devices_.size());
        devices_.push_back(device);
        return device_id{devices_.size() - 1};
    }

private:
    std::vector<firmware_node> nodes_;
    std::vector<firmware_reference> references_;
    std::vector<firmware_device> devices_;
};

} // namespace devlink

#endif
