// SPDX-License-Identifier: MIT
#include <devlink/detail/chain_range.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <iterator>
#include <ranges>
#include <vector>

using devlink::detail::chain_range;

namespace {

/// Chains numbers by an array of what follows each; the value of a number is ten times it.
struct reader {
    static constexpr int end = -1;
    const int* following = nullptr;

    [[nodiscard]] constexpr int read(int at) const { return at * 10; }
    [[nodiscard]] constexpr int next(int at) const { return following[at]; }
};

constexpr int chain[]{2, -1, 3, 1};

using range = chain_range<reader>;
static_assert(std::ranges::forward_range<range>);
static_assert(!std::ranges::bidirectional_range<range>);
static_assert(std::ranges::borrowed_range<range>);
static_assert(std::ranges::equal(range{reader{chain}, 0}, std::vector{0, 20, 30, 10}));

} // namespace

TEST_CASE("chain range: walks the chain to its end, as often as one likes") {
    const range all{reader{chain}, 0};
    CHECK(std::ranges::equal(all, std::vector{0, 20, 30, 10}));
    CHECK(std::ranges::distance(all) == 4);
    CHECK_FALSE(all.empty());
    auto at = all.begin();
    CHECK(*at++ == 0);
    CHECK(*at == 20);
    CHECK(at == std::next(all.begin()));
    CHECK(at != all.end());
}

TEST_CASE("chain range: is empty from nothing, and can end earlier") {
    CHECK(range{}.empty());
    CHECK(range{}.begin() == range{}.end());
    CHECK(range{reader{chain}, reader::end}.empty());
    CHECK(std::ranges::equal(range{reader{chain}, 0, 3}, std::vector{0, 20}));
    CHECK(range{reader{chain}, 3, 3}.empty());
}
