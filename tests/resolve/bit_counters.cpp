// SPDX-License-Identifier: MIT
#include <devlink/resolve/bit_counters.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>

#include "random_machine.hpp"

namespace {

using devlink::detail::bit_counters;
using devlink::detail::bit_row;

TEST_CASE("bit_counters: count each bit by itself") {
    reference::random_numbers random{1};
    bit_counters counters;
    std::array<std::size_t, bit_row::bits> right{};
    for (int row = 0; row != 1000; ++row) {
        bit_row bits{};
        for (std::size_t bit = 0; bit != bit_row::bits; ++bit)
            if (bit == 7 || random.chance(bit % 100)) {
                bits.set(bit);
                ++right[bit];
            }
        counters.add(bits);
    }
    CHECK(right[0] == 0);
    CHECK(right[7] == 1000);
    for (std::size_t bit = 0; bit != bit_row::bits; ++bit) CHECK(counters[bit] == right[bit]);
}

constexpr bool rows_are_sets() {
    bit_row a{};
    if (a.any()) return false;
    a.set(255);
    bit_row b{};
    b.set(0);
    a |= b;
    return a.any() && a.words[3] >> 63 == 1 && a.words[0] == 1 && a.words[1] == 0 && a.words[2] == 0;
}
static_assert(rows_are_sets());
TEST_CASE("bit_row: a set of 256") { CHECK(rows_are_sets()); }

} // namespace
