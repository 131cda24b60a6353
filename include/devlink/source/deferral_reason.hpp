// SPDX-License-Identifier: MIT
#ifndef DEVLINK_SOURCE_DEFERRAL_REASON_HPP
#define DEVLINK_SOURCE_DEFERRAL_REASON_HPP

#include <string_view>

namespace devlink::source {

/// Why the kernel says that a device waits.
struct deferral_reason {
    std::string_view text;   ///< the whole, without the driver's name in front; empty if there is none
    std::string_view driver; ///< whose words these are: a driver, or a bus where none was asked yet
    std::string_view
        supplier; ///< the device or the node path of the supplier waited for; empty if it is something else
};

/// Takes such a reason apart: `platform: supplier 2-0042 not ready`, `platform: wait for supplier /phy@1/usb`,
/// `dwc2: error getting phy`, `(reason unknown)`. The views are into `text`. Linear, no allocation.
/// Source: device_links_check_suppliers(), device_set_deferred_probe_reason().
[[nodiscard]] constexpr deferral_reason read_deferral_reason(std::string_view text) noexcept {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' ')) text.remove_suffix(1);
    deferral_reason reason;
    if (text == "(reason unknown)") return reason;
    if (const std::size_t colon = text.find(": "); colon != std::string_view::npos) {
        reason.driver = text.substr(0, colon);
        text.remove_prefix(colon + 2);
    }
    reason.text = text;
    constexpr std::string_view deferral = "probe deferral - "; // up to 5.x
    constexpr std::string_view supplier = "supplier ";
    constexpr std::string_view not_ready = " not ready";
    constexpr std::string_view wait = "wait for supplier ";
    if (text.starts_with(deferral)) text.remove_prefix(deferral.size());
    if (text.starts_with(supplier) && text.ends_with(not_ready) && text.size() > supplier.size() + not_ready.size())
        reason.supplier = text.substr(supplier.size(), text.size() - supplier.size() - not_ready.size());
    else if (text.starts_with(wait))
        reason.supplier = text.substr(wait.size());
    return reason;
}

} // namespace devlink::source

#endif
