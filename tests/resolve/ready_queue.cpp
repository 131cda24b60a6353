// SPDX-License-Identifier: MIT
#include <devlink/resolve/ready_queue.hpp>

#include <doctest/doctest.h>

#include "compare.hpp"

namespace {

TEST_CASE("registration: as the reference on random machines") {
    CHECK(reference::compare_random_machines<devlink::order_rule::registration>() == "");
}

TEST_CASE("breadth: as the reference on random machines") {
    CHECK(reference::compare_random_machines<devlink::order_rule::breadth>() == "");
}

TEST_CASE("longest_path_first: as the reference on random machines") {
    CHECK(reference::compare_random_machines<devlink::order_rule::longest_path_first>() == "");
}

} // namespace
