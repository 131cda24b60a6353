// SPDX-License-Identifier: MIT
#include <devlink/resolve/cause.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <iterator>
#include <ranges>

namespace {

using devlink::cause_step;
using devlink::device_id;
using devlink::link_id;
using devlink::verdict;
using chain = devlink::basic_cause_chain<std::uint32_t>;

static_assert(std::forward_iterator<chain::iterator>);
static_assert(std::ranges::borrowed_range<chain>);

// 3 is held by its parent 2, that over link 5 by 1, that over link 4 by 0; 4 and 5 by each other, 6 by 5.
constexpr std::array<devlink::missing_supplier, 7> held_by{{{},
                                                            {device_id{0}, link_id{4}},
                                                            {device_id{1}, link_id{5}},
                                                            {device_id{2}, {}},
                                                            {device_id{5}, link_id{0}},
                                                            {device_id{4}, link_id{1}},
                                                            {device_id{5}, link_id{2}}}};
constexpr std::array<verdict, 7> verdicts{verdict::failed, verdict::blocked, verdict::blocked, verdict::blocked,
                                          verdict::cyclic, verdict::cyclic,  verdict::blocked};

constexpr chain of(std::size_t d) { return {held_by, verdicts, device_id{d}}; }

constexpr bool ends_at_the_root() {
    const std::array<cause_step, 3> right{{{device_id{3}, device_id{2}, {}},
                                           {device_id{2}, device_id{1}, link_id{5}},
                                           {device_id{1}, device_id{0}, link_id{4}}}};
    std::size_t i = 0;
    for (const cause_step step : of(3))
        if (i == right.size() || step != right[i++]) return false;
    return i == right.size();
}
static_assert(ends_at_the_root());

TEST_CASE("cause_chain: goes down to the root") {
    CHECK(ends_at_the_root());
    CHECK(of(0).empty());
    CHECK_FALSE(of(1).empty());
    CHECK(chain{}.empty());
}

TEST_CASE("cause_chain: ends where it gets to a cycle") {
    CHECK(std::distance(of(6).begin(), of(6).end()) == 1);
    CHECK((*of(6).begin()).supplier == device_id{5});
    CHECK(std::distance(of(4).begin(), of(4).end()) == 1);
    CHECK((*of(4).begin()).supplier == device_id{5});
}

TEST_CASE("cause_chain: iterators go over it again and again") {
    const chain steps = of(3);
    auto it = steps.begin();
    const auto before = it++;
    CHECK(before == steps.begin());
    CHECK((*before).device == device_id{3});
    CHECK((*it).device == device_id{2});
    CHECK(it == std::next(steps.begin()));
}

} // namespace
