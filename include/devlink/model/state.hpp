// SPDX-License-Identifier: MIT
#ifndef DEVLINK_MODEL_STATE_HPP
#define DEVLINK_MODEL_STATE_HPP

#include <cstdint>
#include <string_view>

namespace devlink {

/// Where a link stands. Names and values are those of the kernel's enum device_link_state.
enum class link_state : std::int8_t {
    none = -1,       ///< not managed
    dormant,         ///< the supplier has no driver
    available,       ///< the supplier is bound, the consumer is not
    consumer_probe,  ///< the consumer is probing
    active,          ///< both are bound
    supplier_unbind, ///< the supplier is unbinding
};

/// What the core has recorded of a device's driver. Names and values are those of the kernel's enum dl_dev_state.
/// `probing` outlives an attempt that was deferred for a supplier: it does not mean that a probe is running.
enum class device_status : std::uint8_t { no_driver, probing, driver_bound, unbinding };

[[nodiscard]] constexpr std::string_view to_string(link_state state) noexcept {
    switch (state) {
    case link_state::none:
        return "none";
    case link_state::dormant:
        return "dormant";
    case link_state::available:
        return "available";
    case link_state::consumer_probe:
        return "consumer_probe";
    case link_state::active:
        return "active";
    case link_state::supplier_unbind:
        return "supplier_unbind";
    }
    return {};
}

[[nodiscard]] constexpr std::string_view to_string(device_status status) noexcept {
    switch (status) {
    case device_status::no_driver:
        return "no_driver";
    case device_status::probing:
        return "probing";
    case device_status::driver_bound:
        return "driver_bound";
    case device_status::unbinding:
        return "unbinding";
    }
    return {};
}

} // namespace devlink

#endif
