// SPDX-License-Identifier: MIT
#ifndef DEVLINK_BENCHMARKS_PEERS_LEMON_REACH_HPP
#define DEVLINK_BENCHMARKS_PEERS_LEMON_REACH_HPP

// LEMON: a breadth-first search over the arcs that are not optional, from supplier to consumer.

#include <cstddef>
#include <cstdint>
#include <memory>

#include <lemon/adaptors.h>
#include <lemon/bfs.h>
#include <lemon/smart_graph.h>

#include "../families.hpp"

namespace bench::lemon_peer {

class filtered_reach {
public:
    explicit filtered_reach(const machine& m)
        : mandatory_{graph_} {
        for (std::size_t d = 0; d < m.device_count; ++d) graph_.addNode();
        for (const devlink::link_spec& l : m.links)
            mandatory_[graph_.addArc(graph_.nodeFromId(static_cast<int>(l.supplier.index())),
                                     graph_.nodeFromId(static_cast<int>(l.consumer.index())))] =
                !l.flags.has(devlink::link_flag::optional_supplier);
    }

    std::size_t operator()(std::uint32_t failing) {
        const filtered kept{graph_, mandatory_};
        breadth_first search{kept};
        search.init();
        search.addSource(graph_.nodeFromId(static_cast<int>(failing)));
        std::size_t reached = 0;
        for (; !search.emptyQueue(); ++reached) search.processNextNode();
        return reached - 1;
    }

private:
    using filtered = lemon::FilterArcs<lemon::SmartDigraph, lemon::SmartDigraph::ArcMap<bool>>;
    // Neither predecessors nor distances are asked for; a map of arcs would not compile as C++20 either.
    using breadth_first = lemon::Bfs<filtered>::SetPredMap<lemon::NullMap<filtered::Node, filtered::Arc>>::SetDistMap<
        lemon::NullMap<filtered::Node, int>>::Create;

    lemon::SmartDigraph graph_;
    lemon::SmartDigraph::ArcMap<bool> mandatory_;
};

} // namespace bench::lemon_peer

#endif
