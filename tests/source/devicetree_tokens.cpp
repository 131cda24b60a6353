// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <string_view>

#include <devlink/source/devicetree_tokens.hpp>

#include "blob_builder.hpp"

using namespace devlink::source;
using devlink::test::blob;
using devlink::test::blob_builder;

namespace {

struct recorder {
    std::string seen;

    void begin_node(std::string_view name) { (seen += '{') += name; }
    void property(std::string_view name, std::span<const std::byte> value) {
        ((seen += ' ') += name) += '=' + std::to_string(value.size());
    }
    void end_node() { seen += '}'; }
};

struct walked {
    std::string seen;
    std::string message;
    std::size_t offset = 0; // in the structure block
};

walked walk(const blob& b) {
    const auto blocks = read_devicetree_header(b);
    REQUIRE(blocks);
    recorder record;
    const std::optional<source_error> error = walk_devicetree(*blocks, record);
    return {record.seen, error ? error->message : "", error ? error->offset - blocks->structure_offset : 0};
}

blob_builder nothing() { return blob_builder{blob_builder::empty_t{}}; }

} // namespace

using namespace std::string_view_literals;

TEST_CASE("the walk calls in the blob's order") {
    blob_builder builder;
    builder.cells("a", {1, 2}).token(4).node("x@1").bytes("b", "xyz").token(4).node("y").end().end().node("z").end();
    const walked w = walk(builder.finish());
    CHECK(w.message.empty());
    CHECK(w.seen == "{ a=8{x@1 b=3{y}}{z}}");
}

TEST_CASE("what is behind the end token is ignored") {
    blob b = blob_builder{}.end().token(9).token(77).assemble();
    CHECK(walk(b).message.empty());
}

TEST_CASE("what no tree can be is refused, each by name and place") {
    CHECK(walk(nothing().assemble()).message == "structure block has no end token");
    CHECK(walk(nothing().token(9).assemble()).message == "the tree has no root");
    CHECK(walk(nothing().token(2).token(9).assemble()).message == "the end of a node that has not begun");
    CHECK(walk(nothing().property_words(0, 0).token(9).assemble()).message == "a property outside of all nodes");
    CHECK(walk(nothing().token(5).assemble()).message == "an unknown token");
    CHECK(walk(nothing().node("root").end().token(9).assemble()).message == "the root node has a name");
    CHECK(walk(blob_builder{}.token(9).assemble()).message == "the tree ends inside of a node");
    CHECK(walk(blob_builder{}.end().assemble()).message == "structure block has no end token");
    CHECK(walk(blob_builder{}.end().raw("\0\0\0"sv).assemble()).message == "structure block has no end token");

    const walked second = walk(blob_builder{}.end().token(1).token(0).end().token(9).assemble());
    CHECK(second.message == "a second root node");
    CHECK(second.offset == 12);
    const walked after = walk(blob_builder{}.end().cells("a", {}).token(9).assemble());
    CHECK(after.message == "a property outside of all nodes");
    const walked nameless = walk(blob_builder{}.token(1).token(0).end().finish());
    CHECK(nameless.message == "a node without a name");
    CHECK(nameless.offset == 8);
    const walked late = walk(blob_builder{}.node("x").end().cells("a", {1}).finish());
    CHECK(late.message == "a property behind its node's children");
    CHECK(late.offset == 20);
}

TEST_CASE("names end inside of their block") {
    CHECK(walk(blob_builder{}.token(1).raw("abcd"sv).assemble()).message == "a node's name has no end");
    CHECK(walk(blob_builder{}.property_words(0, 0).finish()).message ==
          "a property's name lies outside of the strings block");
    CHECK(walk(blob_builder{}.cells("ab", {1}).property_words(0, 3).finish()).message ==
          "a property's name lies outside of the strings block");
    CHECK(walk(blob_builder{}.cells("ab", {1}).property_words(0, 0xffffffff).finish()).message ==
          "a property's name lies outside of the strings block");
    // A name may begin inside of another one, or be empty.
    CHECK(walk(blob_builder{}.cells("ab", {}).property_words(0, 1).property_words(0, 2).finish()).seen ==
          "{ ab=0 b=0 =0}");

    blob b = blob_builder{}.cells("ab", {1}).finish();
    b.back() = std::byte{'c'};
    CHECK(walk(b).message == "a property's name has no end");
}

TEST_CASE("names have a length above the specification's and a limit") {
    CHECK(walk(blob_builder{}.node(std::string(1024, 'n')).end().finish()).message.empty());
    CHECK(walk(blob_builder{}.node(std::string(1025, 'n')).end().finish()).message ==
          "a node's name is longer than 1024 bytes");
    CHECK(walk(blob_builder{}.cells(std::string(1024, 'p'), {}).finish()).message.empty());
    CHECK(walk(blob_builder{}.cells(std::string(1025, 'p'), {}).finish()).message ==
          "a property's name is longer than 1024 bytes");
}

TEST_CASE("a property's value lies inside of the block") {
    CHECK(walk(blob_builder{}.token(3).token(0).assemble()).message ==
          "a property ends outside of the structure block");
    CHECK(walk(blob_builder{}.cells("a", {}).property_words(1, 0).assemble()).message ==
          "a property is longer than the structure block");
    CHECK(walk(blob_builder{}.cells("a", {}).property_words(0xffffffff, 0).finish()).message ==
          "a property is longer than the structure block");
    CHECK(walk(blob_builder{}.cells("a", {}).property_words(0xfffffffd, 0).finish()).message ==
          "a property is longer than the structure block");
    // Nothing behind the value, not even its padding.
    CHECK(walk(blob_builder{}.cells("a", {}).property_words(3, 0).raw("xyz").assemble()).message ==
          "structure block has no end token");
}

TEST_CASE("nesting has a limit, without recursion") {
    const auto nested = [](int nodes) {
        blob_builder builder; // the root is the first
        for (int i = 1; i < nodes; ++i) builder.node("n");
        for (int i = 1; i < nodes; ++i) builder.end();
        return walk(builder.finish()).message;
    };
    CHECK(nested(64).empty());
    CHECK(nested(65) == "nodes are nested more than 64 deep");
    CHECK(nested(10'000) == "nodes are nested more than 64 deep");
}
