// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <string>

#include "read_file.hpp"
#include "tool/run_tool.hpp"

namespace {

const std::string conformance = DEVLINK_TESTS_DIR "/conformance/";

TEST_CASE("replay: prints the traces that a real kernel left") {
    const tool_bench bench;
    for (const std::string name : {"directed", "random"}) {
        CAPTURE(name);
        const std::string trace = conformance + name + ".linux-6.12.trace";
        const std::string recorded = devlink::test::read_file(trace);
        REQUIRE(recorded.size() > 10'000);
        CHECK(bench.answer("replay " + conformance + name + ".dls") == recorded);
        CHECK(bench.answer("replay " + conformance + name + ".dls --check --diff " + trace)
                  .starts_with("no difference in "));
    }
}

TEST_CASE("replay: where a trace first differs") {
    const tool_bench bench;
    bench.files().file("x.dls", "scenario x\ndevice s\n\ndevice c # late\nlink c s\ndriver s\ndriver c\n");
    const std::string trace = bench.answer("replay x.dls");
    CHECK(trace == "> scenario x\ndpm\nkset\n"
                   "> device s\ndpm s\nkset s\n"
                   "> device c\ndpm s c\nkset s c\n"
                   "> link c s\nlink c s ok\nstate s c dormant managed\ndpm s c\nkset s c\n"
                   "> driver s\nprobe s ok\nstate s c available managed\ndpm s c\nkset s c\n"
                   "> driver c\nprobe c ok\nstate s c active managed\ndpm s c\nkset s c\n");
    bench.files().file("same", trace);
    CHECK(bench.answer("replay x.dls --diff same --check") == "no difference in 24 lines.\n");

    std::string other = trace;
    other.replace(other.find("available"), 9, "dormant");
    bench.files().file("other", other);
    const std::string difference = "first difference: line 17 of the trace, line 6 of the scenario: driver s\n"
                                   "  state s c dormant managed\n"
                                   "  dpm s c\n"
                                   "  kset s c\n"
                                   "  > driver s\n"
                                   "  probe s ok\n"
                                   "- state s c dormant managed\n"
                                   "+ state s c available managed\n";
    CHECK(bench.answer("replay x.dls --diff other") == difference);
    const tool_run checked = bench("replay x.dls --diff other --check");
    CHECK(checked.status == 1);
    CHECK(checked.out == difference);

    bench.files().file("short", trace.substr(0, trace.find("dpm s\n")));
    CHECK(bench.answer("replay x.dls --diff short").ends_with("- the end of the trace\n+ dpm s\n"));
    bench.files().file("long", trace + "warn\n");
    CHECK(bench.answer("replay x.dls --diff long") == "first difference: line 25 of the trace\n"
                                                      "  > driver c\n"
                                                      "  probe c ok\n"
                                                      "  state s c active managed\n"
                                                      "  dpm s c\n"
                                                      "  kset s c\n"
                                                      "- warn\n"
                                                      "+ the end of the scenario\n");
}

TEST_CASE("replay: the kernel's quirks, or the evidently meant thing") {
    const tool_bench bench;
    // The kernel calls the link active though its supplier has no driver.
    bench.files().file("x.dls", "scenario x\ndevice s\ndevice c\ndriver c link=s\n");
    CHECK(bench.answer("replay x.dls").find("state s c active managed\n") != std::string::npos);
    CHECK(bench.answer("replay x.dls --quirks kernel") == bench.answer("replay x.dls"));
    CHECK(bench.answer("replay x.dls --quirks repaired").find("state s c dormant managed\n") != std::string::npos);
}

TEST_CASE("replay: what can't be played") {
    const tool_bench bench;
    bench.files().file("x.dls", "scenario x\ndevice p\ndevice c parent=p populated\n");
    const tool_run run = bench("replay x.dls");
    CHECK(run.status == 2);
    CHECK(run.error.starts_with("devlink-resolve: x.dls:3: can't be replayed: "));
    CHECK(run.error.find("populated") != std::string::npos);
    CHECK(bench("replay missing").error == "devlink-resolve: missing: No such file or directory\n");
    CHECK(bench("replay x.dls --diff missing").error == "devlink-resolve: missing: No such file or directory\n");
}

} // namespace
