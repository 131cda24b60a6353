// SPDX-License-Identifier: MIT
#include <devlink/resolve/impact.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <vector>

#include "compare.hpp"
#include "small.hpp"

namespace {

using small::id;
using small::link;

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

TEST_CASE("impact: on cycles a failure goes round once") {
    devlink::basic_impact impact{small::machine{4, {link(0, 1), link(1, 2), link(2, 0), link(3, 0)}}};
    CHECK(sorted(impact.of(id(1))) == small::numbers{0, 2, 3});
    CHECK(impact.rank() == small::numbers{3, 3, 3, 0});
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
