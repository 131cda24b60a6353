// SPDX-License-Identifier: MIT
#ifndef DEVLINK_BENCHMARKS_PEERS_BGL_CHECKED_ADDS_HPP
#define DEVLINK_BENCHMARKS_PEERS_BGL_CHECKED_ADDS_HPP

// Boost.Graph has no graph that refuses cycles: one searches from the consumer before each add. Edges go from supplier
// to consumer. Colours are forgotten by counting rounds, or each search would cost as much as there are devices.

#include <cstddef>
#include <cstdint>
#include <vector>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/depth_first_search.hpp>

#include "../families.hpp"

namespace bench::bgl {

struct round_colors {
    using key_type = std::size_t;
    using value_type = boost::default_color_type;
    using reference = value_type;
    using category = boost::read_write_property_map_tag;

    std::vector<std::uint64_t>* marks;
    std::uint64_t round;

    friend value_type get(const round_colors& map, key_type d) {
        const std::uint64_t mark = (*map.marks)[d];
        return mark / 8 == map.round ? static_cast<value_type>(mark % 8) : boost::white_color;
    }
    friend void put(const round_colors& map, key_type d, value_type color) {
        (*map.marks)[d] = map.round * 8 + static_cast<std::uint64_t>(color);
    }
};

class searched_adds {
public:
    explicit searched_adds(const machine& m)
        : graph_(m.device_count)
        , marks_(m.device_count) {}

    bool add(const devlink::link_spec& l) {
        const std::size_t supplier = l.supplier.index();
        const round_colors colors{&marks_, ++round_};
        bool found = false;
        boost::depth_first_visit(graph_, l.consumer.index(), boost::default_dfs_visitor{}, colors,
                                 [&](std::size_t d, const graph&) {
                                     found = found || d == supplier;
                                     return found;
                                 });
        if (found) return false;
        boost::add_edge(supplier, l.consumer.index(), graph_);
        return true;
    }

private:
    using graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;

    graph graph_;
    std::vector<std::uint64_t> marks_;
    std::uint64_t round_ = 0;
};

} // namespace bench::bgl

#endif
