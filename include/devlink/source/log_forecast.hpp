// SPDX-License-Identifier: MIT
#ifndef DEVLINK_SOURCE_LOG_FORECAST_HPP
#define DEVLINK_SOURCE_LOG_FORECAST_HPP

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include <devlink/model/forecast.hpp>
#include <devlink/model/graph.hpp>
#include <devlink/model/id.hpp>
#include <devlink/source/boot_log.hpp>
#include <devlink/source/deferral_reason.hpp>
#include <devlink/source/device_aliases.hpp>
#include <devlink/source/devices_deferred.hpp>
#include <devlink/source/machine.hpp>

namespace devlink::source {

/// The device of a machine that a log calls `name`: by its own name, or by one of `aliases`.
[[nodiscard]] inline device_id find_logged_device(const machine& m, const device_aliases& aliases,
                                                  std::string_view name) {
    const device_id d = m.graph.find(name);
    return d.valid() ? d : aliases.find(name);
}

/// How well a log and a machine go together.
struct log_match {
    std::size_t matched = 0;      ///< devices of the log that are devices of the machine
    std::size_t unknown = 0;      ///< devices of the log that are not
    std::vector<device_id> bound; ///< in the order of binds
};

/// Forecasts for `d` what was seen of it: that it waits for ever, unless for a supplier that the graph has it waiting
/// for as well, for then the supplier is the cause.
inline void forecast_deferral(machine& m, const device_aliases& aliases, device_id d, const deferral_reason& reason) {
    if (!reason.supplier.empty()) {
        const device_id s = find_logged_device(m, aliases, reason.supplier);
        if (s.valid() && m.graph.find_link(d, s).valid()) return;
    }
    m.forecast.set(d, outcome::defer);
}

/// Makes the forecast of a machine what a boot's log tells: who failed fails, who was still deferred defers for ever
/// (see forecast_deferral()), and what a probe costs is what its last attempt took, in microseconds. Of what the log
/// does not speak nothing is changed: a log may be cut off, and says nothing of most binds by default. Expected linear
/// in the log's devices; allocates. Precondition: the forecast was made for the graph.
inline log_match apply_log(machine& m, const boot_log& log, const device_aliases& aliases = {}) {
    log_match match;
    std::vector<device_id> devices;
    devices.reserve(log.devices.size());
    for (const logged_device& logged : log.devices) {
        const device_id d = find_logged_device(m, aliases, logged.name);
        devices.push_back(d);
        ++(d.valid() ? match.matched : match.unknown);
        if (!d.valid()) continue;
        if (logged.timed_attempts > 0) m.forecast.set_cost(d, logged.last_microseconds);
        if (logged.state == logged_state::bound) m.forecast.set(d, outcome::ok);
        if (logged.state == logged_state::failed) m.forecast.set(d, outcome::fail);
        if (logged.state == logged_state::deferred) forecast_deferral(m, aliases, d, logged.reason);
    }
    for (const std::size_t number : log.bound)
        if (devices[number].valid()) match.bound.push_back(devices[number]);
    return match;
}

/// The same for the text of devices_deferred: whoever stands in it defers for ever, or waits for a supplier.
inline log_match apply_deferred(machine& m, std::span<const deferred_device> deferred,
                                const device_aliases& aliases = {}) {
    log_match match;
    for (const deferred_device& device : deferred) {
        const device_id d = find_logged_device(m, aliases, device.name);
        ++(d.valid() ? match.matched : match.unknown);
        if (d.valid()) forecast_deferral(m, aliases, d, device.reason);
    }
    return match;
}

} // namespace devlink::source

#endif
