// SPDX-License-Identifier: MIT
#include <devlink/driver_core/slot_queue.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace {

using devlink::device_id;
using devlink::detail::core::device_record;
using queue_type = devlink::detail::core::slot_queue<&device_record::deferred_slot>;

std::vector<device_id> content(const queue_type& queue, std::size_t from = 0) {
    std::vector<device_id> seen;
    for (std::size_t at = from; at < queue.slots().size(); ++at)
        if (queue.slots()[at].valid()) seen.push_back(queue.slots()[at]);
    return seen;
}

} // namespace

TEST_CASE("slot_queue: two lists and a trigger between them, against vectors") {
    std::mt19937 random(11);
    std::vector<device_record> devices(40);
    queue_type queue;
    std::vector<device_id> active;
    std::vector<device_id> pending;
    for (int step = 0; step < 20000; ++step) {
        const device_id d{random() % devices.size()};
        if (random() % 16 == 0) {
            queue.set_fence();
            active.insert(active.end(), pending.begin(), pending.end());
            pending.clear();
        } else if (random() % 4 == 0 && !queue.empty()) {
            const device_id expected = active.empty() ? pending.front() : active.front();
            REQUIRE(queue.before_fence(devices[queue.front().index()]) == !active.empty());
            REQUIRE(queue.pop(devices) == expected);
            std::vector<device_id>& from = active.empty() ? pending : active;
            from.erase(from.begin());
        } else if (queue_type::contains(devices[d.index()])) {
            queue.remove(devices, d);
            std::erase(active, d);
            std::erase(pending, d);
        } else {
            queue.push(devices, d);
            pending.push_back(d);
        }
        std::vector<device_id> both = active;
        both.insert(both.end(), pending.begin(), pending.end());
        REQUIRE(content(queue) == both);
        REQUIRE(content(queue, queue.fence()) == pending);
        REQUIRE(queue.size() == both.size());
    }
}

TEST_CASE("slot_queue: memory follows what is in it, not what went through it") {
    std::vector<device_record> devices(4);
    queue_type queue;
    for (int step = 0; step < 100000; ++step) {
        queue.push(devices, device_id{step % 4});
        REQUIRE(queue.pop(devices) == device_id{step % 4});
    }
    CHECK(queue.empty());
    CHECK(queue.slots().size() <= 16);
}
