// SPDX-License-Identifier: MIT
#include <devlink/driver_core/dependency.hpp>

#include "support.hpp"

#include <random>
#include <vector>

using namespace devlink::detail::core;
using testing::device_id;
using testing::link_flag;

namespace {

void add_child(core_state& core, device_id above, device_id child) {
    core.device(child).parent = above;
    list_append<&device_record::next_sibling, &device_record::prev_sibling>(core.devices,
                                                                            core.device(above).first_child, child);
}

// As the kernel walks: without marks, from the consumer down.
bool naive(const core_state& core, device_id from, device_id s) {
    for (device_id d = s; d.valid(); d = core.device(d).parent)
        if (d == from) return true;
    for (device_id child = core.device(from).first_child; child.valid(); child = core.device(child).next_sibling)
        if (naive(core, child, s)) return true;
    for (devlink::link_id l = core.device(from).first_consumer; l.valid(); l = core.link(l).next_consumer)
        if (core.link(l).hard() && naive(core, core.link(l).consumer, s)) return true;
    return false;
}

} // namespace

TEST_CASE("dependency: the same answers as a walk without marks, and a path for each yes") {
    std::mt19937 random(3);
    for (int world = 0; world < 400; ++world) {
        core_state core;
        const std::size_t count = 3 + random() % 6;
        for (std::size_t index = 0; index < count; ++index) {
            const device_id d = testing::raw_device(core);
            if (index > 0 && random() % 3 == 0) add_child(core, device_id{random() % index}, d);
            for (std::size_t supplier = 0; supplier < index; ++supplier) {
                if (random() % 3 != 0) continue;
                const bool soft = random() % 4 == 0;
                (void)core.insert_link(d, device_id{supplier},
                                       soft ? link_flag::managed | link_flag::sync_state_only
                                            : devlink::link_flags{link_flag::managed});
            }
        }
        for (std::size_t c = 0; c < count; ++c) {
            for (std::size_t s = 0; s < count; ++s) {
                std::vector<device_id> path;
                const bool dependent = is_dependent(core, device_id{s}, device_id{c}, &path);
                REQUIRE(dependent == naive(core, device_id{c}, device_id{s}));
                if (!dependent) {
                    REQUIRE(path.empty());
                    continue;
                }
                REQUIRE(path.front() == device_id{c});
                REQUIRE(path.back() == device_id{s});
                for (std::size_t step = 0; step + 1 < path.size(); ++step) {
                    const devlink::link_id l = core.find_link(path[step + 1], path[step]);
                    REQUIRE((core.device(path[step + 1]).parent == path[step] || (l.valid() && core.link(l).hard())));
                }
            }
        }
        for (const device_record& device : core.devices) REQUIRE_FALSE((device.visited || device.target));
    }
}

TEST_CASE("dependency: stacked diamonds take linear time") {
    core_state core;
    device_id top = testing::raw_device(core);
    const device_id bottom = top;
    for (int layer = 0; layer < 20000; ++layer) {
        const device_id left = testing::raw_device(core);
        const device_id right = testing::raw_device(core);
        const device_id join = testing::raw_device(core);
        (void)core.insert_link(left, top, link_flag::managed);
        (void)core.insert_link(right, top, link_flag::managed);
        (void)core.insert_link(join, left, link_flag::managed);
        (void)core.insert_link(join, right, link_flag::managed);
        top = join;
    }
    const device_id other = testing::raw_device(core);
    CHECK_FALSE(is_dependent(core, other, bottom));
    CHECK(is_dependent(core, top, bottom));
    CHECK_FALSE(is_dependent(core, bottom, top));
}
