// SPDX-License-Identifier: MIT
#include <devlink/sink/table.hpp>

#include <doctest/doctest.h>

#include <string>

namespace {

using devlink::sink::align;
using devlink::sink::colour;
using devlink::sink::table;
using devlink::sink::tone;

std::string printed(const table& t, colour c = colour::off, std::size_t indent = 0) {
    std::string out;
    t.print(out, c, indent);
    return out;
}

TEST_CASE("table: columns stand under each other, no blanks at line ends") {
    table t{{"#", align::right}, {"name"}, {"note"}};
    t.add_row({{"1"}, {"a"}, {"first"}});
    t.add_row({{"10"}, {"longer"}, {""}});
    CHECK(t.size() == 2);
    CHECK(printed(t) == " #  name    note\n"
                        " 1  a       first\n"
                        "10  longer\n");
    CHECK(printed(t, colour::off, 2) == "   #  name    note\n"
                                        "   1  a       first\n"
                                        "  10  longer\n");
}

TEST_CASE("table: a column without text is left out") {
    table t{{"first"}, {"second"}, {"third"}};
    t.add_row({{"a"}, {""}, {"c"}});
    CHECK(printed(t) == "first  third\na      c\n");
    const table empty{{"first"}};
    CHECK(empty.size() == 0);
    CHECK(printed(empty) == "\n");
}

TEST_CASE("table: colour adds no width, and text can't bring its own") {
    table t{{"name"}, {"verdict"}};
    t.add_row({{"a\x1b[31m\n"}, {"bound", tone::good}});
    CHECK(printed(t) == "name           verdict\na\\x1b[31m\\x0a  bound\n");
    CHECK(printed(t, colour::on) == "\x1b[2mname\x1b[0m           \x1b[2mverdict\x1b[0m\n"
                                    "a\\x1b[31m\\x0a  \x1b[32mbound\x1b[0m\n");
}

#ifdef __cpp_exceptions
TEST_CASE("table: a row has as many cells as there are columns") {
    table t{{"name"}, {"verdict"}};
    CHECK_THROWS_AS(t.add_row({{"a"}}), assertion_failed);
}
#endif

} // namespace
