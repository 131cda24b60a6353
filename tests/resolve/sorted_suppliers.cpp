// SPDX-License-Identifier: MIT
#include <devlink/resolve/sorted_suppliers.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "random_machine.hpp"
#include "small.hpp"

namespace {

using small::link;

using devlink::detail::sorted_suppliers;

/// All suppliers that are handed out for a device.
template <std::unsigned_integral Index>
small::numbers suppliers_of(sorted_suppliers<Index>& suppliers, std::size_t d,
                            const devlink::detail::visit_marks& marks) {
    small::numbers list;
    for (auto next = suppliers.next(d, true, marks); next.supplier != devlink::detail::no_supplier;
         next = suppliers.next(d, false, marks)) {
        list.push_back(next.supplier);
        if (next.last) break;
    }
    return list;
}

TEST_CASE("sorted_suppliers: each device's suppliers in the order of the list, whatever stands between") {
    const std::vector<devlink::link_spec> list{
        link(3, 2), link(1, 0), link(3, 0), link(3, 1, small::link_flag::sync_state_only), link(2, 0), link(3, 1)};
    sorted_suppliers<std::uint32_t>::memory memory;
    sorted_suppliers<std::uint32_t> suppliers{memory};
    suppliers.sort(4, list);
    devlink::detail::visit_marks marks;
    marks.reset(4);
    CHECK(suppliers_of(suppliers, 3, marks) == small::numbers{2, 0, 1});
    CHECK(suppliers_of(suppliers, 0, marks).empty());
    // Who is done is passed over.
    marks.open(0);
    marks.finish(0);
    CHECK(suppliers_of(suppliers, 1, marks).empty());
}

TEST_CASE("sorted_suppliers: sorts in parts what is large, and keeps the order of each device's links") {
    reference::random_numbers random{9};
    for (const std::size_t n :
         {std::size_t{70'000}, std::size_t{524'288}, std::size_t{524'289}, std::size_t{600'001}}) {
        CAPTURE(n);
        std::vector<devlink::link_spec> list;
        std::vector<small::numbers> right(n);
        for (std::size_t i = 0; i != n; ++i) {
            // The last device of all and those at the borders of parts among them.
            const std::size_t c = i % 7 == 0 ? n - 1 - i / 7 : random.below(n);
            const std::size_t s = random.below(n);
            const bool counts = !random.chance(10);
            list.push_back(counts ? link(c, s) : link(c, s, small::link_flag::stateless));
            if (counts) right[c].push_back(s);
        }
        sorted_suppliers<std::uint32_t>::memory memory;
        sorted_suppliers<std::uint32_t> suppliers{memory};
        suppliers.sort(n, list);
        devlink::detail::visit_marks marks;
        marks.reset(n);
        bool same = true;
        for (std::size_t d = 0; d != n; ++d) same = same && suppliers_of(suppliers, d, marks) == right[d];
        CHECK(same);
    }
}

} // namespace
