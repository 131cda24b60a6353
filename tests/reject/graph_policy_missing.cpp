// SPDX-License-Identifier: MIT
// expect: a graph's template argument is a policy, like devlink::graph_policy<std::uint16_t>
#include <devlink/model/graph.hpp>

#include <cstdint>

#ifdef REJECT
devlink::basic_graph<std::uint16_t> g;
#else
devlink::basic_graph<devlink::graph_policy<std::uint16_t>> g;
#endif
const auto frozen = g.freeze();
