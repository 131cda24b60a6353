// SPDX-License-Identifier: MIT
#include "changes.hpp"

#include <doctest/doctest.h>

#include <random>

#include "question.hpp"
#include "random_question.hpp"

namespace {

using devlink::cycle_rule;
using devlink::device_id;
using devlink::link_flag;
using devlink::outcome;
using tool::question;

constexpr auto on_demand = devlink::order_rule::on_demand;

bool is_up(const question& asked, cycle_rule cycles, device_id d) {
    return devlink::is_up(asked.resolve(on_demand, cycles).verdict(d));
}

TEST_CASE("changes: no link is named that would not be enough, and few are missed") {
    std::mt19937 random(2);
    for (const cycle_rule cycles : {cycle_rule::report, cycle_rule::relax_inferred, cycle_rule::relax_optional}) {
        std::size_t named = 0;
        std::size_t enough = 0;
        for (int round = 0; round < 300; ++round) {
            const question asked = tool::random_question(random);
            const devlink::plan plan = asked.resolve(on_demand, cycles);
            for (std::size_t i = 0; i < asked.graph.device_count(); ++i) {
                const device_id d(i);
                if (devlink::is_up(plan.verdict(d))) continue;
                CAPTURE(round);
                CAPTURE(i);
                const tool::changes found = tool::find_changes(asked, plan, cycles, d);
                for (const tool::link_ends& l : found.links) {
                    CHECK(asked.machine.graph.find_link(l.consumer, l.supplier) == l.link);
                    question changed = asked;
                    REQUIRE(changed.graph.make_optional(l.link));
                    CHECK(is_up(changed, cycles, d));
                }
                named += found.links.size();
                for (const auto& l : asked.machine.graph.links()) {
                    question changed = asked;
                    if (changed.graph.make_optional(l.link) && is_up(changed, cycles, d)) ++enough;
                }
            }
        }
        CHECK(named > 50);
        CHECK(named <= enough);
        CHECK(named * 2 > enough);
    }
}

TEST_CASE("changes: with all named roots up, and their cycles gone, the device comes up") {
    std::mt19937 random(3);
    std::size_t repaired_devices = 0;
    for (int round = 0; round < 500; ++round) {
        const question asked = tool::random_question(random);
        const devlink::plan plan = asked.resolve(on_demand, cycle_rule::report);
        for (std::size_t i = 0; i < asked.graph.device_count(); ++i) {
            const device_id d(i);
            if (devlink::is_up(plan.verdict(d))) continue;
            CAPTURE(round);
            CAPTURE(i);
            const tool::changes found = tool::find_changes(asked, plan, cycle_rule::report, d);
            REQUIRE_FALSE(found.roots.empty());
            question changed = asked;
            bool any_cycle = false;
            for (const device_id root : found.roots) {
                any_cycle = any_cycle || plan.verdict(root) == devlink::verdict::cyclic;
                changed.forecast.set(root, outcome::ok);
            }
            if (any_cycle || is_up(changed, cycle_rule::report, d))
                ++repaired_devices;
            else // what is left is a cycle that the repair laid open
                CHECK(changed.resolve(on_demand, cycle_rule::report).count(devlink::verdict::cyclic) != 0);
        }
    }
    CHECK(repaired_devices > 500);
}

TEST_CASE("changes: who could do without a device that would wait for ever is not promised that") {
    question asked;
    devlink::graph& g = asked.machine.graph;
    const device_id late = g.add_device("late");
    const device_id broken = g.add_device("broken");
    const device_id middle = g.add_device("middle");
    const device_id top = g.add_device("top");
    REQUIRE(g.add_link(middle, late, {}));
    REQUIRE(g.add_link(middle, broken, {}));
    REQUIRE(g.add_link(top, middle, link_flag::optional_supplier));
    REQUIRE(g.add_link(top, broken, {}));
    asked.graph = tool::adjusted_graph(g);
    asked.forecast = devlink::forecast(g);
    asked.forecast.set(late, outcome::defer);
    asked.forecast.set(broken, outcome::fail);
    const devlink::plan plan = asked.resolve(on_demand, cycle_rule::report);
    REQUIRE(plan.verdict(top) == devlink::verdict::blocked);
    const tool::changes found = tool::find_changes(asked, plan, cycle_rule::report, top);
    REQUIRE(found.links.size() == 1); // the link to the broken device; with it repaired, top waits for middle
    CHECK(found.links[0].supplier == broken);
    CHECK(found.roots == std::vector{late, broken});
}

} // namespace
