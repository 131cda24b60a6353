// SPDX-License-Identifier: MIT
#include <devlink/resolve/ready_queue.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "compare.hpp"
#include "small.hpp"

namespace {

using small::link;
using small::optional_link;

template <class Queue>
small::numbers drain(Queue& queue) {
    small::numbers list;
    for (std::size_t d = queue.pop(); d != Queue::none; d = queue.pop()) list.push_back(d);
    return list;
}

TEST_CASE("fifo_queue: first come, first served") {
    devlink::detail::fifo_queue<std::uint32_t> queue;
    queue.reset(3);
    queue.push(2);
    queue.push(0);
    CHECK(queue.pop() == 2);
    queue.push(1);
    CHECK(drain(queue) == small::numbers{0, 1});
}

TEST_CASE("registration_queue: the lowest of those that are there") {
    devlink::detail::registration_queue queue;
    queue.reset(200);
    for (const std::size_t d : {150U, 3U, 70U}) queue.push(d);
    CHECK(queue.pop() == 3);
    queue.push(1);
    queue.push(199);
    CHECK(drain(queue) == small::numbers{1, 70, 150, 199});
}

TEST_CASE("longest_path_queue: the most expensive, of equals the lowest") {
    // Ranked by counting, as costs so low allow, and by comparing.
    for (const std::uint64_t unit : {std::uint64_t{1}, std::uint64_t{1'000'000}, std::uint64_t{1} << 60}) {
        const std::vector<std::uint64_t> costs{5 * unit, 9 * unit, 5 * unit, 0, 9 * unit};
        devlink::detail::longest_path_queue<std::uint32_t> queue;
        queue.reset(costs);
        for (const std::size_t d : {2U, 4U, 3U, 0U, 1U}) queue.push(d);
        CHECK(drain(queue) == small::numbers{1, 4, 0, 2, 3});
    }
    devlink::detail::longest_path_queue<std::uint32_t> empty;
    empty.reset({});
    CHECK(drain(empty).empty());
}

TEST_CASE("wave_queue: one more than the wave of whose probe made it ready") {
    devlink::detail::buffer<std::uint32_t> waves;
    devlink::detail::wave_queue<std::uint32_t> queue;
    queue.reset(4, waves);
    queue.push(1);
    queue.push(3);
    CHECK(queue.pop() == 1);
    queue.push(0);
    CHECK(queue.pop() == 3);
    CHECK(queue.pop() == 0);
    CHECK(queue.last_wave() == 2);
    CHECK(std::vector<std::uint32_t>(waves.begin(), waves.end()) == std::vector<std::uint32_t>{2, 1, 0, 1});
}

TEST_CASE("breadth: a consumer that a failure lets go comes in the wave after it") {
    // 2 fails in the second wave and dooms 3, which 0 can do without.
    const small::machine m{5, {optional_link(0, 3), link(3, 2), link(2, 1), link(4, 1)}};
    const devlink::plan p = devlink::resolve<devlink::options{.order = devlink::order_rule::breadth}>(
        m, small::forecast(m, {{2, small::outcome::fail}}));
    CHECK(small::order(p) == small::numbers{1, 2, 4, 0});
    CHECK(p.wave(small::id(0)) == 3);
    CHECK(p.wave(small::id(3)) == 0);
}

TEST_CASE("registration: the lexicographically smallest order") {
    const small::machine m{5, {link(0, 3), link(2, 4)}};
    CHECK(small::order(devlink::resolve<devlink::options{.order = devlink::order_rule::registration}>(m)) ==
          small::numbers{1, 3, 0, 4, 2});
}

TEST_CASE("longest_path_first: the chain that takes longest starts first") {
    const small::machine m{5, {link(1, 0), link(3, 2), link(4, 3)}};
    devlink::forecast f{m};
    CHECK(small::order(devlink::resolve<devlink::options{.order = devlink::order_rule::longest_path_first}>(m, f)) ==
          small::numbers{2, 0, 3, 1, 4});
    f.set_cost(small::id(1), 10);
    CHECK(small::order(devlink::resolve<devlink::options{.order = devlink::order_rule::longest_path_first}>(m, f)) ==
          small::numbers{0, 1, 2, 3, 4});
}

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
