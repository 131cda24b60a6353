// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <string>

#include "tool/run_tool.hpp"

namespace {

TEST_CASE("whatif: who is lost, who is degraded, and which link saves most") {
    const tool_bench phone;
    phone.files().file("phone.dls", std::string(small_phone));
    CHECK(phone.answer("whatif phone.dls clock") ==
          "if the driver of clock fails\n"
          "blocked  needs  by\n"
          "wifi     port   mandatory link, from pcie\n"
          "port     clock  mandatory, inferred link, from clocks\n"
          "i2c      clock  mandatory, inferred link, from clocks+resets\n"
          "led      i2c    the parent, which populates it\n"
          "\n"
          "4 other devices are lost.\n"
          "Made optional, the link from port to clock saves most: 2 of 4 (--optional port=clock).\n");
    CHECK(phone.answer("whatif phone.dls clock i2c") ==
          "if the driver of clock, i2c fails\n"
          "blocked  needs  by\n"
          "wifi     port   mandatory link, from pcie\n"
          "port     clock  mandatory, inferred link, from clocks\n"
          "led      i2c    the parent, which populates it\n"
          "\n"
          "3 other devices are lost.\n"
          "Made optional, the link from port to clock saves most: 2 of 3 (--optional port=clock).\n");
    CHECK(phone.answer("whatif phone.dls regulator --check") == "if the driver of regulator fails\n"
                                                                "degraded  runs without\n"
                                                                "led       regulator\n"
                                                                "\n"
                                                                "No other device is lost, 1 runs degraded.\n");
    CHECK(phone.answer("whatif phone.dls wifi led --check") == "if the driver of wifi, led fails\n"
                                                               "No other device is lost.\n");
    {
        const tool_run run = phone("whatif phone.dls clock --check");
        CHECK(run.status == 1);
        CHECK(run.error == "");
        CHECK(run.out == "if the driver of clock fails\n"
                         "blocked  needs  by\n"
                         "wifi     port   mandatory link, from pcie\n"
                         "port     clock  mandatory, inferred link, from clocks\n"
                         "i2c      clock  mandatory, inferred link, from clocks+resets\n"
                         "led      i2c    the parent, which populates it\n"
                         "\n"
                         "4 other devices are lost.\n"
                         "Made optional, the link from port to clock saves most: 2 of 4 (--optional port=clock).\n");
    }
}

TEST_CASE("whatif: the option that it suggests is one for the shell") {
    const tool_bench bench;
    const auto suggested = [&](const std::string& words) {
        const std::string out = bench.answer(words);
        const std::size_t begin = out.find("(--optional ");
        REQUIRE(begin != std::string::npos);
        return out.substr(begin + 1, out.find(")", begin) - begin - 1);
    };
    make_sys(bench, R"(c\d)", "a b'");
    const std::string option = R"(--optional 'c\\d=a b'\''')";
    CHECK(suggested("whatif sys \"a b'\"") == option);
    CHECK(suggested("why sys 'c\\d' --fail \"a b'\"") == option);
    CHECK(bench.answer("why sys 'c\\d' --fail \"a b'\" " + option).find(" is degraded\n") != std::string::npos);
}

TEST_CASE("whatif: what was lost before is no news") {
    const tool_bench phone;
    phone.files().file("phone.dls", std::string(small_phone));
    CHECK(phone.answer("whatif phone.dls clock --fail port") ==
          "if the driver of clock fails\n"
          "blocked  needs  by\n"
          "i2c      clock  mandatory, inferred link, from clocks+resets\n"
          "led      i2c    the parent, which populates it\n"
          "\n"
          "2 other devices are lost.\n"
          "Made optional, the link from i2c to clock saves most: 2 of 2 (--optional i2c=clock).\n");
}

} // namespace
