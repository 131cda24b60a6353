// SPDX-License-Identifier: MIT
#include <devlink/model/graph.hpp>

#include "naive_graph.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <ranges>
#include <string>
#include <type_traits>
#include <vector>

using namespace devlink;

namespace {

using narrow_nameless = basic_graph<graph_policy<std::uint8_t, no_names>>;
using medium_named = basic_graph<graph_policy<std::uint16_t, with_names>>;
using nameless = basic_graph<graph_policy<std::uint32_t, no_names>>;
using wide_named = basic_graph<graph_policy<std::uint64_t, with_names>>;

#define EVERY_GRAPH graph, narrow_nameless, medium_named, nameless, wide_named

/// Adds a device to a graph of any policy; a named one gets a name of its own.
template <class Graph>
auto add(Graph& g) {
    if constexpr (Graph::named)
        return g.add_device("device " + std::to_string(g.device_count()));
    else
        return g.add_device();
}
template <class Graph>
auto add_child(Graph& g, typename Graph::device_type d, parent_kind kind = parent_kind::contains) {
    if constexpr (Graph::named)
        return g.add_device("device " + std::to_string(g.device_count()), d, kind);
    else
        return g.add_device(d, kind);
}

template <class Range>
std::vector<std::size_t> suppliers_of(const Range& links) {
    std::vector<std::size_t> found;
    for (const auto& l : links) found.push_back(l.supplier.index());
    return found;
}
template <class Range>
std::vector<std::size_t> consumers_of(const Range& links) {
    std::vector<std::size_t> found;
    for (const auto& l : links) found.push_back(l.consumer.index());
    return found;
}
template <class Range>
std::vector<std::size_t> indices_of(const Range& ids) {
    std::vector<std::size_t> found;
    for (const auto id : ids) found.push_back(id.index());
    return found;
}
using indices = std::vector<std::size_t>;

constexpr bool works_in_a_constant_expression() {
    nameless g;
    const auto port = g.add_device();
    const auto nic = g.add_device(port);
    const auto disk = g.add_device();
    const bool linked = g.add_link(disk, nic).has_value() && g.add_link(nic, port).has_value();
    const auto refused = g.add_link(port, disk);
    return linked && !refused && refused.error().path.size() == 3 && (*g.suppliers(disk).begin()).supplier == nic;
}
static_assert(works_in_a_constant_expression());

} // namespace

TEST_CASE_TEMPLATE("graph: devices count up from 0 and keep their parents", Graph, EVERY_GRAPH) {
    Graph g;
    const auto root = add(g);
    const auto contained = add_child(g, root);
    const auto populated = add_child(g, root, parent_kind::populates);
    CHECK(indices{root.index(), contained.index(), populated.index()} == indices{0, 1, 2});
    CHECK(g.device_count() == 3);
    CHECK_FALSE(g.parent(root).device.valid());
    CHECK(g.parent(contained).device == root);
    CHECK(g.parent(contained).kind == parent_kind::contains);
    CHECK(g.parent(populated).device == root);
    CHECK(g.parent(populated).kind == parent_kind::populates);
    CHECK(indices_of(g.children(root)) == indices{1, 2});
    CHECK(g.children(contained).empty());
    CHECK(g.contains(populated));
    CHECK_FALSE(g.contains(typename Graph::device_type{3}));
    CHECK_FALSE(g.contains(typename Graph::device_type{}));
    CHECK_FALSE(g.contains(typename Graph::link_type{}));
}

