// SPDX-License-Identifier: MIT
#ifndef DEVLINK_SOURCE_DEVICETREE_DRIVERS_HPP
#define DEVLINK_SOURCE_DEVICETREE_DRIVERS_HPP

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <devlink/fwd.hpp>
#include <devlink/model/firmware.hpp>
#include <devlink/source/devicetree.hpp>
#include <devlink/source/devicetree_match.hpp>

namespace devlink::source {

/// Which driver matches each device, for firmware_boot: `compatibles[k]` is what driver k matches. A device gets the
/// number of the first that is among its compatible strings, or -1 as an unsigned number. Linear in the devices, their
/// strings and the drivers; allocates 4 bytes a device.
[[nodiscard]] inline std::vector<std::uint32_t> match_drivers(const devicetree& tree, const firmware_tree& firmware,
                                                              std::span<const std::string_view> compatibles) {
    std::vector<std::uint32_t> drivers;
    drivers.reserve(firmware.devices().size());
    for (const firmware_device& device : firmware.devices()) {
        std::size_t k = 0;
        while (k < compatibles.size() && !compatible_with(tree, device.node, compatibles[k])) ++k;
        drivers.push_back(k < compatibles.size() ? static_cast<std::uint32_t>(k) : static_cast<std::uint32_t>(-1));
    }
    return drivers;
}

} // namespace devlink::source

#endif
