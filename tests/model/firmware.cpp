// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <devlink/model/firmware.hpp>

using namespace devlink;

TEST_CASE("nodes know what lies under them") {
    firmware_tree tree;
    const node_id root = tree.add_node({});
    const node_id a = tree.add_node(root);
    const node_id b = tree.add_node(a, false);
    const node_id c = tree.add_node(a, true, true);
    const node_id d = tree.add_node(root);
    CHECK(tree.node_count() == 5);
    CHECK(tree.node(root).end == 5);
    CHECK(tree.node(a).end == 4);
    CHECK(tree.node(b).end == 3);
    CHECK(tree.node(d).end == 5);
    CHECK(tree.is_at_or_under(c, a));
    CHECK(tree.is_at_or_under(a, a));
    CHECK_FALSE(tree.is_at_or_under(d, a));
    CHECK_FALSE(tree.is_at_or_under(root, a));
    CHECK_FALSE(tree.node(b).available);
    CHECK(tree.node(c).initialised);
#ifdef __cpp_exceptions
    CHECK_THROWS_AS((void)tree.node(node_id{5}), assertion_failed);
#endif
}

TEST_CASE("references belong to the node added last") {
    firmware_tree tree;
    tree.reserve(3, 3);
    const node_id root = tree.add_node({});
    const node_id a = tree.add_node(root);
    tree.add_reference({a, root});
    tree.add_reference({a, a, firmware_reference_kind::optional, 7});
    const node_id b = tree.add_node(root);
    tree.add_reference({root, b, firmware_reference_kind::post_init});
    CHECK(tree.references(root).empty());
    REQUIRE(tree.references(a).size() == 2);
    CHECK(tree.references(a)[1].origin == 7);
    CHECK(tree.references(a)[1].supplier == a);
    REQUIRE(tree.references(b).size() == 1);
    CHECK(tree.references(b)[0].consumer == root);
    CHECK(tree.references().size() == 3);
}

TEST_CASE("devices stand behind their parents") {
    firmware_tree tree;
    const node_id root = tree.add_node({});
    const node_id a = tree.add_node(root);
    firmware_device device;
    device.node = root;
    CHECK(tree.add_device(device) == device_id{0});
    device.node = a;
    device.parent = device_id{0};
    CHECK(tree.add_device(device) == device_id{1});
    device.parent = device_id{2};
#ifdef __cpp_exceptions
    CHECK_THROWS_AS(tree.add_device(device), assertion_failed);
#endif
    CHECK(tree.devices().size() == 2);
}
