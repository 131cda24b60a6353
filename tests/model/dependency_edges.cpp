// SPDX-License-Identifier: MIT
#include <devlink/model/dependency_edges.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <vector>

using namespace devlink;

namespace {

using number = std::uint32_t;
constexpr number none = detail::nothing<number>;

link_spec link(int consumer, int supplier, link_flags flags) {
    return {device_id{consumer}, device_id{supplier}, flags};
}

template <class Cursor>
std::vector<number> all(const basic_dependency_edges<number>& edges, Cursor at) {
    std::vector<number> found;
    for (number next = 0; edges.next(at, next);) found.push_back(next);
    return found;
}

} // namespace

TEST_CASE("dependency edges: children, then the consumers of hard links; backward the parent, then the suppliers") {
    detail::graph_storage<number> storage;
    storage.append_device(none, false); // 0
    storage.append_device(0, false);    // 1
    storage.append_device(0, true);     // 2
    storage.append_device(none, false); // 3
    storage.append_link(link(3, 0, link_flag::managed));
    storage.append_link(link(1, 0, link_flag::managed | link_flag::sync_state_only)); // soft
    storage.append_link(link(2, 0, link_flag::stateless));
    storage.append_link(link(2, 3, link_flag::managed | link_flag::optional_supplier));
    storage.append_link(link(2, 1, link_flag::managed | link_flag::sync_state_only | link_flag::inferred)); // soft
    const basic_dependency_edges<number> edges{storage};
    CHECK(all(edges, edges.successors(0)) == std::vector<number>{1, 2, 3, 2});
    CHECK(all(edges, edges.predecessors(2)) == std::vector<number>{0, 0, 3});
    CHECK(all(edges, edges.predecessors(1)) == std::vector<number>{0});
    CHECK(all(edges, edges.successors(1)).empty());
    CHECK(all(edges, edges.predecessors(0)).empty());
    CHECK(edges.device_count() == 4);
    CHECK(edges.edge_count() >= 5);
}

TEST_CASE("dependency edges: a removed child has no edge left, in either direction") {
    detail::graph_storage<number> storage;
    storage.append_device(none, false); // 0
    storage.append_device(0, false);    // 1
    storage.append_device(0, false);    // 2
    storage.unlink_device(1);
    const basic_dependency_edges<number> edges{storage};
    CHECK(all(edges, edges.successors(0)) == std::vector<number>{2});
    CHECK(all(edges, edges.predecessors(1)).empty());
    CHECK(all(edges, edges.predecessors(2)) == std::vector<number>{0});
}
