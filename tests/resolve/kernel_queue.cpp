// SPDX-License-Identifier: MIT
#include <devlink/resolve/kernel_queue.hpp>

#include <doctest/doctest.h>

#include "compare.hpp"

namespace {

TEST_CASE("kernel: as the reference on random machines, attempts included") {
    CHECK(reference::compare_random_machines<devlink::order_rule::kernel>() == "");
}

} // namespace
