// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <string>

#include "tool/run_tool.hpp"

namespace {

std::string error_of(const tool_bench& bench, const std::string& arguments) {
    const tool_run run = bench(arguments);
    CHECK(run.status == 2);
    CHECK(run.out == "");
    return run.error;
}

TEST_CASE("arguments: what is wrong with them, in one line") {
    const tool_bench bench;
    CHECK(error_of(bench, "") == "devlink-resolve: a command is missing: see 'devlink-resolve --help'\n");
    CHECK(error_of(bench, "sort x") == "devlink-resolve: unknown command 'sort': see 'devlink-resolve --help'\n");
    CHECK(error_of(bench, "order") == "devlink-resolve: too few operands: expected INPUT\n");
    CHECK(error_of(bench, "why x") == "devlink-resolve: too few operands: expected INPUT DEV\n");
    CHECK(error_of(bench, "order x y") == "devlink-resolve: unexpected operand 'y': expected INPUT\n");
    CHECK(error_of(bench, "order x --fast") ==
          "devlink-resolve: unknown option '--fast': see 'devlink-resolve order --help'\n");
    CHECK(error_of(bench, "links x --check") ==
          "devlink-resolve: unknown option '--check': see 'devlink-resolve links --help'\n");
    CHECK(error_of(bench, "order x --rule") == "devlink-resolve: option --rule needs RULE\n");
    CHECK(error_of(bench, "order x --rule fast") ==
          "devlink-resolve: option --rule can't be 'fast': on_demand (default), registration, kernel, breadth or "
          "longest_path_first\n");
    CHECK(error_of(bench, "order x --rule kernel --rule kernel") == "devlink-resolve: option --rule is given twice\n");
    CHECK(error_of(bench, "order x --check=yes") == "devlink-resolve: option --check takes no value\n");
    CHECK(error_of(bench, "order x --format json") ==
          "devlink-resolve: option --format can't be 'json': text (default), or tsv for other programs\n");
    CHECK(error_of(bench, "order x --format dot") ==
          "devlink-resolve: option --format can't be 'dot': text (default), or tsv for other programs\n");
    CHECK(
        error_of(bench, "needs x y --format json") ==
        "devlink-resolve: option --format can't be 'json': text (default), or tsort, dot or tsv for other programs\n");
    CHECK(error_of(bench, "order x --rule kernel --cycles relax_optional") ==
          "devlink-resolve: --rule kernel is the order of a kernel that relaxes inferred links only: use --cycles "
          "relax_inferred or report with it\n");
}

TEST_CASE("arguments: help on everything, and on each command") {
    const tool_bench bench;
    const std::string all = bench.answer("--help");
    CHECK(all.starts_with("usage: devlink-resolve COMMAND ...\n"));
    for (const std::string name : {"order", "why", "whatif", "links", "cycles", "verify", "needs"}) {
        CAPTURE(name);
        CHECK(all.find("\n  " + name + " INPUT") != std::string::npos);
        const std::string help = bench.answer(name + " --help");
        CHECK(help.starts_with("usage: devlink-resolve " + name + " INPUT"));
        CHECK(help == bench.answer(name + " no such operands --and options -h"));
    }
    CHECK(all.find("\n  replay FILE.dls ") != std::string::npos);
    CHECK(bench.answer("replay --help").find("\n  --diff TRACE ") != std::string::npos);
    CHECK(bench.answer("-h") == all);
    CHECK(bench.answer("order --help").find("\n  --rule RULE") != std::string::npos);
    CHECK(bench.answer("--version").starts_with("devlink-resolve "));
}

TEST_CASE("arguments: help is asked for by an option in its own place only") {
    const tool_bench bench;
    bench.files().file("phone.dls", std::string(small_phone));
    CHECK(error_of(bench, "why phone.dls -- -h") == "devlink-resolve: no device '-h' in phone\n");
    CHECK(error_of(bench, "order phone.dls --fail -h") == "devlink-resolve: no device '-h' in phone\n");
    CHECK(error_of(bench, "order phone.dls --fail --help") == "devlink-resolve: no device '--help' in phone\n");
    CHECK(error_of(bench, "order phone.dls --fail=x -- --help") ==
          "devlink-resolve: unexpected operand '--help': expected INPUT\n");
    const std::string help = bench.answer("order --help");
    CHECK(bench.answer("order phone.dls --fail -h -h") == help);
    CHECK(bench.answer("order --check --fail=x --help") == help);
    CHECK(bench.answer("order --help -- x y") == help);
}

TEST_CASE("arguments: standard input is read once") {
    const tool_bench bench;
    bench.files().file("phone.dls", std::string(small_phone));
    const std::string twice = "devlink-resolve: '-', the standard input, can be read only once\n";
    for (const char* call : {"verify - -", "order - --log -", "order - --deferred=-", "order x --log - --deferred -",
                             "replay - --diff -"}) {
        CAPTURE(call);
        CHECK(error_of(bench, std::string(call) + " <phone.dls") == twice);
    }
    CHECK(error_of(bench, "why - - <phone.dls") == "devlink-resolve: no device '-' in phone\n");
    CHECK(error_of(bench, "order - --fail - <phone.dls") == "devlink-resolve: no device '-' in phone\n");
    bench.files().file("list", "clock\n");
    CHECK(bench.answer("verify phone.dls - <list").starts_with("1 device in the order, 0 violations"));
}

TEST_CASE("arguments: '--' ends the options, '-' is standard input") {
    const tool_bench bench;
    bench.files().file("--odd", std::string(small_phone));
    CHECK(bench.answer("links -- --odd").find("7 links") != std::string::npos);
    CHECK(bench.answer("links - <--odd") == bench.answer("links -- --odd"));
}

TEST_CASE("arguments: no colour but on a terminal") {
    const tool_bench bench;
    bench.files().file("phone.dls", std::string(small_phone));
    CHECK(bench("order phone.dls", "TERM=xterm").out.find('\x1b') == std::string::npos);
}

} // namespace
