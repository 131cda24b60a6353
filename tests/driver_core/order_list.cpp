// SPDX-License-Identifier: MIT
#include <devlink/driver_core/order_list.hpp>

#include "support.hpp"

#include <random>
#include <vector>

using namespace devlink::detail::core;
using testing::device_id;
using testing::link_flag;

namespace {

std::vector<device_id> order_of(const core_state& core) {
    std::vector<device_id> order;
    for (device_id d = core.first_ordered; d.valid(); d = core.device(d).next_ordered) order.push_back(d);
    return order;
}

// As the kernel moves: each device again at every visit.
void naive(const core_state& core, std::vector<device_id>& order, device_id d) {
    std::erase(order, d);
    order.push_back(d);
    for (device_id child = core.device(d).first_child; child.valid(); child = core.device(child).next_sibling)
        naive(core, order, child);
    for (devlink::link_id l = core.device(d).first_consumer; l.valid(); l = core.link(l).next_consumer)
        if (core.link(l).hard()) naive(core, order, core.link(l).consumer);
}

} // namespace

TEST_CASE("order_list: the same order as moving each device at every visit") {
    std::mt19937 random(5);
    for (int world = 0; world < 1000; ++world) {
        core_state core;
        const std::size_t count = 2 + random() % 8;
        for (std::size_t index = 0; index < count; ++index) {
            const device_id d = testing::raw_device(core);
            append_ordered(core, d);
            if (index > 0 && random() % 3 == 0) {
                const device_id above{random() % index};
                core.device(d).parent = above;
                list_append<&device_record::next_sibling, &device_record::prev_sibling>(
                    core.devices, core.device(above).first_child, d);
            }
        }
        for (std::size_t link = 0; link < 2 * count; ++link) {
            const std::size_t c = random() % count;
            if (c == 0) continue;
            const device_id s{random() % c};
            if (core.find_link(device_id{c}, s).valid()) continue;
            (void)core.insert_link(device_id{c}, s,
                                   random() % 4 == 0 ? link_flag::managed | link_flag::sync_state_only
                                                     : devlink::link_flags{link_flag::managed});
        }
        for (int moves = 0; moves < 4; ++moves) {
            const device_id d{random() % count};
            std::vector<device_id> expected = order_of(core);
            naive(core, expected, d);
            reorder_to_tail(core, d);
            REQUIRE(order_of(core) == expected);
        }
        for (const device_record& device : core.devices) REQUIRE_FALSE(device.visited);
    }
}

TEST_CASE("order_list: a device that is not on the list any more is not put back") {
    core_state core;
    const device_id a = testing::raw_device(core);
    const device_id b = testing::raw_device(core);
    append_ordered(core, a);
    append_ordered(core, b);
    (void)core.insert_link(b, a, link_flag::managed);
    remove_ordered(core, b);
    core.device(b).registered = false;
    reorder_to_tail(core, a);
    CHECK(order_of(core) == std::vector<device_id>{a});
}

TEST_CASE("order_list: stacked diamonds take linear time, and no stack") {
    core_state core;
    device_id top = testing::raw_device(core);
    append_ordered(core, top);
    const device_id bottom = top;
    for (int layer = 0; layer < 20000; ++layer) {
        device_id sides[2];
        for (device_id& side : sides) {
            side = testing::raw_device(core);
            append_ordered(core, side);
            (void)core.insert_link(side, top, link_flag::managed);
        }
        top = testing::raw_device(core);
        append_ordered(core, top);
        for (const device_id side : sides) (void)core.insert_link(top, side, link_flag::managed);
    }
    reorder_to_tail(core, bottom);
    const std::vector<device_id> order = order_of(core);
    CHECK(order.size() == core.devices.size());
    CHECK(order.front() == bottom);
    CHECK(order.back() == top);
}
