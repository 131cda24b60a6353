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

TEST_CASE("printable: quoted words are cut") {
    CHECK(devlink::detail::quoted("a'b") == "'a'b'");
    CHECK(devlink::detail::quoted(std::string(72, 'a')) == "'" + std::string(72, 'a') + "'");
    CHECK(devlink::detail::quoted(std::string(73, 'a')) == "'" + std::string(72, 'a') + "...'");
}

} // namespace
