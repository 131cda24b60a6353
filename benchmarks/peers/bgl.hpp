// SPDX-License-Identifier: MIT
#ifndef DEVLINK_BENCHMARKS_PEERS_BGL_HPP
#define DEVLINK_BENCHMARKS_PEERS_BGL_HPP

// Boost.Graph. Its topological_sort gives the reverse of the order along the edges, so that with edges from consumer to
// supplier it gives suppliers first; a cycle is an exception.

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <utility>
#include <vector>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/topological_sort.hpp>

#include "../families.hpp"

namespace bench::bgl {

using list_graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;
using csr_graph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property,
                                                     boost::no_property, std::uint32_t, std::uint32_t>;

/// A list of links as the pairs of vertices that Boost's constructors take, made as they are read.
class edge_iterator {
public:
    using iterator_category = std::forward_iterator_tag; // but that values are made on the fly
    using value_type = std::pair<std::uint32_t, std::uint32_t>;
    using difference_type = std::ptrdiff_t;
    using reference = value_type;
    using pointer = void;

    edge_iterator() = default;
    explicit edge_iterator(const devlink::link_spec* at)
        : at_{at} {}
    value_type operator*() const {
        return {static_cast<std::uint32_t>(at_->consumer.index()), static_cast<std::uint32_t>(at_->supplier.index())};
    }
    edge_iterator& operator++() {
        ++at_;
        return *this;
    }
    edge_iterator operator++(int) {
        edge_iterator before = *this;
        ++at_;
        return before;
    }
    bool operator==(const edge_iterator&) const = default;

private:
    const devlink::link_spec* at_ = nullptr;
};

template <class Graph>
std::vector<std::uint32_t> sort(const Graph& g, std::size_t device_count) {
    std::vector<std::uint32_t> order;
    order.reserve(device_count);
    boost::topological_sort(g, std::back_inserter(order));
    return order;
}

inline std::vector<std::uint32_t> order_adjacency_list(const machine& m) {
    const edge_iterator first{m.links.data()};
    const edge_iterator last{m.links.data() + m.links.size()};
    return sort(list_graph{first, last, m.device_count}, m.device_count);
}

inline std::vector<std::uint32_t> order_csr(const machine& m) {
    // The fastest of its constructors for a list that is not known to be sorted: a counting sort.
    const edge_iterator first{m.links.data()};
    const edge_iterator last{m.links.data() + m.links.size()};
    const csr_graph g{boost::edges_are_unsorted_multi_pass, first, last, static_cast<std::uint32_t>(m.device_count)};
    return sort(g, m.device_count);
}

} // namespace bench::bgl

#endif
