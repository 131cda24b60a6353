// SPDX-License-Identifier: MIT
#include <devlink/devlink.hpp>
#include <iostream>

int main() {
    using enum devlink::link_flag;
    devlink::graph g;
    const devlink::device_id nic = g.add_device("nic"); // registered first, though it needs the port
    const devlink::device_id led = g.add_device("led");
    const devlink::device_id port = g.add_device("port");
    if (!g.add_link(nic, port, autoprobe_consumer | optional_supplier)) return 1; // consumer, supplier, flags
    if (!g.add_link(led, nic, autoprobe_consumer)) return 1;
    if (!g.add_link(port, led, autoprobe_consumer)) std::cout << "refused: port -> led closes a cycle\n";

    devlink::forecast f{g};
    for (const auto port_driver : {devlink::outcome::ok, devlink::outcome::fail}) {
        f.set(port, port_driver);
        const auto plan = devlink::resolve(g, f);
        for (const devlink::device_id d : plan.order())
            std::cout << g.name(d) << ": " << to_string(plan.verdict(d)) << (d == led ? "\n" : ", ");
    }
}