TEST_CASE_TEMPLATE("graph: links stand in the order of adds, on both sides", Graph, EVERY_GRAPH) {
    Graph g;
    const auto a = add(g), b = add(g), c = add(g), d = add(g);
    const auto first = g.add_link(d, b, link_flag::pm_runtime);
    const auto second = g.add_link(d, a);
    const auto third = g.add_link(c, a, link_flag::stateless);
    REQUIRE((first && second && third));
    CHECK(indices{first->index(), second->index(), third->index()} == indices{0, 1, 2});
    CHECK(suppliers_of(g.suppliers(d)) == indices{1, 0});
    CHECK(consumers_of(g.consumers(a)) == indices{3, 2});
    CHECK(g.suppliers(a).empty());
    CHECK((*g.suppliers(d).begin()).flags == (link_flag::managed | link_flag::pm_runtime));
    CHECK((*g.consumers(b).begin()).link == *first);
    CHECK(g.link(*third).flags == link_flag::stateless);
    CHECK(g.link(*third).consumer == c);
    CHECK(g.link(*third).supplier == a);
    CHECK(g.find_link(d, a) == *second);
    CHECK_FALSE(g.find_link(a, d).valid());
    CHECK(consumers_of(g.links()) == indices{3, 3, 2});
    CHECK(g.link_count() == 3);
    static_assert(std::ranges::forward_range<decltype(g.suppliers(d))>);
    static_assert(std::ranges::borrowed_range<decltype(g.links())>);
}

TEST_CASE_TEMPLATE("graph: refusals change nothing and say why", Graph, EVERY_GRAPH) {
    Graph g;
    const auto a = add(g), b = add(g);
    const typename Graph::device_type unknown{77};
    CHECK(g.add_link(a, unknown).error().code == errc::unknown_device);
    CHECK(g.add_link(unknown, a).error().code == errc::unknown_device);
    CHECK(g.add_link(a, {}).error().code == errc::unknown_device);
    CHECK(g.add_link(a, a).error().code == errc::self_link);
    CHECK(g.add_link(a, a, {}, unchecked).error().code == errc::self_link);
    CHECK(g.add_link(b, a, link_flag::managed).error().code == errc::managed_given);
    CHECK(g.add_link(b, a, link_flags::from_bits(1U << 11)).error().code == errc::unknown_flag);
    CHECK(g.add_link(b, a, link_flags::from_bits(1U << 20)).error().code == errc::unknown_flag);
    CHECK(g.add_link(b, a, link_flag::optional_supplier | link_flag::stateless, unchecked).error().code ==
          errc::optional_with_stateless);
    CHECK(g.add_link(b, a, link_flag::sync_state_only | link_flag::pm_runtime).error().code ==
          errc::sync_state_only_with_other);
    CHECK(g.link_count() == 0);
    CHECK(g.suppliers(b).empty());
    CHECK(g.add_link(b, a, link_flag::managed).error().path.empty());
}

TEST_CASE_TEMPLATE("graph: a second add of a pair merges into its link", Graph, EVERY_GRAPH) {
    Graph g;
    const auto a = add(g), b = add(g);
    const auto made = g.add_link(b, a, link_flag::autoremove_consumer | link_flag::inferred);
    const auto again = g.add_link(b, a, link_flag::pm_runtime);
    REQUIRE((made && again));
    CHECK(*made == *again);
    CHECK(g.link_count() == 1);
    CHECK(g.link(*made).flags == (link_flag::managed | link_flag::pm_runtime));
    CHECK(suppliers_of(g.suppliers(b)) == indices{0});
}

TEST_CASE_TEMPLATE("graph: a cycle is refused with its whole path", Graph, EVERY_GRAPH) {
    Graph g;
    const auto a = add(g), b = add(g), c = add(g);
    const auto child = add_child(g, c);
    const auto d = add(g);
    REQUIRE(g.add_link(b, a));
    REQUIRE(g.add_link(c, b, link_flag::stateless)); // stateless links order their ends too
    REQUIRE(g.add_link(d, child));
    const auto refused = g.add_link(a, d);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::would_close_cycle);
    CHECK(indices_of(refused.error().path) == indices{0, 1, 2, 3, 4}); // the consumer first, through the child edge
    CHECK(g.link_count() == 3);
    CHECK(g.add_link(a, d, link_flag::sync_state_only));                 // soft links are not checked
    CHECK(g.add_link(c, child).error().code == errc::would_close_cycle); // a parent on its child
    CHECK(indices_of(g.add_link(c, child).error().path) == indices{2, 3});
    CHECK(g.add_link(child, c)); // a child on its parent
}

