// SPDX-License-Identifier: MIT

// Work F: device trees. Every board that Debian's arm64 kernel has a blob for, one after the other in one process: from
// bytes to a checked tree, to a machine with all its links, to a probe order, and through a whole boot with fw_devlink.
// The blobs are those under DEVLINK_BOARDS, where `ctest --test-dir build/test -L boards` puts them; without them there
// is nothing to time.

#include <devlink/driver_core/fw_devlink_boot.hpp>
#include <devlink/resolve/resolve.hpp>
#include <devlink/source/devicetree_machine.hpp>

#include "harness.hpp"

#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <system_error>
#include <vector>

namespace {

using devlink::source::devicetree;

std::vector<std::string> read_blobs() {
    std::vector<std::string> blobs;
    std::error_code error;
    for (std::filesystem::recursive_directory_iterator entry{DEVLINK_BOARDS, error}, end; !error && entry != end;
         entry.increment(error)) {
        if (entry->path().extension() != ".dtb") continue;
        std::ifstream in{entry->path(), std::ios::binary};
        blobs.emplace_back(std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{});
    }
    return blobs;
}

std::span<const std::byte> bytes_of(const std::string& blob) { return std::as_bytes(std::span{blob}); }

bool parse(const std::string& blob) {
    const auto tree = devicetree::read(bytes_of(blob));
    bench::keep(tree);
    return tree.has_value();
}

bool order(const std::string& blob) {
    const auto board = devlink::source::read_devicetree(bytes_of(blob));
    if (!board) return false;
    const devlink::plan plan = devlink::resolve(board->graph, board->forecast);
    bench::keep(plan);
    return plan.order().size() == board->graph.device_count();
}

bool boot(const std::string& blob) {
    const auto tree = devicetree::read(bytes_of(blob));
    if (!tree) return false;
    const auto firmware = devlink::source::read_firmware(*tree);
    if (!firmware) return false;
    devlink::no_fw_devlink_observer nobody;
    devlink::firmware_boot booted{*firmware, nobody};
    const devlink::errc code = booted.run();
    bench::keep(booted);
    return code == devlink::errc::ok && booted.view().device_count() > 0;
}

} // namespace

int main(int argc, char** argv) {
    bench::session session(argc, argv);
    const std::vector<std::string> blobs = read_blobs();
    if (blobs.empty()) {
        std::fputs("F device trees: left out, no *.dtb under " DEVLINK_BOARDS " (DEVLINK_BOARDS of the build; "
                   "`ctest --test-dir build/test -L boards` fetches Debian's)\n",
                   stderr);
        return session.status();
    }
    std::size_t links = 0;
    for (const std::string& blob : blobs)
        if (const auto board = devlink::source::read_devicetree(bytes_of(blob))) links += board->graph.link_count();
    if (!session.wants("F device trees", "Debian's boards", links)) return session.status();
    const auto competitor = [&](const char* name, bool (*work)(const std::string&)) {
        return bench::competitor{name,
                                 [&blobs, work] {
                                     for (const std::string& blob : blobs) bench::keep(work(blob));
                                 },
                                 [&blobs, work] {
                                     for (const std::string& blob : blobs)
                                         if (!work(blob)) return false;
                                     return true;
                                 }};
    };
    session.compare({"F device trees", "Debian's boards", links, static_cast<double>(blobs.size()), "board"},
                    {competitor("read and check the blob", parse),
                     competitor("to a machine and its probe order", order),
                     competitor("through a boot with fw_devlink", boot)});
    return session.status();
}
