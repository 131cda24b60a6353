// SPDX-License-Identifier: MIT
// The same endpoint and port as events come in: which IOMMU group does the endpoint end up in?

#include "events.hpp"

#include <array>
#include <ostream>
#include <string_view>

#include <devlink/driver_core/driver_core.hpp>

namespace {

using devlink::device_id;
using devlink::errc;
using devlink::link_flag;
using devlink::probe_result;

enum class port_driver { works, fails, missing, comes_late };

constexpr device_id port{0};
constexpr device_id endpoint{1};

// The bus: it probes, and puts a device into an IOMMU group when it is bound. A port opens a group; an endpoint joins
// that of its port if the port is there, and is alone in one of its own if not.
template <devlink::options O>
class pci_bus {
public:
    pci_bus(std::ostream& out, port_driver driver)
        : out_{out}
        , driver_{driver} {}

    probe_result probe(device_id d) {
        if (d == port && driver_ == port_driver::fails) {
            out_ << "    port: probe fails, -ENODEV\n";
            return probe_result::error(-19);
        }
        if (d == endpoint && port_is_there()) {
            groups_[endpoint.index()] = groups_[port.index()];
            out_ << "    endpoint: bound, in the group of its port\n";
        } else {
            groups_[d.index()] = ++last_group_;
            out_ << "    " << name(d) << ": bound, in a group of its own\n";
        }
        return probe_result::ok();
    }
    void unbind(device_id d) {
        groups_[d.index()] = 0;
        out_ << "    " << name(d) << ": unbound\n";
    }

    // The extension at work.
    void on_doomed(device_id d) { out_ << "    " << name(d) << ": nothing will bind it any more\n"; }
    void on_released(device_id c, device_id) { out_ << "    " << name(c) << ": need not wait any longer\n"; }
    void on_late(device_id c, device_id s) { out_ << "    " << name(s) << ": comes late for the " << name(c) << '\n'; }

    // Returns whether the core took every event.
    bool play(devlink::link_flags kind_of_link) {
        devlink::driver_core<pci_bus, O> core(*this);
        core_ = &core;
        if (!core.add_device() || !core.add_device({.parent = port})) return false;
        if (!core.add_link(endpoint, port, link_flag::autoprobe_consumer | kind_of_link)) return false;

        if (!load_driver(core, endpoint)) return false;
        if (core.view().is_pending(endpoint)) out_ << "    endpoint: waits for its port\n";
        const bool in_time = driver_ == port_driver::works || driver_ == port_driver::fails;
        if (in_time && !load_driver(core, port)) return false;

        event("no more drivers will come");
        core.drivers_done();
        if (core.settle() != errc::ok) return false;
        if (driver_ == port_driver::comes_late && !load_driver(core, port)) return false;
        report(core.view());
        return true;
    }

private:
    [[nodiscard]] bool load_driver(devlink::driver_core<pci_bus, O>& core, device_id d) {
        event(d == port ? "the port's driver is loaded" : "the endpoint's driver is loaded");
        return core.register_driver(d) == errc::ok && core.settle() == errc::ok;
    }

    // What the endpoint's driver asks the core while it is probed.
    [[nodiscard]] bool port_is_there() const {
        for (const devlink::link_id l : core_->view().suppliers(endpoint))
            if (core_->view().is_supplier_present(l)) return true;
        return false;
    }

    void report(devlink::core_view view) {
        out_ << "  => ";
        if (!view.is_bound(endpoint)) {
            out_ << "the endpoint never comes up\n";
            return;
        }
        const bool shared = groups_[endpoint.index()] == groups_[port.index()];
        out_ << "the endpoint is up, " << (shared ? "with its port" : "alone") << " in group "
             << groups_[endpoint.index()] << (view.is_degraded(endpoint) ? ", degraded\n" : "\n");
    }

    void event(std::string_view what) { out_ << "  " << what << '\n'; }
    [[nodiscard]] static std::string_view name(device_id d) { return d == port ? "port" : "endpoint"; }

    std::ostream& out_;
    port_driver driver_;
    devlink::driver_core<pci_bus, O>* core_ = nullptr;
    std::array<int, 2> groups_{};
    int last_group_ = 0;
};

template <devlink::late_supplier_rule Late = devlink::late_supplier_rule::keep>
bool tell(std::ostream& out, std::string_view title, port_driver driver, devlink::link_flags kind_of_link) {
    out << '\n' << title << '\n';
    return pci_bus<devlink::options{.late_supplier = Late}>(out, driver).play(kind_of_link);
}

} // namespace

bool tell_events(std::ostream& out) {
    constexpr devlink::link_flags mandatory;
    constexpr devlink::link_flags optional = link_flag::optional_supplier;
    return tell(out, "mandatory link, the port's driver fails:", port_driver::fails, mandatory) &&
           tell(out, "optional link, the port's driver works:", port_driver::works, optional) &&
           tell(out, "optional link, the port's driver fails:", port_driver::fails, optional) &&
           tell(out, "optional link, the port has no driver:", port_driver::missing, optional) &&
           tell(out, "optional link, the port's driver comes late, late_supplier_rule::keep:", port_driver::comes_late,
                optional) &&
           tell<devlink::late_supplier_rule::reprobe>(
               out,
               "optional link, the port's driver comes late, late_supplier_rule::reprobe:", port_driver::comes_late,
               optional);
}
