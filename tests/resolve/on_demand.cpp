// SPDX-License-Identifier: MIT
#include <devlink/resolve/on_demand.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <vector>

#include "compare.hpp"
#include "small.hpp"

namespace {

using small::link;

TEST_CASE("on_demand: registration order, each device preceded by its suppliers, depth first") {
    small::machine m{7, {link(0, 4), link(0, 2), link(4, 5), link(3, 5), link(2, 5)}};
    m.populates(6, 4);
    CHECK(small::order(devlink::resolve(m)) == small::numbers{6, 5, 4, 2, 0, 1, 3});
}

TEST_CASE("on_demand: who is not probed leaves a gap, not another order") {
    const small::machine m{5, {link(0, 3), link(3, 4), small::optional_link(1, 0)}};
    CHECK(small::order(devlink::resolve(m, small::forecast(m, {{3, small::outcome::fail}}))) ==
          small::numbers{4, 3, 1, 2});
}

TEST_CASE("order_on_demand: stops at a cycle") {
    for (const auto& links : {std::vector{link(1, 1)}, std::vector{link(0, 1), link(1, 2), link(2, 0)},
                              std::vector{link(2, 0), link(0, 1), link(1, 0)}}) {
        devlink::detail::needs_table<std::uint32_t> needs;
        needs.build(small::machine{3, links});
        devlink::detail::buffer<std::uint32_t> cursor;
        devlink::detail::table_suppliers suppliers{needs, cursor, devlink::detail::every_need{}};
        std::vector<devlink::device_id> order(3);
        devlink::detail::visit_marks marks;
        CHECK_FALSE(devlink::detail::order_on_demand<std::uint32_t>(suppliers, std::span{order}, marks));
    }
}

TEST_CASE("on_demand: as the reference on random machines") {
    CHECK(reference::compare_random_machines<devlink::order_rule::on_demand>() == "");
}

} // namespace
