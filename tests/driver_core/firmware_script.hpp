// SPDX-License-Identifier: MIT
#ifndef DEVLINK_TESTS_DRIVER_CORE_FIRMWARE_SCRIPT_HPP
#define DEVLINK_TESTS_DRIVER_CORE_FIRMWARE_SCRIPT_HPP

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <devlink/driver_core/fw_devlink_options.hpp>
#include <devlink/model/firmware.hpp>

namespace devlink::test {

/// A firmware tree written down by names. Suppliers may be named before they are there; made() puts all together.
class firmware_script {
public:
    struct entry {
        std::string name = {};
        std::string above = {}; ///< empty: the root
        bool is_device = true;
        std::vector<std::string> needs = {}; ///< `?` in front: optional; `!`: not waited for
        bool available = true;
        bool initialised = false;
        bool bus = false;       ///< a plain bus, whose driver binds
        bool populated = false; ///< made by the driver of the device above
    };

    /// Entries in tree order. What stands in a line `.name = "x", .above = "y"` needs no more.
    explicit firmware_script(std::initializer_list<entry> entries)
        : entries_{entries} {}

    [[nodiscard]] node_id node(std::string_view name) const {
        for (std::size_t i = 0; i < entries_.size(); ++i)
            if (entries_[i].name == name) return node_id{i + 1};
        return node_id{0};
    }
    [[nodiscard]] std::string name(node_id n) const {
        if (!n.valid()) return "-";
        return n.index() == 0 ? "/" : entries_[n.index() - 1].name;
    }

    [[nodiscard]] firmware_tree made() const {
        firmware_tree tree;
        tree.add_node({});
        for (const entry& e : entries_) {
            const node_id self = tree.add_node(node(e.above), e.available, e.initialised);
            for (const std::string& need : e.needs) {
                const bool optional = need[0] == '?';
                const bool ignored = need[0] == '!';
                const auto kind = optional  ? firmware_reference_kind::optional
                                  : ignored ? firmware_reference_kind::post_init
                                            : firmware_reference_kind::mandatory;
                tree.add_reference({self, node(std::string_view{need}.substr(optional || ignored ? 1 : 0)), kind, 0});
            }
        }
        for (const bool populated : {false, true})
            for (std::size_t i = 0; i < entries_.size(); ++i) {
                const entry& e = entries_[i];
                if (!e.is_device || e.initialised || e.populated != populated) continue;
                firmware_device device;
                device.node = node_id{i + 1};
                device.kind = populated ? parent_kind::populates : parent_kind::contains;
                device.plain_bus = device.binds = e.bus;
                for (std::size_t k = 0; k < tree.devices().size(); ++k)
                    if (tree.devices()[k].node == node(e.above)) device.parent = device_id{k};
                tree.add_device(device);
            }
        return tree;
    }

    /// The place of a node's device in the tree's list.
    [[nodiscard]] static device_id device(const firmware_tree& tree, node_id n) {
        const auto found = std::ranges::find(tree.devices(), n, &firmware_device::node);
        return device_id{found - tree.devices().begin()};
    }

private:
    std::vector<entry> entries_;
};

/// Writes events down by names: `cycle a b; fixed a b`, without some kinds that would only be noise.
class event_text {
public:
    explicit event_text(const firmware_script& script)
        : script_{script} {}

    void on_fw_devlink(fw_devlink_event event, node_id a, node_id b) {
        if (!text_.empty()) text_ += "; ";
        (((text_ += to_string(event)) += ' ') += script_.name(a));
        if (b.valid()) (text_ += ' ') += script_.name(b);
    }
    /// What was written since the last call.
    [[nodiscard]] std::string take() { return std::exchange(text_, {}); }

private:
    const firmware_script& script_;
    std::string text_;
};

} // namespace devlink::test

#endif
