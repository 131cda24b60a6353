// SPDX-License-Identifier: MIT
#include <devlink/resolve/on_demand.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <vector>

#include "compare.hpp"

namespace {

TEST_CASE("on_demand: as the reference on random machines") {
    CHECK(reference::compare_random_machines<devlink::order_rule::on_demand>() == "");
}

} // namespace
