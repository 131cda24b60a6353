// SPDX-License-Identifier: MIT
// E4 over every world of up to four devices, and E6 over every state of up to three with drivers that may also defer.
#include "search.hpp"

TEST_CASE("E4: every world of four devices") {
    const std::size_t visited = testing::for_each_world(4, 4, 4, testing::check_monotone);
    MESSAGE(visited, " worlds");
    CHECK(visited == std::size_t{4096} * 256 * 24);
}

TEST_CASE("E6: every state of three devices, drivers deferring as well") {
    CHECK(testing::search_all(3, true).states > 0);
    CHECK(testing::search_all(3, true, devlink::link_flag::autoprobe_consumer).states > 0);
}
