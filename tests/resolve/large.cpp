// SPDX-License-Identifier: MIT
// Machines of a million devices: no recursion, no walk that grows with the number of paths.
#include <devlink/resolve/resolve.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

#include "random_machine.hpp"
#include "small.hpp"

namespace {

using devlink::order_rule;
using devlink::verdict;
using small::id;
using small::link;

constexpr std::size_t million = 1'000'000;

/// A chain in which place[i] needs place[i - 1].
std::vector<devlink::link_spec> chain(const std::vector<std::uint32_t>& place) {
    std::vector<devlink::link_spec> links;
    links.reserve(place.size());
    for (std::size_t i = 1; i < place.size(); ++i) links.push_back(link(place[i], place[i - 1]));
    return links;
}

std::vector<std::uint32_t> in_order(std::size_t n) {
    std::vector<std::uint32_t> place(n);
    std::iota(place.begin(), place.end(), 0U);
    return place;
}

/// Each diamond's tip needs both its flanks, these the tip of the next diamond.
std::vector<devlink::link_spec> ladder(std::size_t diamonds) {
    std::vector<devlink::link_spec> links;
    links.reserve(4 * diamonds);
    for (std::size_t i = 0; i != diamonds; ++i) {
        const std::size_t tip = 3 * i;
        links.push_back(link(tip, tip + 1));
        links.push_back(link(tip, tip + 2));
        links.push_back(link(tip + 1, tip + 3));
        links.push_back(link(tip + 2, tip + 3));
    }
    return links;
}

/// Whether the order meets every need, and holds every device once.
bool is_right(const devlink::plan& p, const std::vector<devlink::link_spec>& links) {
    if (p.order().size() != p.device_count()) return false;
    for (std::size_t i = 0; i != p.order().size(); ++i)
        if (p.position(p.order()[i]) != i + 1) return false;
    for (const devlink::link_spec& l : links)
        if (p.position(l.supplier) >= p.position(l.consumer)) return false;
    return true;
}

template <order_rule Order>
void resolve_large() {
    constexpr devlink::options o{.order = Order};
    devlink::workspace memory;
    const auto all_fine = [&](std::size_t n, const std::vector<devlink::link_spec>& links) {
        CHECK(is_right(devlink::resolve<o>(devlink::link_view{n, links}, {}, memory), links));
    };
    const auto all_lost = [&](std::size_t n, const std::vector<devlink::link_spec>& links, std::size_t root) {
        const devlink::link_view g{n, links};
        devlink::forecast f{g};
        f.set(id(root), devlink::outcome::fail);
        const devlink::plan& lost = devlink::resolve<o>(g, f, memory);
        CHECK(lost.count(verdict::failed) == 1);
        CHECK(lost.count(verdict::blocked) == n - 1);
        CHECK(lost.order().size() == 1);
    };
    std::vector<std::uint32_t> place = in_order(million);
    all_fine(million, chain(place));
    const auto reversed = chain({place.rbegin(), place.rend()});
    all_fine(million, reversed);
    all_lost(million, reversed, million - 1);
    reference::random_numbers random{3};
    for (std::size_t i = million; i > 1; --i) std::swap(place[i - 1], place[random.below(i)]);
    all_fine(million, chain(place));
    const std::size_t diamonds = 500'000;
    const auto rungs = ladder(diamonds);
    all_fine(3 * diamonds + 1, rungs);
    all_lost(3 * diamonds + 1, rungs, 3 * diamonds);
}

TEST_CASE("large: on_demand") { resolve_large<order_rule::on_demand>(); }
TEST_CASE("large: registration") { resolve_large<order_rule::registration>(); }
TEST_CASE("large: kernel") { resolve_large<order_rule::kernel>(); }
TEST_CASE("large: breadth") { resolve_large<order_rule::breadth>(); }
TEST_CASE("large: longest_path_first") { resolve_large<order_rule::longest_path_first>(); }

TEST_CASE("large: Linux would try half a million million times in vain") {
    std::vector<std::uint32_t> place = in_order(million);
    const auto links = chain({place.rbegin(), place.rend()});
    const devlink::plan p =
        devlink::resolve<devlink::options{.order = order_rule::kernel}>(devlink::link_view{million, links});
    CHECK(p.failed_attempts() == std::uint64_t{million} * (million - 1) / 2);
}

TEST_CASE("large: a chain of causes, and a ring") {
    auto links = chain(in_order(million));
    const devlink::link_view g{million, links};
    devlink::forecast f{g};
    f.set(id(0), devlink::outcome::fail);
    CHECK(devlink::resolve(g, f).root(id(million - 1)) == id(0));

    links.push_back(small::inferred_link(0, million - 1));
    const devlink::link_view ring{million, links};
    const devlink::plan broken = devlink::resolve(ring);
    REQUIRE(broken.cycles().size() == 1);
    CHECK(broken.cycles()[0].path.size() == million);
    CHECK(broken.relaxed().size() == 1);
    CHECK(broken.count(verdict::bound) == million);
    const devlink::plan open = devlink::resolve<devlink::options{.cycles = devlink::cycle_rule::report}>(ring);
    CHECK(open.count(verdict::cyclic) == million);
    CHECK(open.order().empty());
}

TEST_CASE("large: many devices of 16 bits") {
    const std::size_t n = 65'534;
    std::vector<devlink::basic_link_spec<std::uint16_t>> links;
    using device = devlink::basic_device_id<std::uint16_t>;
    for (std::size_t d = 0; d + 1 != n; ++d) links.push_back({device{d}, device{d + 1}, {}});
    const auto p = devlink::resolve(devlink::basic_link_view{n, links});
    REQUIRE(p.order().size() == n);
    CHECK(p.order().front() == device{n - 1});
    CHECK(p.position(device{0}) == n);
    const auto waves =
        devlink::resolve<devlink::options{.order = order_rule::breadth}>(devlink::basic_link_view{n, links});
    CHECK(waves.wave(device{0}) == n);
}

} // namespace
