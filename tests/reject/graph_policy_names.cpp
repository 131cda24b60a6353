// SPDX-License-Identifier: MIT
// expect: graph_policy's second argument is devlink::with_names or devlink::no_names
#include <devlink/model/graph.hpp>

#include <cstdint>

struct unnamed {};

#ifdef REJECT
devlink::basic_graph<devlink::graph_policy<std::uint16_t, unnamed>> g;
#else
devlink::basic_graph<devlink::graph_policy<std::uint16_t, devlink::no_names>> g;
#endif
