// SPDX-License-Identifier: MIT

// Work B: links added one by one, each refused if it would close a cycle.

#include <devlink/model/graph.hpp>

#include "checked_adds.hpp"
#include "families.hpp"
#include "harness.hpp"
#include "tight.hpp"

#ifdef DEVLINK_BENCH_BOOST
#include "peers/bgl_checked_adds.hpp"
#endif

#include <unordered_set>

namespace {

using bench::machine;

/// The library's graph, without names as the others are.
class devlink_graph {
public:
    explicit devlink_graph(const machine& m) {
        graph_.reserve(m.device_count, m.links.size());
        for (std::size_t d = 0; d < m.device_count; ++d) graph_.add_device();
    }
    bool add(const devlink::link_spec& l) { return graph_.add_link(l.consumer, l.supplier, l.flags).has_value(); }

private:
    devlink::basic_graph<devlink::graph_policy<std::uint32_t, devlink::no_names>> graph_;
};

/// For each link whether it was taken.
template <class Adder>
std::vector<bool> add_all(const machine& m) {
    Adder adder{m};
    std::vector<bool> taken;
    taken.reserve(m.links.size());
    for (const devlink::link_spec& l : m.links) taken.push_back(adder.add(l));
    return taken;
}

template <class Adder>
bench::competitor adder(std::string name, const machine& m, const std::vector<bool>& expected,
                        std::size_t up_to_links = 100000) {
    return {std::move(name), [&m] { bench::keep(add_all<Adder>(m)); }, [&] { return add_all<Adder>(m) == expected; },
            up_to_links};
}

/// A pair that is linked already would be merged by one and added again by another.
void drop_repeated_pairs(machine& m) {
    std::unordered_set<std::uint64_t> pairs;
    std::erase_if(m.links, [&pairs](const devlink::link_spec& l) {
        return !pairs.insert(std::uint64_t{l.consumer.index()} << 32 | l.supplier.index()).second;
    });
}

machine renamed(machine m, std::string family) {
    m.family = std::move(family);
    return m;
}

/// Devices registered in a valid order: what a device tree is like once its links are known.
machine board_in_order(std::size_t links) {
    machine m = renamed(bench::board(links), "board, in order");
    const std::vector<std::uint32_t> order = bench::tight::order(m);
    std::vector<std::uint32_t> place(m.device_count);
    for (std::uint32_t i = 0; i < order.size(); ++i) place[order[i]] = i;
    for (devlink::link_spec& l : m.links)
        l = bench::link(place[l.consumer.index()], place[l.supplier.index()], l.flags);
    std::ranges::sort(m.links, {}, &devlink::link_spec::consumer);
    return m;
}

machine board_shuffled(std::size_t links) {
    machine m = renamed(bench::board(links), "board, shuffled");
    bench::generator random{5};
    bench::shuffle(m, random);
    return m;
}

machine layered_shuffled(std::size_t links) {
    machine m = renamed(bench::layered(links), "layered, shuffled");
    bench::generator random{7};
    bench::shuffle(m, random);
    return m;
}

/// Every fifth link is an earlier one turned round, and has to be refused.
machine mixed(std::size_t links) {
    machine m = renamed(bench::random_dag(links), "mixed");
    bench::generator random{6};
    for (std::size_t i = 4; i < m.links.size(); i += 5) {
        std::size_t earlier = bench::below(random, i);
        if (earlier % 5 == 4) --earlier;
        m.links[i] = bench::link(m.links[earlier].supplier.index(), m.links[earlier].consumer.index());
    }
    return m;
}

/// A ladder that is registered from its top: each link contradicts the order of registration.
machine ladder_from_the_top(std::size_t links) {
    machine m = renamed(bench::ladder(links), "ladder, from the top");
    const std::size_t last = m.device_count - 1;
    for (devlink::link_spec& l : m.links)
        l = bench::link(last - l.consumer.index(), last - l.supplier.index(), l.flags);
    std::ranges::reverse(m.links);
    return m;
}

void compare(bench::session& session, machine m, std::size_t links) {
    drop_repeated_pairs(m);
    // Where every other link contradicts the order, searches go through all there is: minutes for 100,000 links.
    const bool hard = m.family == "ladder, from the top" || m.family == "layered, shuffled";
    const std::size_t limit = hard ? 10000 : 100000;
    const std::vector<bool> expected = links > limit ? add_all<devlink_graph>(m) : add_all<bench::marked_search>(m);
    const bool acyclic = std::ranges::count(expected, false) == 0;
    std::vector<bench::competitor> competitors;
    competitors.push_back(adder<bench::pearce_kelly>("pearce_kelly", m, expected, limit));
    competitors.push_back(adder<devlink_graph>("devlink", m, expected));
    competitors.push_back(adder<bench::marked_search>("marked_search", m, expected, limit));
    if (acyclic) competitors.push_back(adder<bench::append_only>("append_only", m, expected));
#ifdef DEVLINK_BENCH_BOOST
    competitors.push_back(adder<bench::bgl::searched_adds>("bgl_search", m, expected, limit));
#endif
    session.compare({"B add_link", m.family, links, static_cast<double>(m.links.size())}, competitors);
}

} // namespace

int main(int argc, char** argv) {
    bench::session session{argc, argv};
    for (const std::size_t links : session.sizes({300, 10000, 100000}))
        for (const bench::family make : {board_in_order, bench::board, board_shuffled, bench::layered, layered_shuffled,
                                         mixed, bench::ladder, ladder_from_the_top})
            if (session.wants("B add_link", make(8).family, links)) compare(session, make(links), links);
    return session.status();
}
