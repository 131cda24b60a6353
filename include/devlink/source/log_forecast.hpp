// SPDX-License-Identifier: MIT
#ifndef DEVLINK_SOURCE_LOG_FORECAST_HPP
#define DEVLINK_SOURCE_LOG_FORECAST_HPP

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include <devlink/model/flags.hpp>
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

} // namespace devlink::source

namespace devlink::detail {

/// Forecasts what a file says of deferrals, once it is known of whom it tells.
class deferral_forecast {
public:
    deferral_forecast(source::machine& m, const source::device_aliases& aliases)
        : machine_{m}
        , aliases_{aliases}
        , told_(m.graph.device_count()) {}

    /// The file says itself what became of `d`.
    void tell(device_id d) { told_[d.index()] = true; }

    /// The file says that `d` is deferred. Where the graph has it waiting for the supplier that is named, its own
    /// forecast stays, for the supplier is the cause; otherwise it waits for ever.
    void defer(device_id d, const source::deferral_reason& reason) {
        tell(d);
        const device_id s = blamed_supplier(d, reason);
        if (s.valid())
            blamed_.push_back(s);
        else
            machine_.forecast.set(d, outcome::defer);
    }

    /// After all of the file. A supplier that somebody waits for is not there: if neither the file nor the forecast
    /// says why, it defers for ever, so that who names it is `waiting`, held by it.
    void blame_suppliers() {
        for (const device_id s : blamed_)
            if (!told_[s.index()] && machine_.forecast[s] == outcome::ok) machine_.forecast.set(s, outcome::defer);
    }

private:
    /// The supplier that is named, if the graph has `d` waiting for it as well; else an id that is not valid.
    [[nodiscard]] device_id blamed_supplier(device_id d, const source::deferral_reason& reason) const {
        if (reason.supplier.empty()) return {};
        const device_id s = source::find_logged_device(machine_, aliases_, reason.supplier);
        if (!s.valid()) return {};
        const link_id l = machine_.graph.find_link(d, s);
        return l.valid() && holds_back(machine_.graph.link(l).flags) ? s : device_id();
    }

    source::machine& machine_;
    const source::device_aliases& aliases_;
    std::vector<bool> told_; // by device
    std::vector<device_id> blamed_;
};

} // namespace devlink::detail

namespace devlink::source {

/// Makes the forecast of a machine what a boot's log tells: who is bound binds, who failed fails, who was still
/// deferred defers for ever, and what a probe costs is what its last attempt took, in microseconds.
///
/// Where a deferral names a supplier that the graph has the device waiting for, the device's own forecast stays. If the
/// log tells nothing of that supplier itself (neither bound nor failed nor deferred) and its forecast is still `ok`, it
/// is the supplier that is forecast to defer for ever, so the device is `waiting`, held by it. Of what the log does not
/// speak nothing else is changed: a log may be cut off, and says nothing of most binds by default. Expected linear in
/// the machine's and the log's devices; allocates. Precondition: the forecast was made for the graph.
inline log_match apply_log(machine& m, const boot_log& log, const device_aliases& aliases = {}) {
    log_match match;
    std::vector<device_id> devices;
    devices.reserve(log.devices.size());
    detail::deferral_forecast deferrals(m, aliases);
    for (const logged_device& logged : log.devices) {
        const device_id d = find_logged_device(m, aliases, logged.name);
        devices.push_back(d);
        ++(d.valid() ? match.matched : match.unknown);
        if (!d.valid()) continue;
        if (logged.timed_attempts > 0) m.forecast.set_cost(d, logged.last_microseconds);
        if (logged.state == logged_state::mentioned) continue;
        deferrals.tell(d);
        if (logged.state == logged_state::bound) m.forecast.set(d, outcome::ok);
        if (logged.state == logged_state::failed) m.forecast.set(d, outcome::fail);
        if (logged.state == logged_state::deferred) deferrals.defer(d, logged.reason);
    }
    deferrals.blame_suppliers();
    for (const std::size_t number : log.bound)
        if (devices[number].valid()) match.bound.push_back(devices[number]);
    return match;
}

/// The same for the text of devices_deferred: whoever stands in it defers for ever, or waits for a supplier, and of
/// nobody else it tells anything.
inline log_match apply_deferred(machine& m, std::span<const deferred_device> deferred,
                                const device_aliases& aliases = {}) {
    log_match match;
    detail::deferral_forecast deferrals(m, aliases);
    for (const deferred_device& device : deferred) {
        const device_id d = find_logged_device(m, aliases, device.name);
        ++(d.valid() ? match.matched : match.unknown);
        if (d.valid()) deferrals.defer(d, device.reason);
    }
    deferrals.blame_suppliers();
    return match;
}

} // namespace devlink::source

#endif
