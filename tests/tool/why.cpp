// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <string>

#include "tool/run_tool.hpp"

namespace {

TEST_CASE("why: a device that comes up") {
    const tool_bench phone;
    phone.files().file("phone.dls", std::string(small_phone));
    CHECK(phone.answer("why phone.dls wifi") == "wifi is bound\n"
                                                "It binds, as number 3 of 8.\n"
                                                "\n"
                                                "  needs  verdict  by\n"
                                                "  port   bound    mandatory link, from pcie\n");
    CHECK(phone.answer("why phone.dls led --fail regulator") ==
          "led is degraded\n"
          "It binds, but without all of its optional suppliers, as number 6 of 8.\n"
          "\n"
          "  runs without  verdict  by\n"
          "  regulator     failed   optional link, from vcc-supply\n"
          "\n"
          "what would change it\n"
          "  the driver of regulator would have to work\n");
}

TEST_CASE("why: the chain to the root, and each change that would be enough") {
    const tool_bench phone;
    phone.files().file("phone.dls", std::string(small_phone));
    CHECK(phone.answer("why phone.dls wifi --fail clock") ==
          "wifi is blocked\n"
          "It is never probed: something that it needs never binds.\n"
          "\n"
          "  device  verdict  needs  by\n"
          "  wifi    blocked  port   mandatory link, from pcie\n"
          "  port    blocked  clock  mandatory, inferred link, from clocks\n"
          "  clock   failed          its driver fails\n"
          "\n"
          "what would change it, each by itself\n"
          "  the link from wifi to port would have to be optional (--optional wifi=port)\n"
          "  the link from port to clock would have to be optional (--optional port=clock)\n"
          "  the driver of clock would have to work\n");
    CHECK(phone.answer("why phone.dls wifi --defer clock") ==
          "wifi is waiting\n"
          "It waits for ever.\n"
          "\n"
          "  device  verdict  needs  by\n"
          "  wifi    waiting  port   mandatory link, from pcie\n"
          "  port    waiting  clock  mandatory, inferred link, from clocks\n"
          "  clock   waiting         its driver defers for ever\n"
          "\n"
          "what would change it\n"
          "  the driver of clock would have to stop deferring\n");
    CHECK(phone.answer("why phone.dls clock --absent clock") == "clock is absent\n"
                                                                "It has no driver.\n"
                                                                "\n"
                                                                "  device  verdict  by\n"
                                                                "  clock   absent   it has no driver\n"
                                                                "\n"
                                                                "what would change it\n"
                                                                "  clock would have to have a driver\n");
}

TEST_CASE("why: what has to change together") {
    const tool_bench phone;
    phone.files().file("phone.dls", std::string(small_phone));
    CHECK(phone.answer("why phone.dls led --fail clock --fail i2c") ==
          "led is blocked\n"
          "It is never probed: something that it needs never binds.\n"
          "\n"
          "  device  verdict  needs  by\n"
          "  led     blocked  i2c    the parent, which populates it\n"
          "  i2c     blocked  clock  mandatory, inferred link, from clocks+resets\n"
          "  clock   failed          its driver fails\n"
          "\n"
          "what would change it, all of these together\n"
          "  the driver of clock would have to work\n"
          "  the driver of i2c would have to work\n");
    {
        const tool_run run = phone("why phone.dls led --fail clock --fail i2c --check");
        CHECK(run.status == 1);
        CHECK(run.error == "");
        CHECK(run.out == "led is blocked\n"
                         "It is never probed: something that it needs never binds.\n"
                         "\n"
                         "  device  verdict  needs  by\n"
                         "  led     blocked  i2c    the parent, which populates it\n"
                         "  i2c     blocked  clock  mandatory, inferred link, from clocks+resets\n"
                         "  clock   failed          its driver fails\n"
                         "\n"
                         "what would change it, all of these together\n"
                         "  the driver of clock would have to work\n"
                         "  the driver of i2c would have to work\n");
    }
}

TEST_CASE("why: a cycle") {
    const tool_bench phone;
    phone.files().file("phone.dls", std::string(small_phone));
    CHECK(phone.answer("why phone.dls panel --cycles report") ==
          "panel is cyclic\n"
          "It is never probed: it needs itself.\n"
          "\n"
          "  device  verdict  needs   by\n"
          "  panel   cyclic   bridge  mandatory, inferred link, from remote-endpoint\n"
          "  bridge  cyclic   itself  a cycle\n"
          "\n"
          "cycles that nothing breaks\n"
          "panel -> bridge -> panel\n"
          "\n"
          "what would change it\n"
          "  the cycle through panel would have to be broken\n");
    {
        const tool_run run = phone("why phone.dls panel --cycles report --check");
        CHECK(run.status == 1);
        CHECK(run.error == "");
        CHECK(run.out == "panel is cyclic\n"
                         "It is never probed: it needs itself.\n"
                         "\n"
                         "  device  verdict  needs   by\n"
                         "  panel   cyclic   bridge  mandatory, inferred link, from remote-endpoint\n"
                         "  bridge  cyclic   itself  a cycle\n"
                         "\n"
                         "cycles that nothing breaks\n"
                         "panel -> bridge -> panel\n"
                         "\n"
                         "what would change it\n"
                         "  the cycle through panel would have to be broken\n");
    }
}

TEST_CASE("why: a link that was relaxed is none of the needs") {
    const tool_bench phone;
    phone.files().file("phone.dls", std::string(small_phone));
    CHECK(phone.answer("why phone.dls panel --fail bridge") ==
          "panel is bound\n"
          "It binds, as number 7 of 8.\n"
          "\n"
          "  needs   verdict  by\n"
          "  bridge  failed   mandatory, inferred link, from remote-endpoint, relaxed: it lies on a cycle\n");
}

} // namespace
