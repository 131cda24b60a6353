// SPDX-License-Identifier: MIT
// The same with Boost.Graph.
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/topological_sort.hpp>

#include <cstddef>
#include <iterator>
#include <span>
#include <utility>
#include <vector>

std::vector<std::size_t> probe_order(std::size_t devices, std::span<const std::pair<std::size_t, std::size_t>> links);

std::vector<std::size_t> probe_order(std::size_t devices, std::span<const std::pair<std::size_t, std::size_t>> links) {
    using graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;
    const graph g{links.begin(), links.end(), devices};
    std::vector<std::size_t> order;
    boost::topological_sort(g, std::back_inserter(order));
    return order;
}
