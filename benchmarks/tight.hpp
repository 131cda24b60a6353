// SPDX-License-Identifier: MIT
#ifndef DEVLINK_BENCHMARKS_TIGHT_HPP
#define DEVLINK_BENCHMARKS_TIGHT_HPP

// The yardstick: what a careful programmer writes who needs an order and nothing else. It has no verdicts, no causes,
// no rules, and tells of a cycle only that there is one.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "families.hpp"

namespace bench::tight {

/// Each supplier's consumers, one after the other: a counting sort.
struct consumer_lists {
    std::vector<std::uint32_t> first; // by device, and one more
    std::vector<std::uint32_t> consumer;

    explicit consumer_lists(const machine& m)
        : first(m.device_count + 1)
        , consumer(m.links.size()) {
        for (const devlink::link_spec& l : m.links) ++first[l.supplier.index()];
        std::uint32_t sum = 0;
        for (std::uint32_t& f : first) f = sum += f;
        // Filled from the back, so that `first` ends where it should and the order is that of the links.
        for (std::size_t i = m.links.size(); i-- > 0;)
            consumer[--first[m.links[i].supplier.index()]] = static_cast<std::uint32_t>(m.links[i].consumer.index());
    }
};

/// Kahn's algorithm with a queue that is the order itself. Shorter than the devices if there is a cycle.
inline std::vector<std::uint32_t> order(const machine& m) {
    const consumer_lists lists{m};
    std::vector<std::uint32_t> missing(m.device_count);
    for (const devlink::link_spec& l : m.links) ++missing[l.consumer.index()];
    std::vector<std::uint32_t> order;
    order.reserve(m.device_count);
    for (std::uint32_t d = 0; d < m.device_count; ++d)
        if (missing[d] == 0) order.push_back(d);
    for (std::size_t done = 0; done < order.size(); ++done) {
        const std::uint32_t s = order[done];
        for (std::uint32_t i = lists.first[s]; i != lists.first[s + 1]; ++i)
            if (--missing[lists.consumer[i]] == 0) order.push_back(lists.consumer[i]);
    }
    return order;
}

} // namespace bench::tight

#endif
