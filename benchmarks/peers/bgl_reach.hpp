// SPDX-License-Identifier: MIT
#ifndef DEVLINK_BENCHMARKS_PEERS_BGL_REACH_HPP
#define DEVLINK_BENCHMARKS_PEERS_BGL_REACH_HPP

// Boost.Graph: a breadth-first search over the links that are not optional, from supplier to consumer.

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/filtered_graph.hpp>

#include "../families.hpp"

namespace bench::bgl {

class filtered_reach {
public:
    explicit filtered_reach(const machine& m)
        : graph_{make(m)} {}

    std::size_t operator()(std::uint32_t failing) {
        const boost::filtered_graph<graph, mandatory> kept{graph_, mandatory{&graph_}};
        std::size_t reached = 0;
        // Made anew for each question, as breadth_first_search's documentation does it.
        boost::two_bit_color_map<> colors{boost::num_vertices(graph_)};
        boost::queue<std::uint32_t> open;
        boost::breadth_first_visit(kept, failing, open, counter{&reached}, colors);
        return reached - 1;
    }

private:
    struct is_optional {
        bool optional = false;
    };
    using graph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, is_optional,
                                                     boost::no_property, std::uint32_t, std::uint32_t>;
    struct mandatory {
        const graph* all = nullptr;
        template <class Edge>
        bool operator()(const Edge& e) const {
            return !(*all)[e].optional;
        }
    };
    struct counter : boost::default_bfs_visitor {
        explicit counter(std::size_t* count)
            : reached{count} {}
        template <class Vertex, class Graph>
        void discover_vertex(Vertex, const Graph&) const {
            ++*reached;
        }
        std::size_t* reached;
    };

    static graph make(const machine& m) {
        std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
        std::vector<is_optional> optional;
        for (const devlink::link_spec& l : m.links) {
            edges.emplace_back(static_cast<std::uint32_t>(l.supplier.index()),
                               static_cast<std::uint32_t>(l.consumer.index()));
            optional.push_back({l.flags.has(devlink::link_flag::optional_supplier)});
        }
        return {boost::edges_are_unsorted_multi_pass, edges.begin(), edges.end(), optional.begin(),
                static_cast<std::uint32_t>(m.device_count)};
    }

    graph graph_;
};

} // namespace bench::bgl

#endif
