// SPDX-License-Identifier: MIT
#ifndef DEVLINK_SOURCE_DEVICETREE_OPTIONS_HPP
#define DEVLINK_SOURCE_DEVICETREE_OPTIONS_HPP

#include <cstdint>
#include <span>
#include <string_view>

namespace devlink::source {

/// What becomes of the bindings that Linux calls optional: `iommus`, `iommu-map`, `dmas`.
enum class optional_binding_rule : std::uint8_t {
    optional_supplier, ///< waited for while that can help, and no longer
    strict,            ///< waited for like any other, as with fw_devlink.strict=1
    as_linux,          ///< left out, as Linux does by default
};

/// How the devices of a device tree are called.
enum class device_naming : std::uint8_t {
    path,      ///< `/soc/serial@7e201000`: the path of the node
    node_name, ///< `serial@7e201000`: the node's name, behind `PARENT:` where two devices would have the same
};

/// What read_devicetree() is asked for.
struct devicetree_options {
    optional_binding_rule optional_bindings = optional_binding_rule::optional_supplier;
    device_naming naming = device_naming::path;

    /// Compatible strings, or paths, of nodes that early code sets up without a device: interrupt controllers, clocks,
    /// timers. The blob can't tell; which they are is a matter of the drivers that a kernel has built in.
    std::span<const std::string_view> initialised{};
};

} // namespace devlink::source

#endif
