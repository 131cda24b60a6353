// SPDX-License-Identifier: MIT
// A PCIe endpoint and the port above it: with which link does the endpoint come up, and when?

#include <array>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>

#include <devlink/devlink.hpp>

#include "events.hpp"

namespace {

using devlink::link_flag;
using devlink::link_flags;
using devlink::outcome;

// What becomes of the endpoint, and how its probe stands to the port's.
std::string answer(std::optional<link_flags> link, outcome port_driver) {
    devlink::graph g;
    const devlink::device_id port = g.add_device("0000:00:1c.0");
    const devlink::device_id endpoint =
        g.add_device("0000:01:00.0", port); // PCI makes it, whatever the port's driver does
    if (link && !g.add_link(endpoint, port, *link)) return "refused";
    devlink::forecast expected{g};
    expected.set(port, port_driver);

    const devlink::plan plan = devlink::resolve(g, expected);
    const std::string verdict(to_string(plan.verdict(endpoint)));
    if (plan.position(endpoint) == 0) return verdict + " for good";
    if (!link) return verdict + ", in any order";
    return verdict + (plan.position(port) == 0 ? ", without the port" : ", after the port");
}

struct kind_of_link {
    std::string_view name;
    std::optional<link_flags> flags;
};

} // namespace

int main() {
    const std::array kinds{
        kind_of_link{"none", std::nullopt},
        kind_of_link{"`autoprobe_consumer`", link_flag::autoprobe_consumer},
        kind_of_link{"`autoprobe_consumer`, `optional_supplier`",
                     link_flag::autoprobe_consumer | link_flag::optional_supplier},
    };
    std::cout << "| link to the port | the port's driver works | it fails | the port has no driver |\n"
                 "| --- | --- | --- | --- |\n";
    for (const kind_of_link& kind : kinds) {
        std::cout << "| " << kind.name;
        for (const outcome port_driver : {outcome::ok, outcome::fail, outcome::absent})
            std::cout << " | " << answer(kind.flags, port_driver);
        std::cout << " |\n";
    }
    return tell_events(std::cout) && std::cout.flush() ? 0 : 1;
}
