// SPDX-License-Identifier: MIT
#include <devlink/model/graph_storage.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <vector>

using devlink::detail::graph_storage;
using devlink::detail::nothing;

namespace {

using storage = graph_storage<std::uint16_t>;
constexpr std::uint16_t none = nothing<std::uint16_t>;

std::vector<int> suppliers(const storage& s, std::size_t d) {
    std::vector<int> found;
    for (auto l = s.devices[d].suppliers.first; l != none; l = s.chains[l].next_supplier) found.push_back(l);
    CHECK((found.empty() ? none : found.back()) == s.devices[d].suppliers.last);
    return found;
}
std::vector<int> consumers(const storage& s, std::size_t d) {
    std::vector<int> found;
    for (auto l = s.devices[d].consumers.first; l != none; l = s.chains[l].next_consumer) found.push_back(l);
    CHECK((found.empty() ? none : found.back()) == s.devices[d].consumers.last);
    return found;
}
std::vector<int> children(const storage& s, std::size_t d) {
    std::vector<int> found;
    for (auto c = s.first_child(static_cast<std::uint16_t>(d)); c != none; c = s.tree[c].next_sibling)
        found.push_back(c);
    CHECK((found.empty() ? none : found.back()) == (s.tree.empty() ? none : s.tree[d].children.last));
    return found;
}

devlink::basic_link_spec<std::uint16_t> link(int consumer, int supplier, devlink::link_flags flags = {}) {
    return {devlink::basic_device_id<std::uint16_t>{consumer}, devlink::basic_device_id<std::uint16_t>{supplier},
            flags};
}

storage four_devices() {
    storage s;
    for (int d = 0; d < 4; ++d) s.append_device(none, false);
    return s;
}

} // namespace

TEST_CASE("graph storage: links hang on both lists in the order of adds") {
    storage s = four_devices();
    CHECK(s.append_link(link(3, 0)) == 0);
    CHECK(s.append_link(link(3, 1, devlink::link_flag::cycle)) == 1);
    CHECK(s.append_link(link(2, 0)) == 2);
    CHECK(suppliers(s, 3) == std::vector{0, 1});
    CHECK(consumers(s, 0) == std::vector{0, 2});
    CHECK(s.links[1].flags == devlink::link_flag::cycle);
    CHECK(s.references(1) == 1);
}

TEST_CASE("graph storage: a link can go from the front, the middle and the end") {
    for (std::uint16_t gone = 0; gone < 3; ++gone) {
        storage s = four_devices();
        for (std::uint16_t supplier = 0; supplier < 3; ++supplier) s.append_link(link(3, supplier));
        s.unlink_link(gone);
        std::vector<int> left{0, 1, 2};
        left.erase(left.begin() + gone);
        CHECK(suppliers(s, 3) == left);
        CHECK(consumers(s, gone).empty());
        CHECK_FALSE(s.links[gone].consumer.valid());
        s.append_link(link(3, gone));
        left.push_back(3);
        CHECK(suppliers(s, 3) == left);
    }
}

TEST_CASE("graph storage: a list written in one go hangs as if added one by one") {
    storage one_by_one = four_devices();
    storage at_once = four_devices();
    const std::uint16_t pairs[][2]{{3, 0}, {1, 0}, {3, 1}, {2, 0}, {3, 0}, {0, 2}};
    for (const auto& pair : pairs) {
        one_by_one.append_link(link(pair[0], pair[1]));
        at_once.links.push_back(link(pair[0], pair[1]));
    }
    at_once.thread_lists();
    for (std::size_t d = 0; d < 4; ++d) {
        CHECK(suppliers(at_once, d) == suppliers(one_by_one, d));
        CHECK(consumers(at_once, d) == consumers(one_by_one, d));
    }
    at_once.append_link(link(3, 2));
    CHECK(suppliers(at_once, 3) == std::vector{0, 2, 4, 6});
}

TEST_CASE("graph storage: children come and go at the front, the middle and the end") {
    for (std::uint16_t gone = 1; gone < 4; ++gone) {
        storage s;
        s.append_device(none, false);
        for (int child = 0; child < 3; ++child) s.append_device(0, child == 1);
        CHECK(children(s, 0) == std::vector{1, 2, 3});
        CHECK(s.devices[2].populated);
        CHECK_FALSE(s.devices[1].populated);
        s.unlink_device(gone);
        std::vector<int> left{1, 2, 3};
        left.erase(left.begin() + gone - 1);
        CHECK(children(s, 0) == left);
        CHECK_FALSE(s.devices[gone].present);
        s.append_device(0, false);
        left.push_back(4);
        CHECK(children(s, 0) == left);
        for (const int child : left) s.unlink_device(static_cast<std::uint16_t>(child));
        CHECK(children(s, 0).empty());
    }
}

TEST_CASE("graph storage: devices without any tree take no memory for one") {
    storage s = four_devices();
    CHECK(s.tree.empty());
    CHECK(s.parent(3) == none);
    CHECK(s.first_child(3) == none);
    s.append_device(3, true);
    CHECK(s.tree.size() == 5);
    CHECK(s.parent(4) == 3);
    CHECK(s.parent(3) == none);
    s.append_device(none, false);
    CHECK(s.tree.size() == 6);
    CHECK(s.parent(5) == none);
    CHECK(children(s, 3) == std::vector{4});
}

TEST_CASE("graph storage: a pair is found by whichever list is shorter, within the limit") {
    storage s;
    for (int d = 0; d < 100; ++d) s.append_device(none, false);
    for (std::uint16_t c = 1; c < 99; ++c) s.append_link(link(c, 0)); // a supplier with many consumers
    CHECK(s.find_pair(98, 0, 2).link == 97);
    CHECK(s.find_pair(98, 0, 2).decided);
    CHECK(s.find_pair(99, 0, 0).link == none); // a device without suppliers decides at once
    CHECK(s.find_pair(99, 0, 0).decided);
    for (std::uint16_t supplier = 1; supplier < 50; ++supplier) s.append_link(link(99, supplier));
    CHECK_FALSE(s.find_pair(99, 0, 10).decided);
    CHECK(s.find_pair(99, 0, 10).link == none);
    CHECK(s.find_pair(99, 0, 49).decided);
    s.append_link(link(99, 0));
    CHECK(s.find_pair(99, 0, 1000).link == s.links.size() - 1);
}

TEST_CASE("graph storage: a link has one reference until told otherwise, also one that comes later") {
    storage s = four_devices();
    s.append_link(link(3, 0));
    s.append_link(link(3, 1));
    s.set_references(0, 7);
    s.append_link(link(3, 2));
    CHECK(s.references(0) == 7);
    CHECK(s.references(1) == 1);
    CHECK(s.references(2) == 1);
    s.set_references(2, 2);
    CHECK(s.references(0) == 7);
    CHECK(s.references(2) == 2);
}
