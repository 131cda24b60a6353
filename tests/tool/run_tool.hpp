// SPDX-License-Identifier: MIT
#ifndef DEVLINK_TESTS_TOOL_RUN_TOOL_HPP
#define DEVLINK_TESTS_TOOL_RUN_TOOL_HPP

#include <doctest/doctest.h>

#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "source/temporary_tree.hpp"

/// What a run of the program gave.
struct tool_run {
    int status;
    std::string out;
    std::string error;
};

/// A folder with input files, and the program run in it.
class tool_bench {
public:
    [[nodiscard]] const temporary_tree& files() const { return files_; }

    /// Runs `devlink-resolve ARGUMENTS`, a line for the shell, in the folder. ENVIRONMENT is put before it; the answer
    /// goes to the file OUT.
    [[nodiscard]] tool_run operator()(const std::string& arguments, const std::string& environment = {},
                                      const std::string& out = ".out") const {
        const std::string command = "cd '" + files_.root().string() + "' && " + environment +
                                    " '" DEVLINK_RESOLVE "' " + arguments + " >" + out + " 2>.error";
        const int ended = std::system(command.c_str());
        REQUIRE(WIFEXITED(ended));
        return {WEXITSTATUS(ended), out == ".out" ? content(out) : std::string(), content(".error")};
    }

    /// The answer of a run that has to go well.
    [[nodiscard]] std::string answer(const std::string& arguments) const {
        const tool_run run = (*this)(arguments);
        CHECK(run.status == 0);
        CHECK(run.error == "");
        return run.out;
    }

    [[nodiscard]] std::string content(const std::string& name) const {
        std::ifstream in(files_.root() / name, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }

private:
    temporary_tree files_;
};

/// A phone in small: a clock controller under everything, a wifi behind a port, a panel and a bridge that need each
/// other, and a led that can do without its regulator.
inline constexpr std::string_view small_phone = "scenario phone\n"
                                                "device wifi\n"
                                                "device port\n"
                                                "device clock\n"
                                                "device i2c\n"
                                                "device led parent=i2c populated\n"
                                                "device panel\n"
                                                "device bridge\n"
                                                "device regulator\n"
                                                "link wifi port autoprobe_consumer from=pcie\n"
                                                "link port clock autoprobe_consumer inferred from=clocks\n"
                                                "link i2c clock inferred from=clocks+resets\n"
                                                "link led regulator optional_supplier from=vcc-supply\n"
                                                "link panel bridge inferred from=remote-endpoint\n"
                                                "link bridge panel inferred from=remote-endpoint\n"
                                                "link regulator clock sync_state_only inferred\n";

/// Puts a folder laid out like /sys into BENCH, with one link between devices of these names.
inline void make_sys(const tool_bench& bench, const std::string& consumer, const std::string& supplier) {
    bench.files().symlink("sys/class/devlink/l/consumer", "../../../devices/" + consumer);
    bench.files().symlink("sys/class/devlink/l/supplier", "../../../devices/" + supplier);
}

#endif
