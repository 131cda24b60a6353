// SPDX-License-Identifier: MIT
#include <devlink/model/id.hpp>

#include <doctest/doctest.h>

#include <concepts>
#include <cstdint>
#include <type_traits>
#include <unordered_set>

using devlink::basic_device_id;
using devlink::device_id;
using devlink::link_id;

TEST_CASE("id: one made from nothing names nothing") {
    static_assert(!device_id{}.valid());
    static_assert(device_id{0}.valid());
    static_assert(device_id{} == device_id{});
    static_assert(device_id{} != device_id{0});
    CHECK_FALSE(basic_device_id<std::uint8_t>{}.valid());
}

TEST_CASE("id: keeps its number, also the highest that its index has") {
    static_assert(device_id{7}.index() == 7);
    static_assert(basic_device_id<std::uint8_t>{254}.index() == 254);
    static_assert(basic_device_id<std::uint8_t>{254}.valid());
    CHECK(basic_device_id<std::uint64_t>{1ULL << 40}.index() == 1ULL << 40);
}

TEST_CASE("id: -1 and the highest number of its index name nothing, whatever the type of the number") {
    static_assert(!device_id{-1}.valid());
    static_assert(!device_id{static_cast<signed char>(-1)}.valid());
    static_assert(!basic_device_id<std::uint8_t>{-1LL}.valid());
    static_assert(!basic_device_id<std::uint8_t>{255}.valid());
    static_assert(basic_device_id<std::uint64_t>{static_cast<short>(5)}.index() == 5);
    CHECK(basic_device_id<std::uint16_t>{'c'}.index() == 'c');
}

TEST_CASE("id: is ordered by registration") {
    static_assert(device_id{1} < device_id{2});
    CHECK(device_id{3} > device_id{2});
    CHECK(device_id{3} < device_id{}); // no device comes last
}

TEST_CASE("id: is as small as its index and not mixed up with others") {
    static_assert(sizeof(device_id) == 4);
    static_assert(sizeof(basic_device_id<std::uint16_t>) == 2);
    static_assert(std::is_trivially_copyable_v<device_id>);
    static_assert(!std::convertible_to<device_id, link_id>);
    static_assert(!std::equality_comparable_with<device_id, link_id>);
    static_assert(!std::convertible_to<int, device_id>);
    static_assert(std::constructible_from<device_id, std::size_t>);
    static_assert(!std::constructible_from<device_id, bool>);
    CHECK(sizeof(link_id) == 4);
}

TEST_CASE("id: can be a key") {
    std::unordered_set<device_id> seen{device_id{1}, device_id{2}, device_id{1}, device_id{}};
    CHECK(seen.size() == 3);
    CHECK(seen.contains(device_id{}));
    CHECK_FALSE(seen.contains(device_id{3}));
}
