// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <string>

#include <devlink/source/devicetree_header.hpp>

#include "blob_builder.hpp"

using namespace devlink::source;
using devlink::test::blob;
using devlink::test::blob_builder;
using devlink::test::set_cell;

namespace {

// The words of the header.
enum word : std::size_t {
    magic,
    total,
    structure,
    strings,
    reservations,
    version,
    compatible,
    cpu,
    strings_size,
    structure_size
};

source_error refused(const blob& b) {
    const auto blocks = read_devicetree_header(b);
    REQUIRE_FALSE(blocks);
    return blocks.error();
}

source_error refused_with(word w, std::uint32_t value) {
    blob b = blob_builder{}.finish();
    set_cell(b, w * 4, value);
    return refused(b);
}

} // namespace

TEST_CASE("a good header gives its blocks") {
    blob b = blob_builder{}.cells("clocks", {1}).finish();
    const std::size_t length = b.size();
    const auto blocks = read_devicetree_header(b);
    REQUIRE(blocks);
    CHECK(blocks->whole.size() == length);
    CHECK(blocks->structure_offset == blob_builder::structure_offset);
    CHECK(blocks->structure.size() == 8 + 16 + 4 + 4);
    CHECK(blocks->strings.size() == sizeof("clocks"));

    b.resize(length + 100, std::byte{1});
    REQUIRE(read_devicetree_header(b));
    CHECK(read_devicetree_header(b)->whole.size() == length);
}

TEST_CASE("version 16 has no size of its structure block") {
    const blob b = blob_builder{}.finish(16);
    const auto blocks = read_devicetree_header(b);
    REQUIRE(blocks);
    CHECK(blocks->structure.size() == b.size() - blob_builder::structure_offset);
}

TEST_CASE("a newer version that version 17 can read is taken") {
    blob b = blob_builder{}.finish();
    set_cell(b, version * 4, 21);
    set_cell(b, compatible * 4, 17);
    CHECK(read_devicetree_header(b));
}

TEST_CASE("what is no blob is told from what is") {
    const blob b = blob_builder{}.finish();
    CHECK(is_devicetree(b));
    CHECK_FALSE(is_devicetree(std::span{b}.first(3)));
    CHECK_FALSE(is_devicetree(std::span{b}.subspan(1)));
    CHECK(refused_with(magic, 0xd00dfeee).offset == 0);
}

TEST_CASE("every shorter buffer is refused") {
    const blob b = blob_builder{}.finish();
    for (std::size_t length = 0; length < b.size(); ++length) {
        const auto blocks = read_devicetree_header(std::span{b}.first(length));
        REQUIRE_FALSE(blocks);
        if (length >= 4) CHECK(blocks.error().offset == length);
    }
}

TEST_CASE("versions that are laid out otherwise are refused by name") {
    CHECK(refused_with(version, 3).message.find("version 3 ") != std::string::npos);
    CHECK(refused_with(version, 15).offset == 20);
    blob b = blob_builder{}.finish();
    set_cell(b, version * 4, 20);
    set_cell(b, compatible * 4, 18);
    CHECK(refused(b).message.find("version 18") != std::string::npos);
    CHECK(refused_with(compatible, 0xffffffff).offset == 24);
    blob above = blob_builder{}.finish(16);
    set_cell(above, compatible * 4, 17);
    CHECK(refused(above).message == "last compatible version is above the version");
}

TEST_CASE("no block reaches out of the blob, whatever sums wrap to") {
    for (const std::uint32_t far : {0x7fffffffU, 0x80000000U, 0xfffffff8U, 0xffffffffU}) {
        CAPTURE(far);
        CHECK(refused_with(total, far).message.size() > 0);
        CHECK(refused_with(structure, far & ~3U).offset == 8);
        CHECK(refused_with(strings, far).offset == 12);
        CHECK(refused_with(reservations, far & ~7U).offset == 16);
        CHECK(refused_with(strings_size, far).offset == 32);
        CHECK(refused_with(structure_size, far).offset == 36);
    }
    CHECK(refused_with(total, 39).offset == 4);
    CHECK(refused_with(structure, 36).offset == 8);
    CHECK(refused_with(structure, 58).message == "structure block is not aligned to 4");
    CHECK(refused_with(strings, 39).offset == 12);
    CHECK(refused_with(reservations, 32).offset == 16);
    CHECK(refused_with(reservations, 44).message == "reservations are not aligned to 8");
}

TEST_CASE("reservations need an end") {
    blob b = blob_builder{}.finish();
    for (std::size_t i = 40; i < b.size(); ++i) b[i] = std::byte{1};
    CHECK(refused(b).message == "reservations have no end");
    // Up to the very end of the blob is enough.
    b.resize((b.size() + 7) / 8 * 8, std::byte{1});
    b.insert(b.end(), 16, std::byte{0});
    set_cell(b, total * 4, static_cast<std::uint32_t>(b.size()));
    CHECK(read_devicetree_header(b));
}