TEST_CASE_TEMPLATE("graph: a soft link that becomes hard is checked then", Graph, EVERY_GRAPH) {
    Graph g;
    const auto a = add(g), b = add(g);
    REQUIRE(g.add_link(b, a));
    const auto soft = g.add_link(a, b, link_flag::sync_state_only);
    REQUIRE(soft);
    CHECK(g.add_link(a, b).error().code == errc::would_close_cycle);
    CHECK(g.add_link(a, b, link_flag::stateless).error().code == errc::would_close_cycle);
    CHECK(g.link(*soft).flags == (link_flag::managed | link_flag::sync_state_only));
    g.remove_link(g.find_link(b, a));
    CHECK(g.add_link(a, b));
    CHECK(g.link(*soft).flags == link_flag::managed);
    CHECK(g.add_link(b, a).error().code == errc::would_close_cycle);
}

TEST_CASE_TEMPLATE("graph: what is unchecked may close a cycle, and later adds are judged by it", Graph, EVERY_GRAPH) {
    Graph g;
    const auto a = add(g), b = add(g), c = add(g);
    REQUIRE(g.add_link(b, a, {}, unchecked));
    REQUIRE(g.add_link(a, b, {}, unchecked));
    CHECK(g.link_count() == 2);
    CHECK(g.add_link(c, b));
    CHECK(g.add_link(a, c).error().code == errc::would_close_cycle);
    g.remove_link(g.find_link(a, b));
    g.remove_link(g.find_link(b, a));
    CHECK(g.add_link(a, c));
}

TEST_CASE_TEMPLATE("graph: removed links leave their lists, and their ids are not given out again", Graph,
                   EVERY_GRAPH) {
    Graph g;
    const auto a = add(g), b = add(g), c = add(g), d = add(g);
    const auto first = *g.add_link(d, a), second = *g.add_link(d, b), third = *g.add_link(d, c);
    g.remove_link(second);
    CHECK(suppliers_of(g.suppliers(d)) == indices{0, 2});
    CHECK(g.consumers(b).empty());
    CHECK_FALSE(g.contains(second));
    CHECK_FALSE(g.find_link(d, b).valid());
    CHECK(consumers_of(g.links()) == indices{3, 3});
    g.remove_link(third);
    CHECK(g.add_link(d, b)->index() == 3);
    CHECK(suppliers_of(g.suppliers(d)) == indices{0, 1});
    g.remove_link(first);
    g.remove_link(g.find_link(d, b));
    CHECK(g.suppliers(d).empty());
    CHECK(g.links().empty());
    CHECK(g.link_count() == 4);
    CHECK(g.add_link(d, c)->index() == 4);
    CHECK(suppliers_of(g.suppliers(d)) == indices{2});
}

TEST_CASE_TEMPLATE("graph: a removed device takes its links along and its id is not given out again", Graph,
                   EVERY_GRAPH) {
    Graph g;
    const auto bus = add(g), first = add_child(g, bus), middle = add_child(g, bus), last = add_child(g, bus);
    const auto other = add(g);
    REQUIRE(g.add_link(middle, first));
    REQUIRE(g.add_link(other, middle));
    REQUIRE(g.add_link(other, last));
    g.remove_device(middle);
    CHECK_FALSE(g.contains(middle));
    CHECK(g.device_count() == 5);
    CHECK(indices_of(g.children(bus)) == indices{1, 3});
    CHECK(suppliers_of(g.suppliers(other)) == indices{3});
    CHECK(g.consumers(first).empty());
    CHECK(g.add_link(other, middle).error().code == errc::unknown_device);
    CHECK(add_child(g, bus).index() == 5);
    CHECK(indices_of(g.children(bus)) == indices{1, 3, 5});
    g.remove_device(typename Graph::device_type{5});
    g.remove_device(first);
    CHECK(indices_of(g.children(bus)) == indices{3});
}

