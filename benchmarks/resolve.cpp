// SPDX-License-Identifier: MIT

// Work A: from a list of links to a complete, deterministic order that is checked for cycles, everything included that
// has to be built on the way.

#include <devlink/model/graph.hpp>
#include <devlink/resolve/resolve.hpp>

#include "boards.hpp"
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

std::vector<std::uint32_t> order_of(const devlink::basic_plan<std::uint32_t>& plan) {
    std::vector<std::uint32_t> order;
    for (const devlink::device_id d : plan.order()) order.push_back(static_cast<std::uint32_t>(d.index()));
    return order;
}

/// The list itself as a graph, memory and all included.
template <devlink::options O>
bench::competitor resolve_list(std::string name, const machine& m, std::size_t up_to_links = 10000000) {
    return {std::move(name),
            [&m] {
                bench::keep(devlink::resolve<O>(devlink::link_view{m.device_count, m.links}));
            },
            [&m] {
                return is_order(m, order_of(devlink::resolve<O>(devlink::link_view{m.device_count, m.links})));
            },
            up_to_links};
}

/// The same in memory that earlier runs have left.
bench::competitor resolve_list_again(std::string name, const machine& m, devlink::workspace& memory) {
    return {std::move(name),
            [&m, &memory] {
                bench::keep(devlink::resolve(devlink::link_view{m.device_count, m.links}, devlink::forecast{}, memory));
            },
            [&m, &memory] {
                for (int run = 0; run < 2; ++run)
                    devlink::resolve(devlink::link_view{m.device_count, m.links}, devlink::forecast{}, memory);
                return is_order(m, order_of(memory.plan()));
            }};
}

/// By way of a graph that is made from the list.
bench::competitor resolve_graph(std::string name, const machine& m) {
    return {
        std::move(name), [&m] { bench::keep(devlink::resolve(devlink::graph::from_links(m.device_count, m.links))); },
        [&m] { return is_order(m, order_of(devlink::resolve(devlink::graph::from_links(m.device_count, m.links)))); },
        1000000};
}

void compare(bench::session& session, const machine& m, std::size_t links) {
    using enum devlink::order_rule;
    std::vector<bench::competitor> competitors;
    // At ten million links they take seconds, so only where nothing helps.
    [[maybe_unused]] const std::size_t slow = m.family == "random" ? 10000000 : 1000000;
    devlink::workspace memory;
    competitors.push_back(peer("tight", m, bench::tight::order));
    competitors.push_back(resolve_list<devlink::options{}>("devlink", m));
    competitors.push_back(resolve_list_again("devlink, warm", m, memory));
    competitors.push_back(resolve_graph("devlink, from_links", m));
    competitors.push_back(resolve_list<devlink::options{.order = registration}>("devlink, registration", m));
    competitors.push_back(resolve_list<devlink::options{.order = kernel}>("devlink, kernel", m));
    competitors.push_back(resolve_list<devlink::options{.order = breadth}>("devlink, breadth", m));
    competitors.push_back(
        resolve_list<devlink::options{.order = longest_path_first}>("devlink, longest_path_first", m, 1000000));
#ifdef DEVLINK_BENCH_BOOST
    competitors.push_back(peer("bgl_csr", m, bench::bgl::order_csr));
    competitors.push_back(peer("bgl_adjacency_list", m, bench::bgl::order_adjacency_list, slow));
#endif
#ifdef DEVLINK_BENCH_LEMON
    competitors.push_back(peer("lemon_static", m, bench::lemon_peer::order_static));
    competitors.push_back(peer("lemon_smart", m, bench::lemon_peer::order_smart, 1000000));
#endif
#ifdef DEVLINK_BENCH_IGRAPH
    competitors.push_back(peer("igraph", m, bench::igraph_peer::order, slow));
#endif
#ifdef DEVLINK_BENCH_PETGRAPH
    competitors.push_back(peer("petgraph", m, bench::petgraph::order, slow));
#endif
    session.compare({"A order", m.family, links, static_cast<double>(m.links.size())}, competitors);
}

} // namespace

int main(int argc, char** argv) {
    bench::session session{argc, argv};
    for (const std::size_t links : session.sizes({300, 10000, 1000000, 10000000}))
        for (const bench::family make : bench::families) {
            if (session.wants("A order", make(8).family, links)) compare(session, make(links), links);
        }
    for (const machine& board : bench::read_boards()) compare(session, board, board.links.size());
    return session.status();
}
