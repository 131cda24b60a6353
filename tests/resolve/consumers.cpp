// SPDX-License-Identifier: MIT
#include <devlink/resolve/consumers.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <vector>

#include "small.hpp"

namespace {

std::vector<std::size_t> consumers_of(const devlink::detail::consumer_lists<std::uint32_t, std::uint32_t>& lists,
                                      std::size_t s) {
    const auto list = lists.of(s);
    return {list.begin(), list.end()};
}

TEST_CASE("consumer_lists: needs turned round, each supplier's in the order in which they come") {
    using small::link;
    const small::machine m{4,
                           {link(3, 0), link(1, 0), link(3, 1), link(3, 0), link(2, 1, small::link_flag::stateless)}};
    devlink::detail::consumer_lists<std::uint32_t, std::uint32_t> lists;
    lists.build(
        4, [&](auto f) { devlink::detail::for_each_need(m, f); },
        [](auto consumer, const auto&) { return static_cast<std::uint32_t>(consumer.index()); });
    CHECK(consumers_of(lists, 0) == small::numbers{3, 1, 3});
    CHECK(consumers_of(lists, 1) == small::numbers{3});
    CHECK(consumers_of(lists, 2).empty());
    CHECK(consumers_of(lists, 3).empty());
    CHECK(lists.left(0) == 0);
    CHECK(lists.left(1) == 1);
    CHECK(lists.left(2) == 0);
    CHECK(lists.left(3) == 3);
}

} // namespace
