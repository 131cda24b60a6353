// SPDX-License-Identifier: MIT
#include <devlink/resolve/plan_order.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace {

using plan_data = devlink::detail::plan_data<std::uint32_t>;

TEST_CASE("plan_order: who is in no order has position 0") {
    plan_data data;
    data.clear(4);
    data.order.assign(2, devlink::device_id{3});
    data.order[1] = devlink::device_id{1};
    index_positions(data);
    CHECK(std::vector<std::uint32_t>(data.positions.begin(), data.positions.end()) ==
          std::vector<std::uint32_t>{0, 2, 0, 1});
}

TEST_CASE("plan_order: by wave, then by registration; wave 0 takes no part") {
    plan_data data;
    data.clear(6);
    constexpr std::uint32_t waves[]{2, 0, 1, 3, 1, 2};
    data.waves.resize(6);
    std::copy(std::begin(waves), std::end(waves), data.waves.begin());
    data.order.resize(5);
    devlink::detail::buffer<std::uint32_t> scratch;
    sort_by_wave(data, 3, scratch);
    std::vector<std::size_t> order;
    for (const auto d : data.order) order.push_back(d.index());
    CHECK(order == std::vector<std::size_t>{2, 4, 0, 5, 3});
    CHECK(data.positions[1] == 0);
    CHECK(data.positions[3] == 5);
}

} // namespace
