// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <string>

#include "tool/run_tool.hpp"

namespace {

TEST_CASE("verify: a list of devices") {
    const tool_bench phone;
    phone.files().file("phone.dls", std::string(small_phone));
    phone.files().file("good", "# an order\nclock\n\n  port\r\nwifi\n");
    CHECK(phone.answer("verify phone.dls good --check") ==
          "3 devices in the order, 0 violations; not held against it: 2 links relaxed on cycles.\n");
    phone.files().file("bad", "wifi\nclock\nport\nport\nled\n");
    const tool_run bad = phone("verify phone.dls bad --check");
    CHECK(bad.status == 1);
    CHECK(bad.error == "");
    CHECK(bad.out == "line  device  fault                 supplier  needed by\n"
                     "   1  wifi    supplier comes later  port      mandatory link, from pcie\n"
                     "   4  port    device comes again\n"
                     "   5  led     supplier is missing   i2c       the parent, which populates it\n"
                     "\n"
                     "5 devices in the order, 3 violations; not held against it: 2 links relaxed on cycles.\n");
    CHECK(phone("verify phone.dls bad").status == 0);
}

TEST_CASE("verify: every link counts where no cycle is relaxed") {
    const tool_bench phone;
    phone.files().file("phone.dls", std::string(small_phone));
    phone.files().file("list", "panel\nbridge\n");
    CHECK(phone.answer("verify phone.dls list --check").starts_with("2 devices in the order, 0 violations; "));
    const tool_run strict = phone("verify phone.dls list --check --cycles report");
    CHECK(strict.status == 1);
    CHECK(strict.out.ends_with("\n2 devices in the order, 1 violation.\n"));
}

TEST_CASE("verify: what order prints for programs") {
    const tool_bench phone;
    phone.files().file("phone.dls", std::string(small_phone));
    phone.files().file("order.tsv", phone.answer("order phone.dls --format tsv --absent clock"));
    const tool_run run = phone("verify phone.dls order.tsv --check --cycles report");
    CHECK(run.status == 1); // the panel comes before the bridge, as cycles were relaxed when the order was made
    CHECK(run.out.ends_with("\n3 devices in the order, 1 violation.\n"));
}

TEST_CASE("verify: a kernel's log") {
    const tool_bench phone;
    phone.files().file("phone.dls", std::string(small_phone));
    phone.files().file("initcall", "[    0.100000] probe of clock returned 0 after 12 usecs\n"
                                   "[    0.200000] probe of wifi returned -517 after 3 usecs\n"
                                   "[    0.300000] something else\n"
                                   "[    0.400000] probe of stranger returned 0 after 9 usecs\n"
                                   "[    0.500000] probe of port returned 0 after 90 usecs\n"
                                   "[    0.600000] probe of wifi returned 1 after 91 usecs\n"
                                   "[    0.700000] probe of clock returned 0 after 12 usecs\n");
    CHECK(phone.answer("verify phone.dls initcall --check --cycles report") ==
          "3 devices found bound in the log, 0 violations.\n");
    phone.files().file("dynamic", "[1] driver: 'a': driver_bound: bound to device 'wifi'\n"
                                  "[2] driver: 'b': driver_bound: bound to device 'port'\n"
                                  "[3] driver: 'c': driver_bound: bound to device 'clock'\n");
    const tool_run run = phone("verify phone.dls dynamic --check --cycles report");
    CHECK(run.status == 1);
    CHECK(run.out.ends_with("\n3 devices found bound in the log, 2 violations.\n"));
}

TEST_CASE("verify: what a probe returned means what it meant to the kernel that wrote the log") {
    const tool_bench bench;
    bench.files().file("x.dls", "scenario x\ndevice a\ndevice b\nlink b a\n");
    const std::string probes = "probe of a returned 0 after 5 usecs\nprobe of b returned 1 after 5 usecs\n";
    const auto verified = [&](const std::string& log) {
        bench.files().file("log", log);
        return bench.answer("verify x.dls log");
    };
    CHECK(verified("Linux version 5.4.0 (x)\n" + probes) ==
          "line  device  fault                supplier  needed by\n"
          "   3  b       supplier is missing  a         mandatory link\n"
          "\n"
          "1 device found bound in the log, 1 violation.\n");
    CHECK(verified("Linux version 5.14.0 (x)\n" + probes) == "1 device found bound in the log, 0 violations.\n");
    CHECK(verified(probes) == "2 devices found bound in the log, 0 violations.\n");
    // A log is one even if nothing is bound in it, and counts the first line that tells a bind.
    CHECK(verified("[ 0.1] platform a: deferred probe pending\n") ==
          "0 devices found bound in the log, 0 violations.\n");
    CHECK(verified("x\nreally_probe: bound device b to driver d\nprobe of b returned 0 after 1 usecs\n")
              .find("\n   2  b ") != std::string::npos);
}

TEST_CASE("verify: names are understood as they are printed") {
    const tool_bench bench;
    make_sys(bench, "a b\"\t->\\\n", "c\\x20 \xc3\xa4");
    bench.files().file("order.tsv", bench.answer("order sys --format tsv"));
    CHECK(bench.answer("verify sys order.tsv --check") == "2 devices in the order, 0 violations.\n");
    const std::string consumer = R"(a b"\x09->\\\x0a)";
    const std::string supplier = R"(c\\x20 \xc3\xa4)";
    bench.files().file("needs", bench.answer("needs sys '" + consumer + "'"));
    CHECK(bench.content("needs") == supplier + '\n' + consumer + '\n');
    CHECK(bench.answer("verify sys needs --check") == "2 devices in the order, 0 violations.\n");
    const std::string why = "why sys '" + consumer + "' --fail '" + supplier + "' ";
    CHECK(bench.answer(why).find(" is blocked\n") != std::string::npos);
    CHECK(bench.answer(why + "--optional '" + consumer + '=' + supplier + "'").find(" is degraded\n") !=
          std::string::npos);
    CHECK(bench
              .answer("why sys '"
                      R"(a\x20b"\x09->\\\x0a)"
                      "'")
              .find(" is bound\n") != std::string::npos);
    // The word itself goes before what it may be the printed form of.
    const tool_bench both;
    make_sys(both, R"(x\\y)", R"(x\y)");
    CHECK(both.answer(R"(order sys --fail 'x\\y' --format tsv | cut -f2,3)") == "x\\\\y\tbound\nx\\\\\\\\y\tfailed\n");
}

TEST_CASE("verify: a line of a list is a comment unless it is a device") {
    const tool_bench bench;
    make_sys(bench, "# a", "#b");
    bench.files().file("list", "# an order\n#b\n#c\n # a\n");
    CHECK(bench.answer("verify sys list --check") == "2 devices in the order, 0 violations.\n");
    bench.files().file("list", "# probe of x returned 0 after 5 usecs\n# Linux version 6.1\n#b\n");
    CHECK(bench.answer("verify sys list --check") == "1 device in the order, 0 violations.\n");
}

TEST_CASE("verify: a list with a stranger is bad input") {
    const tool_bench phone;
    phone.files().file("phone.dls", std::string(small_phone));
    phone.files().file("list", "clock\nclocks\n");
    const tool_run run = phone("verify phone.dls list");
    CHECK(run.status == 2);
    CHECK(run.error == "devlink-resolve: list:2: no device 'clocks' in phone\n");
    CHECK(phone("verify phone.dls missing").error == "devlink-resolve: missing: No such file or directory\n");
}

} // namespace
