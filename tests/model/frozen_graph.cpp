// SPDX-License-Identifier: MIT
#include <devlink/model/frozen_graph.hpp>
#include <devlink/model/graph.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <span>
#include <tuple>
#include <vector>

using namespace devlink;

namespace {

using nameless = basic_graph<graph_policy<std::uint16_t, no_names>>;
using device = nameless::device_type;

constexpr bool freezes_in_a_constant_expression() {
    nameless g;
    const auto a = g.add_device();
    const auto b = g.add_device(a);
    const bool linked = g.add_link(b, a).has_value();
    const auto frozen = g.freeze();
    return linked && frozen.suppliers(b).size() == 1 && frozen.mandatory_consumers(a)[0] == b &&
           frozen.parent(b).device == a;
}
static_assert(freezes_in_a_constant_expression());

} // namespace

TEST_CASE("frozen graph: keeps ids, names, parents and the order of suppliers") {
    graph g;
    const auto a = g.add_device("a");
    const auto gone = g.add_device("gone");
    const auto b = g.add_device("b", a, parent_kind::populates);
    const auto c = g.add_device("c");
    REQUIRE(g.add_link(c, gone));
    const auto first = *g.add_link(c, b, link_flag::inferred);
    const auto second = *g.add_link(c, a);
    g.remove_device(gone);
    const frozen_graph frozen = g.freeze();

    CHECK(frozen.device_count() == 4);
    CHECK(frozen.link_count() == 2);
    CHECK_FALSE(frozen.contains(gone));
    CHECK(frozen.contains(c));
    CHECK_FALSE(frozen.contains(device_id{4}));
    CHECK_FALSE(frozen.contains(device_id{}));
    CHECK(frozen.name(c) == "c");
    CHECK(frozen.find("b") == b);
    CHECK_FALSE(frozen.find("gone").valid());
    CHECK(frozen.name(gone).empty());
    CHECK(frozen.parent(b) == parent{a, parent_kind::populates});
    CHECK_FALSE(frozen.parent(a).device.valid());
    REQUIRE(frozen.suppliers(c).size() == 2);
    CHECK(frozen.suppliers(c)[0] == supplier_link{b, link_flag::managed | link_flag::inferred, first});
    CHECK(frozen.suppliers(c)[1] == supplier_link{a, link_flag::managed, second});
    CHECK(frozen.suppliers(gone).empty());
}

TEST_CASE("frozen graph: consumers that are lost come first, then those that go without, then those not held back") {
    graph g;
    const auto s = g.add_device("s");
    std::vector<device_id> d;
    for (const char* name : {"c0", "c1", "c2", "c3", "c4", "c5"}) d.push_back(g.add_device(name));
    REQUIRE(g.add_link(d[5], s));
    REQUIRE(g.add_link(d[4], s, link_flag::sync_state_only));
    REQUIRE(g.add_link(d[3], s, link_flag::optional_supplier));
    REQUIRE(g.add_link(d[2], s, link_flag::autoprobe_consumer));
    REQUIRE(g.add_link(d[1], s, link_flag::stateless));
    REQUIRE(g.add_link(d[0], s, link_flag::optional_supplier));
    const auto frozen = g.freeze();
    std::vector<device_id> order;
    for (const consumer_link l : frozen.consumers(s)) {
        order.push_back(l.consumer);
        CHECK(g.link(l.link).consumer == l.consumer);
        CHECK(g.link(l.link).flags == l.flags);
    }
    CHECK(order == std::vector<device_id>{d[2], d[5], d[0], d[3], d[1], d[4]});
    const auto lost = frozen.mandatory_consumers(s);
    CHECK(std::vector<device_id>(lost.begin(), lost.end()) == std::vector<device_id>{d[2], d[5]});
    CHECK(frozen.mandatory_consumers(d[0]).empty());
    CHECK(frozen.consumers(d[0]).empty());
}

TEST_CASE("frozen graph: nothing, and devices without links") {
    const frozen_graph nothing;
    CHECK(nothing.device_count() == 0);
    CHECK(nothing.link_count() == 0);
    graph g;
    CHECK(g.freeze().device_count() == 0);
    const auto d = g.add_device("d");
    const auto frozen = g.freeze();
    CHECK(frozen.suppliers(d).empty());
    CHECK(frozen.consumers(d).empty());
    CHECK(frozen_graph::from_links(3, {}).suppliers(device_id{2}).empty());
}

