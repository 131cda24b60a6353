// SPDX-License-Identifier: MIT
#include <devlink/devlink.hpp>
#include <iostream>
#include <string_view>
#include <vector>

// The host of a driver core carries out what the core decides. Only `probe` has to be there.
struct machine {
    struct device {
        std::string_view name;
        int result = 0; // of its driver's probe
    };
    std::vector<device> devices;

    devlink::probe_result probe(devlink::device_id d) const {
        const auto& [name, result] = devices[d.index()];
        std::cout << "  probe " << name << (result == 0 ? ": ok\n" : ": fails\n");
        return result == 0 ? devlink::probe_result::ok() : devlink::probe_result::error(result);
    }
};

int main() {
    using enum devlink::link_flag;
    machine host{{{"nic"}, {"port", -5}}};
    devlink::driver_core<machine> core{host};
    const auto nic = core.add_device();
    const auto port = core.add_device();
    if (!nic || !port || !core.add_link(*nic, *port, autoprobe_consumer | optional_supplier)) return 1;

    for (const devlink::device_id d : {*nic, *port}) { // the nic waits; the port fails for good, so it waits no longer
        std::cout << "driver of " << host.devices[d.index()].name << '\n';
        if (core.register_driver(d) != devlink::errc::ok || core.settle() != devlink::errc::ok) return 1;
    }
    std::cout << (core.view().is_degraded(*nic) ? "the nic is degraded\n" : "the nic is not degraded\n");
}
