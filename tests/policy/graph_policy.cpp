// SPDX-License-Identifier: MIT
#include <devlink/policy/graph_policy.hpp>

#include <doctest/doctest.h>

#include <concepts>
#include <cstdint>

namespace {

struct others_names {
    static constexpr bool named = true;
};
struct near_miss {
    bool names = true;
};

} // namespace

TEST_CASE("graph policy: choices of names meet the concept, a near miss does not") {
    static_assert(devlink::names_policy<devlink::no_names>);
    static_assert(devlink::names_policy<devlink::with_names>);
    static_assert(devlink::names_policy<others_names>);
    static_assert(!devlink::names_policy<near_miss>);
    static_assert(!devlink::names_policy<int>);
    CHECK_FALSE(devlink::no_names::named);
    CHECK(devlink::with_names::named);
}

TEST_CASE("graph policy: hands out what was chosen, 32 bits and names by default") {
    using narrow = devlink::graph_policy<std::uint16_t, devlink::no_names>;
    static_assert(std::same_as<narrow::index_type, std::uint16_t>);
    static_assert(std::same_as<narrow::names, devlink::no_names>);
    static_assert(std::same_as<devlink::graph_policy<>::index_type, std::uint32_t>);
    CHECK(devlink::graph_policy<>::names::named);
}
