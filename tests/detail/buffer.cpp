// SPDX-License-Identifier: MIT
#include <devlink/detail/buffer.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <new>
#include <utility>
#include <vector>

namespace {

using buffer = devlink::detail::buffer<std::uint32_t>;

std::vector<std::uint32_t> content(const buffer& b) { return {b.begin(), b.end()}; }

TEST_CASE("buffer: keeps its memory when it shrinks") {
    buffer b;
    CHECK(b.empty());
    b.assign(100, 7);
    const std::uint32_t* const memory = b.data();
    b.resize(10);
    CHECK(b.size() == 10);
    b.clear();
    CHECK(b.empty());
    b.assign(100, 8);
    CHECK(b.data() == memory);
    CHECK(content(b) == std::vector<std::uint32_t>(100, 8));
}

TEST_CASE("buffer: drops what is behind, and no more than there is") {
    buffer b;
    b.assign(3, 1);
    b[2] = 9;
    b.truncate(3);
    CHECK(b.size() == 3);
    b.truncate(1);
    CHECK(content(b) == std::vector<std::uint32_t>{1});
    CHECK(b.span().size() == 1);
}

TEST_CASE("buffer: copies are its own, moves take its memory") {
    buffer b;
    b.assign(4, 5);
    buffer copy = b;
    copy[0] = 6;
    CHECK(b[0] == 5);
    copy = *&copy;
    CHECK(content(copy) == std::vector<std::uint32_t>{6, 5, 5, 5});
    copy = b;
    CHECK(content(copy) == content(b));

    const std::uint32_t* const memory = b.data();
    const buffer moved = std::move(b);
    CHECK(moved.data() == memory);
    CHECK(content(moved) == std::vector<std::uint32_t>(4, 5));
    buffer assigned;
    assigned.assign(2, 1);
    assigned = std::move(copy);
    CHECK(content(assigned) == std::vector<std::uint32_t>(4, 5));
    CHECK(content(buffer{}).empty());
}

#ifdef __cpp_exceptions
TEST_CASE("buffer: is empty where memory runs out") {
    buffer b;
    b.assign(3, 1);
    CHECK_THROWS_AS(b.resize(static_cast<std::size_t>(-1)), std::bad_alloc);
    CHECK(b.empty());
    b.assign(2, 1);
    CHECK(content(b) == std::vector<std::uint32_t>(2, 1));
}
#endif

constexpr bool in_a_constant() {
    buffer b;
    b.resize(2);
    b[0] = 1;
    b[1] = 2;
    buffer c = b;
    c.assign(5, 3);
    return b[0] + b[1] == 3 && c.size() == 5 && c[4] == 3;
}
static_assert(in_a_constant());
TEST_CASE("buffer: in a constant expression and out of it") { CHECK(in_a_constant()); }

} // namespace
