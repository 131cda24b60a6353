// SPDX-License-Identifier: MIT
#include <devlink/model/board.hpp>
#include <devlink/model/device_graph.hpp>
#include <devlink/model/forecast.hpp>
#include <devlink/model/frozen_graph.hpp>
#include <devlink/model/graph.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <deque>
#include <list>
#include <optional>
#include <span>
#include <vector>

using namespace devlink;

namespace {

/// A caller's own structure: clocks that know their parents, and nothing of devlink but the types of two members.
struct clock_tree {
    using index_type = std::uint16_t;
    std::vector<std::vector<basic_supplier_link<std::uint16_t>>> feeds;

    [[nodiscard]] std::size_t device_count() const { return feeds.size(); }
    [[nodiscard]] const auto& suppliers(basic_device_id<std::uint16_t> d) const { return feeds[d.index()]; }
};

struct list_of_links {
    using index_type = std::uint32_t;
    std::vector<link_spec> entries;

    [[nodiscard]] std::size_t device_count() const { return 2; }
    [[nodiscard]] const std::vector<link_spec>& links() const { return entries; }
};

// Near misses, each with one thing wrong.
struct without_count : private list_of_links {
    using list_of_links::index_type;
    using list_of_links::links;
};
struct without_index_type {
    [[nodiscard]] std::size_t device_count() const { return 0; }
    [[nodiscard]] std::span<const link_spec> links() const { return {}; }
};
struct links_not_contiguous {
    using index_type = std::uint32_t;
    [[nodiscard]] std::size_t device_count() const { return 0; }
    std::deque<link_spec> entries;
    [[nodiscard]] const std::deque<link_spec>& links() const { return entries; }
};
struct links_of_other_width {
    using index_type = std::uint32_t;
    [[nodiscard]] std::size_t device_count() const { return 0; }
    [[nodiscard]] std::span<const basic_link_spec<std::uint16_t>> links() const { return {}; }
};
struct links_as_a_copy : private list_of_links {
    using list_of_links::device_count, list_of_links::index_type;
    [[nodiscard]] std::vector<link_spec> links() const { return entries; }
};
struct links_as_a_view : links_as_a_copy {
    [[nodiscard]] std::span<const link_spec> links() const { return {}; }
};
struct suppliers_without_flags {
    using index_type = std::uint32_t;
    [[nodiscard]] std::size_t device_count() const { return 0; }
    [[nodiscard]] std::list<device_id> suppliers(device_id) const { return {}; }
};
struct suppliers_not_const {
    using index_type = std::uint32_t;
    [[nodiscard]] std::size_t device_count() const { return 0; }
    [[nodiscard]] std::vector<supplier_link> suppliers(device_id) { return {}; }
};

// Optional members that return something else than they should.
struct parent_without_kind : list_of_links {
    [[nodiscard]] device_id parent(device_id) const { return {}; }
};
struct parent_of_other_width : list_of_links {
    [[nodiscard]] basic_parent<std::uint16_t> parent(device_id) const { return {}; }
};
struct contains_nothing : list_of_links {
    void contains(device_id) const {}
};
struct view_without_optional : list_of_links {
    [[nodiscard]] link_view as_link_view() const { return {2, entries}; }
};
struct view_as_it_should_be : list_of_links {
    [[nodiscard]] std::optional<link_view> as_link_view() const { return link_view{2, entries}; }
};

/// Counts as some do, and keeps its links as some do.
struct fixed_list {
    using index_type = std::uint32_t;
    std::array<link_spec, 2> entries{
        {{device_id{0}, device_id{1}, link_flag::managed}, {device_id{1}, device_id{2}, link_flag::managed}}};

    [[nodiscard]] int device_count() const { return 3; }
    [[nodiscard]] const std::array<link_spec, 2>& links() const { return entries; }
};

struct with_tree : list_of_links {
    [[nodiscard]] basic_parent<> parent(device_id d) const {
        return d.index() == 1 ? basic_parent<>{device_id{0}, parent_kind::populates} : basic_parent<>{};
    }
    [[nodiscard]] bool contains(device_id d) const { return d.index() == 1; }
};

} // namespace

