// SPDX-License-Identifier: MIT
// E4 and E6 over small worlds: as many as fit into the time of a plain test run. every_small_world.cpp visits all.
#include "search.hpp"

TEST_CASE("E4: making a mandatory link optional never shrinks the set of devices that are bound in the end") {
    std::size_t visited = 0;
    for (std::size_t devices = 1; devices <= 3; ++devices)
        visited += testing::for_each_world(devices, 4, 4, testing::check_monotone);
    CHECK(visited == 4 + 4 * 16 * 2 + 64 * 64 * 6);
    visited += testing::for_each_world(4, 4, 4, testing::check_monotone, 61);
    MESSAGE(visited,
            " worlds: links absent, mandatory, soft or optional, drivers ok, fail or absent, in every order; of "
            "4 devices every 61st graph");
}

TEST_CASE("E6: doomed is who can't be bound by any order of events") {
    CHECK(testing::search_all(2, true).states == 1220);
    testing::search_all(2, true, devlink::link_flag::autoprobe_consumer);
    CHECK(testing::search_all(3, false).states > 60000);
    testing::search_all(3, false, devlink::link_flag::autoprobe_consumer);
}
