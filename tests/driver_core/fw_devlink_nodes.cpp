// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <vector>

#include <devlink/driver_core/fw_devlink_nodes.hpp>

using namespace devlink;
using devlink::detail::fw::node_devices;

namespace {

// 0 { 1 { 2 { 3 } 4 } 5(off) { 6 } 7 }
firmware_tree small_tree() {
    firmware_tree tree;
    const node_id root = tree.add_node({});
    const node_id one = tree.add_node(root);
    const node_id two = tree.add_node(one);
    tree.add_node(two);
    tree.add_node(one);
    const node_id off = tree.add_node(root, false);
    tree.add_node(off);
    tree.add_node(root);
    return tree;
}

} // namespace

TEST_CASE("a node has the first device that is added for it") {
    const firmware_tree tree = small_tree();
    node_devices nodes{tree};
    CHECK_FALSE(nodes.device_of(node_id{1}).valid());
    CHECK_FALSE(nodes.node_of(device_id{0}).valid());
    CHECK(nodes.add(device_id{2}, node_id{1}));
    CHECK_FALSE(nodes.add(device_id{3}, node_id{1}));
    CHECK(nodes.device_of(node_id{1}) == device_id{2});
    CHECK(nodes.node_of(device_id{2}) == node_id{1});
    CHECK_FALSE(nodes.node_of(device_id{3}).valid());
    CHECK_FALSE(nodes.node_of(device_id{9}).valid());
}

TEST_CASE("the device above a node, and who stands for it") {
    const firmware_tree tree = small_tree();
    node_devices nodes{tree};
    nodes.add(device_id{0}, node_id{1});
    CHECK(nodes.device_above(node_id{3}) == device_id{0});
    CHECK_FALSE(nodes.device_above(node_id{1}).valid());
    CHECK_FALSE(nodes.standing_for(node_id{3}).valid());
    nodes.set_no_device(node_id{3});
    CHECK(nodes.standing_for(node_id{3}) == device_id{0});
    CHECK(nodes.standing_for(node_id{1}) == device_id{0});
}

TEST_CASE("a supplier is available if all above it are, up to the first device") {
    const firmware_tree tree = small_tree();
    node_devices nodes{tree};
    CHECK(nodes.can_supply(node_id{3}));
    CHECK_FALSE(nodes.can_supply(node_id{5}));
    CHECK_FALSE(nodes.can_supply(node_id{6}));
    nodes.add(device_id{0}, node_id{6});
    CHECK(nodes.can_supply(node_id{6}));
    CHECK_FALSE(nodes.can_supply(node_id{5}));
}

TEST_CASE("the walk leaves out what is not available, and what it is told to") {
    const firmware_tree tree = small_tree();
    const node_devices nodes{tree};
    std::vector<std::size_t> seen;
    const auto walk = [&](std::size_t from, std::size_t stop) {
        seen.clear();
        nodes.for_each_available_below(node_id{from}, [&](node_id n) {
            seen.push_back(n.index());
            return n.index() != stop;
        });
        return seen;
    };
    CHECK(walk(0, 99) == std::vector<std::size_t>{1, 2, 3, 4, 7});
    CHECK(walk(0, 2) == std::vector<std::size_t>{1, 2, 4, 7});
    CHECK(walk(1, 99) == std::vector<std::size_t>{2, 3, 4});
    CHECK(walk(5, 99) == std::vector<std::size_t>{6});
    CHECK(walk(7, 99).empty());
}
