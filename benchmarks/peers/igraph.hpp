// SPDX-License-Identifier: MIT
#ifndef DEVLINK_BENCHMARKS_PEERS_IGRAPH_HPP
#define DEVLINK_BENCHMARKS_PEERS_IGRAPH_HPP

// igraph. Edges go from supplier to consumer; a cycle gives an error code.

#include <cstddef>
#include <cstdint>
#include <vector>

#include <igraph.h>

#include "../families.hpp"

namespace bench::igraph_peer {

/// The order as a list of devices; empty if there is a cycle.
inline std::vector<std::uint32_t> order(const machine& m) {
    igraph_set_error_handler(igraph_error_handler_ignore);
    igraph_vector_int_t ends;
    igraph_vector_int_init(&ends, static_cast<igraph_integer_t>(2 * m.links.size()));
    for (std::size_t i = 0; i < m.links.size(); ++i) {
        VECTOR(ends)[2 * i] = static_cast<igraph_integer_t>(m.links[i].supplier.index());
        VECTOR(ends)[2 * i + 1] = static_cast<igraph_integer_t>(m.links[i].consumer.index());
    }
    igraph_t g;
    igraph_create(&g, &ends, static_cast<igraph_integer_t>(m.device_count), IGRAPH_DIRECTED);
    igraph_vector_int_destroy(&ends);
    igraph_vector_int_t sorted;
    igraph_vector_int_init(&sorted, 0);
    std::vector<std::uint32_t> order;
    if (igraph_topological_sorting(&g, &sorted, IGRAPH_OUT) == IGRAPH_SUCCESS) {
        const auto size = static_cast<std::size_t>(igraph_vector_int_size(&sorted));
        order.reserve(size);
        for (std::size_t i = 0; i < size; ++i) order.push_back(static_cast<std::uint32_t>(VECTOR(sorted)[i]));
    }
    igraph_vector_int_destroy(&sorted);
    igraph_destroy(&g);
    return order;
}

} // namespace bench::igraph_peer

#endif
