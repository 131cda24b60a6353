// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <string>

#include "tool/run_tool.hpp"

namespace {

TEST_CASE("inputs: a folder laid out like /sys") {
    const tool_bench bench;
    const temporary_tree& files = bench.files();
    files.symlink("sys/bus/pci/devices/0000:00:1c.0", "../../../devices/pci0000:00/0000:00:1c.0");
    files.symlink("sys/bus/pci/devices/0000:01:00.0", "../../../devices/pci0000:00/0000:00:1c.0/0000:01:00.0");
    CHECK(bench.answer("links sys --format tsv") ==
          "0000:01:00.0\t0000:00:1c.0\tautoprobe_consumer+managed\tbus/pci/devices\n");
    CHECK(bench.answer("order sys --fail 0000:00:1c.0 --format tsv") ==
          "1\t0000:00:1c.0\tfailed\t-\t-\n-\t0000:01:00.0\tblocked\t0000:00:1c.0\t0000:00:1c.0\n");
}

TEST_CASE("inputs: names can't steer the terminal") {
    const tool_bench bench;
    bench.files().symlink("sys/class/devlink/x", "../../devices/virtual/devlink/x");
    bench.files().symlink("sys/devices/virtual/devlink/x/consumer", "../../../a\x1b[2J\tb");
    bench.files().symlink("sys/devices/virtual/devlink/x/supplier", "../../../s\n");
    for (const char* call : {"order sys", "order sys --format tsv", "links sys", "links sys --format tsv",
                             "whatif sys $'s\n'", "why sys $'s\n'", "needs sys $'s\n'"}) {
        CAPTURE(call);
        std::string quoted(call);
        if (const auto at = quoted.find("$'"); at != std::string::npos) quoted.erase(at, 1);
        const std::string out = bench.answer(quoted);
        CHECK(out.find('\x1b') == std::string::npos);
        CHECK(out.find("s\\x0a") != std::string::npos);
        CHECK(out.find("s\n\n") == std::string::npos);
    }
}

TEST_CASE("inputs: of a file with many scenarios the first one counts") {
    const tool_bench bench;
    bench.files().file("x.dls", "scenario one\ndevice a\nscenario two\ndevice b\ndevice c\n");
    CHECK(bench.answer("order x.dls --format tsv") == "1\ta\tbound\t-\t-\n");
}

} // namespace
