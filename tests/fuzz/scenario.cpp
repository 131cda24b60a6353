// SPDX-License-Identifier: MIT
// Any bytes as a scenario file: it is read, made a machine of and resolved, or refused with a place; what was read is
// written and read again.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include <devlink/resolve/resolve.hpp>
#include <devlink/source/scenario.hpp>
#include <devlink/source/scenario_machine.hpp>

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

void require_clear(const devlink::source::source_error& error) {
    require(error.line != 0 && !error.message.empty() && error.message.size() < 1000);
    for (const char c : error.message) require(c >= 0x20 && c <= 0x7e);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto file = devlink::source::read_scenario(text);
    if (!file) {
        require_clear(file.error());
        return 0;
    }
    std::string again;
    for (const devlink::statement& s : file->statements()) again.append(s.text).append(1, '\n');
    const auto reread = devlink::source::read_scenario(again);
    require(reread && reread->statements().size() == file->statements().size());
    for (std::size_t i = 0; i < file->statements().size(); ++i)
        require(reread->statements()[i].text == file->statements()[i].text &&
                reread->statements()[i].kind == file->statements()[i].kind);

    const auto machine = devlink::source::machine_of(*file);
    if (!machine) {
        require_clear(machine.error());
        return 0;
    }
    const devlink::plan plan = devlink::resolve(machine->graph, machine->forecast);
    require(plan.device_count() == machine->graph.device_count());
    return 0;
}
