// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <string>

#include "tool/run_tool.hpp"

namespace {

TEST_CASE("links: as they were added") {
    const tool_bench phone;
    phone.files().file("phone.dls", std::string(small_phone));
    CHECK(phone.answer("links phone.dls") == "phone\n"
                                             "consumer   supplier   flags                        from\n"
                                             "wifi       port       autoprobe_consumer           pcie\n"
                                             "port       clock      autoprobe_consumer+inferred  clocks\n"
                                             "i2c        clock      inferred                     clocks+resets\n"
                                             "led        regulator  optional_supplier            vcc-supply\n"
                                             "panel      bridge     inferred                     remote-endpoint\n"
                                             "bridge     panel      inferred                     remote-endpoint\n"
                                             "regulator  clock      sync_state_only+inferred\n"
                                             "\n"
                                             "7 links between 8 devices: 6 hold back a probe, 1 of them optional.\n");
    CHECK(phone.answer("links phone.dls --format tsv") == "wifi\tport\tautoprobe_consumer+managed\tpcie\n"
                                                          "port\tclock\tautoprobe_consumer+managed+inferred\tclocks\n"
                                                          "i2c\tclock\tmanaged+inferred\tclocks+resets\n"
                                                          "led\tregulator\tmanaged+optional_supplier\tvcc-supply\n"
                                                          "panel\tbridge\tmanaged+inferred\tremote-endpoint\n"
                                                          "bridge\tpanel\tmanaged+inferred\tremote-endpoint\n"
                                                          "regulator\tclock\tmanaged+sync_state_only+inferred\t-\n");
}

TEST_CASE("links: a blank in a name is no blank in a line for programs") {
    const tool_bench bench;
    make_sys(bench, "a b", "c d");
    CHECK(bench.answer("links sys --format tsv").starts_with("a\\x20b\tc\\x20d\t"));
    CHECK(bench.answer("links --help").find("A blank in a name is '\\x20'") != std::string::npos);
}

} // namespace
