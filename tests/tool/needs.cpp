// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <string>

#include "tool/run_tool.hpp"

namespace {

TEST_CASE("needs: all of it, in probe order") {
    const tool_bench phone;
    phone.files().file("phone.dls", std::string(small_phone));
    CHECK(phone.answer("needs phone.dls wifi panel") == "clock\n"
                                                        "port\n"
                                                        "wifi\n"
                                                        "panel\n");
    CHECK(phone.answer("needs phone.dls led") == "clock\n"
                                                 "i2c\n"
                                                 "regulator\n"
                                                 "led\n");
    CHECK(phone.answer("needs phone.dls clock") == "clock\n");
    // A relaxed link is no need: who stands on its other side need not come.
    CHECK(phone.answer("needs phone.dls bridge") == "bridge\n");
    CHECK(phone.answer("needs phone.dls panel --cycles report") == "panel\n"
                                                                   "bridge\n");
}

TEST_CASE("needs: pairs for tsort(1)") {
    const tool_bench phone;
    phone.files().file("phone.dls", std::string(small_phone));
    CHECK(phone.answer("needs phone.dls led wifi --format tsort") == "clock clock\n"
                                                                     "regulator regulator\n"
                                                                     "clock port\n"
                                                                     "port wifi\n"
                                                                     "clock i2c\n"
                                                                     "i2c led\n"
                                                                     "regulator led\n");
    CHECK(phone.answer("needs phone.dls wifi --format tsort | tsort") == "clock\nport\nwifi\n");
    // Relaxed links are no pairs; on a cycle that is not broken they are, and that is what tsort says, too.
    CHECK(phone.answer("needs phone.dls panel --format tsort") == "panel panel\n");
    CHECK(phone.answer("needs phone.dls panel --format tsort --cycles report") == "bridge panel\npanel bridge\n");
}

TEST_CASE("needs: the order that tsort(1) finds breaks no link") {
    const tool_bench bench;
    const std::string board = "'" DEVLINK_PROJECT_DIR "/examples/boards/rk3399-rockpro64.dls'";
    const std::string devices = bench.answer("order " + board + " --format tsv | cut -f2 | tail -40 | tr '\\n' ' '");
    bench.files().file("order", bench.answer("needs " + board + ' ' + devices + " --format tsort | tsort"));
    bench.files().file("order.sorted",
                       bench.answer("needs " + board + ' ' + devices + " --format tsort | tsort | sort"));
    CHECK(bench.answer("needs " + board + ' ' + devices + " | sort | diff - order.sorted") == "");
    CHECK(bench.answer("verify --check " + board + " order").find(" 0 violations") != std::string::npos);
}

TEST_CASE("needs: a graph for Graphviz") {
    const tool_bench phone;
    phone.files().file("phone.dls", std::string(small_phone) + "device camera parent=panel\n");
    CHECK(phone.answer("needs phone.dls led camera --format dot") == "digraph needs {\n"
                                                                     "    \"clock\";\n"
                                                                     "    \"i2c\";\n"
                                                                     "    \"regulator\";\n"
                                                                     "    \"led\";\n"
                                                                     "    \"panel\";\n"
                                                                     "    \"camera\";\n"
                                                                     "    \"i2c\" -> \"clock\";\n"
                                                                     "    \"led\" -> \"i2c\";\n"
                                                                     "    \"led\" -> \"regulator\" [style=dashed];\n"
                                                                     "    \"camera\" -> \"panel\" [style=dotted];\n"
                                                                     "}\n");
    // A driver may well bind to a child first: to tsort its parent is no supplier.
    CHECK(phone.answer("needs phone.dls camera --format tsort") == "panel panel\ncamera camera\n");
}

TEST_CASE("needs: lines for other programs") {
    const tool_bench phone;
    phone.files().file("phone.dls", std::string(small_phone));
    CHECK(phone.answer("needs phone.dls led wifi --format tsv") == "1\tclock\tport i2c\n"
                                                                   "2\tport\twifi\n"
                                                                   "3\twifi\t-\n"
                                                                   "4\ti2c\tled\n"
                                                                   "5\tregulator\tled\n"
                                                                   "6\tled\t-\n");
    CHECK(phone.answer("needs phone.dls panel --format tsv --cycles report") == "-\tpanel\tbridge\n"
                                                                                "-\tbridge\tpanel\n");
    phone.files().file("child.dls",
                       "scenario s\ndevice parent\ndevice child parent=parent populated\nlink child parent\n");
    CHECK(phone.answer("needs child.dls child --format tsv") == "1\tparent\tchild\n2\tchild\t-\n");
}

TEST_CASE("needs: no name breaks a format") {
    const tool_bench bench;
    bench.files().symlink("sys/class/devlink/l/consumer", "../../../devices/a b\"\t->\\\n");
    bench.files().symlink("sys/class/devlink/l/supplier", "../../../devices/\"; {");
    CHECK(bench.answer("order sys --format tsv | cut -f2") == "\";\\x20{\n"
                                                              "a\\x20b\"\\x09->\\\\\\x0a\n");
    const std::string needs = "needs sys \"a b\\\"\t->\\\\\n\" --format ";
    CHECK(bench.answer(needs + "tsort") == "\";\\x20{ \";\\x20{\n"
                                           "\";\\x20{ a\\x20b\"\\x09->\\\\\\x0a\n");
    CHECK(bench.answer(needs + "tsv") == "1\t\";\\x20{\ta\\x20b\"\\x09->\\\\\\x0a\n"
                                         "2\ta\\x20b\"\\x09->\\\\\\x0a\t-\n");
    CHECK(bench.answer(needs + "dot") == R"(digraph needs {
    "\"; {";
    "a b\"\\x09->\\\\\\x0a";
    "a b\"\\x09->\\\\\\x0a" -> "\"; {";
}
)");
}

} // namespace
