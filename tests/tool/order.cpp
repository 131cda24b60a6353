// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <string>

#include "tool/run_tool.hpp"

namespace {

TEST_CASE("order: a table for people") {
    const tool_bench phone;
    phone.files().file("phone.dls", std::string(small_phone));
    CHECK(phone.answer("order phone.dls") == "phone\n"
                                             "#  device     verdict\n"
                                             "1  clock      bound\n"
                                             "2  port       bound\n"
                                             "3  wifi       bound\n"
                                             "4  i2c        bound\n"
                                             "5  regulator  bound\n"
                                             "6  led        bound\n"
                                             "7  panel      bound\n"
                                             "8  bridge     bound\n"
                                             "\n"
                                             "relaxed, as they lie on cycles\n"
                                             "cycle  consumer  supplier  link      from\n"
                                             "    1  panel     bridge    inferred  remote-endpoint\n"
                                             "    1  bridge    panel     inferred  remote-endpoint\n"
                                             "\n"
                                             "8 devices: 8 bound.\n"
                                             "1 cycle, 2 links relaxed.\n"
                                             "Linux would make 4 probe attempts in vain on the way.\n");
    CHECK(phone.answer("order phone.dls --fail clock") == "phone\n"
                                                          "#  device     verdict  needs  root\n"
                                                          "1  clock      failed\n"
                                                          "2  regulator  bound\n"
                                                          "3  panel      bound\n"
                                                          "4  bridge     bound\n"
                                                          "-  wifi       blocked  port   clock (failed)\n"
                                                          "-  port       blocked  clock  clock (failed)\n"
                                                          "-  i2c        blocked  clock  clock (failed)\n"
                                                          "-  led        blocked  i2c    clock (failed)\n"
                                                          "\n"
                                                          "relaxed, as they lie on cycles\n"
                                                          "cycle  consumer  supplier  link      from\n"
                                                          "    1  panel     bridge    inferred  remote-endpoint\n"
                                                          "    1  bridge    panel     inferred  remote-endpoint\n"
                                                          "\n"
                                                          "8 devices: 3 bound, 1 failed, 4 blocked.\n"
                                                          "1 cycle, 2 links relaxed.\n"
                                                          "Linux would make 8 probe attempts in vain on the way.\n");
    CHECK(phone.answer("order phone.dls --fail clock --optional-all") ==
          "phone\n"
          "#  device     verdict   needs\n"
          "1  clock      failed\n"
          "2  port       degraded  runs without clock\n"
          "3  wifi       bound\n"
          "4  i2c        degraded  runs without clock\n"
          "5  regulator  bound\n"
          "6  led        bound\n"
          "7  panel      bound\n"
          "8  bridge     bound\n"
          "\n"
          "relaxed, as they lie on cycles\n"
          "cycle  consumer  supplier  link      from\n"
          "    1  panel     bridge    inferred  remote-endpoint\n"
          "    1  bridge    panel     inferred  remote-endpoint\n"
          "\n"
          "8 devices: 5 bound, 2 degraded, 1 failed.\n"
          "1 cycle, 2 links relaxed.\n"
          "Linux would make 4 probe attempts in vain on the way.\n");
    CHECK(phone.answer("order phone.dls --rule kernel --absent regulator --optional wifi=port --fail port") ==
          "phone\n"
          "#  device     verdict   needs\n"
          "1  clock      bound\n"
          "2  i2c        bound\n"
          "3  panel      bound\n"
          "4  bridge     bound\n"
          "5  port       failed\n"
          "6  wifi       degraded  runs without port\n"
          "7  led        degraded  runs without regulator\n"
          "-  regulator  absent\n"
          "\n"
          "relaxed, as they lie on cycles\n"
          "cycle  consumer  supplier  link      from\n"
          "    1  panel     bridge    inferred  remote-endpoint\n"
          "    1  bridge    panel     inferred  remote-endpoint\n"
          "\n"
          "8 devices: 4 bound, 2 degraded, 1 failed, 1 absent.\n"
          "1 cycle, 2 links relaxed.\n"
          "Linux would make 6 probe attempts in vain on the way.\n");
}

TEST_CASE("order: lines for programs, and bad news") {
    const tool_bench phone;
    phone.files().file("phone.dls", std::string(small_phone));
    CHECK(phone.answer("order phone.dls --format tsv") == "1\tclock\tbound\t-\t-\n"
                                                          "2\tport\tbound\t-\t-\n"
                                                          "3\twifi\tbound\t-\t-\n"
                                                          "4\ti2c\tbound\t-\t-\n"
                                                          "5\tregulator\tbound\t-\t-\n"
                                                          "6\tled\tbound\t-\t-\n"
                                                          "7\tpanel\tbound\t-\t-\n"
                                                          "8\tbridge\tbound\t-\t-\n");
    CHECK(phone.answer("order phone.dls --check --fail panel") ==
          "phone\n"
          "#  device     verdict\n"
          "1  clock      bound\n"
          "2  port       bound\n"
          "3  wifi       bound\n"
          "4  i2c        bound\n"
          "5  regulator  bound\n"
          "6  led        bound\n"
          "7  panel      failed\n"
          "8  bridge     bound\n"
          "\n"
          "relaxed, as they lie on cycles\n"
          "cycle  consumer  supplier  link      from\n"
          "    1  panel     bridge    inferred  remote-endpoint\n"
          "    1  bridge    panel     inferred  remote-endpoint\n"
          "\n"
          "8 devices: 7 bound, 1 failed.\n"
          "1 cycle, 2 links relaxed.\n"
          "Linux would make 4 probe attempts in vain on the way.\n");
    {
        const tool_run run = phone("order phone.dls --fail clock --format tsv --check");
        CHECK(run.status == 1);
        CHECK(run.error == "");
        CHECK(run.out == "1\tclock\tfailed\t-\t-\n"
                         "2\tregulator\tbound\t-\t-\n"
                         "3\tpanel\tbound\t-\t-\n"
                         "4\tbridge\tbound\t-\t-\n"
                         "-\twifi\tblocked\tport\tclock\n"
                         "-\tport\tblocked\tclock\tclock\n"
                         "-\ti2c\tblocked\tclock\tclock\n"
                         "-\tled\tblocked\ti2c\tclock\n");
    }
    {
        const tool_run run = phone("order phone.dls --cycles report --check");
        CHECK(run.status == 1);
        CHECK(run.error == "");
        CHECK(run.out == "phone\n"
                         "#  device     verdict  needs   root\n"
                         "1  clock      bound\n"
                         "2  port       bound\n"
                         "3  wifi       bound\n"
                         "4  i2c        bound\n"
                         "5  regulator  bound\n"
                         "6  led        bound\n"
                         "-  panel      cyclic   bridge  bridge (cyclic)\n"
                         "-  bridge     cyclic   panel   panel (cyclic)\n"
                         "\n"
                         "cycles that nothing breaks\n"
                         "panel -> bridge -> panel\n"
                         "\n"
                         "8 devices: 6 bound, 2 cyclic.\n"
                         "1 cycle, 0 links relaxed.\n"
                         "Linux would make 10 probe attempts in vain on the way.\n");
    }
    {
        const tool_run run = phone("order phone.dls --defer clock --format tsv --check");
        CHECK(run.status == 1);
        CHECK(run.error == "");
        CHECK(run.out == "1\tclock\twaiting\t-\t-\n"
                         "2\tregulator\tbound\t-\t-\n"
                         "3\tpanel\tbound\t-\t-\n"
                         "4\tbridge\tbound\t-\t-\n"
                         "-\twifi\twaiting\tport\tclock\n"
                         "-\tport\twaiting\tclock\tclock\n"
                         "-\ti2c\twaiting\tclock\tclock\n"
                         "-\tled\twaiting\ti2c\tclock\n");
    }
}

TEST_CASE("order: every order rule and cycle rule that go together give a valid order") {
    const tool_bench phone;
    phone.files().file("phone.dls", std::string(small_phone));
    for (const std::string rule : {"on_demand", "registration", "kernel", "breadth", "longest_path_first"})
        for (const std::string cycles : {"relax_inferred", "relax_optional"}) {
            if (rule == "kernel" && cycles == "relax_optional") continue;
            CAPTURE(rule);
            CAPTURE(cycles);
            phone.files().file("order.tsv",
                               phone.answer("order phone.dls --format=tsv --rule " + rule + " --cycles " + cycles));
            CHECK(phone.answer("verify phone.dls order.tsv --check --cycles " + cycles).starts_with("8 devices"));
        }
}

TEST_CASE("order: the boards that come along lose nobody, and one with every link optional only what it populates") {
    const tool_bench bench;
    const std::string boards = DEVLINK_PROJECT_DIR "/examples/boards/";
    for (const std::string board : {"bcm2711-rpi-4-b", "hip07-d05", "imx8mq-librem5-r4", "k3-j721e-sk",
                                    "rk3399-rockpro64", "rk3588-rock-5b", "sdm845-oneplus-enchilada", "x1e80100-crd"}) {
        CAPTURE(board);
        const std::string out = bench.answer("order " + boards + board + ".dls --check --format tsv");
        CHECK(out.find("\tbound\t-\t-\n") != std::string::npos);
        for (const char* bad : {"\tblocked\t", "\twaiting\t", "\tcyclic\t", "\tdegraded\t", "\tfailed\t", "\tabsent\t"})
            CHECK(out.find(bad) == std::string::npos);
    }
    const std::string demo = bench.answer("order " + boards + "sdm845-oneplus-enchilada.dls");
    CHECK(demo.find("171 devices: 171 bound.\n4 cycles, 39 links relaxed.\nLinux would make ") != std::string::npos);
    const std::string without = "order " + boards + "sdm845-oneplus-enchilada.dls --fail interrupt-controller@17a00000";
    CHECK(bench.answer(without).find("171 devices: 30 bound, 1 failed, 140 blocked.") != std::string::npos);
    CHECK(bench.answer(without + " --optional-all").find("171 devices: 128 bound, 42 degraded, 1 failed.") !=
          std::string::npos);
}

} // namespace
