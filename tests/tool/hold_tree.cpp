// SPDX-License-Identifier: MIT
#include "hold_tree.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "question.hpp"
#include "random_question.hpp"

namespace {

using devlink::device_id;
using devlink::outcome;
using tool::adjusted_graph;
using tool::hold_tree;
using tool::question;

constexpr auto on_demand = devlink::order_rule::on_demand;
constexpr auto report = devlink::cycle_rule::report;

// As the tree knows it: no cycles, and nobody who defers.
question random_question(std::mt19937& random) {
    return tool::random_question(random, {.cycles = false, .deferrals = false});
}

bool is_up(const question& asked, device_id d) { return devlink::is_up(asked.resolve(on_demand, report).verdict(d)); }

// The links of which hold_tree says that making one of them optional is enough.
std::set<std::size_t> promised_links(const hold_tree& holds, device_id d) {
    std::set<std::size_t> links;
    for (device_id at = d; at.valid(); at = holds.dominator(at))
        if (const devlink::link_id l = holds.only_link(at); l.valid()) links.insert(l.index());
    return links;
}

std::set<std::size_t> tried_links(const question& asked, device_id d) {
    std::set<std::size_t> links;
    for (const auto& l : asked.machine.graph.links()) {
        question changed = asked;
        if (changed.graph.make_optional(l.link) && is_up(changed, d)) links.insert(l.link.index());
    }
    return links;
}

TEST_CASE("hold_tree: on graphs without cycles, exactly the links that free a device when tried one by one") {
    std::mt19937 random(1);
    std::size_t held = 0;
    std::size_t freed = 0;
    for (int round = 0; round < 400; ++round) {
        const question asked = random_question(random);
        const devlink::plan plan = asked.resolve(on_demand, report);
        const hold_tree holds(asked, asked.forecast, plan);
        for (std::size_t i = 0; i < asked.graph.device_count(); ++i) {
            const device_id d(i);
            if (devlink::is_up(plan.verdict(d))) continue;
            CAPTURE(round);
            CAPTURE(i);
            const auto promised = promised_links(holds, d);
            CHECK(promised == tried_links(asked, d));
            ++held;
            freed += promised.size();
        }
    }
    CHECK(held > 1000);
    CHECK(freed > 200);
}

TEST_CASE("hold_tree: with the drivers of all roots repaired a device comes up, and with one of several it does not") {
    std::mt19937 random(3);
    std::size_t several = 0;
    for (int round = 0; round < 400; ++round) {
        const question asked = random_question(random);
        const devlink::plan plan = asked.resolve(on_demand, report);
        const hold_tree holds(asked, asked.forecast, plan);
        for (std::size_t i = 0; i < asked.graph.device_count(); ++i) {
            const device_id d(i);
            if (devlink::is_up(plan.verdict(d))) continue;
            CAPTURE(round);
            CAPTURE(i);
            const auto roots = holds.roots_of(d);
            REQUIRE_FALSE(roots.empty());
            question repaired = asked;
            for (const device_id root : roots) repaired.forecast.set(root, outcome::ok);
            CHECK(is_up(repaired, d));
            if (roots.size() == 1) continue;
            ++several;
            for (const device_id root : roots) {
                question partly = asked;
                partly.forecast.set(root, outcome::ok);
                CHECK_FALSE(is_up(partly, d));
            }
        }
    }
    CHECK(several > 100);
}

TEST_CASE("hold_tree: what hangs below a device is what its only link saves") {
    std::mt19937 random(4);
    std::size_t compared = 0;
    for (int round = 0; round < 400; ++round) {
        const question asked = random_question(random);
        const devlink::plan plan = asked.resolve(on_demand, report);
        const hold_tree holds(asked, asked.forecast, plan);
        std::vector<bool> held(asked.graph.device_count());
        for (std::size_t i = 0; i < held.size(); ++i) held[i] = !devlink::is_up(plan.verdict(device_id(i)));
        const auto below = holds.weight_below(held);
        for (std::size_t i = 0; i < held.size(); ++i) {
            if (!held[i] || !holds.only_link(device_id(i)).valid()) continue;
            CAPTURE(round);
            CAPTURE(i);
            question changed = asked;
            REQUIRE(changed.graph.make_optional(holds.only_link(device_id(i))));
            const devlink::plan after = changed.resolve(on_demand, report);
            std::size_t saved = 0;
            for (std::size_t j = 0; j < held.size(); ++j)
                if (held[j] && devlink::is_up(after.verdict(device_id(j)))) ++saved;
            CHECK(below[i] == saved);
            ++compared;
        }
    }
    CHECK(compared > 100);
}

TEST_CASE("hold_tree: a long chain and a tall ladder take little time") {
    for (const std::size_t rungs : {std::size_t{2}, std::size_t{1}}) {
        question asked;
        devlink::graph& g = asked.machine.graph;
        constexpr std::size_t devices = 200'000;
        for (std::size_t i = 0; i < devices; ++i) g.add_device("d" + std::to_string(i));
        for (std::size_t i = 1; i < devices; ++i)
            for (std::size_t back = 1; back <= rungs && back <= i; ++back)
                REQUIRE(g.add_link(device_id(i), device_id(i - back), {}, devlink::unchecked));
        asked.graph = adjusted_graph(g);
        asked.forecast = devlink::forecast(g);
        asked.forecast.set(device_id(0), outcome::fail);
        const devlink::plan plan = asked.resolve(on_demand, report);
        const hold_tree holds(asked, asked.forecast, plan);
        CHECK(holds.dominator(device_id(devices - 1)) == device_id(rungs == 1 ? devices - 2 : 0));
        CHECK(holds.roots_of(device_id(devices - 1)) == std::vector{device_id(0)});
    }
}

} // namespace
