// SPDX-License-Identifier: MIT
#include <devlink/detail/index_set.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <random>
#include <set>

namespace {

using devlink::detail::index_set;

TEST_CASE("index_set: finds the next member as std::set does, at every size of the tree") {
    std::mt19937 random{7};
    for (const std::size_t bound : {1U, 63U, 64U, 65U, 4095U, 4096U, 4097U, 300'000U}) {
        CAPTURE(bound);
        index_set members;
        members.reset(bound);
        CHECK(members.next(0) == index_set::none);
        CHECK(members.next(bound) == index_set::none);
        std::set<std::size_t> right;
        bool same = true;
        for (int round = 0; round != 3000; ++round) {
            const std::size_t i = random() % bound;
            if (random() % 2 == 0) {
                members.insert(i);
                right.insert(i);
            } else {
                members.erase(i);
                right.erase(i);
            }
            const std::size_t from = random() % (bound + 1);
            const auto next = right.lower_bound(from);
            same = same && members.next(from) == (next == right.end() ? index_set::none : *next);
            same = same && members.contains(i) == (right.count(i) != 0);
            same = same && members.empty() == right.empty();
        }
        CHECK(same);
    }
}

TEST_CASE("index_set: the last number below the bound is found from 0") {
    for (const std::size_t bound : {64U, 4096U, 262'144U, 262'145U}) {
        index_set members;
        members.reset(bound);
        members.insert(bound - 1);
        CHECK(members.next(0) == bound - 1);
        members.erase(bound - 1);
        CHECK(members.next(0) == index_set::none);
    }
}

constexpr std::size_t in_a_constant() {
    index_set members;
    members.reset(5000);
    members.insert(4999);
    members.insert(70);
    members.erase(70);
    return members.next(3);
}
static_assert(in_a_constant() == 4999);
TEST_CASE("index_set: in a constant expression and out of it") { CHECK(in_a_constant() == 4999); }

} // namespace
