// SPDX-License-Identifier: MIT
#ifndef DEVLINK_SOURCE_DEVICETREE_FIRMWARE_HPP
#define DEVLINK_SOURCE_DEVICETREE_FIRMWARE_HPP

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include <devlink/fwd.hpp>
#include <devlink/model/firmware.hpp>
#include <devlink/model/result.hpp>
#include <devlink/source/devicetree.hpp>
#include <devlink/source/devicetree_devices.hpp>
#include <devlink/source/devicetree_match.hpp>
#include <devlink/source/devicetree_options.hpp>
#include <devlink/source/devicetree_references.hpp>
#include <devlink/source/source_error.hpp>

namespace devlink::source {

/// What a device tree says of the machine's devices and their suppliers, as fw_devlink needs it: nodes numbered as in
/// `tree`, the origin of each reference being the number of its property there. What a property says twice in a row,
/// as one with many interrupts does, stands there once.
///
/// Returns an error if the tree names more suppliers, or if its interrupts take more steps to translate, than its size
/// justifies. Linear in the blob apart from that. Allocates at most six times the blob's size, and some.
[[nodiscard]] inline result<firmware_tree, source_error> read_firmware(const devicetree& tree,
                                                                       const devicetree_options& options = {}) {
    const auto refuse = [](const char* message) {
        source_error error;
        error.message = message;
        return error;
    };
    devicetree_references references{tree};
    const auto for_each_reference = [&](node_id n, auto&& visit) {
        firmware_reference last;
        references.for_each(n, [&](const firmware_reference& next) {
            if (next == last) return;
            visit(next);
            last = next;
        });
    };
    std::size_t count = 0;
    for (std::size_t n = 0; n < tree.node_count(); ++n)
        for_each_reference(node_id{n}, [&](const firmware_reference&) { ++count; });
    // The densest real board has one in 51 bytes.
    if (count > 4096 + tree.blob_size() / 16) return refuse("more suppliers are named than the blob's size justifies");

    std::vector<node_id> initialised_paths;
    for (const std::string_view path : options.initialised)
        if (const node_id n = tree.find_path(path); n.valid()) initialised_paths.push_back(n);

    firmware_tree firmware;
    firmware.reserve(tree.node_count(), count);
    for (std::size_t i = 0; i < tree.node_count(); ++i) {
        const node_id n{i};
        const bool initialised =
            !options.initialised.empty() && (compatible_with_any(tree, n, options.initialised) ||
                                             std::ranges::find(initialised_paths, n) != initialised_paths.end());
        firmware.add_node(tree.parent(n), tree.available(n), initialised);
        for_each_reference(n, [&](const firmware_reference& reference) { firmware.add_reference(reference); });
    }
    if (references.exhausted()) return refuse("interrupts take more steps to translate than the blob's size justifies");
    devicetree_devices{tree, firmware}.add_all();
    return firmware;
}

} // namespace devlink::source

#endif
