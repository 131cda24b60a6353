// SPDX-License-Identifier: MIT
#include <devlink/resolve/check_order.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include <devlink/model/board.hpp>
#include <devlink/resolve/board_plan.hpp>

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

TEST_CASE("check_order: a link that the cycle rule relaxes need not be respected") {
    const small::machine m{2, {small::inferred_link(0, 1), link(1, 0)}};
    const std::vector<devlink::device_id> order{id(0), id(1)};
    CHECK(devlink::check_order(m, std::span{order}).empty());
    CHECK(devlink::check_order(m, std::span{order}, devlink::resolve(m).relaxed()).empty());
    constexpr devlink::options report{.cycles = devlink::cycle_rule::report};
    const std::vector<violation> found{{order_fault::supplier_later, 0, id(0), id(1), devlink::link_id{0}}};
    CHECK(devlink::check_order<report>(m, std::span{order}) == found);
    CHECK(devlink::check_order(m, std::span{order}, {}) == found);
}

TEST_CASE("check_order: without the extension an optional supplier is missed") {
    const small::machine m{2, {small::optional_link(1, 0)}};
    const std::vector<devlink::device_id> order{id(1)};
    CHECK(devlink::check_order(m, std::span{order}).empty());
    constexpr devlink::options none{.extension = devlink::extension_rule::none};
    CHECK(devlink::check_order<none>(m, std::span{order}) ==
          std::vector<violation>{{order_fault::supplier_missing, 0, id(1), id(0), devlink::link_id{0}}});
}

TEST_CASE("check_order: of a board") {
    constexpr devlink::board b{{{"panel"}, {"clock"}}, {{"panel", "clock"}}};
    const auto plan = devlink::resolve(b);
    CHECK(devlink::check_order(b, plan.order()).empty());
    const std::vector<devlink::device_id> order{id(0), id(1)};
    CHECK(devlink::check_order(b, std::span{order}).size() == 1);
}

/// The plans of 500 random machines, half of them wild, by an order rule with all that goes with it.
template <devlink::order_rule Order>
std::size_t violations_of_plans() {
    std::size_t found = 0;
    for (std::uint64_t seed = 0; seed != 500; ++seed) {
        const reference::machine m =
            reference::random_machine(seed, seed % 2 == 0 ? reference::wildness::tame : reference::wildness::wild);
        const reference::adjacency_lists<std::uint32_t> g{m};
        const devlink::forecast expected = reference::forecast_for(g, m);
        reference::for_each_rule<Order>([&]<devlink::options O>() {
            found += devlink::check_order<O>(g, devlink::resolve<O>(g, expected).order()).size();
            found += devlink::check_order<O>(g, devlink::resolve<O>(g).order()).size();
        });
        constexpr devlink::options none{.order = Order, .extension = devlink::extension_rule::none};
        found += devlink::check_order<none>(g, devlink::resolve<none>(g, expected).order()).size();
    }
    return found;
}

TEST_CASE("check_order: nothing is wrong with a plan, whatever the rules") {
    using enum devlink::order_rule;
    CHECK(violations_of_plans<on_demand>() == 0);
    CHECK(violations_of_plans<registration>() == 0);
    CHECK(violations_of_plans<kernel>() == 0);
    CHECK(violations_of_plans<breadth>() == 0);
    CHECK(violations_of_plans<longest_path_first>() == 0);
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
