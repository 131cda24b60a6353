// SPDX-License-Identifier: MIT
#ifndef DEVLINK_TESTS_RESOLVE_RANDOM_MACHINE_HPP
#define DEVLINK_TESTS_RESOLVE_RANDOM_MACHINE_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "reference.hpp"

namespace reference {

/// SplitMix64: the same numbers with every compiler and library.
class random_numbers {
public:
    explicit random_numbers(std::uint64_t seed)
        : state_{seed} {}
    std::uint64_t next() {
        std::uint64_t z = state_ += 0x9E3779B97F4A7C15U;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31);
    }
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() % bound); }
    bool chance(std::size_t percent) { return below(100) < percent; }

private:
    std::uint64_t state_;
};

enum class wildness {
    tame, ///< what devlink::graph takes: no pair twice, no device its own supplier, parents registered before children
    wild, ///< anything
};

/// Kinds of links as callers give them: managed ones in all mixtures of optional and inferred, and those that hold
/// nothing back.
inline devlink::link_flags random_flags(random_numbers& random, std::size_t optional, std::size_t inferred) {
    using devlink::link_flag;
    if (random.chance(6)) return link_flag::stateless;
    if (random.chance(6))
        return random.chance(50) ? link_flag::sync_state_only : link_flag::sync_state_only | link_flag::inferred;
    devlink::link_flags flags;
    if (random.chance(optional)) flags |= link_flag::optional_supplier;
    if (random.chance(inferred)) flags |= link_flag::inferred;
    if (random.chance(30)) flags |= link_flag::autoprobe_consumer;
    if (random.chance(20)) flags |= link_flag::pm_runtime;
    return flags;
}

/// A machine of 1 to 40 devices. How dense it is, how much of it runs against the order of registration, and how bleak
/// its forecast is, differ from seed to seed, so that all verdicts come up often.
inline machine random_machine(std::uint64_t seed, wildness how) {
    random_numbers random{seed};
    machine m;
    m.devices = 1 + std::min(random.below(40), random.below(40));
    const std::size_t n = m.devices;
    const std::size_t backwards = random.below(3) == 0 ? 0 : random.below(60);
    const std::size_t optional = random.below(101);
    const std::size_t inferred = random.below(101);
    const std::size_t children = random.below(60);
    const std::size_t bad = random.below(3) == 0 ? 0 : random.below(40);
    std::vector<std::size_t> place(n);
    for (std::size_t d = 0; d != n; ++d) place[d] = d;
    if (random.chance(30))
        for (std::size_t d = n; d > 1; --d) std::swap(place[d - 1], place[random.below(d)]);

    m.parents.resize(n);
    for (std::size_t d = 0; d != n; ++d) {
        if (!random.chance(children)) continue;
        const std::size_t p = random.below(n);
        if (how == wildness::tame ? p < d : p != d || random.chance(5)) m.parents[d] = {p, random.chance(50)};
    }
    const std::size_t links = random.below(3 * n + 1);
    for (std::size_t i = 0; i != links; ++i) {
        std::size_t consumer = random.below(n);
        std::size_t supplier = random.below(n);
        if (consumer == supplier && (how == wildness::tame || !random.chance(10))) continue;
        const bool forwards = place[supplier] < place[consumer];
        if (!forwards && !random.chance(backwards)) std::swap(consumer, supplier);
        const bool twice = std::any_of(m.links.begin(), m.links.end(),
                                       [&](const link& l) { return l.consumer == consumer && l.supplier == supplier; });
        if (twice && (how == wildness::tame || !random.chance(30))) continue;
        m.links.push_back({consumer, supplier, random_flags(random, optional, inferred)});
        if (how == wildness::wild && random.chance(5)) m.links.back().flags |= devlink::link_flag::managed;
    }
    for (std::size_t d = 0; d != n; ++d) {
        const std::size_t dice = random.below(100);
        m.expected.push_back(dice >= bad          ? outcome::ok
                             : dice < bad / 2     ? outcome::fail
                             : dice < bad * 3 / 4 ? outcome::absent
                                                  : outcome::defer);
        m.costs.push_back(random.chance(30) ? random.below(5) : 1 + random.below(100));
    }
    return m;
}

} // namespace reference

#endif
