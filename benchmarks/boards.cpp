// SPDX-License-Identifier: MIT
#include "boards.hpp"

#include <devlink/model/flags.hpp>
#include <devlink/model/graph.hpp>
#include <devlink/resolve/resolve.hpp>
#include <devlink/source/scenario.hpp>
#include <devlink/source/scenario_machine.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>
#include <utility>

namespace bench {

namespace {

namespace source = devlink::source;

[[noreturn]] void give_up(const std::string& why) {
    std::fprintf(stderr, "%s\n", why.c_str());
    std::exit(2);
}

std::vector<std::filesystem::path> scenario_files() {
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (std::filesystem::directory_iterator entry{DEVLINK_SCENARIOS, error}, end; !error && entry != end;
         entry.increment(error))
        if (entry->path().extension() == ".dls") files.push_back(entry->path());
    if (error || files.empty()) give_up(DEVLINK_SCENARIOS ": no scenarios can be read there");
    std::ranges::sort(files); // a folder lists its files in any order
    return files;
}

source::machine read(const std::filesystem::path& path) {
    std::ifstream in{path, std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
    if (!in) give_up(path.string() + ": can't be read");
    const auto file = source::read_scenario(text, path.string());
    if (!file) give_up(file.error().to_string());
    auto made = source::machine_of(*file);
    if (!made) give_up(made.error().to_string());
    return std::move(*made);
}

machine without_cycles(std::string family, const devlink::graph& graph) {
    std::vector<bool> relaxed(graph.link_count());
    const devlink::plan plan = devlink::resolve(graph);
    for (const auto& l : plan.relaxed()) relaxed[l.link.index()] = true;

    machine m{std::move(family), graph.device_count(), {}};
    for (std::size_t i = 0; i < m.device_count; ++i) {
        const devlink::device_id d{i};
        const auto parent = graph.parent(d);
        if (parent.device.valid() && parent.kind == devlink::parent_kind::populates)
            m.links.push_back(link(i, parent.device.index()));
        for (const devlink::supplier_link l : graph.suppliers(d))
            if (devlink::holds_back(l.flags) && !relaxed[l.link.index()]) m.links.push_back({d, l.supplier, l.flags});
    }
    return m;
}

} // namespace

std::vector<machine> read_boards() {
    std::vector<machine> boards;
    for (const std::filesystem::path& path : scenario_files())
        boards.push_back(without_cycles(path.filename().string(), read(path).graph));
    return boards;
}

} // namespace bench
