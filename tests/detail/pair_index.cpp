// SPDX-License-Identifier: MIT
#include <devlink/detail/pair_index.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <random>
#include <utility>
#include <vector>

using devlink::detail::pair_index;

namespace {

using number = std::uint32_t;
constexpr number none = pair_index<number>::none;

/// As much of an id and of a link as the index asks for.
struct end {
    number value;
    [[nodiscard]] std::size_t index() const { return value; }
};
struct link {
    end consumer;
    end supplier;
};

} // namespace

TEST_CASE("pair index: finds what is in, and the first of a pair that comes twice") {
    const std::vector<link> arena{{{1}, {2}}, {{2}, {1}}, {{1}, {2}}};
    pair_index<number> pairs;
    CHECK(pairs.find(1, 2, arena) == none);
    pairs.erase(0, arena); // nothing to take out
    pairs.make_room(3, arena);
    for (number l = 0; l < 3; ++l) pairs.insert(l, arena);
    CHECK(pairs.find(1, 2, arena) == 0);
    CHECK(pairs.find(2, 1, arena) == 1);
    CHECK(pairs.find(1, 1, arena) == none);
    CHECK_FALSE(pairs.erase(2, arena)); // was never in
    CHECK(pairs.find(1, 2, arena) == 0);
    CHECK(pairs.erase(0, arena));
    CHECK(pairs.find(1, 2, arena) == none);
    CHECK(pairs.find(2, 1, arena) == 1);
}

TEST_CASE("pair index: random adds and removals agree with a map") {
    std::mt19937 random{13};
    std::vector<link> arena;
    pair_index<number> pairs;
    std::map<std::pair<number, number>, number> there;
    for (int step = 0; step < 60'000; ++step) {
        const number consumer = static_cast<number>(random() % 60);
        const number supplier = static_cast<number>(random() % 60);
        const auto known = there.find({consumer, supplier});
        REQUIRE(pairs.find(consumer, supplier, arena) == (known == there.end() ? none : known->second));
        if (known == there.end()) {
            arena.push_back({{consumer}, {supplier}});
            const number l = static_cast<number>(arena.size() - 1);
            pairs.make_room(1, arena);
            pairs.insert(l, arena);
            there[{consumer, supplier}] = l;
        } else if (random() % 2 == 0) {
            pairs.erase(known->second, arena);
            there.erase(known);
        }
    }
    CHECK(there.size() > 1000);
}
