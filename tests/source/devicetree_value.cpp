// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include <devlink/source/devicetree_value.hpp>

using devlink::source::devicetree_value;

namespace {

devicetree_value value_of(std::string_view bytes) {
    return devicetree_value{std::as_bytes(std::span{bytes.data(), bytes.size()})};
}

std::vector<std::string> texts(std::string_view bytes) {
    std::vector<std::string> found;
    CHECK_FALSE(value_of(bytes).any_text([&](std::string_view entry) {
        found.emplace_back(entry);
        return false;
    }));
    return found;
}

} // namespace

using namespace std::string_view_literals;

TEST_CASE("cells are big-endian and whole") {
    const devicetree_value value = value_of("\x01\x02\x03\x04\xff\xfe\xfd\xfc\x09"sv);
    CHECK(value.cell_count() == 2);
    CHECK(value.cell(0) == 0x01020304U);
    CHECK(value.cell(1) == 0xfffefdfcU);
    CHECK(value.number() == 0x01020304U);
#ifdef __cpp_exceptions
    CHECK_THROWS_AS((void)value.cell(2), assertion_failed);
#endif
}

TEST_CASE("a number needs four bytes") {
    CHECK_FALSE(value_of("").number());
    CHECK_FALSE(value_of("\0\0\1"sv).number());
    CHECK(value_of("\0\0\0\1\0"sv).number() == 1U);
}

TEST_CASE("text ends at a NUL or at the value's end") {
    CHECK(value_of("ok"sv).text() == "ok");
    CHECK(value_of("ok\0rest"sv).text() == "ok");
    CHECK(value_of("").text().empty());
}

TEST_CASE("a list of texts is split at NULs") {
    CHECK(texts("a\0bc\0"sv) == std::vector<std::string>{"a", "bc"});
    CHECK(texts("a\0bc"sv) == std::vector<std::string>{"a", "bc"});
    CHECK(texts("\0a\0"sv) == std::vector<std::string>{"", "a"});
    CHECK(texts("").empty());
}

TEST_CASE("looking through texts ends where the visitor has seen enough") {
    int calls = 0;
    CHECK(value_of("a\0b\0c\0"sv).any_text([&](std::string_view entry) {
        ++calls;
        return entry == "b";
    }));
    CHECK(calls == 2);
}

TEST_CASE("text is compared as far as it matters") {
    CHECK(value_of("ok").text_is("ok"));
    CHECK(value_of("ok\0rest"sv).text_is("ok"));
    CHECK(value_of("").text_is(""));
    CHECK(value_of("\0ok"sv).text_is(""));
    CHECK_FALSE(value_of("okay").text_is("ok"));
    CHECK_FALSE(value_of("o").text_is("ok"));
    CHECK_FALSE(value_of("o\0k"sv).text_is("ok"));
}
