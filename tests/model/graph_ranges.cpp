// SPDX-License-Identifier: MIT
#include <devlink/model/graph_ranges.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <ranges>
#include <vector>

using namespace devlink;

namespace {

using number = std::uint16_t;
using device = basic_device_id<number>;

/// Device 0 with the children 1 and 2; 2 with the suppliers 1 and 0, 3 with the supplier 0.
detail::graph_storage<number> machine() {
    detail::graph_storage<number> storage;
    storage.append_device(detail::nothing<number>, false);
    storage.append_device(0, false);
    storage.append_device(0, true);
    storage.append_device(detail::nothing<number>, false);
    storage.append_link({device{2}, device{1}, link_flag::cycle});
    storage.append_link({device{2}, device{0}, link_flag::inferred});
    storage.append_link({device{3}, device{0}, link_flag::managed});
    return storage;
}

} // namespace

TEST_CASE("graph ranges: the lists of a device") {
    const auto storage = machine();
    std::vector<std::size_t> suppliers, consumers, children;
    for (const auto& l : detail::supplier_range(storage, 2)) {
        suppliers.push_back(l.supplier.index());
        CHECK(l.flags == storage.links[l.link.index()].flags);
    }
    for (const auto& l : detail::consumer_range(storage, 0)) {
        consumers.push_back(l.consumer.index());
        CHECK(l.flags == storage.links[l.link.index()].flags);
    }
    for (const device d : detail::child_range(storage, 0)) children.push_back(d.index());
    CHECK(suppliers == std::vector<std::size_t>{1, 0});
    CHECK(consumers == std::vector<std::size_t>{2, 3});
    CHECK(children == std::vector<std::size_t>{1, 2});
    CHECK(detail::supplier_range(storage, 0).empty());
    CHECK(detail::consumer_range(storage, 3).empty());
    CHECK(detail::child_range(storage, 3).empty());
}

TEST_CASE("graph ranges: all links, whatever was removed") {
    for (unsigned removed = 0; removed < 8; ++removed) {
        auto storage = machine();
        std::vector<std::size_t> expected, found;
        for (number l = 0; l < 3; ++l) {
            if (((removed >> l) & 1U) != 0)
                storage.unlink_link(l);
            else
                expected.push_back(l);
        }
        for (const auto& l : detail::link_range(storage)) {
            found.push_back(l.link.index());
            CHECK(l == basic_link_entry<number>{storage.links[l.link.index()], l.link});
        }
        CHECK(found == expected);
        CHECK(detail::link_range(storage).empty() == expected.empty());
    }
    static_assert(std::ranges::forward_range<decltype(detail::link_range(machine()))>);
}
