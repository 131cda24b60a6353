// SPDX-License-Identifier: MIT
// The least that a user compiles: the umbrella, a list of links, its order.
#include <devlink/devlink.hpp>

#include <cstddef>
#include <span>
#include <vector>

std::vector<devlink::device_id> probe_order(std::size_t devices, std::span<const devlink::link_spec> links);

std::vector<devlink::device_id> probe_order(std::size_t devices, std::span<const devlink::link_spec> links) {
    const auto plan = devlink::resolve(devlink::link_view{devices, links});
    return {plan.order().begin(), plan.order().end()};
}
