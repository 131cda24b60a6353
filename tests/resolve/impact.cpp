// SPDX-License-Identifier: MIT
#include <devlink/resolve/impact.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

#include <devlink/model/board.hpp>
#include <devlink/resolve/resolve.hpp>

#include "compare.hpp"
#include "small.hpp"

namespace {

using small::id;
using small::link;
using small::outcome;

small::numbers sorted(std::span<const devlink::device_id> devices) {
    small::numbers list = reference::indices(devices);
    std::sort(list.begin(), list.end());
    return list;
}

TEST_CASE("impact: who is lost, and who runs without") {
    small::machine m{6, {link(1, 0), link(2, 1), small::optional_link(3, 1), small::optional_link(3, 0), link(4, 3)}};
    m.populates(2, 5);
    devlink::basic_impact impact{m};
    CHECK(sorted(impact.of(id(0))) == small::numbers{1, 2, 5});
    CHECK(sorted(impact.degraded()) == small::numbers{3});
    CHECK(impact.of(id(4)).empty());
    CHECK(impact.degraded().empty());
    const std::vector<devlink::device_id> both{id(1), id(3), id(1)};
    CHECK(sorted(impact.of(std::span{both})) == small::numbers{2, 4, 5});
    CHECK(impact.degraded().empty());
    CHECK(impact.rank() == small::numbers{3, 2, 1, 1, 0, 0});
}

/// What the resolver says if `failing` fails and nobody else does.
void compare_with_resolver(const reference::machine& all_fine, devlink::basic_impact<std::uint32_t>& impact) {
    const std::vector<std::size_t> rank = impact.rank();
    for (std::size_t failing = 0; failing != all_fine.devices; ++failing) {
        reference::machine m = all_fine;
        m.expected[failing] = reference::outcome::fail;
        const reference::oracle truth{m, devlink::cycle_rule::report, devlink::driverless_rule::fails};
        small::numbers blocked;
        small::numbers degraded;
        for (std::size_t d = 0; d != m.devices; ++d) {
            if (truth.verdicts()[d] == reference::verdict::blocked) blocked.push_back(d);
            if (truth.verdicts()[d] == reference::verdict::degraded) degraded.push_back(d);
        }
        CHECK(sorted(impact.of(id(failing))) == blocked);
        CHECK(sorted(impact.degraded()) == degraded);
        CHECK(rank[failing] == blocked.size());
    }
}

TEST_CASE("impact: as the reference on random machines without cycles") {
    std::size_t compared = 0;
    for (std::uint64_t seed = 0; seed != 600; ++seed) {
        CAPTURE(seed);
        reference::machine m = reference::random_machine(seed, reference::wildness::wild);
        m.expected.assign(m.devices, reference::outcome::ok);
        const reference::oracle truth{m, devlink::cycle_rule::report, devlink::driverless_rule::fails};
        if (!truth.cycles().empty()) continue;
        ++compared;
        const reference::adjacency_lists<std::uint32_t> g{m};
        devlink::basic_impact<std::uint32_t> impact{g};
        compare_with_resolver(m, impact);
    }
    CHECK(compared > 100);
}

TEST_CASE("impact: a link that the default rule relaxes loses nothing") {
    // 0 and 1 need each other, and the inferred link gives way.
    const small::machine m{3, {small::inferred_link(0, 1), link(1, 0), link(2, 1)}};
    devlink::impact impact{m};
    CHECK(sorted(impact.of(id(1))) == small::numbers{2});
    CHECK(sorted(impact.of(id(0))) == small::numbers{1, 2});
    CHECK(impact.rank() == small::numbers{2, 1, 0});
}

TEST_CASE("impact: who does not come up anyway is not lost") {
    // 3 stands behind a cycle that no rule breaks, and 4 runs without it.
    devlink::basic_impact impact{
        small::machine{6, {link(0, 1), link(1, 2), link(2, 0), link(3, 0), small::optional_link(4, 3), link(4, 5)}}};
    CHECK(impact.of(id(1)).empty());
    CHECK(impact.degraded().empty());
    CHECK(sorted(impact.of(id(5))) == small::numbers{4});
    CHECK(impact.rank() == small::numbers{0, 0, 0, 0, 0, 1});
}

TEST_CASE("impact: starts from a plan by other rules, or of a bleaker forecast") {
    const small::machine m{4, {small::inferred_link(0, 1), small::optional_link(1, 0), link(2, 1), link(3, 2)}};
    constexpr devlink::options relax_optional{.cycles = devlink::cycle_rule::relax_optional};
    devlink::basic_impact by_optional{m, devlink::resolve<relax_optional>(m)};
    CHECK(by_optional.of(id(0)).empty());
    CHECK(by_optional.degraded().empty());
    CHECK(sorted(by_optional.of(id(1))) == small::numbers{0, 2, 3});
    devlink::impact by_inferred{m, devlink::resolve(m, small::forecast(m, {{2, outcome::fail}}))};
    CHECK(by_inferred.of(id(1)).empty()); // 2 and 3 are lost already
    CHECK(by_inferred.of(id(0)).empty());
    CHECK(sorted(by_inferred.degraded()) == small::numbers{1});
}

TEST_CASE("impact: without the extension an optional link is as any") {
    const small::machine m{3, {small::optional_link(1, 0), link(2, 1)}};
    constexpr devlink::options none{.extension = devlink::extension_rule::none};
    devlink::impact impact{m, devlink::resolve<none>(m), none.extension};
    CHECK(sorted(impact.of(id(0))) == small::numbers{1, 2});
    CHECK(impact.degraded().empty());
    CHECK(impact.rank() == small::numbers{2, 1, 0});
}

TEST_CASE("impact: what was asked is still known after a ranking") {
    for (const bool cyclic : {false, true}) {
        small::machine m{4, {link(1, 0), small::optional_link(2, 1), link(3, 3)}};
        if (!cyclic) m.list.pop_back();
        devlink::impact impact{m};
        const std::span<const devlink::device_id> lost = impact.of(id(0));
        CHECK(impact.rank() == small::numbers{1, 0, 0, 0});
        CHECK(sorted(lost) == small::numbers{1});
        CHECK(sorted(impact.degraded()) == small::numbers{2});
    }
}

TEST_CASE("impact: of a board, and of a graph with devices that were removed") {
    constexpr devlink::board b{{{"clock"}, {"panel"}}, {{"panel", "clock"}}};
    devlink::impact of_board{b};
    CHECK(sorted(of_board.of(b.find("clock"))) == small::numbers{1});

    struct gap : small::machine {
        [[nodiscard]] constexpr bool contains(devlink::device_id d) const { return d.index() != 1; }
    };
    const gap g{{4, {link(1, 0), link(2, 1), link(3, 0)}}};
    devlink::impact of_gap{g};
    CHECK(sorted(of_gap.of(id(0))) == small::numbers{3});
    CHECK(of_gap.of(id(1)).empty());
}

/// What two plans differ in, one of them with failures that the other has not.
struct difference {
    small::numbers lost;
    small::numbers degraded;
};

difference compare_plans(const devlink::plan& before, const devlink::plan& after, const small::numbers& failing) {
    difference found;
    for (std::size_t d = 0; d != before.device_count(); ++d) {
        if (std::ranges::find(failing, d) != failing.end() || !is_up(before.verdict(id(d)))) continue;
        if (after.verdict(id(d)) == devlink::verdict::blocked) found.lost.push_back(d);
        const auto old = before.missing(id(d));
        const bool lacks_more = std::ranges::any_of(
            after.missing(id(d)), [&](const auto& m) { return std::ranges::find(old, m) == old.end(); });
        if (lacks_more) found.degraded.push_back(d);
    }
    return found;
}

/// Lets each device fail, alone and together with its neighbour. Returns how many are lost by it.
template <devlink::options O>
std::size_t compare_with_plans(const reference::machine& m, bool default_start) {
    const reference::adjacency_lists<std::uint32_t> g{m};
    const devlink::forecast expected = reference::forecast_for(g, m);
    const devlink::plan before = devlink::resolve<O>(g, expected);
    devlink::impact impact = default_start ? devlink::impact{g} : devlink::impact{g, before, O.extension};
    const auto compare = [&](const small::numbers& failing) {
        devlink::forecast bleaker = expected;
        std::vector<devlink::device_id> ids;
        for (const std::size_t d : failing) {
            ids.push_back(id(d));
            // Who has no driver has failed already.
            if (expected[id(d)] != outcome::absent) bleaker.set(id(d), outcome::fail);
        }
        const difference right = compare_plans(before, devlink::resolve<O>(g, bleaker), failing);
        CHECK(sorted(impact.of(std::span{ids})) == right.lost);
        CHECK(sorted(impact.degraded()) == right.degraded);
        return right.lost.size();
    };
    const std::vector<std::size_t> rank = impact.rank();
    std::size_t total = 0;
    for (std::size_t d = 0; d != m.devices; ++d) {
        CAPTURE(d);
        CHECK(rank[d] == compare({d}));
        total += rank[d] + compare({d, (d + 1) % m.devices});
    }
    return total;
}

TEST_CASE("impact: is the difference of two plans, on random machines with cycles") {
    using devlink::cycle_rule;
    using devlink::options;
    std::size_t cyclic = 0;
    std::size_t lost = 0;
    for (std::uint64_t seed = 0; seed != 1000; ++seed) {
        CAPTURE(seed);
        reference::machine m = reference::random_machine(seed, reference::wildness::wild);
        std::ranges::replace(m.expected, outcome::defer, outcome::fail);
        lost += compare_with_plans<options{.cycles = cycle_rule::report}>(m, false);
        lost += compare_with_plans<options{.cycles = cycle_rule::relax_optional}>(m, false);
        lost += compare_with_plans<options{.extension = devlink::extension_rule::none}>(m, false);
        m.expected.assign(m.devices, outcome::ok);
        lost += compare_with_plans<options{.cycles = cycle_rule::report}>(m, false);
        lost += compare_with_plans<options{.driverless = devlink::driverless_rule::waits}>(m, false);
        lost += compare_with_plans<options{}>(m, true);
        lost += compare_with_plans<options{.order = devlink::order_rule::breadth}>(m, false);
        const reference::adjacency_lists<std::uint32_t> g{m};
        if (!devlink::resolve(g).cycles().empty()) ++cyclic;
    }
    CHECK(cyclic > 300);
    CHECK(lost > 10000);
}

TEST_CASE("impact: a failure that takes most of the machine is swept, with the same answer") {
    // A hub with 5000 users, a third of them behind others, registered last or first.
    for (const bool hub_last : {false, true}) {
        const std::size_t n = 5001;
        const std::size_t hub = hub_last ? n - 1 : 0;
        const std::size_t base = hub_last ? 0 : 1;
        std::vector<devlink::link_spec> links;
        for (std::size_t i = 0; i != n - 1; ++i)
            links.push_back(i % 3 == 2 ? link(base + i, base + i - 1) : link(base + i, hub));
        devlink::basic_impact impact{devlink::link_view{n, links}};
        CHECK(impact.of(id(hub)).size() == n - 1);
        CHECK(impact.of(id(base + 1)).size() == 1);
        CHECK(impact.of(id(base)).empty());
        const std::vector<std::size_t> rank = impact.rank();
        CHECK(rank[hub] == n - 1);
        CHECK(static_cast<std::size_t>(std::count(rank.begin(), rank.end(), 1)) == (n - 1) / 3);
    }
}

} // namespace
