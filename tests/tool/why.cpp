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

// What stands at the end of an answer.
std::string changes_of(const std::string& answer) {
    const std::size_t begin = answer.find("\nwhat would change it");
    return begin == std::string::npos ? "" : answer.substr(begin + 1);
}

TEST_CASE("why: on a cycle both the driver and the cycle would have to change") {
    const tool_bench bench;
    bench.files().file("x.dls", "scenario x\ndevice d0\ndevice d1\nlink d0 d1\nlink d1 d0\ndriver d0 -5\ndriver d1\n");
    const std::string together = "what would change it, all of these together\n";
    const std::string cycle = "  the cycle through d0 would have to be broken\n";
    CHECK(changes_of(bench.answer("why x.dls d0")) == together + "  the driver of d0 would have to work\n" + cycle);
    CHECK(changes_of(bench.answer("why x.dls d0 --defer d0")) ==
          together + "  the driver of d0 would have to stop deferring\n" + cycle);
    CHECK(changes_of(bench.answer("why x.dls d0 --absent d0")) ==
          together + "  d0 would have to have a driver\n" + cycle);
    // A cycle that the repair lays open.
    bench.files().file("y.dls", "scenario y\ndevice d0\ndevice d1 parent=d0 populated\n"
                                "link d0 d1 optional_supplier\ndriver d1\n");
    const std::string absent = bench.answer("why y.dls d0");
    CHECK(absent.starts_with("d0 is absent\n"));
    CHECK(changes_of(absent) == together + "  d0 would have to have a driver\n" + cycle);
    CHECK(changes_of(bench.answer("why y.dls d0 --cycles relax_optional")) ==
          "what would change it\n  d0 would have to have a driver\n");
}

TEST_CASE("why: links of an open cycle that would be relaxed if they were optional") {
    const tool_bench bench;
    bench.files().file("x.dls", "scenario x\ndevice d0\ndevice d1\nlink d0 d1\nlink d1 d0\n");
    const std::string cycle = "  the cycle through d0 would have to be broken\n";
    CHECK(changes_of(bench.answer("why x.dls d0")) == "what would change it\n" + cycle);
    CHECK(changes_of(bench.answer("why x.dls d0 --cycles relax_optional")) ==
          "what would change it, each by itself\n"
          "  the link from d0 to d1 would have to be optional (--optional d0=d1)\n"
          "  the link from d1 to d0 would have to be optional (--optional d1=d0)\n" +
              cycle);
    CHECK(bench.answer("why x.dls d0 --cycles relax_optional --optional d1=d0").starts_with("d0 is bound\n"));
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

TEST_CASE("why: a degraded device lacks nothing with all of these together") {
    const tool_bench bench;
    bench.files().file("x.dls", "scenario x\ndevice a\ndevice b\ndevice c\nlink a b optional_supplier\n"
                                "link a c optional_supplier\ndriver a\ndriver b -5\n");
    CHECK(changes_of(bench.answer("why x.dls a")) == "what would change it, all of these together\n"
                                                     "  the driver of b would have to work\n"
                                                     "  c would have to have a driver\n");
}

TEST_CASE("why: a device that a log says is deferred is not bound") {
    const tool_bench bench;
    bench.files().file("x.dls", "scenario x\ndevice phy\ndevice usb\nlink usb phy\n");
    bench.files().file("log", "platform usb: deferred probe pending: platform: supplier phy not ready\n");
    CHECK(bench.answer("why x.dls usb --log log") == "usb is waiting\n"
                                                     "It waits for ever.\n"
                                                     "\n"
                                                     "  device  verdict  needs  by\n"
                                                     "  usb     waiting  phy    mandatory link\n"
                                                     "  phy     waiting         its driver defers for ever\n"
                                                     "\n"
                                                     "what would change it\n"
                                                     "  the driver of phy would have to stop deferring\n");
    bench.files().file("deferred", "usb\tplatform: supplier phy not ready\n");
    CHECK(bench.answer("why x.dls usb --deferred deferred") == bench.answer("why x.dls usb --log log"));
}

} // namespace
