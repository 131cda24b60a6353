// SPDX-License-Identifier: MIT
#include <devlink/sink/roots.hpp>

#include <doctest/doctest.h>

#include <devlink/model/graph.hpp>
#include <devlink/resolve/resolve.hpp>

#include <random>

namespace {

using devlink::device_id;
using devlink::link_flags;
using devlink::outcome;

TEST_CASE("roots: the same as asking the plan for each device, on random graphs") {
    constexpr devlink::options report{.cycles = devlink::cycle_rule::report};
    std::mt19937 random(7);
    std::size_t with_root = 0;
    std::size_t cyclic = 0;
    for (int round = 0; round < 2000; ++round) {
        const std::size_t devices = 1 + random() % 12;
        devlink::graph g;
        for (std::size_t i = 0; i < devices; ++i) g.add_device("d" + std::to_string(i));
        for (std::size_t i = 0; i < devices * 2; ++i) {
            const device_id consumer(random() % devices);
            const device_id supplier(random() % devices);
            const link_flags flags = random() % 4 == 0 ? devlink::link_flag::optional_supplier : link_flags{};
            if (consumer != supplier) CHECK(g.add_link(consumer, supplier, flags, devlink::unchecked));
        }
        devlink::forecast expected(g);
        for (std::size_t i = 0; i < devices; ++i)
            if (random() % 5 == 0) expected.set(device_id{i}, static_cast<outcome>(random() % 4));
        const devlink::plan plan = devlink::resolve<report>(g, expected);
        cyclic += plan.count(devlink::verdict::cyclic);
        const auto roots = devlink::sink::all_roots(plan);
        REQUIRE(roots.size() == devices);
        for (std::size_t i = 0; i < devices; ++i) {
            CAPTURE(round);
            CAPTURE(i);
            CHECK(roots[i] == plan.root(device_id{i}));
            if (roots[i].valid()) ++with_root;
        }
    }
    CHECK(with_root > 1000);
    CHECK(cyclic > 1000);
}

TEST_CASE("roots: a long chain is walked once") {
    constexpr std::size_t length = 300'000;
    devlink::graph g;
    for (std::size_t i = 0; i < length; ++i) g.add_device("d" + std::to_string(i));
    for (std::size_t i = 1; i < length; ++i) REQUIRE(g.add_link(device_id{i}, device_id{i - 1}, {}));
    devlink::forecast expected(g);
    expected.set(device_id{0}, outcome::fail);
    const auto roots = devlink::sink::all_roots(devlink::resolve(g, expected));
    CHECK_FALSE(roots[0].valid());
    CHECK(roots[1] == device_id{0});
    CHECK(roots[length - 1] == device_id{0});
}

} // namespace
