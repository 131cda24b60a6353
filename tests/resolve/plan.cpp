// SPDX-License-Identifier: MIT
#include <devlink/resolve/plan.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <ranges>
#include <utility>
#include <vector>

#include <devlink/resolve/resolve.hpp>

#include "small.hpp"

namespace {

using devlink::verdict;
using small::id;
using small::link;
using small::optional_link;
using small::outcome;

TEST_CASE("plan: nothing resolved has no devices") {
    const devlink::plan p;
    CHECK(p.device_count() == 0);
    CHECK(p.order().empty());
    CHECK(p.cycles().empty());
    CHECK(p.count(verdict::bound) == 0);
}

TEST_CASE("plan: answers for each device") {
    const small::machine m{5, {link(1, 0), optional_link(2, 1), optional_link(2, 0), optional_link(2, 3), link(4, 2)}};
    const devlink::plan p = devlink::resolve(m, small::forecast(m, {{0, outcome::fail}}));
    CHECK(p.device_count() == 5);
    CHECK(small::verdicts(p) == "failed blocked degraded bound bound");
    CHECK(small::order(p) == small::numbers{0, 3, 2, 4});
    CHECK(p.position(id(0)) == 1);
    CHECK(p.position(id(1)) == 0);
    CHECK(p.position(id(4)) == 4);
    CHECK(p.count(verdict::bound) == 2);
    CHECK(p.count(verdict::degraded) == 1);
    CHECK(p.count(verdict::absent) == 0);
    CHECK(small::cause(p, 1) == small::numbers{1, 0});
    CHECK(p.root(id(1)) == id(0));
    CHECK(p.cause(id(2)).empty());
    CHECK_FALSE(p.root(id(0)).valid());
    REQUIRE(p.missing(id(2)).size() == 2);
    CHECK(p.missing(id(2))[0] == devlink::missing_supplier{id(1), devlink::link_id{1}});
    CHECK(p.missing(id(2))[1] == devlink::missing_supplier{id(0), devlink::link_id{2}});
    CHECK(p.missing(id(1)).empty());
    CHECK(p.failed_attempts() == 0);
}

TEST_CASE("plan: keeps nothing of the graph, and can be copied and moved") {
    devlink::plan p;
    {
        const small::machine m{3, {link(0, 1), link(1, 0), link(2, 0)}};
        p = devlink::resolve(m);
    }
    const devlink::plan copy = p;
    const devlink::plan moved = std::move(p);
    CHECK(small::verdicts(copy) == "cyclic cyclic blocked");
    CHECK(small::verdicts(moved) == "cyclic cyclic blocked");
    CHECK(copy.cycles()[0].path.size() == 2);
    CHECK(copy.cycles()[0].path.data() != moved.cycles()[0].path.data());
}

/// Lists of suppliers whose links have no numbers: so there may be more of them than numbers.
struct unnumbered_links {
    using index_type = std::uint8_t;
    using id = devlink::basic_device_id<std::uint8_t>;

    std::vector<std::vector<devlink::basic_supplier_link<std::uint8_t>>> lists;

    [[nodiscard]] std::size_t device_count() const { return lists.size(); }
    [[nodiscard]] const auto& suppliers(id d) const { return lists[d.index()]; }
};

TEST_CASE("plan: more missing suppliers than small ids have values") {
    unnumbered_links g{std::vector<std::vector<devlink::basic_supplier_link<std::uint8_t>>>(42)};
    for (std::size_t d = 2; d != 42; ++d)
        for (std::size_t i = 0; i != 10; ++i)
            g.lists[d].push_back({unnumbered_links::id{i % 2}, devlink::link_flag::optional_supplier, {}});
    devlink::basic_forecast<std::uint8_t> expected{g};
    expected.set(unnumbered_links::id{0}, outcome::fail);
    expected.set(unnumbered_links::id{1}, outcome::fail);
    const devlink::basic_plan<std::uint8_t> p = devlink::resolve(g, expected);
    CHECK(p.count(verdict::degraded) == 40);
    for (std::size_t d = 2; d != 42; ++d) {
        const auto missing = p.missing(unnumbered_links::id{d});
        REQUIRE(missing.size() == 10);
        CHECK(missing[0].supplier == unnumbered_links::id{0});
        CHECK(missing[9].supplier == unnumbered_links::id{1});
    }
}

TEST_CASE("cycle_list: is walked like a range") {
    const devlink::plan p = devlink::resolve(small::machine{5, {link(0, 1), link(1, 0), link(3, 4), link(4, 3)}});
    std::size_t first_devices = 0;
    for (const auto& c : p.cycles()) first_devices = first_devices * 10 + c.devices[0].index() + 1;
    CHECK(first_devices == 14);
    auto it = p.cycles().begin();
    CHECK((*it++).devices.size() == 2);
    CHECK((*it).devices[0] == id(3));
    CHECK(++it == p.cycles().end());
}

TEST_CASE("cycle_list: is walked in any direction, after the list itself is gone") {
    using list = devlink::cycle_list;
    static_assert(std::ranges::random_access_range<list> && std::ranges::sized_range<list>);
    static_assert(std::ranges::borrowed_range<list>);
    small::machine m{8, {}};
    for (std::size_t d = 0; d != 8; ++d) m.list.push_back(link(d, d ^ 1U));
    const devlink::plan p = devlink::resolve(m);
    small::numbers firsts;
    for (auto it = p.cycles().end(); it != p.cycles().begin();) firsts.push_back((*--it).devices[0].index());
    CHECK(firsts == small::numbers{6, 4, 2, 0});
    const auto found = std::ranges::find(p.cycles(), id(4), [](const auto& c) { return c.devices[0]; });
    CHECK(found - p.cycles().begin() == 2);
    CHECK(found[1].devices[0] == id(6));
    CHECK((*(found - 2)).devices[0] == id(0));
    CHECK(found < 1 + found);
    auto it = found;
    CHECK((*it--).devices[0] == id(4));
    CHECK(it + 1 == found);
    CHECK(list{}.empty());
    CHECK(list{}.begin() == list{}.end());
}

TEST_CASE("plan: waves") {
    const small::machine m{4, {link(0, 2), link(2, 3)}};
    const devlink::plan p = devlink::resolve<devlink::options{.order = devlink::order_rule::breadth}>(m);
    CHECK(p.wave(id(1)) == 1);
    CHECK(p.wave(id(3)) == 1);
    CHECK(p.wave(id(2)) == 2);
    CHECK(p.wave(id(0)) == 3);
    CHECK(small::order(p) == small::numbers{1, 3, 2, 0});
}

} // namespace
