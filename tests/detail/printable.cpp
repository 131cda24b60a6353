// SPDX-License-Identifier: MIT
#include <devlink/detail/printable.hpp>

#include <doctest/doctest.h>

#include <string>
#include <string_view>

namespace {

TEST_CASE("printable: what could steer a terminal or end a line is written out") {
    CHECK(devlink::detail::printable("0000:00:1c.0 ~") == "0000:00:1c.0 ~");
    CHECK(devlink::detail::printable("a\tb\n\x1b[2J\x7f\x80\xff") == "a\\x09b\\x0a\\x1b[2J\\x7f\\x80\\xff");
    CHECK(devlink::detail::printable(std::string_view("\0", 1)) == "\\x00");
    CHECK(devlink::detail::printable("\\_SB") == "\\\\_SB");
    CHECK(devlink::detail::printable("").empty());
}

TEST_CASE("printable: a word has no blank") {
    CHECK(devlink::detail::printable_word("a b  c\\ ") == "a\\x20b\\x20\\x20c\\\\\\x20");
    CHECK(devlink::detail::printable_word(" ") == "\\x20");
    CHECK(devlink::detail::printable_word("a\tb") == "a\\x09b");
    CHECK(devlink::detail::printable_word("").empty());
}

TEST_CASE("printable: what is shown can be read again") {
    using devlink::detail::from_printable;
    std::string all;
    for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
    CHECK(from_printable(devlink::detail::printable(all)) == all);
    CHECK(from_printable(devlink::detail::printable_word(all)) == all);
    CHECK(from_printable("") == "");
    CHECK(from_printable("\\\\x20") == "\\x20");
    for (const char* never_written : {"\\", "a\\", "\\_SB", "\\x", "\\x2", "\\x2g", "\\xg2", "\\X20", "\\x2A"}) {
        CAPTURE(never_written);
        CHECK_FALSE(from_printable(never_written).has_value());
    }
}

TEST_CASE("printable: quoted words are cut") {
    CHECK(devlink::detail::quoted("a'b") == "'a'b'");
    CHECK(devlink::detail::quoted(std::string(72, 'a')) == "'" + std::string(72, 'a') + "'");
    CHECK(devlink::detail::quoted(std::string(73, 'a')) == "'" + std::string(72, 'a') + "...'");
}

} // namespace
