// SPDX-License-Identifier: MIT
#include <devlink/resolve/grouped_suppliers.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <vector>

#include "small.hpp"

namespace {

using small::link;

TEST_CASE("grouped_suppliers: a list is grouped if no consumer comes again") {
    using links = std::vector<devlink::link_spec>;
    devlink::detail::buffer<std::uint32_t> memory;
    const auto is_grouped = [&](const links& list) {
        return devlink::detail::grouped_suppliers<std::uint32_t>{list, memory}.find_groups(4);
    };
    CHECK(is_grouped({}));
    CHECK(is_grouped({link(2, 0), link(2, 1), link(0, 3), link(3, 1)}));
    CHECK_FALSE(is_grouped({link(2, 0), link(0, 1), link(2, 3)}));
}

TEST_CASE("grouped_suppliers: a large list counts as grouped only if its groups mostly go forward") {
    const std::size_t n = 100'000;
    devlink::detail::buffer<std::uint32_t> memory;
    const auto is_grouped = [&](std::size_t step) {
        std::vector<devlink::link_spec> list;
        for (std::size_t i = 0; i != n; ++i) list.push_back(link(i * step % n, (i * step + 1) % n));
        return devlink::detail::grouped_suppliers<std::uint32_t>{list, memory}.find_groups(n);
    };
    CHECK(is_grouped(1));
    CHECK(is_grouped(11));           // one step back in eleven devices or so
    CHECK_FALSE(is_grouped(61'803)); // more often back than not
}

TEST_CASE("grouped_suppliers: hands out suppliers that are not done, and says which is the last entry") {
    const std::vector<devlink::link_spec> list{link(2, 0), link(2, 1, small::link_flag::stateless), link(2, 3),
                                               link(1, 0), link(1, 2, small::link_flag::stateless)};
    devlink::detail::buffer<std::uint32_t> memory;
    devlink::detail::grouped_suppliers<std::uint32_t> suppliers{list, memory};
    REQUIRE(suppliers.find_groups(4));
    devlink::detail::visit_marks marks;
    marks.reset(4);
    auto next = suppliers.next(2, true, marks);
    CHECK(next.supplier == 0);
    CHECK_FALSE(next.last);
    next = suppliers.next(2, false, marks);
    CHECK(next.supplier == 3);
    CHECK(next.last);
    // Behind its only supplier that counts, 1 has one that does not: it is asked again, and has nothing more to say.
    next = suppliers.next(1, true, marks);
    CHECK(next.supplier == 0);
    CHECK(suppliers.next(1, false, marks).supplier == devlink::detail::no_supplier);
    CHECK(suppliers.next(0, true, marks).supplier == devlink::detail::no_supplier);
}

} // namespace
