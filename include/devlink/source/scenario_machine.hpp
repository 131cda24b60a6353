// SPDX-License-Identifier: MIT
#ifndef DEVLINK_SOURCE_SCENARIO_MACHINE_HPP
#define DEVLINK_SOURCE_SCENARIO_MACHINE_HPP

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <devlink/detail/printable.hpp>
#include <devlink/model/error.hpp>
#include <devlink/model/forecast.hpp>
#include <devlink/model/graph.hpp>
#include <devlink/model/result.hpp>
#include <devlink/model/statement.hpp>
#include <devlink/source/machine.hpp>
#include <devlink/source/scenario.hpp>
#include <devlink/source/source_error.hpp>

namespace devlink::source {

/// The work behind machine_of(): one scenario's statements, gone through three times.
class scenario_machine_builder {
public:
    explicit scenario_machine_builder(const scenario_file& file)
        : file_{file} {}

    [[nodiscard]] result<machine, source_error> build() {
        for (const statement& s : file_.first_scenario()) {
            if (s.kind == statement_kind::scenario) made_.name = s.name;
            if (s.kind == statement_kind::device && !add_device(s)) return std::move(error_);
        }
        drivers_.resize(made_.graph.device_count());
        for (const statement& s : file_.first_scenario())
            if (!add_links(s)) return std::move(error_);
        forecast_outcomes();
        return std::move(made_);
    }

private:
    const scenario_file& file_;
    machine made_;
    std::vector<const statement*> drivers_; // by device: the driver that is registered now
    std::vector<bool> runtime_pm_;          // by device: one of its registrations enables runtime PM
    bool any_driver_ = false;               // was ever registered for a device
    source_error error_;

    bool fail(const statement& s, std::string message) {
        error_.message = std::move(message);
        error_.path = file_.path();
        error_.line = s.line;
        return false;
    }

    // A device that is removed and registered again stays what it was: all that the scenario has counts.
    bool add_device(const statement& s) {
        if (const device_id known = made_.graph.find(s.name); known.valid()) {
            if (s.runtime_pm) runtime_pm_[known.index()] = true;
            return true;
        }
        const auto kind = s.populated ? parent_kind::populates : parent_kind::contains;
        const auto added = s.other.empty() ? made_.graph.try_add_device(s.name)
                                           : made_.graph.try_add_device(s.name, made_.graph.find(s.other), kind);
        runtime_pm_.push_back(s.runtime_pm);
        return added || fail(s, std::string(to_string(added.error().code)));
    }

    bool add_links(const statement& s) {
        if (s.kind == statement_kind::link) return add_link(s, s.name, s.other, s.flags);
        if (s.kind != statement_kind::driver && s.kind != statement_kind::undriver) return true;
        const device_id d = made_.graph.find(s.name);
        if (!d.valid()) return true; // a driver that matches nobody
        const statement*& driver = drivers_[d.index()];
        if (s.kind == statement_kind::undriver) {
            driver = nullptr;
            return true;
        }
        if (driver != nullptr) return true; // the second driver of a device is refused
        driver = &s;
        any_driver_ = true;
        return std::ranges::all_of(
            s.links, [&](const probe_link& link) { return add_link(s, s.name, link.supplier, link.flags); });
    }

    bool add_link(const statement& s, std::string_view consumer, std::string_view supplier, link_flags flags) {
        const device_id to = made_.graph.find(supplier);
        if (!to.valid())
            return fail(s, "the supplier " + detail::quoted(supplier) + " is not a device of this scenario");
        const auto refuse = [&](errc code) {
            return fail(s, "the link from " + detail::quoted(consumer) + " to " + detail::quoted(supplier) +
                               " is refused: " + std::string(to_string(code)));
        };
        const auto added = made_.graph.add_link(made_.graph.find(consumer), to, flags, unchecked);
        if (!added) return refuse(added.error().code);
        // Such an add resumes its supplier. Source: device_link_add(), pm_runtime_get_sync().
        if (flags.has(link_flag::pm_runtime | link_flag::rpm_active) && !runtime_pm_[to.index()])
            return refuse(errc::runtime_pm_failed);
        made_.add_origin(*added, s.origin);
        return true;
    }

    void forecast_outcomes() {
        made_.forecast = forecast(made_.graph);
        if (!any_driver_) return;
        for (std::size_t i = 0; i < drivers_.size(); ++i) {
            const device_id d(i);
            if (drivers_[i] == nullptr) {
                made_.forecast.set(d, outcome::absent);
            } else if (!drivers_[i]->outcomes.empty() && !drivers_[i]->outcomes.back().is_ok()) {
                made_.forecast.set(d, drivers_[i]->outcomes.back().is_defer() ? outcome::defer : outcome::fail);
            }
        }
    }
};

/// The machine of a file's first scenario, as it stands when all of it is there.
///
/// Its devices are those of the `device` statements, in order; `populated` makes the parent a populating one. Its links
/// are those of the `link` statements and the `link=` of the drivers, in order, those that close a cycle included:
/// `resolve` reports or relaxes cycles. What takes devices and links away is passed over. A driver counts if it is not
/// refused and not unregistered: if its last outcome is `defer` its device is forecast to defer for ever, if it is
/// another error to fail. A device without one is absent, but if no device ever has one all are expected to bind.
///
/// Returns the machine, or an error with the line of a link that no kernel would take: its supplier is no device of
/// the scenario, or its own consumer, or its flags exclude each other or resume a supplier that never has `rpm`.
/// O(statements) expected; allocates.
inline result<machine, source_error> machine_of(const scenario_file& file) {
    return scenario_machine_builder(file).build();
}

} // namespace devlink::source

#endif
