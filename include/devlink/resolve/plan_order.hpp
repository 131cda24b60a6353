// SPDX-License-Identifier: MIT
#ifndef DEVLINK_RESOLVE_PLAN_ORDER_HPP
#define DEVLINK_RESOLVE_PLAN_ORDER_HPP

#include <algorithm>
#include <concepts>
#include <cstddef>

#include <devlink/detail/buffer.hpp>
#include <devlink/resolve/plan.hpp>

namespace devlink::detail {

/// Gives each device of the plan's order its position. O(D).
template <std::unsigned_integral Index>
constexpr void index_positions(plan_data<Index>& plan) {
    plan.positions.resize(plan.device_count);
    if (plan.order.size() != plan.device_count) std::fill(plan.positions.begin(), plan.positions.end(), Index{0});
    Index position = 0;
    for (const auto d : plan.order) plan.positions[d.index()] = ++position;
}

/// Makes the plan's order that of its waves, by registration in each: devices are put behind those of earlier waves,
/// and ids come in order. O(D).
template <std::unsigned_integral Index>
constexpr void sort_by_wave(plan_data<Index>& plan, std::size_t last_wave, buffer<Index>& next) {
    next.assign(last_wave + 2, 0);
    for (const Index wave : plan.waves) ++next[static_cast<std::size_t>(wave) + 1];
    // Wave 0 is that of who is not probed: they take no place.
    next[1] = 0;
    for (std::size_t wave = 2; wave < next.size(); ++wave) next[wave] += next[wave - 1];
    for (std::size_t d = 0; d != plan.waves.size(); ++d)
        if (plan.waves[d] != 0) plan.order[next[plan.waves[d]]++] = basic_device_id<Index>{d};
    index_positions(plan);
}

} // namespace devlink::detail

#endif
