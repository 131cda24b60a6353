// SPDX-License-Identifier: MIT
#include "changes.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <utility>
#include <vector>

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

// Breaks the cycle through a device as it says in changes.hpp; by reachability, so that it is no copy of what is
// tested.
void break_cycle(question& asked, const devlink::plan& plan, device_id through) {
    const std::size_t n = asked.graph.device_count();
    const std::vector<bool> relaxed = tool::relaxed_links(asked, plan);
    const auto counts = [&](device_id d) { return plan.verdict(d) == devlink::verdict::cyclic; };
    std::vector<std::vector<bool>> reaches(n, std::vector<bool>(n));
    for (std::size_t i = 0; i < n; ++i) {
        const device_id d(i);
        if (!counts(d)) continue;
        for (const devlink::supplier_link& l : asked.graph.suppliers(d))
            if (devlink::holds_back(l.flags) && !relaxed[l.link.index()] && counts(l.supplier))
                reaches[i][l.supplier.index()] = true;
        const devlink::parent parent = asked.graph.parent(d);
        if (parent.device.valid() && parent.kind == devlink::parent_kind::populates && counts(parent.device))
            reaches[i][parent.device.index()] = true;
    }
    for (std::size_t k = 0; k < n; ++k)
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j < n; ++j)
                if (reaches[i][k] && reaches[k][j]) reaches[i][j] = true;
    const auto on_it = [&](device_id d) {
        return reaches[d.index()][through.index()] && reaches[through.index()][d.index()];
    };
    std::vector<devlink::link_id> links;
    for (std::size_t i = 0; i < n; ++i)
        for (const devlink::supplier_link& l : asked.graph.suppliers(device_id(i)))
            if (on_it(device_id(i)) && on_it(l.supplier)) links.push_back(l.link);
    for (const devlink::link_id l : links) asked.graph.relax(l);
}

// Does all that a set of repairs says, and says what becomes of the device.
devlink::verdict verdict_after(const question& asked, const std::vector<tool::repair>& repairs, cycle_rule cycles,
                               device_id d) {
    question changed = asked;
    for (const tool::repair& wanted : repairs)
        if (wanted.driver) changed.forecast.set(wanted.device, outcome::ok);
    for (bool again = true; again;) {
        again = false;
        for (const tool::repair& wanted : repairs) {
            const devlink::plan plan = changed.resolve(on_demand, cycles);
            if (!wanted.cycle || plan.verdict(wanted.device) != devlink::verdict::cyclic) continue;
            break_cycle(changed, plan, wanted.device);
            again = true;
        }
    }
    return changed.resolve(on_demand, cycles).verdict(d);
}

TEST_CASE("changes: all that is named together is enough, with cycles too") {
    for (const cycle_rule cycles : {cycle_rule::report, cycle_rule::relax_inferred, cycle_rule::relax_optional}) {
        std::mt19937 random(3);
        std::size_t drivers = 0;
        std::size_t broken = 0;
        std::size_t both = 0;
        std::size_t degraded = 0;
        for (int round = 0; round < 500; ++round) {
            const question asked = tool::random_question(random);
            const devlink::plan plan = asked.resolve(on_demand, cycles);
            for (std::size_t i = 0; i < asked.graph.device_count(); ++i) {
                const device_id d(i);
                const devlink::verdict before = plan.verdict(d);
                if (before == devlink::verdict::bound) continue;
                CAPTURE(round);
                CAPTURE(i);
                const std::vector<tool::repair> repairs = tool::find_changes(asked, plan, cycles, d).repairs;
                REQUIRE_FALSE(repairs.empty());
                CHECK(std::ranges::is_sorted(repairs, {}, &tool::repair::device));
                const devlink::verdict after = verdict_after(asked, repairs, cycles, d);
                if (devlink::is_up(before)) {
                    CHECK(after == devlink::verdict::bound);
                    ++degraded;
                } else {
                    CHECK(devlink::is_up(after));
                }
                for (const tool::repair& wanted : repairs) {
                    CHECK((wanted.driver || wanted.cycle));
                    CHECK(wanted.driver <= (asked.forecast[wanted.device] != outcome::ok));
                    drivers += wanted.driver && !wanted.cycle;
                    broken += wanted.cycle && !wanted.driver;
                    both += wanted.cycle && wanted.driver;
                }
            }
        }
        CHECK(drivers > 500);
        CHECK(broken > 100);
        CHECK(both > 20);
        CHECK(degraded > 50);
    }
}

TEST_CASE("changes: one repair less is not enough where nobody defers and nothing is optional") {
    std::mt19937 random(5);
    std::size_t tried = 0;
    for (int round = 0; round < 300; ++round) {
        question asked = tool::random_question(random, {.cycles = true, .deferrals = false});
        for (const auto& l : asked.machine.graph.links())
            if (l.flags.has(link_flag::optional_supplier)) asked.graph.relax(l.link);
        const devlink::plan plan = asked.resolve(on_demand, cycle_rule::report);
        for (std::size_t i = 0; i < asked.graph.device_count(); ++i) {
            const device_id d(i);
            if (devlink::is_up(plan.verdict(d))) continue;
            CAPTURE(round);
            CAPTURE(i);
            const std::vector<tool::repair> all = tool::find_changes(asked, plan, cycle_rule::report, d).repairs;
            for (std::size_t left_out = 0; left_out < all.size(); ++left_out)
                for (const bool driver : {false, true}) {
                    std::vector<tool::repair> some = all;
                    bool& part = driver ? some[left_out].driver : some[left_out].cycle;
                    if (!std::exchange(part, false)) continue;
                    CHECK_FALSE(devlink::is_up(verdict_after(asked, some, cycle_rule::report, d)));
                    ++tried;
                }
        }
    }
    CHECK(tried > 500);
}

TEST_CASE("changes: a link on an open cycle that, made optional, would be relaxed") {
    question asked;
    devlink::graph& g = asked.machine.graph;
    const device_id a = g.add_device("a");
    const device_id b = g.add_device("b");
    const device_id top = g.add_device("top");
    REQUIRE(g.add_link(a, b, {}, devlink::unchecked));
    REQUIRE(g.add_link(b, a, {}, devlink::unchecked));
    REQUIRE(g.add_link(top, a, {}));
    asked.graph = tool::adjusted_graph(g);
    asked.forecast = devlink::forecast(g);
    const auto ends = [&](cycle_rule cycles) {
        std::vector<std::pair<device_id, device_id>> found;
        const devlink::plan plan = asked.resolve(on_demand, cycles);
        for (const tool::link_ends& l : tool::find_changes(asked, plan, cycles, top).links)
            found.emplace_back(l.consumer, l.supplier);
        return found;
    };
    CHECK(ends(cycle_rule::relax_inferred) == std::vector<std::pair<device_id, device_id>>{{top, a}});
    CHECK(ends(cycle_rule::relax_optional) == std::vector<std::pair<device_id, device_id>>{{top, a}, {a, b}, {b, a}});
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
    REQUIRE(found.repairs.size() == 2);
    CHECK(found.repairs[0].device == late);
    CHECK(found.repairs[1].device == broken);
}

} // namespace
