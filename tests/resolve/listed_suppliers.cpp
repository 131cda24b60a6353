// SPDX-License-Identifier: MIT
#include <devlink/resolve/listed_suppliers.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <vector>

#include <devlink/model/graph.hpp>

#include "compare.hpp"

namespace {

struct by_value {
    using index_type = std::uint32_t;
    [[nodiscard]] std::size_t device_count() const { return 1; }
    [[nodiscard]] std::vector<devlink::supplier_link> suppliers(devlink::device_id) const { return {}; }
};

static_assert(devlink::detail::listed_suppliers<devlink::graph>::possible);
static_assert(devlink::detail::listed_suppliers<devlink::frozen_graph>::possible);
static_assert(devlink::detail::listed_suppliers<reference::adjacency_lists<std::uint32_t>>::possible);
// Iterators into a list that is gone with the call are kept nowhere.
static_assert(!devlink::detail::listed_suppliers<by_value>::possible);

TEST_CASE("listed_suppliers: a stack of iterators, the populating parent first") {
    reference::machine m;
    m.devices = 4;
    m.parents = {{}, {}, {}, {0, true}};
    m.links = {{3, 1, {}}, {3, 2, devlink::link_flag::stateless}, {1, 2, {}}};
    const reference::adjacency_lists<std::uint32_t> g{m};
    devlink::detail::buffer<std::byte> memory;
    devlink::detail::listed_suppliers<reference::adjacency_lists<std::uint32_t>> suppliers{g, memory};
    devlink::detail::visit_marks marks;
    marks.reset(4);
    CHECK(suppliers.next(3, true, marks).supplier == 0);
    auto next = suppliers.next(3, false, marks);
    CHECK(next.supplier == 1);
    CHECK_FALSE(next.last);
    next = suppliers.next(1, true, marks);
    CHECK(next.supplier == 2);
    CHECK(next.last);
    CHECK(suppliers.next(3, false, marks).supplier == devlink::detail::no_supplier);
}

TEST_CASE("listed_suppliers: a chain deeper than the stack was at first") {
    reference::machine m;
    m.devices = 1000;
    m.parents.resize(m.devices);
    // Two links each, so that every device of the chain stays on the stack.
    for (std::size_t d = 0; d + 1 < m.devices; ++d) {
        m.links.push_back({d, d + 1, {}});
        if (d + 2 < m.devices) m.links.push_back({d, d + 2, {}});
    }
    const reference::adjacency_lists<std::uint32_t> g{m};
    const devlink::plan p = devlink::resolve(g);
    REQUIRE(p.order().size() == m.devices);
    for (std::size_t i = 0; i != m.devices; ++i) CHECK(p.order()[i].index() == m.devices - 1 - i);
}

} // namespace
