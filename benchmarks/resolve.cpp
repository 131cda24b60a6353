// SPDX-License-Identifier: MIT

// Work A: from a list of links to a complete, deterministic order that is checked for cycles, everything included that
// has to be built on the way.

#include "families.hpp"
#include "harness.hpp"
#include "tight.hpp"

#ifdef DEVLINK_BENCH_BOOST
#include "peers/bgl.hpp"
#endif
#ifdef DEVLINK_BENCH_LEMON
#include "peers/lemon.hpp"
#endif
#ifdef DEVLINK_BENCH_IGRAPH
#include "peers/igraph.hpp"
#endif
#ifdef DEVLINK_BENCH_PETGRAPH
#include "peers/petgraph.hpp"
#endif

namespace {

using bench::machine;

/// Whether all devices are there once, and each supplier before its consumers.
bool is_order(const machine& m, const std::vector<std::uint32_t>& order) {
    if (order.size() != m.device_count) return false;
    constexpr std::uint32_t none = 0xffffffff;
    std::vector<std::uint32_t> place(m.device_count, none);
    for (std::uint32_t i = 0; i < order.size(); ++i) {
        if (order[i] >= m.device_count || place[order[i]] != none) return false;
        place[order[i]] = i;
    }
    for (const devlink::link_spec& l : m.links)
        if (place[l.supplier.index()] >= place[l.consumer.index()]) return false;
    return true;
}

bench::competitor peer(std::string name, const machine& m, std::vector<std::uint32_t> (*order)(const machine&),
                       std::size_t up_to_links = 10000000) {
    return {std::move(name), [&m, order] { bench::keep(order(m)); }, [&m, order] { return is_order(m, order(m)); },
            up_to_links};
}

void compare(bench::session& session, const machine& m, std::size_t links) {
    std::vector<bench::competitor> competitors;
    competitors.push_back(peer("tight", m, bench::tight::order));
#ifdef DEVLINK_BENCH_BOOST
    competitors.push_back(peer("bgl_csr", m, bench::bgl::order_csr));
    competitors.push_back(peer("bgl_adjacency_list", m, bench::bgl::order_adjacency_list));
#endif
#ifdef DEVLINK_BENCH_LEMON
    competitors.push_back(peer("lemon_static", m, bench::lemon_peer::order_static));
    competitors.push_back(peer("lemon_smart", m, bench::lemon_peer::order_smart, 1000000));
#endif
#ifdef DEVLINK_BENCH_IGRAPH
    competitors.push_back(peer("igraph", m, bench::igraph_peer::order));
#endif
#ifdef DEVLINK_BENCH_PETGRAPH
    competitors.push_back(peer("petgraph", m, bench::petgraph::order));
#endif
    session.compare({"A order", m.family, links, static_cast<double>(m.links.size())}, competitors);
}

} // namespace

int main(int argc, char** argv) {
    bench::session session{argc, argv};
    for (const std::size_t links : session.sizes())
        for (const bench::family make : bench::families) {
            if (session.wants("A order", make(8).family, links)) compare(session, make(links), links);
        }
    return session.status();
}
