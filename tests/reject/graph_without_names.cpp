// SPDX-License-Identifier: MIT
// expect: (constraints not satisfied|no matching member function|no matching function)
// expect: named
#include <devlink/model/graph.hpp>

#include <cstdint>

using devlink::graph_policy;

#ifdef REJECT
devlink::basic_graph<graph_policy<std::uint16_t, devlink::no_names>> g;
#else
devlink::basic_graph<graph_policy<std::uint16_t, devlink::with_names>> g;
#endif
const auto d = g.add_device("port");
