// SPDX-License-Identifier: MIT
#ifndef DEVLINK_BENCHMARKS_FAMILIES_HPP
#define DEVLINK_BENCHMARKS_FAMILIES_HPP

// The inputs: families of machines of any size, the same for each run. All are without cycles.

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <devlink/model/flags.hpp>
#include <devlink/model/link.hpp>

namespace bench {

/// Devices 0 to device_count - 1, and who waits for whom.
struct machine {
    std::string family;
    std::size_t device_count = 0;
    std::vector<devlink::link_spec> links;
};

inline constexpr devlink::link_flags plain = devlink::link_flag::autoprobe_consumer;

inline devlink::link_spec link(std::size_t consumer, std::size_t supplier, devlink::link_flags flags = plain) {
    return {devlink::device_id{consumer}, devlink::device_id{supplier}, flags};
}

using generator = std::mt19937_64;

/// A number below `bound`, which has at most 32 bits.
inline std::size_t below(generator& random, std::size_t bound) {
    return static_cast<std::size_t>(((random() >> 32) * bound) >> 32);
}

/// Gives the devices other numbers and the links another order, so that neither tells anything.
inline void shuffle(machine& m, generator& random) {
    std::vector<std::uint32_t> number(m.device_count);
    std::iota(number.begin(), number.end(), 0U);
    std::shuffle(number.begin(), number.end(), random);
    for (devlink::link_spec& l : m.links) l = link(number[l.consumer.index()], number[l.supplier.index()], l.flags);
    std::shuffle(m.links.begin(), m.links.end(), random);
}

/// Each device needs the one before it. Registered in order.
inline machine chain(std::size_t links) {
    machine m{"chain", links + 1, {}};
    m.links.reserve(links);
    for (std::size_t d = 1; d <= links; ++d) m.links.push_back(link(d, d - 1));
    return m;
}

/// All devices need the first one. Registered in order.
inline machine star(std::size_t links) {
    machine m{"star", links + 1, {}};
    m.links.reserve(links);
    for (std::size_t d = 1; d <= links; ++d) m.links.push_back(link(d, 0));
    return m;
}

/// Diamonds on top of each other: two devices need the one below, and one needs both. Registered in order.
inline machine ladder(std::size_t links) {
    machine m{"ladder", 1, {}};
    m.links.reserve(links + 4);
    while (m.links.size() < links) {
        const std::size_t below_both = m.device_count - 1;
        m.links.push_back(link(below_both + 1, below_both));
        m.links.push_back(link(below_both + 2, below_both));
        m.links.push_back(link(below_both + 3, below_both + 1));
        m.links.push_back(link(below_both + 3, below_both + 2));
        m.device_count += 3;
    }
    return m;
}

/// Layers of which each device needs four of the layer below. Links come grouped by consumer; every other layer is
/// registered before the one that it needs.
inline machine layered(std::size_t links) {
    machine m{"layered", 0, {}};
    const std::size_t width = std::max<std::size_t>(4, std::bit_floor(links / 4) / 16);
    const std::size_t layers = links / (4 * width) + 1;
    m.device_count = (layers + 1) * width;
    m.links.reserve(layers * width * 4);
    generator random{1};
    // Layer k stands at place k ^ 1 in the order of registration.
    const auto place = [&](std::size_t layer) { return std::min(layer ^ 1, layers) * width; };
    std::vector<std::size_t> by_place(layers + 1);
    for (std::size_t layer = 0; layer <= layers; ++layer) by_place[place(layer) / width] = layer;
    for (const std::size_t layer : by_place) {
        if (layer == 0) continue;
        for (std::size_t i = 0; i < width && m.links.size() < links; ++i)
            for (std::size_t k = 0; k < 4; ++k)
                m.links.push_back(link(place(layer) + i, place(layer - 1) + below(random, width)));
    }
    return m;
}

/// What device trees look like: a few hubs that nearly everybody needs and a long tail, links grouped by consumer,
/// about half of them towards a device that is registered later, seldom far away unless it is a hub.
inline machine board(std::size_t links) {
    machine m{"board", std::max<std::size_t>(8, links / 2), {}};
    m.links.reserve(links + 8);
    generator random{2};
    const std::size_t n = m.device_count;
    // The true order: registration order, stirred inside windows of 64 devices.
    std::vector<std::uint32_t> at_rank(n);
    std::iota(at_rank.begin(), at_rank.end(), 0U);
    for (std::size_t first = 0; first < n; first += 64)
        std::shuffle(at_rank.begin() + static_cast<std::ptrdiff_t>(first),
                     at_rank.begin() + static_cast<std::ptrdiff_t>(std::min(n, first + 64)), random);
    std::vector<std::uint32_t> rank(n);
    for (std::size_t r = 0; r < n; ++r) rank[at_rank[r]] = static_cast<std::uint32_t>(r);
    for (std::size_t d = 0; d < n && m.links.size() < links; ++d) {
        const std::size_t r = rank[d];
        if (r == 0) continue;
        std::array<std::size_t, 8> taken{};
        const std::size_t wanted = std::min<std::size_t>({r, 8, 1 + below(random, 3)});
        for (std::size_t k = 0; k < wanted; ++k) {
            // Half of the links go to the near, half by a power law to the hubs at the start of the true order.
            std::size_t supplier_rank = 0;
            if (below(random, 2) == 0) {
                supplier_rank = r - 1 - below(random, std::min<std::size_t>(r, 48));
            } else {
                const double u = static_cast<double>(below(random, 1U << 20) + 1) / (1U << 20);
                supplier_rank = std::min(r - 1, static_cast<std::size_t>(u * u * u * u * static_cast<double>(r)));
            }
            const auto end = taken.begin() + static_cast<std::ptrdiff_t>(k);
            taken[k] = supplier_rank;
            if (std::find(taken.begin(), end, supplier_rank) == end) m.links.push_back(link(d, at_rank[supplier_rank]));
        }
    }
    return m;
}

/// Devices that need any of those before them in an order that nothing shows: numbers and links are shuffled.
inline machine random_dag(std::size_t links) {
    machine m{"random", std::max<std::size_t>(4, links / 4), {}};
    m.links.reserve(links);
    generator random{3};
    for (std::size_t i = 0; i < links; ++i) {
        const std::size_t consumer = 1 + below(random, m.device_count - 1);
        m.links.push_back(link(consumer, below(random, consumer)));
    }
    shuffle(m, random);
    return m;
}

/// Two devices of all, again and again, of which the later one needs the earlier in an order that nothing shows. There
/// are more devices without needs than in random_dag, and fewer waves.
inline machine pairs(std::size_t links) {
    machine m{"pairs", std::max<std::size_t>(4, links / 2), {}};
    m.links.reserve(links);
    generator random{5};
    while (m.links.size() < links) {
        const std::size_t a = below(random, m.device_count);
        const std::size_t b = below(random, m.device_count);
        if (a != b) m.links.push_back(link(std::max(a, b), std::min(a, b)));
    }
    shuffle(m, random);
    return m;
}

/// A chain with numbers and links shuffled: each step misses the cache, and the next one depends on it.
inline machine shuffled_chain(std::size_t links) {
    machine m = chain(links);
    m.family = "shuffled_chain";
    generator random{4};
    shuffle(m, random);
    return m;
}

using family = machine (*)(std::size_t);

inline constexpr std::array<family, 8> families{chain, star, ladder, layered, board, random_dag, pairs, shuffled_chain};

} // namespace bench

#endif
