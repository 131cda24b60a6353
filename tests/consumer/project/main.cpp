// SPDX-License-Identifier: MIT
#include <devlink/devlink.hpp>

#include <cstdio>
#include <string>

int main() {
    devlink::graph g;
    const devlink::device_id nic = g.add_device("nic");
    const devlink::device_id port = g.add_device("port");
    if (!g.add_link(nic, port, devlink::link_flag::autoprobe_consumer)) return 1;

    std::printf("devlink %d.%d.%d\n", DEVLINK_VERSION_MAJOR, DEVLINK_VERSION_MINOR, DEVLINK_VERSION_PATCH);
    const auto plan = devlink::resolve(g);
    for (const devlink::device_id d : plan.order()) std::printf("%s\n", std::string{g.name(d)}.c_str());
    return 0;
}
