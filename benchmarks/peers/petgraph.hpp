// SPDX-License-Identifier: MIT
#ifndef DEVLINK_BENCHMARKS_PEERS_PETGRAPH_HPP
#define DEVLINK_BENCHMARKS_PEERS_PETGRAPH_HPP

// petgraph, from Rust; peers/petgraph/lib.rs has the other half.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "../families.hpp"

extern "C" bool bench_petgraph_order(std::size_t device_count, const devlink::link_spec* links, std::size_t link_count,
                                     std::uint32_t* order);

namespace bench::petgraph {

static_assert(sizeof(devlink::link_spec) == 3 * sizeof(std::uint32_t), "lib.rs reads three words a link");

/// The order as a list of devices; empty if there is a cycle.
inline std::vector<std::uint32_t> order(const machine& m) {
    std::vector<std::uint32_t> order(m.device_count);
    if (!bench_petgraph_order(m.device_count, m.links.data(), m.links.size(), order.data())) return {};
    return order;
}

} // namespace bench::petgraph

#endif
