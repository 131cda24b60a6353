// SPDX-License-Identifier: MIT
#include <devlink/detail/labelled_list.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

using devlink::detail::labelled_list;

namespace {

template <class Index>
bool agrees(const labelled_list<Index>& list, const std::vector<Index>& expected) {
    for (std::size_t at = 1; at < expected.size(); ++at)
        if (list.label(expected[at - 1]) >= list.label(expected[at])) return false;
    return list.size() == expected.size();
}

} // namespace

TEST_CASE("order list: numbers are appended in order") {
    labelled_list<std::uint16_t> list;
    std::vector<std::uint16_t> expected;
    for (std::uint16_t number = 0; number < 1000; ++number) {
        list.append();
        expected.push_back(number);
    }
    CHECK(agrees(list, expected));
}

TEST_CASE("order list: is ordered anew as told") {
    labelled_list<std::uint8_t> list;
    list.append();
    list.assign({2, 0, 1});
    CHECK(agrees(list, {2, 0, 1}));
    list.append();
    CHECK(agrees(list, {2, 0, 1, 3}));
}

TEST_CASE("order list: random moves agree with a plain sequence") {
    std::mt19937 random{17};
    for (int round = 0; round < 60; ++round) {
        labelled_list<std::uint32_t> list;
        std::vector<std::uint32_t> expected;
        const std::size_t count = 2 + random() % 40;
        for (std::uint32_t number = 0; number < count; ++number) {
            list.append();
            expected.push_back(number);
        }
        for (int move = 0; move < 300; ++move) {
            std::vector<std::uint32_t> others(expected);
            const std::uint32_t place = others[random() % others.size()];
            std::erase(others, place);
            std::shuffle(others.begin(), others.end(), random);
            others.resize(1 + random() % others.size());
            for (const std::uint32_t number : others) std::erase(expected, number);
            auto at = std::find(expected.begin(), expected.end(), place);
            if (random() % 2 == 0) {
                list.move_behind(place, others);
                expected.insert(at + 1, others.begin(), others.end());
            } else {
                list.move_before(place, others);
                expected.insert(at, others.begin(), others.end());
            }
            REQUIRE(agrees(list, expected));
        }
    }
}

TEST_CASE("order list: a gap that is used over and over is spread, at every place") {
    // Without spreading, a gap of 2^31 labels is used up after 31 moves to one place.
    for (const bool behind : {true, false}) {
        labelled_list<std::uint32_t> list;
        constexpr std::uint32_t count = 3000;
        for (std::uint32_t number = 0; number < count; ++number) list.append();
        const std::uint32_t place = behind ? 0 : count - 1;
        std::vector<std::uint32_t> expected;
        if (behind) {
            for (std::uint32_t number = 1; number < count; ++number) list.move_behind(place, {number});
            for (std::uint32_t number = count; number-- > 1;) expected.push_back(number);
            expected.insert(expected.begin(), place);
        } else {
            for (std::uint32_t number = count - 1; number-- > 0;) list.move_before(place, {number});
            for (std::uint32_t number = count - 1; number-- > 0;) expected.push_back(number);
            expected.push_back(place);
        }
        CHECK(agrees(list, expected));
    }
    labelled_list<std::uint32_t> list;
    for (std::uint32_t number = 0; number < 3000; ++number) list.append();
    std::vector<std::uint32_t> expected{0};
    for (std::uint32_t number = 1; number < 3000; ++number) { // to the very front, again and again
        list.move_before(expected.front(), {number});
        expected.insert(expected.begin(), number);
    }
    CHECK(agrees(list, expected));
}
