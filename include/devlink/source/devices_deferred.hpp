// SPDX-License-Identifier: MIT
#ifndef DEVLINK_SOURCE_DEVICES_DEFERRED_HPP
#define DEVLINK_SOURCE_DEVICES_DEFERRED_HPP

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include <devlink/model/result.hpp>
#include <devlink/source/deferral_reason.hpp>
#include <devlink/source/source_error.hpp>

namespace devlink::source {

/// A line of /sys/kernel/debug/devices_deferred.
struct deferred_device {
    std::string_view name;
    deferral_reason reason; ///< empty before 5.10, which does not print it, and where the driver gave none
    std::size_t line = 0;   ///< from 1
};

/// Reads the text of /sys/kernel/debug/devices_deferred: NAME, a tab, REASON on each line, in the order in which they
/// are tried. The views are into `text`, which must outlive the result. Returns an error, with its line, for a line
/// that has a reason but no name. Linear; allocates what the devices need. Source: deferred_devs_show().
[[nodiscard]] inline result<std::vector<deferred_device>, source_error> read_devices_deferred(std::string_view text) {
    std::vector<deferred_device> devices;
    std::size_t number = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        ++number;
        while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
        if (line.empty() || line == "\t") continue;
        const std::size_t tab = std::min(line.find('\t'), line.size());
        if (tab == 0) {
            source_error error;
            error.message = "a reason without a device";
            error.line = number;
            return error;
        }
        deferred_device device;
        device.name = line.substr(0, tab);
        device.line = number;
        if (tab < line.size()) device.reason = read_deferral_reason(line.substr(tab + 1));
        devices.push_back(device);
    }
    return devices;
}

} // namespace devlink::source

#endif
