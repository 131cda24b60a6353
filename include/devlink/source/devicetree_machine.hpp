// SPDX-License-Identifier: MIT
#ifndef DEVLINK_SOURCE_DEVICETREE_MACHINE_HPP
#define DEVLINK_SOURCE_DEVICETREE_MACHINE_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <devlink/fwd.hpp>
#include <devlink/model/firmware.hpp>
#include <devlink/model/flags.hpp>
#include <devlink/model/forecast.hpp>
#include <devlink/model/graph.hpp>
#include <devlink/model/result.hpp>
#include <devlink/source/devicetree.hpp>
#include <devlink/source/devicetree_firmware.hpp>
#include <devlink/source/devicetree_options.hpp>
#include <devlink/source/machine.hpp>
#include <devlink/source/source_error.hpp>

namespace devlink::source {

/// The work behind machine_of(devicetree): devices, then the links of each.
class devicetree_machine_builder {
public:
    devicetree_machine_builder(const devicetree& tree, const firmware_tree& firmware, const devicetree_options& options)
        : tree_{tree}
        , firmware_{firmware}
        , options_{options}
        , text_left_{65536 + tree.blob_size() * 2}
        , links_left_{4096 + tree.blob_size() / 16} {}

    [[nodiscard]] result<machine, source_error> build() {
        if (const std::optional<devicetree_value> model = tree_.value(devicetree::root(), "model"))
            made_.name = model->text().substr(0, 256);
        made_.graph.reserve(firmware_.devices().size(), 0);
        find_devices();
        for (std::size_t d = 0; d < firmware_.devices().size(); ++d)
            if (!add_device(device_id{d})) return std::move(error_);
        collect_ignored();
        for (std::size_t d = 0; d < firmware_.devices().size(); ++d)
            if (!add_links(firmware_.devices()[d].node)) return std::move(error_);
        sort_origins();
        made_.forecast = forecast(made_.graph);
        return std::move(made_);
    }

private:
    using node_pair = std::pair<node_id, node_id>;
    static constexpr std::size_t longest_origin = 4096;

    bool fail(std::string_view message) {
        error_.message = message;
        return false;
    }

    /// By node: the device at it or, failing that, the nearest one above it.
    void find_devices() {
        device_at_or_above_.assign(tree_.node_count(), device_id{});
        for (std::size_t d = 0; d < firmware_.devices().size(); ++d)
            device_at_or_above_[firmware_.devices()[d].node.index()] = device_id{d};
        for (std::size_t n = 1; n < tree_.node_count(); ++n)
            if (!device_at_or_above_[n].valid())
                device_at_or_above_[n] = device_at_or_above_[tree_.parent(node_id{n}).index()];
    }
    [[nodiscard]] device_id device_of(node_id n) const { return device_at_or_above_[n.index()]; }
    [[nodiscard]] node_id node_of(device_id d) const { return firmware_.devices()[d.index()].node; }
    [[nodiscard]] bool is_device(node_id n) const { return device_of(n).valid() && node_of(device_of(n)) == n; }

    /// A name that no device has yet. Two nodes of one path are two devices.
    [[nodiscard]] std::string name_of(node_id n) const {
        std::string name = options_.naming == device_naming::path ? tree_.path(n) : std::string{tree_.name(n)};
        if (options_.naming == device_naming::node_name)
            for (node_id up = tree_.parent(n); up.valid() && up != devicetree::root() && made_.graph.find(name).valid();
                 up = tree_.parent(up))
                name.insert(0, std::string{tree_.name(up)} + ':');
        if (!made_.graph.find(name).valid()) return name;
        return name + '#' + std::to_string(n.index());
    }

    bool add_device(device_id d) {
        const firmware_device& device = firmware_.devices()[d.index()];
        const std::string name = name_of(device.node);
        if (name.size() > text_left_) return fail("the devices' names are longer than the blob's size justifies");
        text_left_ -= name.size();
        const auto added = device.parent.valid() ? made_.graph.try_add_device(name, device.parent, device.kind)
                                                 : made_.graph.try_add_device(name);
        return added || fail(to_string(added.error().code));
    }

    /// The pairs that `post-init-providers` takes out, whichever properties name them too.
    void collect_ignored() {
        for (const firmware_reference& reference : firmware_.references())
            if (reference.kind == firmware_reference_kind::post_init)
                ignored_.emplace_back(reference.consumer, reference.supplier);
        std::ranges::sort(ignored_);
    }

    /// Adds the links for what the device's node names, and what its nodes that are no devices do: a bus reads its
    /// whole subtree, and so do a regulator's outputs or a port's endpoints speak for the device they are in.
    bool add_links(node_id device) {
        for (std::size_t i = device.index(); i < tree_.subtree_end(device);) {
            const node_id n{i};
            if (n != device && (is_device(n) || !firmware_.node(n).available)) {
                i = tree_.subtree_end(n);
                continue;
            }
            for (const firmware_reference& reference : firmware_.references(n))
                if (!add_link(reference)) return false;
            ++i;
        }
        return true;
    }

