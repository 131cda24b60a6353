// SPDX-License-Identifier: MIT
#include <devlink/detail/make_room.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <vector>

TEST_CASE("make room: the next element fits, and memory seldom grows") {
    std::vector<int> array;
    std::size_t moves = 0;
    for (int i = 0; i < 10'000; ++i) {
        const std::size_t capacity = array.capacity();
        devlink::detail::make_room(array);
        REQUIRE(array.capacity() > array.size());
        if (array.capacity() != capacity) ++moves;
        const int* const memory = array.data();
        array.push_back(i);
        REQUIRE(array.data() == memory);
    }
    CHECK(moves < 20);
    CHECK(array.back() == 9'999);
}
