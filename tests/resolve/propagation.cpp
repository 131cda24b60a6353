// SPDX-License-Identifier: MIT
#include <devlink/resolve/propagation.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <string>

#include <devlink/resolve/resolve.hpp>

#include "small.hpp"

namespace {

using devlink::driverless_rule;
using small::expectation;
using small::link;
using small::optional_link;
using small::outcome;

template <driverless_rule Driverless = driverless_rule::fails>
std::string verdicts(const small::machine& m, std::initializer_list<expectation> what) {
    return small::verdicts(devlink::resolve<devlink::options{.driverless = Driverless}>(m, small::forecast(m, what)));
}

TEST_CASE("verdicts: doom runs down mandatory links and stops at optional ones") {
    const small::machine m{5, {link(1, 0), link(2, 1), optional_link(3, 2), link(4, 3)}};
    CHECK(verdicts(m, {{0, outcome::fail}}) == "failed blocked blocked degraded bound");
    CHECK(verdicts(m, {{0, outcome::absent}}) == "absent blocked blocked degraded bound");
    CHECK(verdicts(m, {{0, outcome::defer}}) == "waiting waiting waiting waiting waiting");
    CHECK(verdicts(m, {{3, outcome::fail}}) == "bound bound bound failed blocked");
}

TEST_CASE("verdicts: are decided in the order absent, blocked, waiting, own forecast, degraded") {
    // 0 fails, 1 defers; 2 has a mandatory link to 0, 3 to 1, 4 an optional one to 0.
    const small::machine m{7,
                           {link(2, 0), link(2, 1), link(3, 1), optional_link(3, 0), optional_link(4, 0), link(5, 0),
                            optional_link(6, 1)}};
    const auto with = [&](outcome expected) {
        return verdicts(m, {{0, outcome::fail},
                            {1, outcome::defer},
                            {2, expected},
                            {3, expected},
                            {4, expected},
                            {5, expected},
                            {6, expected}});
    };
    CHECK(with(outcome::ok) == "failed waiting blocked waiting degraded blocked waiting");
    CHECK(with(outcome::fail) == "failed waiting blocked waiting failed blocked waiting");
    CHECK(with(outcome::defer) == "failed waiting blocked waiting waiting blocked waiting");
    CHECK(with(outcome::absent) == "failed waiting absent absent absent absent absent");
}

TEST_CASE("verdicts: a populating parent is a mandatory supplier, a containing one holds nobody") {
    small::machine m{3, {}};
    m.populates(0, 1);
    m.parents[2] = {small::id(0), devlink::parent_kind::contains};
    CHECK(verdicts(m, {{0, outcome::fail}}) == "failed blocked bound");
    CHECK(verdicts(m, {{0, outcome::defer}}) == "waiting waiting bound");
}

TEST_CASE("verdicts: stateless and sync_state_only links never count") {
    const small::machine m{
        3, {link(1, 0, devlink::link_flag::stateless), link(2, 0, devlink::link_flag::sync_state_only)}};
    CHECK(verdicts(m, {{0, outcome::fail}}) == "failed bound bound");
}

TEST_CASE("verdicts: who waits for a device that waits is told even if a bind was the last that it waited for") {
    // 2 waits for 0, which defers; that it needs 1 as well is settled only after that.
    const small::machine m{4, {link(2, 0), link(2, 1), link(3, 2)}};
    CHECK(verdicts(m, {{0, outcome::defer}}) == "waiting bound waiting waiting");
}

TEST_CASE("verdicts: where a driver may still come, consumers of a device without one wait") {
    const small::machine m{4, {link(1, 0), optional_link(2, 0), link(3, 2)}};
    CHECK(verdicts<driverless_rule::fails>(m, {{0, outcome::absent}}) == "absent blocked degraded bound");
    CHECK(verdicts<driverless_rule::waits>(m, {{0, outcome::absent}}) == "absent waiting waiting waiting");
}

TEST_CASE("verdicts: a driver that may still come can't help a device whose supplier has failed") {
    const small::machine m{4, {link(1, 0), link(2, 1), optional_link(3, 1)}};
    const std::initializer_list<expectation> what{{0, outcome::fail}, {1, outcome::absent}};
    CHECK(verdicts<driverless_rule::fails>(m, what) == "failed absent blocked degraded");
    CHECK(verdicts<driverless_rule::waits>(m, what) == "failed blocked blocked degraded");
}

TEST_CASE("verdicts: without the extension an optional link is a mandatory one") {
    const small::machine m{3, {optional_link(1, 0), link(2, 1)}};
    const devlink::plan p = devlink::resolve<devlink::options{.extension = devlink::extension_rule::none}>(
        m, small::forecast(m, {{0, outcome::fail}}));
    CHECK(small::verdicts(p) == "failed blocked blocked");
}

} // namespace
