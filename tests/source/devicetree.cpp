// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include <devlink/source/devicetree.hpp>

#include "blob_builder.hpp"

using namespace devlink;
using namespace devlink::source;
using devlink::test::blob;
using devlink::test::blob_builder;

namespace {

devicetree read(const blob& b) {
    auto tree = devicetree::read(b);
    REQUIRE(tree);
    return *std::move(tree);
}

std::vector<std::string> children(const devicetree& tree, node_id n) {
    std::vector<std::string> names;
    tree.for_each_child(n, [&](node_id child) { names.emplace_back(tree.name(child)); });
    return names;
}

} // namespace

TEST_CASE("nodes are numbered in tree order") {
    blob_builder builder;
    builder.node("a").node("b@1").end().node("c").end().end().node("d").end();
    const blob b = builder.finish();
    const devicetree tree = read(b);
    CHECK(tree.node_count() == 5);
    CHECK(tree.path(node_id{0}) == "/");
    CHECK(tree.path(node_id{1}) == "/a");
    CHECK(tree.path(node_id{2}) == "/a/b@1");
    CHECK(tree.path(node_id{3}) == "/a/c");
    CHECK(tree.path(node_id{4}) == "/d");
    CHECK(tree.base_name(node_id{2}) == "b");
    CHECK_FALSE(tree.parent(devicetree::root()).valid());
    CHECK(tree.parent(node_id{3}) == node_id{1});
    CHECK(tree.subtree_end(node_id{1}) == 4);
    CHECK(tree.is_at_or_under(node_id{3}, node_id{1}));
    CHECK(tree.is_at_or_under(node_id{1}, node_id{1}));
    CHECK_FALSE(tree.is_at_or_under(node_id{4}, node_id{1}));
    CHECK_FALSE(tree.is_at_or_under(node_id{0}, node_id{1}));
    CHECK(children(tree, devicetree::root()) == std::vector<std::string>{"a", "d"});
    CHECK(children(tree, node_id{1}) == std::vector<std::string>{"b@1", "c"});
    CHECK(children(tree, node_id{4}).empty());
}

TEST_CASE("paths lead to the first node of theirs") {
    blob_builder builder;
    builder.node("a").end().node("a").node("b").end().end();
    const blob b = builder.finish();
    const devicetree tree = read(b);
    CHECK(tree.find_path("/") == devicetree::root());
    CHECK(tree.find_path("/a") == node_id{1});
    CHECK_FALSE(tree.find_path("/a/b").valid());
    CHECK_FALSE(tree.find_path("/x").valid());
    CHECK_FALSE(tree.find_path("a").valid());
    CHECK_FALSE(tree.find_path("").valid());
}

TEST_CASE("the first property of a name is the one that is read") {
    blob_builder builder;
    builder.cells("x", {1}).cells("y", {2}).cells("x", {3});
    const blob b = builder.finish();
    const devicetree tree = read(b);
    CHECK(tree.property_count() == 3);
    CHECK(tree.number(devicetree::root(), "x") == 1U);
    CHECK(tree.find_property(devicetree::root(), "y") == 1U);
    CHECK_FALSE(tree.has(devicetree::root(), "z"));
    CHECK(tree.property_value(2).number() == 3U);
}

TEST_CASE("nodes with many properties are searched as ones with few") {
    blob_builder builder;
    builder.node("few").cells("p", {7}).end().node("many");
    for (std::uint32_t i = 0; i < 300; ++i) builder.cells("p" + std::to_string(i * 7919 % 100), {i});
    builder.end();
    const blob b = builder.finish();
    const devicetree tree = read(b);
    for (std::uint32_t i = 0; i < 100; ++i) {
        CAPTURE(i);
        CHECK(tree.number(node_id{2}, "p" + std::to_string(i * 7919 % 100)) == i);
    }
    CHECK_FALSE(tree.has(node_id{2}, "p"));
    CHECK_FALSE(tree.has(node_id{2}, "p100"));
    CHECK_FALSE(tree.has(node_id{2}, "zzz"));
    CHECK(tree.number(node_id{1}, "p") == 7U);
}

TEST_CASE("phandles") {
    blob_builder builder;
    builder.node("a").cells("phandle", {0}).cells("linux,phandle", {5}).cells("phandle", {6}).end();
    builder.node("b").cells("phandle", {5}).end();
    builder.node("c").cells("phandle", {7}).cells("ibm,phandle", {8}).end();
    builder.node("d").bytes("phandle", "ab").end();
    builder.node("e").cells("phandle", {0xffffffff}).end();
    const blob b = builder.finish();
    const devicetree tree = read(b);
    CHECK(tree.by_phandle(5) == node_id{1});
    CHECK_FALSE(tree.by_phandle(6).valid());
    CHECK_FALSE(tree.by_phandle(7).valid());
    CHECK(tree.by_phandle(8) == node_id{3});
    CHECK_FALSE(tree.by_phandle(0).valid());
    CHECK(tree.by_phandle(0xffffffff) == node_id{5});
}

TEST_CASE("only okay and ok are available") {
    const auto available = [](std::string_view status) {
        const blob b = blob_builder{}.bytes("status", status).finish();
        return read(b).available(devicetree::root());
    };
    using namespace std::string_view_literals;
    CHECK(read(blob_builder{}.finish()).available(devicetree::root()));
    for (const std::string_view good : {"okay\0"sv, "ok\0"sv, "ok"sv, "okay\0disabled\0"sv}) CHECK(available(good));
    for (const std::string_view bad :
         {""sv, "\0"sv, "Okay\0"sv, "disabled\0"sv, "reserved\0"sv, "fail\0"sv, "o"sv, "okay-not\0"sv, "\0okay\0"sv})
        CHECK_FALSE(available(bad));
}

TEST_CASE("a broken blob is an error with its place") {
    blob b = blob_builder{}.cells("x", {1}).finish();
    devlink::test::set_cell(b, blob_builder::structure_offset + 8, 6);
    const auto tree = devicetree::read(b);
    REQUIRE_FALSE(tree);
    CHECK(tree.error().to_string() == "byte 64: an unknown token");
}

TEST_CASE("a tree that was not read is empty") {
    CHECK(devicetree{}.node_count() == 0);
    CHECK_FALSE(devicetree{}.find_path("/").valid());
#ifdef __cpp_exceptions
    CHECK_THROWS_AS((void)devicetree{}.parent(node_id{0}), assertion_failed);
#endif
}
