// SPDX-License-Identifier: MIT
#ifndef DEVLINK_BENCHMARKS_PEERS_LEMON_HPP
#define DEVLINK_BENCHMARKS_PEERS_LEMON_HPP

// LEMON. Arcs go from supplier to consumer.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <lemon/connectivity.h>
#include <lemon/smart_graph.h>
#include <lemon/static_graph.h>

#include "../families.hpp"

namespace bench::lemon_peer {

/// The order as a list of devices; empty if there is a cycle.
template <class Graph>
std::vector<std::uint32_t> sort(const Graph& g, std::size_t device_count) {
    typename Graph::template NodeMap<int> place{g};
    if (!lemon::checkedTopologicalSort(g, place)) return {};
    std::vector<std::uint32_t> order(device_count);
    for (std::size_t d = 0; d < device_count; ++d)
        order[static_cast<std::size_t>(place[Graph::nodeFromId(static_cast<int>(d))])] = static_cast<std::uint32_t>(d);
    return order;
}

inline std::vector<std::uint32_t> order_smart(const machine& m) {
    lemon::SmartDigraph g;
    g.reserveNode(static_cast<int>(m.device_count));
    g.reserveArc(static_cast<int>(m.links.size()));
    for (std::size_t d = 0; d < m.device_count; ++d) g.addNode();
    for (const devlink::link_spec& l : m.links)
        g.addArc(lemon::SmartDigraph::nodeFromId(static_cast<int>(l.supplier.index())),
                 lemon::SmartDigraph::nodeFromId(static_cast<int>(l.consumer.index())));
    return sort(g, m.device_count);
}

/// StaticDigraph wants its arcs sorted by source: a counting sort, as everywhere else.
inline std::vector<std::uint32_t> order_static(const machine& m) {
    std::vector<std::uint32_t> first(m.device_count + 1);
    for (const devlink::link_spec& l : m.links) ++first[l.supplier.index()];
    std::uint32_t sum = 0;
    for (std::uint32_t& f : first) f = sum += f;
    std::vector<std::pair<int, int>> arcs(m.links.size());
    for (std::size_t i = m.links.size(); i-- > 0;)
        arcs[--first[m.links[i].supplier.index()]] = {static_cast<int>(m.links[i].supplier.index()),
                                                      static_cast<int>(m.links[i].consumer.index())};
    lemon::StaticDigraph g;
    g.build(static_cast<int>(m.device_count), arcs.begin(), arcs.end());
    return sort(g, m.device_count);
}

} // namespace bench::lemon_peer

#endif
