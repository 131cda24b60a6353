// SPDX-License-Identifier: MIT
#include <devlink/resolve/sorted_links.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "random_machine.hpp"
#include "small.hpp"

namespace {

using devlink::detail::link_end;
using devlink::detail::sorted_links;
using small::link;

template <link_end By>
small::numbers others_of(const sorted_links<std::uint32_t, By>& links, std::size_t d) {
    small::numbers list;
    for (std::size_t at = links.begin(d); at != links.end(d); ++at) list.push_back(links[at]);
    return list;
}

TEST_CASE("sorted_links: by either end, in the order of the list, without what holds nothing back") {
    const std::vector<devlink::link_spec> list{link(3, 2), link(1, 0), link(3, 0),
                                               link(3, 1, small::link_flag::sync_state_only), link(2, 0)};
    sorted_links<std::uint32_t, link_end::consumer> by_consumer;
    by_consumer.sort(4, list);
    CHECK(others_of(by_consumer, 0).empty());
    CHECK(others_of(by_consumer, 1) == small::numbers{0});
    CHECK(others_of(by_consumer, 3) == small::numbers{2, 0});
    CHECK(by_consumer.first(1) == 0);
    CHECK(by_consumer.first(3) == 2);
    sorted_links<std::uint32_t, link_end::supplier> by_supplier;
    by_supplier.sort(4, list);
    CHECK(others_of(by_supplier, 0) == small::numbers{1, 3, 2});
    CHECK(others_of(by_supplier, 1).empty());
    CHECK(others_of(by_supplier, 2) == small::numbers{3});
}

TEST_CASE("sorted_links: what is sorted in parts is sorted as at once") {
    reference::random_numbers random{5};
    const std::size_t n = 600'000;
    std::vector<devlink::link_spec> list;
    std::vector<small::numbers> consumers(n);
    for (std::size_t i = 0; i != 2 * n; ++i) {
        const std::size_t c = random.below(n);
        const std::size_t s = i % 5 == 0 ? n - 1 : random.below(n);
        list.push_back(link(c, s));
        consumers[s].push_back(c);
    }
    sorted_links<std::uint32_t, link_end::supplier> links;
    links.sort(n, list);
    std::size_t different = 0;
    for (std::size_t s = 0; s != n; ++s)
        if (others_of(links, s) != consumers[s]) ++different;
    CHECK(different == 0);
}

} // namespace
