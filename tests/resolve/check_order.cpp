// SPDX-License-Identifier: MIT
#include <devlink/resolve/check_order.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "compare.hpp"
#include "small.hpp"

namespace {

using devlink::order_fault;
using small::id;
using small::link;
using violation = devlink::basic_order_violation<std::uint32_t>;

TEST_CASE("check_order: every fault with its place") {
    small::machine m{5, {link(2, 0), link(2, 1), small::optional_link(3, 4), link(0, 4, small::link_flag::stateless)}};
    m.populates(1, 3);
    const std::vector<devlink::device_id> order{id(3), id(2), id(0), id(2)};
    const std::vector<violation> found = devlink::check_order(m, std::span{order});
    CHECK(found == std::vector<violation>{{order_fault::supplier_missing, 0, id(3), id(1), {}},
                                          {order_fault::supplier_later, 1, id(2), id(0), devlink::link_id{0}},
                                          {order_fault::supplier_missing, 1, id(2), id(1), devlink::link_id{1}},
                                          {order_fault::repeated, 3, id(2), {}, {}}});
    CHECK(devlink::check_order(m, std::span<const devlink::device_id>{}).empty());
}

TEST_CASE("check_order: nothing is wrong with a resolver's order, and a swap that matters is found") {
    for (std::uint64_t seed = 0; seed != 500; ++seed) {
        CAPTURE(seed);
        const reference::machine m = reference::random_machine(seed, reference::wildness::tame);
        const reference::adjacency_lists<std::uint32_t> g{m};
        const devlink::plan plan = devlink::resolve<devlink::options{.cycles = devlink::cycle_rule::report}>(g);
        if (!plan.cycles().empty()) continue;
        std::vector<devlink::device_id> order(plan.order().begin(), plan.order().end());
        CHECK(devlink::check_order(g, std::span<const devlink::device_id>{order}).empty());
        std::reverse(order.begin(), order.end());
        std::size_t needs = 0;
        devlink::detail::for_each_need(g, [&](auto, const auto&) { ++needs; });
        CHECK(devlink::check_order(g, std::span<const devlink::device_id>{order}).size() == needs);
    }
}

TEST_CASE("order_fault: each has words of its own") {
    std::set<std::string_view> words{to_string(order_fault::supplier_later), to_string(order_fault::supplier_missing),
                                     to_string(order_fault::repeated)};
    CHECK(words.size() == 3);
    CHECK(words.count("") == 0);
}

} // namespace
