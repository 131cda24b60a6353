// SPDX-License-Identifier: MIT
#include <devlink/resolve/cycles.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <vector>

#include <devlink/resolve/resolve.hpp>

#include "small.hpp"

namespace {

using devlink::cycle_rule;
using small::id;
using small::inferred_link;
using small::link;
using small::optional_link;

small::numbers path(const devlink::basic_cycle<std::uint32_t>& c) {
    small::numbers list;
    for (const devlink::cause_step& s : c.path) list.push_back(s.device.index());
    return list;
}

template <cycle_rule Rule>
devlink::plan resolve(const small::machine& m) {
    return devlink::resolve<devlink::options{.cycles = Rule}>(m);
}

TEST_CASE("cycles: a set has every device that needs each other, its path is a shortest one") {
    // 0 -> 1 -> 2 -> 3 -> 0 with a way back from 3 to 2.
    const small::machine m{6, {link(0, 1), link(1, 2), link(2, 3), link(3, 0), link(3, 2), link(4, 0), link(2, 5)}};
    const devlink::plan p = resolve<cycle_rule::report>(m);
    REQUIRE(p.cycles().size() == 1);
    const auto c = p.cycles()[0];
    CHECK(std::vector<devlink::device_id>(c.devices.begin(), c.devices.end()) ==
          std::vector<devlink::device_id>{id(0), id(1), id(2), id(3)});
    CHECK(path(c) == small::numbers{2, 3});
    CHECK(c.path[0].link == devlink::link_id{2});
    CHECK(c.path[1].link == devlink::link_id{4});
    CHECK(c.open);
    CHECK(small::verdicts(p) == "cyclic cyclic cyclic cyclic blocked bound");
    CHECK(small::cause(p, 4) == small::numbers{4, 0});
    CHECK(p.relaxed().empty());
}

TEST_CASE("cycles: a device that needs itself is the shortest way round in a larger set") {
    const small::machine m{3, {link(0, 1), link(1, 0), link(1, 2), link(2, 1), link(2, 2)}};
    const devlink::plan p = resolve<cycle_rule::report>(m);
    REQUIRE(p.cycles().size() == 1);
    CHECK(p.cycles()[0].devices.size() == 3);
    CHECK(path(p.cycles()[0]) == small::numbers{2});
}

TEST_CASE("cycles: a large set leaves the small ones behind it their paths") {
    const std::size_t n = 5000;
    small::machine m{n + 6, {}};
    for (std::size_t d = 0; d != n; ++d) m.list.push_back(link(d, (d + 1) % n));
    for (const std::size_t first : {n, n + 3})
        for (std::size_t d = 0; d != 3; ++d) m.list.push_back(link(first + d, first + (d + 1) % 3));
    const devlink::plan p = resolve<cycle_rule::report>(m);
    REQUIRE(p.cycles().size() == 3);
    CHECK(p.cycles()[0].path.size() == n);
    CHECK(path(p.cycles()[1]) == small::numbers{n, n + 1, n + 2});
    CHECK(path(p.cycles()[2]) == small::numbers{n + 3, n + 4, n + 5});
}

TEST_CASE("cycles: a populating parent closes one, and has no link") {
    small::machine m{2, {link(0, 1)}};
    m.populates(0, 1);
    const devlink::plan p = resolve<cycle_rule::relax_inferred>(m);
    REQUIRE(p.cycles().size() == 1);
    CHECK(path(p.cycles()[0]) == small::numbers{0, 1});
    CHECK_FALSE(p.cycles()[0].path[1].link.valid());
    m.parents[1].kind = devlink::parent_kind::contains;
    CHECK(resolve<cycle_rule::relax_inferred>(m).cycles().empty());
}

TEST_CASE("cycles: inferred links on one stop holding back, those beside it don't") {
    const small::machine m{4, {inferred_link(0, 1), link(1, 2), inferred_link(2, 0), inferred_link(0, 3)}};
    const devlink::plan p = resolve<cycle_rule::relax_inferred>(m);
    REQUIRE(p.relaxed().size() == 2);
    CHECK(p.relaxed()[0] ==
          devlink::relaxed_link{devlink::link_id{0}, id(0), id(1), 0, devlink::relax_reason::inferred});
    CHECK(p.relaxed()[1] ==
          devlink::relaxed_link{devlink::link_id{2}, id(2), id(0), 0, devlink::relax_reason::inferred});
    CHECK_FALSE(p.cycles()[0].open);
    CHECK(small::order(p) == small::numbers{3, 0, 2, 1});
    CHECK(p.count(devlink::verdict::bound) == 4);
}

TEST_CASE("cycles: optional links go first, inferred ones only where that is not enough") {
    // 0 <-> 1 can be broken by its optional link; 2 <-> 3 can't; 4 has both flags.
    const small::machine m{6,
                           {optional_link(0, 1), inferred_link(1, 0), inferred_link(2, 3), link(3, 2),
                            link(4, 5, devlink::link_flag::optional_supplier | devlink::link_flag::inferred),
                            inferred_link(5, 4)}};
    const devlink::plan p = resolve<cycle_rule::relax_optional>(m);
    REQUIRE(p.relaxed().size() == 3);
    CHECK(p.relaxed()[0].link == devlink::link_id{0});
    CHECK(p.relaxed()[0].reason == devlink::relax_reason::optional);
    CHECK(p.relaxed()[1].link == devlink::link_id{2});
    CHECK(p.relaxed()[1].reason == devlink::relax_reason::inferred);
    CHECK(p.relaxed()[1].cycle == 1);
    CHECK(p.relaxed()[2].link == devlink::link_id{4});
    CHECK(p.relaxed()[2].reason == devlink::relax_reason::optional);
    CHECK(p.count(devlink::verdict::bound) == 6);
}

TEST_CASE("cycles: what nothing can break stays open") {
    const small::machine m{3, {link(0, 1), link(1, 0), inferred_link(1, 2), inferred_link(2, 1)}};
    const devlink::plan p = resolve<cycle_rule::relax_inferred>(m);
    REQUIRE(p.cycles().size() == 1);
    CHECK(p.cycles()[0].open);
    CHECK(p.cycles()[0].devices.size() == 3);
    CHECK(small::verdicts(p) == "cyclic cyclic bound");
}

TEST_CASE("relax_reason: words") {
    CHECK(to_string(devlink::relax_reason::inferred) == "inferred");
    CHECK(to_string(devlink::relax_reason::optional) == "optional");
}

TEST_CASE("cycles: what a plan relaxed is relaxed in other needs of the same graph") {
    // The pair stands in the list twice, and only one of the two links gave way.
    const small::machine m{4,
                           {link(0, 1), link(1, 0, small::link_flag::pm_runtime), inferred_link(2, 3), link(1, 3),
                            inferred_link(1, 0), inferred_link(3, 2), inferred_link(3, 0)}};
    const devlink::plan p = resolve<cycle_rule::relax_inferred>(m);
    REQUIRE(p.relaxed().size() == 4);
    devlink::detail::needs_table<std::uint32_t> needs;
    needs.build(m);
    devlink::detail::relax_links(needs, p.relaxed());
    small::numbers held;
    for (std::size_t d = 0; d != 4; ++d)
        for (const auto& need : needs.of(d))
            if (holds_back(need.flags)) held.push_back(need.link.index());
    CHECK(held == small::numbers{0, 1, 3});
}

} // namespace
