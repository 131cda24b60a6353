// SPDX-License-Identifier: MIT
#include <devlink/resolve/peeled_waves.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "random_machine.hpp"
#include "small.hpp"

namespace {

using devlink::detail::peeled_waves;
using small::link;

using waves = std::vector<std::uint32_t>;

/// A device's wave is one more than the highest of what it needs: repeated until nothing changes, 0 for who is on a
/// cycle or behind one.
waves waves_by_definition(std::size_t devices, const std::vector<devlink::link_spec>& links) {
    waves found(devices, 0);
    for (bool changed = true; std::exchange(changed, false);) {
        std::vector<bool> held(devices, false);
        waves next(devices, 1);
        for (const devlink::link_spec& l : links) {
            if (!devlink::holds_back(l.flags)) continue;
            if (found[l.supplier.index()] == 0) held[l.consumer.index()] = true;
            next[l.consumer.index()] = std::max(next[l.consumer.index()], found[l.supplier.index()] + 1);
        }
        for (std::size_t d = 0; d != devices; ++d)
            if (!held[d] && found[d] == 0) {
                found[d] = next[d];
                changed = true;
            }
    }
    return found;
}

struct peeled {
    bool done;
    std::size_t placed;
    std::size_t left;
};

/// Peels, and holds what was found and what is left against the definition.
peeled peel(std::size_t devices, const std::vector<devlink::link_spec>& links) {
    peeled_waves<std::uint32_t> found;
    waves wave(devices, 0);
    if (!found.find(std::span<const devlink::link_spec>{links}, std::span{wave})) {
        CHECK(wave == waves(devices, 0));
        return {false, 0, links.size()};
    }
    const waves right = waves_by_definition(devices, links);
    std::size_t placed = 0;
    for (std::size_t d = 0; d != devices; ++d) {
        const bool in_found_wave = right[d] != 0 && right[d] <= found.last_wave();
        CHECK(wave[d] == (in_found_wave ? right[d] : 0));
        placed += wave[d] != 0;
    }
    CHECK(found.device_count() == placed);
    std::size_t left = 0;
    for (const devlink::link_spec& l : links) {
        if (!devlink::holds_back(l.flags) || wave[l.supplier.index()] != 0) continue;
        REQUIRE(left < found.left().size());
        CHECK(found.left()[left].consumer == l.consumer);
        CHECK(found.left()[left].supplier == l.supplier);
        ++left;
    }
    CHECK(found.left().size() == left);
    return {true, placed, left};
}

TEST_CASE("peeled_waves: all of a shallow list, a single device and a list without links among them") {
    CHECK(peel(0, {}).placed == 0);
    CHECK(peel(1, {}).placed == 1);
    CHECK(peel(64, {}).placed == 64);
    const peeled diamond = peel(4, {link(0, 1), link(0, 2), link(2, 3), link(1, 3)});
    CHECK(diamond.placed == 4);
    CHECK(diamond.left == 0);
    // A need twice, and one that holds nothing back.
    CHECK(peel(3, {link(0, 2), link(0, 2), link(2, 0, small::link_flag::stateless)}).placed == 3);
}

TEST_CASE("peeled_waves: stops where too little falls out, and says what is left") {
    std::vector<devlink::link_spec> chain;
    for (std::size_t d = 0; d != 100; ++d) chain.push_back(link(d, d + 1));
    CHECK_FALSE(peel(101, chain).done);
    // A tree in front of it makes it worth a few passes.
    for (std::size_t d = 101; d != 400; ++d) chain.push_back(link(d, d < 200 ? 100 : 101 + d % 99));
    const peeled part = peel(400, chain);
    CHECK(part.done);
    CHECK(part.placed > 300);
    CHECK(part.left > 50);
}

TEST_CASE("peeled_waves: a cycle is left") {
    CHECK_FALSE(peel(2, {link(0, 1), link(1, 0)}).done);
    CHECK_FALSE(peel(1, {link(0, 0)}).done);
    const peeled behind = peel(5, {link(0, 1), link(2, 3), link(3, 4), link(4, 2), link(1, 4)});
    CHECK_FALSE(behind.done);
    const peeled beside = peel(6, {link(0, 5), link(1, 5), link(2, 3), link(3, 4), link(4, 2)});
    CHECK(beside.done);
    CHECK(beside.placed == 3);
    CHECK(beside.left == 3);
}

TEST_CASE("peeled_waves: random lists, as by definition") {
    std::size_t whole = 0;
    std::size_t part = 0;
    for (std::uint64_t seed = 0; seed != 600; ++seed) {
        CAPTURE(seed);
        reference::random_numbers random{seed};
        const std::size_t n = 2 + random.below(300);
        std::vector<devlink::link_spec> list;
        const std::size_t back = random.below(4); // some against the order, which makes cycles
        for (std::size_t i = random.below(3 * n); i-- != 0;) {
            std::size_t c = random.below(n);
            std::size_t s = random.below(n);
            if (c < s && !random.chance(back)) std::swap(c, s);
            list.push_back(link(c * 7919 % n, s * 7919 % n, reference::random_flags(random, 30, 30)));
        }
        const peeled p = peel(n, list);
        whole += p.done && p.left == 0;
        part += p.done && p.left != 0;
    }
    CHECK(whole > 100);
    CHECK(part > 50);
}

} // namespace