TEST_CASE("device graph: what meets the concepts, and near misses that do not") {
    static_assert(supplier_list_graph<clock_tree> && !link_list_graph<clock_tree> && device_graph<clock_tree>);
    static_assert(link_list_graph<list_of_links> && !supplier_list_graph<list_of_links> && device_graph<list_of_links>);
    static_assert(!device_graph<without_count>);
    static_assert(!device_graph<without_index_type>);
    static_assert(!device_graph<links_not_contiguous>);
    static_assert(!device_graph<links_of_other_width>);
    static_assert(!device_graph<suppliers_without_flags>);
    static_assert(!device_graph<suppliers_not_const>);
    static_assert(!device_graph<int>);
    static_assert(!device_graph<links_as_a_copy> && device_graph<links_as_a_view>);
    static_assert(!device_graph<parent_without_kind> && !device_graph<parent_of_other_width>);
    static_assert(!device_graph<contains_nothing>);
    static_assert(!device_graph<view_without_optional> && device_graph<view_as_it_should_be>);
    static_assert(link_list_graph<fixed_list>);
    CHECK(device_graph<with_tree>);
}

TEST_CASE("device graph: the library's own graphs meet it") {
    static_assert(supplier_list_graph<graph> && !link_list_graph<graph>);
    static_assert(supplier_list_graph<frozen_graph>);
    static_assert(link_list_graph<link_view> && !supplier_list_graph<link_view>);
    static_assert(supplier_list_graph<board<3, 2>> && link_list_graph<board<3, 2>>);
    CHECK(supplier_list_graph<basic_graph<graph_policy<std::uint8_t, no_names>>>);
}

TEST_CASE("device graph: what a graph does not say is filled in") {
    const list_of_links plain{};
    CHECK_FALSE(parent_of(plain, device_id{1}).device.valid());
    CHECK(contains_device(plain, device_id{1}));
    CHECK_FALSE(contains_device(plain, device_id{2}));
    CHECK(device_count_of(plain) == 2);
}

TEST_CASE("device graph: an array of links and a count of another type do as well") {
    const fixed_list fixed;
    CHECK(device_count_of(fixed) == 3);
    CHECK(links_of(fixed).data() == fixed.entries.data());
    CHECK(links_of(fixed).size() == 2);
    CHECK(contains_device(fixed, device_id{2}));
    CHECK_FALSE(contains_device(fixed, device_id{3}));
    const frozen_graph frozen{fixed};
    CHECK(frozen.device_count() == 3);
    CHECK(frozen.suppliers(device_id{1}).front().supplier == device_id{2});
    forecast expected{fixed};
    expected.set(device_id{2}, outcome::fail);
    CHECK_FALSE(expected.all_ok());
}

TEST_CASE("device graph: what a graph says counts") {
    const with_tree tree{};
    CHECK(parent_of(tree, device_id{1}).device == device_id{0});
    CHECK(parent_of(tree, device_id{1}).kind == parent_kind::populates);
    CHECK_FALSE(parent_of(tree, device_id{0}).device.valid());
    CHECK(contains_device(tree, device_id{1}));
    CHECK_FALSE(contains_device(tree, device_id{0}));
}

TEST_CASE("device graph: a caller's structure freezes as it is") {
    clock_tree clocks;
    clocks.feeds.resize(3);
    clocks.feeds[2] = {{basic_device_id<std::uint16_t>{0}, {}, basic_link_id<std::uint16_t>{0}},
                       {basic_device_id<std::uint16_t>{1}, {}, basic_link_id<std::uint16_t>{1}}};
    const basic_frozen_graph<graph_policy<std::uint16_t, no_names>> frozen{clocks};
    CHECK(frozen.suppliers(basic_device_id<std::uint16_t>{2}).size() == 2);
    CHECK(frozen.mandatory_consumers(basic_device_id<std::uint16_t>{1}).size() == 1);
}
