// SPDX-License-Identifier: MIT
#include <devlink/resolve/required.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <vector>

#include "compare.hpp"
#include "small.hpp"

namespace {

using small::id;
using small::link;

template <class G>
small::numbers required(const G& g, std::vector<devlink::device_id> wanted) {
    return reference::indices(devlink::required_by(g, std::span<const devlink::device_id>{wanted}));
}

TEST_CASE("required_by: suppliers and parents of both kinds, transitively, in probe order") {
    small::machine m{7, {link(5, 6), link(6, 2), link(4, 0, small::link_flag::sync_state_only), link(1, 0)}};
    m.populates(6, 4);
    m.parents[5] = {id(3), devlink::parent_kind::contains};
    CHECK(required(m, {id(5)}) == small::numbers{2, 3, 6, 5});
    CHECK(required(m, {id(4)}) == small::numbers{2, 6, 4});
    CHECK(required(m, {id(4), id(1), id(4)}) == small::numbers{0, 1, 2, 6, 4});
    CHECK(required(m, {}).empty());
}

TEST_CASE("required_by: who is on a cycle that is left comes last") {
    const small::machine m{4, {link(3, 1), link(1, 2), link(2, 1), link(3, 0)}};
    CHECK(required(m, {id(3)}) == small::numbers{0, 1, 2, 3});
    CHECK(required(m, {id(2)}) == small::numbers{1, 2});
}

TEST_CASE("required_by: links that the cycle rule relaxes are no needs, parents stay some") {
    using devlink::cycle_rule;
    using small::link_flag;
    small::machine m{4, {link(0, 1, link_flag::inferred), link(1, 0, link_flag::inferred), link(2, 0)}};
    m.parents[0] = {id(3), devlink::parent_kind::contains};
    CHECK(required(m, {id(0)}) == small::numbers{0, 3});
    CHECK(required(m, {id(1)}) == small::numbers{1});
    CHECK(required(m, {id(2)}) == small::numbers{0, 2, 3});
    const std::vector wanted{id(1)};
    CHECK(reference::indices(devlink::required_by<devlink::options{.cycles = cycle_rule::report}>(
              m, std::span<const devlink::device_id>{wanted})) == small::numbers{3, 0, 1});
    const small::machine optional{2, {link(0, 1, link_flag::optional_supplier), link(1, 0)}};
    CHECK(required(optional, {id(0)}) == small::numbers{0, 1});
    const std::vector first{id(0)};
    CHECK(reference::indices(devlink::required_by<devlink::options{.cycles = cycle_rule::relax_optional}>(
              optional, std::span<const devlink::device_id>{first})) == small::numbers{0});
}

TEST_CASE("required_by: as reachability says, on random machines") {
    for (std::uint64_t seed = 0; seed != 500; ++seed) {
        CAPTURE(seed);
        const reference::machine m = reference::random_machine(seed, reference::wildness::wild);
        const reference::adjacency_lists<std::uint32_t> g{m};
        reference::reach reach{m.devices};
        const auto plan = devlink::resolve(g);
        const auto is_relaxed = [&](auto l) {
            return std::ranges::find(plan.relaxed(), l, &devlink::relaxed_link::link) != plan.relaxed().end();
        };
        devlink::detail::for_each_need(g, [&](auto c, const auto& need) {
            if (!need.link.valid() || !is_relaxed(need.link)) reach.add(c.index(), need.supplier.index());
        });
        for (std::size_t d = 0; d != m.devices; ++d)
            if (m.parents[d].device != reference::nobody) reach.add(d, m.parents[d].device);
        reach.close();
        const std::size_t wanted = seed % m.devices;
        small::numbers found = required(g, {id(wanted)});
        std::sort(found.begin(), found.end());
        small::numbers right;
        for (std::size_t d = 0; d != m.devices; ++d)
            if (d == wanted || reach(wanted, d)) right.push_back(d);
        CHECK(found == right);
    }
}

} // namespace