TEST_CASE_TEMPLATE("graph: references of stateless links", Graph, EVERY_GRAPH) {
    Graph g;
    const auto a = add(g), b = add(g);
    CHECK(g.drop_link_reference(b, a) == errc::unknown_link);
    auto l = *g.add_link(b, a, link_flag::stateless);
    REQUIRE(g.add_link(b, a, link_flag::stateless));
    CHECK(g.drop_link_reference(b, a) == errc::ok);
    CHECK(g.contains(l));
    CHECK(g.drop_link_reference(b, a) == errc::ok);
    CHECK_FALSE(g.contains(l));

    l = *g.add_link(b, a);
    CHECK(g.drop_link_reference(b, a) == errc::unknown_link); // managed alone: the kernel only warns
    REQUIRE(g.add_link(b, a, link_flag::stateless));
    CHECK(g.drop_link_reference(b, a) == errc::ok);
    CHECK(g.link(l).flags == (link_flag::managed | link_flag::stateless)); // the bit stays while references do
    CHECK(g.drop_link_reference(b, a) == errc::ok);                        // one too many eats the managed one
    CHECK_FALSE(g.contains(l));
}

TEST_CASE_TEMPLATE("graph: a link with more references than can be counted stays", Graph, EVERY_GRAPH) {
    Graph g;
    const auto a = add(g), b = add(g);
    const auto l = *g.add_link(b, a, link_flag::stateless);
    for (int adds = 1; adds < 70'000; ++adds) REQUIRE(g.add_link(b, a, link_flag::stateless));
    for (int drops = 0; drops < 70'000; ++drops) REQUIRE(g.drop_link_reference(b, a) == errc::ok);
    CHECK(g.contains(l));
}

TEST_CASE_TEMPLATE("graph: names", Graph, graph, medium_named, wide_named) {
    Graph g;
    const auto port = g.add_device("0000:00:1c.0");
    const auto nic = g.add_device("0000:01:00.0", port);
    CHECK(g.name(port) == "0000:00:1c.0");
    CHECK(g.find("0000:01:00.0") == nic);
    CHECK_FALSE(g.find("0000:01:00").valid());
    CHECK_FALSE(g.find("").valid());

    CHECK_FALSE(g.add_device("0000:01:00.0").valid());
    CHECK(g.try_add_device("0000:01:00.0", port).error().code == errc::duplicate_name);
    CHECK(g.device_count() == 2);

    g.remove_device(nic);
    CHECK_FALSE(g.find("0000:01:00.0").valid());
    const auto again = g.add_device("0000:01:00.0", port);
    CHECK(again.index() == 2);
    CHECK(g.find("0000:01:00.0") == again);

    CHECK(g.add_device("").index() == 3); // without a name, as often as one likes
    CHECK(g.add_device("").index() == 4);
    CHECK(g.name(again) == "0000:01:00.0");
    CHECK(g.name(typename Graph::device_type{4}).empty());
}

TEST_CASE_TEMPLATE("graph: an unknown parent is refused, so adds that build on a failed one fail too", Graph,
                   EVERY_GRAPH) {
    Graph g;
    CHECK_FALSE(add_child(g, typename Graph::device_type{}).valid());
    CHECK_FALSE(add_child(g, typename Graph::device_type{0}).valid());
    CHECK(g.device_count() == 0);
    const auto d = add(g);
    g.remove_device(d);
    CHECK_FALSE(add_child(g, d).valid());
    CHECK(g.device_count() == 1);
}

TEST_CASE("graph: an index that is used up is an error") {
    narrow_nameless g;
    for (int d = 0; d < 255; ++d) REQUIRE(g.add_device().index() == static_cast<std::size_t>(d));
    CHECK(g.try_add_device().error().code == errc::too_many);
    CHECK_FALSE(g.add_device().valid());
    const auto device = [](int d) { return narrow_nameless::device_type{d}; };
    int links = 0;
    for (int c = 1; c < 24; ++c)
        for (int s = 0; s < c && links < 255; ++s, ++links) REQUIRE(g.add_link(device(c), device(s)));
    CHECK(links == 255);
    CHECK(g.add_link(device(30), device(29)).error().code == errc::too_many);
    CHECK(g.add_link(device(1), device(0))); // merging needs no number
    CHECK(g.add_link(device(0), device(1)).error().code == errc::would_close_cycle);
}

TEST_CASE_TEMPLATE("graph: from a list of links", Graph, EVERY_GRAPH) {
    using spec = typename Graph::link_spec_type;
    using device = typename Graph::device_type;
    const std::vector<spec> list{{device{2}, device{0}, {}},
                                 {device{2}, device{1}, link_flag::stateless},
                                 {device{1}, device{0}, link_flag::autoprobe_consumer},
                                 {device{2}, device{0}, link_flag::optional_supplier}, // the pair once more
                                 {device{0}, device{2}, {}}};                          // a cycle
    auto g = Graph::from_links(4, list);
    CHECK(g.device_count() == 4);
    CHECK(g.link_count() == 5);
    CHECK(suppliers_of(g.suppliers(device{2})) == indices{0, 1, 0});
    CHECK(consumers_of(g.consumers(device{0})) == indices{2, 1, 2});
    CHECK(g.find_link(device{2}, device{0}).index() == 0);
    for (std::size_t l = 0; l < list.size(); ++l) {
        const auto found = g.link(typename Graph::link_type{l});
        CHECK(found.consumer == list[l].consumer);
        CHECK(found.supplier == list[l].supplier);
        CHECK(found.flags == recorded_flags(list[l].flags));
    }
    CHECK(g.add_link(device{3}, device{2}));
    CHECK(g.add_link(device{0}, device{3}).error().code == errc::would_close_cycle);
    CHECK(g.add_link(device{3}, device{0})->index() == 6);
    if constexpr (Graph::named) {
        CHECK(g.name(device{0}).empty());
        const auto late = g.add_device("late");
        CHECK(late.index() == 4);
        CHECK(g.name(late) == "late");
        CHECK(g.find("late") == late);
        CHECK(g.name(device{3}).empty());
    }
}

TEST_CASE_TEMPLATE("graph: from a list without links, and from nothing", Graph, EVERY_GRAPH) {
    const auto g = Graph::from_links(3, {});
    CHECK(g.device_count() == 3);
    CHECK(g.suppliers(typename Graph::device_type{2}).empty());
    CHECK(Graph::from_links(0, {}).device_count() == 0);
}

TEST_CASE_TEMPLATE("graph: is a list of links as long as that is all there is", Graph, EVERY_GRAPH) {
    Graph g;
    const auto a = add(g), b = add_child(g, a), c = add(g);
    REQUIRE(g.add_link(c, b, link_flag::pm_runtime));
    const auto l = *g.add_link(b, a);
    const auto view = g.as_link_view();
    REQUIRE(view.has_value());
    CHECK(view->device_count() == 3);
    REQUIRE(view->links().size() == 2);
    CHECK(view->links()[0] == g.link(typename Graph::link_type{0}));
    CHECK(view->links()[1] == g.link(l));

    Graph populated = g;
    add_child(populated, a, parent_kind::populates);
    CHECK_FALSE(populated.as_link_view().has_value());
    Graph without_link = g;
    without_link.remove_link(l);
    CHECK_FALSE(without_link.as_link_view().has_value());
    Graph without_device = g;
    without_device.remove_device(c);
    CHECK_FALSE(without_device.as_link_view().has_value());
    CHECK(g.as_link_view().has_value());
    CHECK(Graph::from_links(5, {}).as_link_view()->device_count() == 5);
}

TEST_CASE("graph: pairs are found among hubs with many links") {
    constexpr std::size_t hubs = 80;
    nameless g;
    for (std::size_t d = 0; d < 2 * hubs; ++d) g.add_device();
    const auto device = [](std::size_t d) { return nameless::device_type{d}; };
    std::vector<link_id> links;
    for (std::size_t c = hubs; c < 2 * hubs; ++c)
        for (std::size_t s = 0; s < hubs; ++s) links.push_back(*g.add_link(device(c), device(s)));
    for (std::size_t l = 0; l < links.size(); ++l) {
        const auto again = g.add_link(device(hubs + l / hubs), device(l % hubs), link_flag::pm_runtime);
        REQUIRE(again);
        REQUIRE(*again == links[l]);
    }
    CHECK(g.link_count() == hubs * hubs);
    for (std::size_t l = 0; l < links.size(); l += 2) g.remove_link(links[l]);
    for (std::size_t l = 0; l < links.size(); ++l)
        REQUIRE(g.find_link(device(hubs + l / hubs), device(l % hubs)).valid() == (l % 2 == 1));
}

TEST_CASE("graph: a pair that a list holds twice is found after its first link went, among hubs too") {
    constexpr std::size_t hubs = 40;
    std::vector<link_spec> list;
    for (int round = 0; round < 2; ++round)
        for (std::size_t c = hubs; c < 2 * hubs; ++c)
            for (std::size_t s = 0; s < hubs; ++s) list.push_back({device_id{c}, device_id{s}, {}});
    auto g = nameless::from_links(2 * hubs + 1, list);
    for (std::size_t s = 0; s < hubs; ++s) REQUIRE(g.add_link(device_id{2 * hubs}, device_id{s}));
    const device_id c{2 * hubs - 1};
    const device_id s{hubs - 1};
    REQUIRE(g.add_link(c, s)->index() == hubs * hubs - 1); // by now the consumer's links are indexed
    g.remove_link(link_id{hubs * hubs - 1});
    CHECK(g.find_link(c, s).index() == 2 * hubs * hubs - 1);
    g.remove_link(g.find_link(c, s));
    CHECK_FALSE(g.find_link(c, s).valid());
}

TEST_CASE_TEMPLATE("graph: a copy is a graph of its own", Graph, EVERY_GRAPH) {
    Graph g;
    const auto a = add(g), b = add(g);
    REQUIRE(g.add_link(b, a));
    Graph copy = g;
    copy.remove_link(copy.find_link(b, a));
    CHECK(copy.add_link(a, b));
    CHECK(g.add_link(a, b).error().code == errc::would_close_cycle);
    CHECK(suppliers_of(g.suppliers(b)) == indices{0});
}

TEST_CASE("graph: memory per device and link, and none for names that are not there") {
    static_assert(std::is_empty_v<no_names> && std::is_empty_v<with_names>);
    static_assert(sizeof(graph) == sizeof(nameless) + sizeof(detail::name_table<std::uint32_t>));
    static_assert(sizeof(detail::device_record<std::uint32_t>) == 20);
    static_assert(sizeof(detail::tree_record<std::uint32_t>) == 20);
    static_assert(sizeof(link_spec) + sizeof(detail::link_chain<std::uint32_t>) == 20);
    CHECK(sizeof(basic_link_spec<std::uint16_t>) + sizeof(detail::link_chain<std::uint16_t>) == 12);
}

TEST_CASE_TEMPLATE("graph: a moved-from one is empty and works, also after a move to itself", Graph, EVERY_GRAPH) {
    Graph g;
    const auto build = [&g] {
        const auto a = add(g), b = add(g), c = add_child(g, a, parent_kind::populates);
        REQUIRE(indices{a.index(), b.index(), c.index()} == indices{0, 1, 2});
        // Against the numbers, so that the order is kept as a list.
        REQUIRE(g.add_link(a, b));
        REQUIRE(g.add_link(b, c).error().code == errc::would_close_cycle);
        REQUIRE(g.link_count() == 1);
    };
    const auto is_new = [&g] {
        return g.device_count() == 0 && g.link_count() == 0 && g.links().empty() && g.as_link_view();
    };
    build();
    Graph constructed = std::move(g);
    CHECK(constructed.link_count() == 1);
    CHECK(is_new());
    build();
    Graph assigned;
    add(assigned);
    assigned = std::move(g);
    CHECK(assigned.device_count() == 3);
    CHECK(assigned.add_link(typename Graph::device_type{1}, typename Graph::device_type{2}).error().path.size() == 3);
    CHECK(is_new());
    build();
    Graph& same = g;
    g = std::move(same);
    CHECK(is_new());
    build();
    g = constructed;
    CHECK(g.device_count() == 3);
    CHECK(constructed.link_count() == 1);
}

TEST_CASE("graph: a moved-from one has forgotten pairs and names") {
    constexpr std::size_t many = 60;
    graph g;
    for (int round = 0; round < 3; ++round) {
        for (std::size_t d = 0; d < 2 * many; ++d) REQUIRE(add(g).index() == d);
        for (std::size_t d = 1; d < many; ++d) REQUIRE(g.add_link(device_id{2 * many - 1}, device_id{d}));
        for (std::size_t d = many; d < 2 * many; ++d) REQUIRE(g.add_link(device_id{d}, device_id{0}));
        CHECK(g.link_count() == 2 * many - 1);
        const graph moved = std::move(g);
        CHECK(moved.find("device 7") == device_id{7});
        CHECK_FALSE(g.find("device 7").valid());
        CHECK_FALSE(g.find_link(device_id{2 * many - 1}, device_id{0}).valid());
    }
}

#ifdef __cpp_exceptions
TEST_CASE("graph: broken preconditions are noticed") {
    graph g;
    const auto bus = g.add_device("bus");
    g.add_device("child", bus);
    CHECK_THROWS_AS(g.remove_device(bus), assertion_failed);
    CHECK_THROWS_AS(g.remove_device(device_id{2}), assertion_failed);
    CHECK_THROWS_AS(g.remove_link(link_id{0}), assertion_failed);
    CHECK_THROWS_AS((void)g.link(link_id{}), assertion_failed);
    for (const device_id unknown : {device_id{2}, device_id{}}) {
        CHECK_THROWS_AS((void)g.name(unknown), assertion_failed);
        CHECK_THROWS_AS((void)g.parent(unknown), assertion_failed);
        CHECK_THROWS_AS((void)g.suppliers(unknown), assertion_failed);
        CHECK_THROWS_AS((void)g.consumers(unknown), assertion_failed);
        CHECK_THROWS_AS((void)g.children(unknown), assertion_failed);
    }
    const std::vector<link_spec> out_of_range{{device_id{2}, device_id{0}, {}}};
    CHECK_THROWS_AS((void)graph::from_links(2, out_of_range), assertion_failed);
}
#endif

namespace {

/// Plays random adds and removals against the naive graph; some seeds with unchecked adds, which may close cycles.
template <class Graph>
void play(unsigned seed, std::size_t most_devices, int steps, int& refused) {
    CAPTURE(seed);
    using device = typename Graph::device_type;
    std::mt19937 random{seed};
    const auto below = [&](std::size_t end) { return static_cast<std::size_t>(random()) % end; };
    const bool cycles_welcome = seed % 4 == 0;
    Graph g;
    naive_graph naive;

    const auto add_device = [&] {
        const std::size_t parent = naive.parents.empty() ? naive_graph::none : below(naive.parents.size());
        if (parent != naive_graph::none && naive.there[parent] && below(3) == 0) {
            REQUIRE(add_child(g, device{parent}).index() == naive.add_device(parent));
        } else {
            REQUIRE(add(g).index() == naive.add_device(naive_graph::none));
        }
    };
    const auto check_path = [&](const std::vector<device>& path, std::size_t consumer, std::size_t supplier) {
        REQUIRE(path.size() >= 2);
        REQUIRE(path.front().index() == consumer);
        REQUIRE(path.back().index() == supplier);
        for (std::size_t at = 1; at < path.size(); ++at) REQUIRE(naive.edge(path[at - 1].index(), path[at].index()));
    };

    add_device();
    for (int step = 0; step < steps; ++step) {
        if (naive.parents.size() < most_devices && below(4) == 0) add_device();
        const std::size_t consumer = below(naive.parents.size());
        const std::size_t supplier = below(naive.parents.size());
        const std::size_t what = below(24);
        if (what == 0 && naive.there[consumer] && !naive.has_children(consumer)) {
            g.remove_device(device{consumer});
            naive.remove_device(consumer);
        } else if (what == 1) {
            const auto l = g.find_link(device{consumer}, device{supplier});
            auto* known = naive.find(consumer, supplier);
            REQUIRE(l.valid() == (known != nullptr));
            if (known == nullptr) continue;
            REQUIRE(l.index() == known->id);
            g.remove_link(l);
            known->there = false;
        } else {
            link_flags flags;
            if (what < 5)
                flags = link_flag::sync_state_only;
            else if (what < 7)
                flags = link_flag::stateless;
            else if (what < 9)
                flags = link_flag::optional_supplier;
            else if (what < 11)
                flags = link_flag::inferred | link_flag::autoremove_consumer;
            const bool checked = !cycles_welcome || below(8) != 0;
            const auto added = checked ? g.add_link(device{consumer}, device{supplier}, flags)
                                       : g.add_link(device{consumer}, device{supplier}, flags, unchecked);
            const errc expected = naive.add_link(consumer, supplier, flags, checked);
            REQUIRE((added ? errc::ok : added.error().code) == expected);
            if (added) REQUIRE(added->index() == naive.find(consumer, supplier)->id);
            if (expected == errc::would_close_cycle) {
                check_path(added.error().path, consumer, supplier);
                ++refused;
            }
        }
    }

    // What stands in the end, list by list.
    for (std::size_t d = 0; d < naive.parents.size(); ++d) {
        REQUIRE(g.contains(device{d}) == naive.there[d]);
        indices suppliers, consumers, children;
        for (const auto& l : naive.links) {
            if (l.there && l.consumer == d) suppliers.push_back(l.supplier);
            if (l.there && l.supplier == d) consumers.push_back(l.consumer);
        }
        for (std::size_t child = 0; child < naive.parents.size(); ++child)
            if (naive.there[child] && naive.parents[child] == d) children.push_back(child);
        REQUIRE(suppliers_of(g.suppliers(device{d})) == suppliers);
        REQUIRE(consumers_of(g.consumers(device{d})) == consumers);
        REQUIRE(indices_of(g.children(device{d})) == children);
    }
    std::size_t next = 0;
    for (const auto& l : g.links()) {
        while (!naive.links[next].there) ++next;
        REQUIRE(l.link.index() == next);
        REQUIRE(l.flags == naive.links[next].flags);
        ++next;
    }
    REQUIRE(std::none_of(naive.links.begin() + static_cast<std::ptrdiff_t>(next), naive.links.end(),
                         [](const auto& l) { return l.there; }));
}

} // namespace

TEST_CASE_TEMPLATE("graph: random histories of small graphs end as in the naive graph", Graph, graph, narrow_nameless,
                   nameless) {
    int refused = 0;
    for (unsigned seed = 0; seed < 1500; ++seed) play<Graph>(seed, 3 + seed % 20, 150, refused);
    CHECK(refused > 10'000);
}

TEST_CASE("graph: random histories of larger graphs end as in the naive graph") {
    int refused = 0;
    for (unsigned seed = 0; seed < 12; ++seed) play<nameless>(seed, 250, 1200, refused);
    CHECK(refused > 500);
}

TEST_CASE("graph: ladders of diamonds, chains and hubs take no more than a look at each link, in any order of adds") {
    constexpr std::size_t diamonds = 50'000;
    constexpr std::size_t devices = 3 * diamonds + 1;
    std::vector<link_spec> list;
    for (std::size_t at = 0; at + 1 < devices; at += 3) {
        list.push_back({device_id{at + 1}, device_id{at}, {}});
        list.push_back({device_id{at + 2}, device_id{at}, {}});
        list.push_back({device_id{at + 3}, device_id{at + 1}, {}});
        list.push_back({device_id{at + 3}, device_id{at + 2}, {}});
    }
    std::mt19937 random{1};
    for (int round = 0; round < 4; ++round) {
        nameless g;
        for (std::size_t d = 0; d < devices; ++d) g.add_device();
        for (const link_spec& l : list) REQUIRE(g.add_link(l.consumer, l.supplier));
        // The whole ladder again and again, walked without marks, would not end.
        device_id bottom = list.front().supplier;
        device_id top = list.front().supplier;
        for (std::size_t d = 0; d < devices; ++d) {
            if (g.suppliers(device_id{d}).empty()) bottom = device_id{d};
            if (g.consumers(device_id{d}).empty()) top = device_id{d};
        }
        const auto refused = g.add_link(bottom, top);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().path.size() == 2 * diamonds + 1);
        if (round == 0) std::reverse(list.begin(), list.end());
        if (round == 1)
            for (link_spec& l : list)
                l = {device_id{devices - 1 - l.consumer.index()}, device_id{devices - 1 - l.supplier.index()}, {}};
        if (round == 2) std::shuffle(list.begin(), list.end(), random);
    }
}
