// SPDX-License-Identifier: MIT
#include <devlink/detail/pair_index.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <map>
#include <random>
#include <utility>
#include <vector>

using devlink::detail::link_record;
using devlink::detail::nothing;
using devlink::detail::pair_index;

namespace {

using index = std::uint32_t;
constexpr index none = nothing<index>;

link_record<index> link(index consumer, index supplier) { return {consumer, supplier, none, none, 0, 1}; }

} // namespace

TEST_CASE("pair index: finds what is in, and the first of a pair that comes twice") {
    const std::vector<link_record<index>> arena{link(1, 2), link(2, 1), link(1, 2)};
    pair_index<index> pairs;
    CHECK(pairs.find(1, 2, arena) == none);
    pairs.erase(0, arena); // nothing to take out
    for (index l = 0; l < 3; ++l) pairs.insert(l, arena);
    CHECK(pairs.find(1, 2, arena) == 0);
    CHECK(pairs.find(2, 1, arena) == 1);
    CHECK(pairs.find(1, 1, arena) == none);
    pairs.erase(2, arena); // was never in
    CHECK(pairs.find(1, 2, arena) == 0);
    pairs.erase(0, arena);
    CHECK(pairs.find(1, 2, arena) == none);
    CHECK(pairs.find(2, 1, arena) == 1);
}

TEST_CASE("pair index: random adds and removals agree with a map") {
    std::mt19937 random{13};
    std::vector<link_record<index>> arena;
    pair_index<index> pairs;
    std::map<std::pair<index, index>, index> there;
    for (int step = 0; step < 60'000; ++step) {
        const index consumer = static_cast<index>(random() % 60);
        const index supplier = static_cast<index>(random() % 60);
        const auto known = there.find({consumer, supplier});
        REQUIRE(pairs.find(consumer, supplier, arena) == (known == there.end() ? none : known->second));
        if (known == there.end()) {
            arena.push_back(link(consumer, supplier));
            const index l = static_cast<index>(arena.size() - 1);
            pairs.insert(l, arena);
            there[{consumer, supplier}] = l;
        } else if (random() % 2 == 0) {
            pairs.erase(known->second, arena);
            there.erase(known);
        }
    }
    CHECK(there.size() > 1000);
}
