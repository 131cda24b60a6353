// SPDX-License-Identifier: MIT
//
// board-to-scenario FILE.dtb NAME
//     Writes the machine of a device tree as a scenario file: how the files of this folder were made.

#include <cstdio>
#include <fstream>
#include <span>
#include <sstream>
#include <string>

#include <devlink/sink/scenario_text.hpp>
#include <devlink/source/devicetree_machine.hpp>

int main(int count, char** words) {
    if (count != 3) {
        std::fputs("usage: board-to-scenario FILE.dtb NAME\n", stderr);
        return 2;
    }
    std::ifstream in{words[1], std::ios::binary};
    std::ostringstream bytes;
    if (!in || !(bytes << in.rdbuf())) {
        std::fprintf(stderr, "%s: can't be read, or is empty\n", words[1]);
        return 1;
    }
    const std::string blob = bytes.str();
    devlink::source::devicetree_options options;
    options.naming = devlink::source::device_naming::node_name;
    const auto board = devlink::source::read_devicetree(std::as_bytes(std::span{blob}), options);
    if (!board) {
        std::fprintf(stderr, "%s: %s\n", words[1], board.error().to_string().c_str());
        return 1;
    }
    std::string text = "# " + devlink::sink::scenario_name(words[2]) + ": " +
                       std::to_string(board->graph.device_count()) + " devices, from the device tree of Linux 6.12\n";
    devlink::sink::append_scenario(text, board->graph, words[2], [&](devlink::link_id l) { return board->origin(l); });
    if (std::fputs(text.c_str(), stdout) < 0 || std::fflush(stdout) != 0) {
        std::perror("standard output");
        return 1;
    }
    return 0;
}
