// SPDX-License-Identifier: MIT
#include <devlink/detail/reset_when_moved.hpp>

#include <doctest/doctest.h>

#include <type_traits>
#include <utility>

namespace {

using count = devlink::detail::reset_when_moved<int, 7>;

struct with_count {
    count number;
};

} // namespace

TEST_CASE("reset when moved: is used as its value") {
    count c;
    CHECK(c == 7);
    c = 3;
    ++c;
    c += 2;
    CHECK(c * 2 == 12);
    static_assert(sizeof(count) == sizeof(int));
    static_assert(std::is_nothrow_move_constructible_v<count> && std::is_nothrow_move_assignable_v<count>);
}

TEST_CASE("reset when moved: a copy leaves the other as it was, a move takes it back to what it was first") {
    with_count a{count{3}};
    const with_count copy = a;
    CHECK(copy.number == 3);
    CHECK(a.number == 3);
    const with_count moved = std::move(a);
    CHECK(moved.number == 3);
    CHECK(a.number == 7);
    a.number = 4;
    with_count b{count{5}};
    b = std::move(a);
    CHECK(b.number == 4);
    CHECK(a.number == 7);
    with_count& same = b;
    b = std::move(same);
    CHECK(b.number == 7);
    a = copy;
    CHECK(a.number == 3);
}
