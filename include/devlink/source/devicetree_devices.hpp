// SPDX-License-Identifier: MIT
#ifndef DEVLINK_SOURCE_DEVICETREE_DEVICES_HPP
#define DEVLINK_SOURCE_DEVICETREE_DEVICES_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include <devlink/fwd.hpp>
#include <devlink/model/firmware.hpp>
#include <devlink/source/devicetree.hpp>
#include <devlink/source/devicetree_address.hpp>
#include <devlink/source/devicetree_match.hpp>

namespace devlink::source {

/// Says which nodes of a tree are devices, in the order in which they are registered.
///
/// First those that exist before any driver binds, which the tree alone decides; then those that the driver of a device
/// above is expected to make, in tree order: each available node with `compatible` under a device.
/// Source: of_platform_default_populate_init().
class devicetree_devices {
public:
    /// Adds the devices to `firmware`, whose nodes are those of `tree`. Both must outlive this object's use.
    devicetree_devices(const devicetree& tree, firmware_tree& firmware)
        : tree_{tree}
        , firmware_{firmware}
        , device_of_(tree.node_count(), none)
        , entered_(tree.node_count(), false) {}

    /// Linear in the nodes, logarithmic more for AMBA devices. Allocates 5 bytes a node.
    void add_all() {
        if (tree_.node_count() == 0) return;
        add_reserved_memory();
        firmware_node_ = tree_.find_path("/firmware");
        if (firmware_node_.valid()) visit_under(firmware_node_);
        add_framebuffer();
        visit_under(devicetree::root());
        add_populated();
    }

private:
    static constexpr std::uint32_t none = static_cast<std::uint32_t>(-1);

    // Source: reserved_mem_matches.
    static constexpr std::array<std::string_view, 7> reserved_memory{
        "phram", "qcom,rmtfs-mem", "qcom,cmd-db", "qcom,smem", "ramoops", "nvmem-rmem", "google,open-dice"};

    [[nodiscard]] bool taken(node_id n) const { return device_of_[n.index()] != none || firmware_.node(n).initialised; }

    void add(node_id n, firmware_bus bus, parent_kind kind, std::uint32_t above) {
        firmware_device device;
        device.node = n;
        device.parent = device_id{above};
        device.kind = kind;
        device.bus = bus;
        device.plain_bus = bus != firmware_bus::amba && compatible_with_any(tree_, n, plain_bus_compatibles);
        device.binds = device.plain_bus && first_compatible_is_plain_bus(tree_, n);
        device_of_[n.index()] = static_cast<std::uint32_t>(firmware_.add_device(device).index());
    }

    void add_reserved_memory() {
        for (std::size_t i = 0; i < tree_.node_count(); ++i) {
            const node_id n{i};
            if (compatible_with_any(tree_, n, reserved_memory) && tree_.available(n) && !taken(n))
                add(n, firmware_bus::platform, parent_kind::contains, none);
        }
    }

    void add_framebuffer() {
        node_id chosen = tree_.find_path("/chosen");
        if (!chosen.valid()) chosen = tree_.find_path("/chosen@0");
        if (!chosen.valid()) return;
        node_id found;
        tree_.for_each_child(chosen, [&](node_id child) {
            if (!found.valid() && compatible_with(tree_, child, "simple-framebuffer")) found = child;
        });
        if (found.valid() && tree_.available(found) && !taken(found))
            add(found, firmware_bus::platform, parent_kind::contains, none);
    }

    /// Visits what lies under `top` as far as buses are entered. Parents have lower numbers than their children, so
    /// that walking the numbers upwards is the depth-first walk.
    void visit_under(node_id top) {
        entered_[top.index()] = true;
        for (std::size_t i = top.index() + 1; i < tree_.subtree_end(top);) {
            const node_id n{i};
            const node_id above = tree_.parent(n);
            // `/firmware` has had its turn. Where a node is not entered there is nothing to look at under it.
            if (n != firmware_node_ && entered_[above.index()]) visit(n, device_of_[above.index()]);
            i = n != firmware_node_ && entered_[i] ? i + 1 : tree_.subtree_end(n);
        }
    }

    /// Source: of_platform_bus_create().
    void visit(node_id n, std::uint32_t above) {
        if (!tree_.has(n, "compatible") || compatible_with(tree_, n, "operating-points-v2")) return;
        if (compatible_with(tree_, n, "arm,primecell")) {
            if (tree_.available(n) && !taken(n) && claim_address(n))
                add(n, firmware_bus::amba, parent_kind::contains, above);
            return;
        }
        if (!tree_.available(n) || taken(n)) return;
        add(n, firmware_bus::platform, parent_kind::contains, above);
        entered_[n.index()] = compatible_with_any(tree_, n, plain_bus_compatibles);
    }

    /// Whether the AMBA device's addresses translate and overlap no other's; if so they are taken.
    /// Source: amba_device_add(), request_resource().
    [[nodiscard]] bool claim_address(node_id n) {
        const std::optional<address_range> range = translate_address(tree_, n);
        if (!range || range->size == 0 || range->size - 1 > ~std::uint64_t{0} - range->start) return false;
        const std::uint64_t last = range->start + (range->size - 1);
        const auto behind = claimed_.upper_bound(last);
        if (behind != claimed_.begin() && std::prev(behind)->second >= range->start) return false;
        claimed_.emplace(range->start, last);
        return true;
    }

    void add_populated() {
        for (std::size_t i = 1; i < tree_.node_count();) {
            const node_id n{i};
            if (device_of_[i] == none) {
                // The device above, through nodes that are none.
                const std::uint32_t above = device_of_above(n);
                const bool open = above != none && tree_.available(n) && !firmware_.node(n).initialised;
                if (above != none && !open) {
                    i = tree_.subtree_end(n);
                    continue;
                }
                if (open && tree_.has(n, "compatible") && !compatible_with(tree_, n, "operating-points-v2"))
                    add(n, firmware_bus::unknown, parent_kind::populates, above);
            }
            ++i;
        }
    }

    [[nodiscard]] std::uint32_t device_of_above(node_id n) const {
        for (node_id up = tree_.parent(n); up.valid(); up = tree_.parent(up))
            if (device_of_[up.index()] != none) return device_of_[up.index()];
        return none;
    }

    const devicetree& tree_;
    firmware_tree& firmware_;
    std::vector<std::uint32_t> device_of_;
    std::vector<bool> entered_;
    node_id firmware_node_;
    std::map<std::uint64_t, std::uint64_t> claimed_; ///< addresses of AMBA devices: first and last of each
};

} // namespace devlink::source

#endif