TEST_CASE("frozen graph: a list of links and a graph of the same links freeze to the same") {
    std::mt19937 random{7};
    for (int round = 0; round < 200; ++round) {
        CAPTURE(round);
        const std::size_t devices = 2 + random() % 30;
        std::vector<basic_link_spec<std::uint16_t>> list(random() % 100);
        for (auto& l : list) {
            l.consumer = device{random() % devices};
            l.supplier = device{random() % devices};
            l.flags = recorded_flags(random() % 3 == 0   ? link_flags{link_flag::stateless}
                                     : random() % 3 == 0 ? link_flags{link_flag::optional_supplier}
                                                         : link_flags{});
        }
        using frozen_type = basic_frozen_graph<graph_policy<std::uint16_t, no_names>>;
        const auto from_list = frozen_type::from_links(devices, list);
        const auto from_graph = nameless::from_links(devices, list).freeze();
        // With a device more that is gone again, the graph is no bare list any more, and is read device by device.
        auto grown = nameless::from_links(devices + 1, list);
        REQUIRE(grown.add_link(device{devices}, device{0}));
        grown.remove_device(device{devices});
        REQUIRE_FALSE(grown.as_link_view().has_value());
        const auto from_grown = grown.freeze();
        std::size_t links = 0;
        for (std::size_t d = 0; d < devices; ++d) {
            REQUIRE(std::ranges::equal(from_list.suppliers(device{d}), from_graph.suppliers(device{d})));
            REQUIRE(std::ranges::equal(from_list.consumers(device{d}), from_graph.consumers(device{d})));
            REQUIRE(std::ranges::equal(from_list.suppliers(device{d}), from_grown.suppliers(device{d})));
            REQUIRE(std::ranges::equal(from_list.consumers(device{d}), from_grown.consumers(device{d})));

            // Against the list itself: the suppliers in its order, the consumers sorted as the class says.
            std::vector<basic_supplier_link<std::uint16_t>> suppliers;
            std::vector<std::tuple<int, std::size_t, std::size_t>> consumers;
            for (std::size_t l = 0; l < list.size(); ++l) {
                const basic_link_id<std::uint16_t> id{l};
                if (list[l].consumer.index() == d) suppliers.push_back({list[l].supplier, list[l].flags, id});
                const int group = list[l].flags.has(link_flag::stateless)           ? 2
                                  : list[l].flags.has(link_flag::optional_supplier) ? 1
                                                                                    : 0;
                if (list[l].supplier.index() == d) consumers.emplace_back(group, list[l].consumer.index(), l);
            }
            std::sort(consumers.begin(), consumers.end());
            REQUIRE(std::ranges::equal(from_list.suppliers(device{d}), suppliers));
            std::vector<std::tuple<int, std::size_t, std::size_t>> found;
            std::size_t lost = 0;
            for (const auto& l : from_list.consumers(device{d})) {
                const int group = l.flags.has(link_flag::stateless)           ? 2
                                  : l.flags.has(link_flag::optional_supplier) ? 1
                                                                              : 0;
                found.emplace_back(group, l.consumer.index(), l.link.index());
                lost += group == 0 ? 1 : 0;
            }
            REQUIRE(found == consumers);
            REQUIRE(from_list.mandatory_consumers(device{d}).size() == lost);
            links += consumers.size();
        }
        REQUIRE(links == list.size());
    }
}

TEST_CASE("frozen graph: a moved-from one is empty, also after a move to itself") {
    graph g;
    const auto port = g.add_device("port");
    const auto nic = g.add_device("nic", port, parent_kind::populates);
    REQUIRE(g.add_link(nic, port));
    frozen_graph frozen = g.freeze();
    const frozen_graph copy = frozen;
    const auto is_new = [&frozen, nic] {
        return frozen.device_count() == 0 && frozen.link_count() == 0 && !frozen.contains(nic) &&
               !frozen.find("nic").valid();
    };
    frozen_graph other = std::move(frozen);
    CHECK(is_new());
    CHECK(other.suppliers(nic).size() == 1);
    frozen = std::move(other);
    CHECK(frozen.parent(nic).device == port);
    frozen_graph& same = frozen;
    frozen = std::move(same);
    CHECK(is_new());
    frozen = copy;
    CHECK(frozen.suppliers(nic).size() == 1);
    CHECK(frozen.name(nic) == "nic");
    CHECK(copy.link_count() == 1);
}

TEST_CASE("frozen graph: takes as many devices and links as ids can number, as a graph does") {
    using narrow = basic_graph<graph_policy<std::uint8_t, no_names>>;
    using narrow_device = narrow::device_type;
    std::vector<basic_link_spec<std::uint8_t>> list;
    narrow g;
    while (g.try_add_device()) {
    }
    REQUIRE(g.device_count() == 255);
    for (std::size_t d = 0; d < 255; ++d) { // a chain, and one more link
        const narrow_device supplier{d < 254 ? d + 1 : 2};
        list.push_back({narrow_device{d < 254 ? d : 0}, supplier, link_flag::managed});
        REQUIRE(g.add_link(list.back().consumer, supplier));
    }
    CHECK(g.add_link(narrow_device{0}, narrow_device{3}).error().code == errc::too_many);
    const auto frozen = g.freeze();
    const auto from_list = narrow::from_links(255, list);
    CHECK(from_list.link_count() == 255);
    for (const auto& same :
         {frozen, from_list.freeze(), basic_frozen_graph<narrow::policy_type>::from_links(255, list)}) {
        CHECK(same.device_count() == 255);
        CHECK(same.link_count() == 255);
        std::size_t consumers = 0;
        for (std::size_t d = 0; d < 255; ++d) {
            CHECK(same.suppliers(narrow_device{d}).size() == (d == 0 ? 2 : d < 254 ? 1 : 0));
            for (const auto& l : same.consumers(narrow_device{d})) {
                CHECK(list[l.link.index()].supplier == narrow_device{d});
                ++consumers;
            }
        }
        CHECK(consumers == 255);
    }
}

#ifdef __cpp_exceptions
TEST_CASE("frozen graph: broken preconditions are noticed") {
    graph g;
    g.add_device("port");
    const frozen_graph frozen = g.freeze();
    for (const device_id unknown : {device_id{1}, device_id{}}) {
        CHECK_THROWS_AS((void)frozen.name(unknown), assertion_failed);
        CHECK_THROWS_AS((void)frozen.parent(unknown), assertion_failed);
        CHECK_THROWS_AS((void)frozen.suppliers(unknown), assertion_failed);
        CHECK_THROWS_AS((void)frozen.consumers(unknown), assertion_failed);
        CHECK_THROWS_AS((void)frozen.mandatory_consumers(unknown), assertion_failed);
    }
    const std::vector<basic_link_spec<std::uint8_t>> many(256);
    using narrow = basic_frozen_graph<graph_policy<std::uint8_t, no_names>>;
    CHECK_THROWS_AS((void)narrow::from_links(256, {}), assertion_failed);
    CHECK_THROWS_AS((void)narrow::from_links(2, many), assertion_failed);
}
#endif
