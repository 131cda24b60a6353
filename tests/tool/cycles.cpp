// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <string>

#include "tool/run_tool.hpp"

namespace {

TEST_CASE("cycles: each with its whole path") {
    const tool_bench phone;
    phone.files().file("phone.dls", std::string(small_phone));
    CHECK(phone.answer("cycles phone.dls") ==
          "phone\n"
          "cycle 1: 2 devices\n"
          "  consumer  supplier  need                                            rule\n"
          "  panel     bridge    mandatory, inferred link, from remote-endpoint  relaxed\n"
          "  bridge    panel     mandatory, inferred link, from remote-endpoint  relaxed\n"
          "\n"
          "1 cycle, 0 of them open; 2 links relaxed.\n");
    CHECK(phone.answer("cycles phone.dls --format tsv") == "1\tpanel\tbridge\tmanaged+inferred\tremote-endpoint\n"
                                                           "1\tbridge\tpanel\tmanaged+inferred\tremote-endpoint\n");
    {
        const tool_run run = phone("cycles phone.dls --check");
        CHECK(run.status == 1);
        CHECK(run.error == "");
        CHECK(run.out == "phone\n"
                         "cycle 1: 2 devices\n"
                         "  consumer  supplier  need                                            rule\n"
                         "  panel     bridge    mandatory, inferred link, from remote-endpoint  relaxed\n"
                         "  bridge    panel     mandatory, inferred link, from remote-endpoint  relaxed\n"
                         "\n"
                         "1 cycle, 0 of them open; 2 links relaxed.\n");
    }
    {
        const tool_run run = phone("cycles phone.dls --cycles report --check");
        CHECK(run.status == 1);
        CHECK(run.error == "");
        CHECK(run.out == "phone\n"
                         "cycle 1: 2 devices, nothing breaks it\n"
                         "  consumer  supplier  need\n"
                         "  panel     bridge    mandatory, inferred link, from remote-endpoint\n"
                         "  bridge    panel     mandatory, inferred link, from remote-endpoint\n"
                         "\n"
                         "1 cycle, 1 of them open; 0 links relaxed.\n");
    }
}

TEST_CASE("cycles: a populating parent is a step of a path") {
    const tool_bench bench;
    bench.files().file("x.dls", "scenario x\ndevice p\ndevice c parent=p populated\ndevice e parent=c\nlink p c\n");
    CHECK(bench.answer("cycles x.dls --format tsv") == "1\tp\tc\tmanaged\t-\n1\tc\tp\tpopulates\t-\n");
    CHECK(bench.answer("cycles x.dls").find("c         p         the parent, which populates it\n") !=
          std::string::npos);
    CHECK(bench.answer("cycles --help").find("one shortest cycle") != std::string::npos);
    bench.files().file("none.dls", "scenario none\ndevice p\n");
    CHECK(bench.answer("cycles none.dls --check") == "none\n0 cycles, 0 of them open; 0 links relaxed.\n");
    CHECK(bench.answer("cycles none.dls --format tsv").empty());
}

} // namespace
