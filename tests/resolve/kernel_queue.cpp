// SPDX-License-Identifier: MIT
#include <devlink/resolve/kernel_queue.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <vector>

#include "compare.hpp"
#include "small.hpp"

namespace {

using small::link;
using small::optional_link;
using small::outcome;

constexpr devlink::options kernel{.order = devlink::order_rule::kernel};

TEST_CASE("member_counter: counts who is before a place, as members leave") {
    reference::random_numbers random{5};
    for (const std::size_t bound : {1U, 63U, 64U, 65U, 1000U}) {
        CAPTURE(bound);
        devlink::detail::member_counter counter;
        counter.reset(bound);
        std::vector<bool> members(bound, false);
        for (std::size_t i = 0; i != bound; ++i)
            if (random.chance(60)) {
                counter.insert(i);
                members[i] = true;
            }
        counter.sum_up();
        for (int round = 0; round != 50; ++round) {
            const std::size_t leaving = random.below(bound);
            if (members[leaving]) counter.erase(leaving);
            members[leaving] = false;
            std::size_t before = 0;
            bool right = true;
            for (std::size_t i = 0; i != bound; ++i) {
                right = right && counter.below(i) == before && counter.contains(i) == members[i];
                before += members[i] ? 1U : 0U;
            }
            CHECK(right);
            CHECK(counter.below(bound) == before);
            CHECK(counter.size() == before);
        }
    }
}

TEST_CASE("kernel: a chain registered in order costs nothing, the other way round each bind costs a round") {
    for (const std::size_t n : {2U, 5U, 30U}) {
        small::machine in_order{n, {}};
        small::machine reversed{n, {}};
        for (std::size_t d = 1; d < n; ++d) {
            in_order.list.push_back(link(d, d - 1));
            reversed.list.push_back(link(d - 1, d));
        }
        CHECK(devlink::resolve<kernel>(in_order).failed_attempts() == 0);
        CHECK(devlink::resolve<kernel>(reversed).failed_attempts() == n * (n - 1) / 2);
    }
}

TEST_CASE("kernel: the queue goes on behind the device that bound") {
    // First round: 3 binds; 0, 1, 2 and 4 are deferred. Then 0 is once more, and 1, 2, 4 and at last 0 bind.
    const small::machine m{5, {link(0, 4), link(1, 3), link(2, 3), link(4, 2)}};
    const devlink::plan p = devlink::resolve<kernel>(m);
    CHECK(small::order(p) == small::numbers{3, 1, 2, 4, 0});
    CHECK(p.failed_attempts() == 5);
}

TEST_CASE("kernel: a release triggers only if somebody stands on the pending list") {
    // 1 fails in the first round, before 2 is tried: 2 needs no trigger. 0 was tried before it, and waits for the end
    // of the round as all do.
    const small::machine m{3, {optional_link(0, 1), optional_link(2, 1)}};
    const devlink::plan p = devlink::resolve<kernel>(m, small::forecast(m, {{1, outcome::fail}}));
    CHECK(small::order(p) == small::numbers{1, 2, 0});
    CHECK(p.failed_attempts() == 1);
}

TEST_CASE("kernel: a device without driver is given up when the queue has come to rest") {
    // 0 and 1 can do without 3; all that time 2 defers.
    const small::machine m{4, {optional_link(0, 3), link(1, 0)}};
    const devlink::plan p =
        devlink::resolve<kernel>(m, small::forecast(m, {{2, outcome::defer}, {3, outcome::absent}}));
    CHECK(small::verdicts(p) == "degraded bound waiting absent");
    CHECK(small::order(p) == small::numbers{2, 0, 1});
    // Two rounds of three; then 0 and 1 bind, one after the other, and 2 is asked once more.
    CHECK(p.failed_attempts() == 7);
}

TEST_CASE("kernel: but its own supplier dooms it at once") {
    const small::machine m{3, {link(1, 0), optional_link(2, 1)}};
    const devlink::plan p = devlink::resolve<kernel>(m, small::forecast(m, {{0, outcome::fail}, {1, outcome::absent}}));
    CHECK(small::verdicts(p) == "failed absent degraded");
    CHECK(p.failed_attempts() == 0);
}

TEST_CASE("kernel: as the reference on random machines, attempts included") {
    CHECK(reference::compare_random_machines<devlink::order_rule::kernel>() == "");
}

} // namespace