    bool add_link(const firmware_reference& reference) {
        using enum firmware_reference_kind;
        if (reference.kind == post_init) return true;
        link_flags flags = link_flag::inferred | link_flag::autoprobe_consumer;
        if (reference.kind == optional) {
            if (options_.optional_bindings == optional_binding_rule::as_linux) return true;
            if (options_.optional_bindings == optional_binding_rule::optional_supplier)
                flags |= link_flag::optional_supplier;
        }
        const device_id consumer = device_of(reference.consumer);
        const device_id supplier = device_of(reference.supplier);
        if (!consumer.valid() || !supplier.valid() || !can_supply(reference.supplier)) return true;
        // A device can't wait for what is inside of it: the kernel makes such a link one that holds nothing back.
        if (tree_.is_at_or_under(node_of(supplier), node_of(consumer))) return true;
        if (std::ranges::binary_search(ignored_, node_pair{reference.consumer, reference.supplier})) return true;

        const std::size_t before = made_.graph.link_count();
        const auto added = made_.graph.add_link(consumer, supplier, flags, unchecked);
        if (!added) return fail(to_string(added.error().code));
        if (made_.graph.link_count() != before && links_left_-- == 0)
            return fail("more links than the blob's size justifies");
        return add_origin(*added, tree_.property_name(reference.origin));
    }

    bool add_origin(link_id l, std::string_view property) {
        // A list of names that nobody would read to its end is not made longer.
        if (made_.origin(l).size() > longest_origin) return true;
        if (property.size() >= text_left_)
            return fail("the links' properties are longer than the blob's size justifies");
        const std::size_t before = made_.origin(l).size();
        made_.add_origin(l, property);
        text_left_ -= made_.origin(l).size() - before;
        return true;
    }

    /// By name, so that the same links read the same on every board.
    void sort_origins() {
        std::vector<std::string_view> names;
        for (std::string& origin : made_.origins) {
            names.clear();
            for (std::size_t at = 0; at <= origin.size(); at += names.back().size() + 1)
                names.push_back(std::string_view{origin}.substr(at, origin.find('+', at) - at));
            if (std::ranges::is_sorted(names)) continue;
            std::ranges::sort(names);
            std::string sorted;
            sorted.reserve(origin.size());
            for (const std::string_view name : names) (sorted += sorted.empty() ? "" : "+") += name;
            origin = std::move(sorted);
        }
    }

    /// Whether the supplier and all above it, as far as they are no devices, are available and were not set up by
    /// early code. Source: of_link_to_phandle(), fwnode_init_without_drv().
    [[nodiscard]] bool can_supply(node_id supplier) const {
        for (node_id up = supplier; up.valid() && !is_device(up); up = tree_.parent(up))
            if (!firmware_.node(up).available || firmware_.node(up).initialised) return false;
        return true;
    }

    const devicetree& tree_;
    const firmware_tree& firmware_;
    const devicetree_options& options_;
    std::vector<device_id> device_at_or_above_;
    std::vector<node_pair> ignored_;
    std::size_t text_left_;
    std::size_t links_left_;
    machine made_;
    source_error error_;
};

/// The machine that a device tree describes.
///
/// Its devices are those of `firmware`, those that only a driver makes (parent_kind::populates) behind the others; its
/// links are `inferred` and `autoprobe_consumer`, by consumer in the order of its properties, each with the names of
/// the properties that it comes from. Who names a supplier, and the supplier, are stood for by the nearest device at or
/// above; a supplier that no device stands for makes no link. Cycles are left for `resolve` to report or relax.
///
/// Returns an error where a hostile blob would make more links or longer names than its size justifies. Expected linear
/// in the blob and the links; allocates in proportion to the blob's size. `firmware` is of the same tree.
[[nodiscard]] inline result<machine, source_error> machine_of(const devicetree& tree, const firmware_tree& firmware,
                                                              const devicetree_options& options = {}) {
    return devicetree_machine_builder{tree, firmware, options}.build();
}

/// The machine that a device tree blob describes, or what is wrong with the blob. Needs the blob no longer once it
/// returns.
[[nodiscard]] inline result<machine, source_error> read_devicetree(std::span<const std::byte> blob,
                                                                   const devicetree_options& options = {}) {
    const result<devicetree, source_error> tree = devicetree::read(blob);
    if (!tree) return tree.error();
    const result<firmware_tree, source_error> firmware = read_firmware(*tree, options);
    if (!firmware) return firmware.error();
    return machine_of(*tree, *firmware, options);
}

} // namespace devlink::source

#endif
