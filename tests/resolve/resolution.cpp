// SPDX-License-Identifier: MIT
#include <devlink/resolve/resolution.hpp>

#include <doctest/doctest.h>

#include <cstddef>

#include <devlink/resolve/resolve.hpp>

#include "compare.hpp"
#include "small.hpp"

namespace {

using devlink::cycle_rule;
using devlink::order_rule;
using small::link;
using small::optional_link;
using small::outcome;

constexpr devlink::options reporting{.cycles = cycle_rule::report};

TEST_CASE("cycles with optional links: a failure on the side opens one") {
    // 0 can do without 1, 1 needs 2, and 2 needs 0: all wait for each other unless 1 is doomed otherwise.
    const small::machine m{4, {optional_link(0, 1), link(1, 2), link(2, 0), link(1, 3)}};
    CHECK(small::verdicts(devlink::resolve<reporting>(m)) == "cyclic cyclic cyclic bound");
    const devlink::plan p = devlink::resolve<reporting>(m, small::forecast(m, {{3, outcome::fail}}));
    CHECK(small::verdicts(p) == "degraded blocked bound failed");
    CHECK(small::order(p) == small::numbers{3, 0, 2});
    CHECK_FALSE(p.cycles()[0].open);
    CHECK(small::cause(p, 1) == small::numbers{1, 3});
}

TEST_CASE("cycles with optional links: the order follows the failure that opened one, not the first cause") {
    // 1 is blocked by 2, which fails, and by 3: but 2 can be probed only once 0 was, after 3 has doomed 1.
    const small::machine m{4, {optional_link(0, 1), link(1, 2), link(1, 3), link(2, 0)}};
    const devlink::plan p =
        devlink::resolve<reporting>(m, small::forecast(m, {{2, outcome::fail}, {3, outcome::fail}}));
    CHECK(small::verdicts(p) == "degraded blocked failed failed");
    CHECK(small::order(p) == small::numbers{3, 0, 2});
    CHECK(small::cause(p, 1) == small::numbers{1, 2});
}

TEST_CASE("cycles with optional links: a device behind one comes after the failure that lets it go") {
    // 0 can do without 1, which lies on a cycle with 2 and is doomed by 3.
    const small::machine m{4, {optional_link(0, 1), link(1, 2), optional_link(2, 1), link(1, 3)}};
    const devlink::plan p = devlink::resolve<reporting>(m, small::forecast(m, {{3, outcome::fail}}));
    CHECK(small::verdicts(p) == "degraded blocked degraded failed");
    CHECK(p.position(small::id(3)) == 1);
}

TEST_CASE("cycles: a cyclic supplier counts as doomed for who can do without it") {
    const small::machine m{4, {link(0, 1), link(1, 0), optional_link(2, 0), link(3, 2)}};
    const devlink::plan p = devlink::resolve<reporting>(m);
    CHECK(small::verdicts(p) == "cyclic cyclic degraded bound");
    CHECK(p.missing(small::id(2)).size() == 1);
}

TEST_CASE("cycles: on one of mandatory needs an optional link holds nobody") {
    const small::machine m{3, {optional_link(0, 2), link(0, 1), link(1, 2), link(2, 0)}};
    const devlink::plan p = devlink::resolve<reporting>(m);
    CHECK(small::verdicts(p) == "cyclic cyclic cyclic");
    CHECK(small::cause(p, 0) == small::numbers{0, 1});
}

TEST_CASE("cycles: come before the forecast") {
    const small::machine m{2, {link(0, 1), link(1, 0)}};
    CHECK(small::verdicts(devlink::resolve(m, small::forecast(m, {{0, outcome::absent}, {1, outcome::fail}}))) ==
          "cyclic cyclic");
}

TEST_CASE("longest_path_first: in memory that was never used, with a cycle that nothing breaks") {
    const small::machine m{5, {link(0, 1), link(1, 0), link(1, 3), link(4, 2)}};
    devlink::forecast f{m};
    f.set_cost(small::id(4), 7);
    const devlink::plan p = devlink::resolve<devlink::options{.order = order_rule::longest_path_first}>(m, f);
    CHECK(small::verdicts(p) == "cyclic cyclic bound bound bound");
    CHECK(small::order(p) == small::numbers{2, 4, 3});
}

TEST_CASE("longest_path_first: costs that overflow stop at the largest") {
    const small::machine m{4, {link(1, 0), link(3, 2)}};
    devlink::forecast f{m};
    for (std::size_t d = 0; d != 4; ++d) f.set_cost(small::id(d), ~std::uint64_t{0} - (d < 2 ? 1 : 0));
    CHECK(small::order(devlink::resolve<devlink::options{.order = order_rule::longest_path_first}>(m, f)) ==
          small::numbers{0, 2, 3, 1});
}

TEST_CASE("resolution: without the extension, as the reference") {
    constexpr devlink::options none{.extension = devlink::extension_rule::none};
    devlink::workspace memory;
    for (std::uint64_t seed = 0; seed != 2000; ++seed) {
        CAPTURE(seed);
        const reference::machine m = reference::random_machine(seed, reference::wildness::wild);
        const reference::adjacency_lists<std::uint32_t> g{m};
        const reference::oracle truth{m, none.cycles, none.driverless, none.extension};
        const devlink::plan& p = devlink::resolve<none>(g, reference::forecast_for(g, m), memory);
        CHECK(reference::difference(p, truth, reference::as_added(m)) == "");
        CHECK(reference::order_difference(p, truth, none.order) == "");
    }
}

} // namespace
