// SPDX-License-Identifier: MIT
// Any bytes as a device tree blob: it is read, made a machine of, resolved and booted in two modes, or refused with a
// place.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>

#include <devlink/driver_core/fw_devlink_boot.hpp>
#include <devlink/resolve/resolve.hpp>
#include <devlink/sink/boot_table.hpp>
#include <devlink/source/devicetree_machine.hpp>
#include <devlink/source/devicetree_names.hpp>

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

void require_clear(const devlink::source::source_error& error, std::size_t size) {
    require(!error.message.empty() && error.message.size() < 1000);
    require(error.offset == devlink::source::source_error::no_offset || error.offset <= size);
    for (const char c : error.message) require(c >= 0x20 && c <= 0x7e);
}

void boot(const devlink::source::devicetree& tree, const devlink::firmware_tree& firmware,
          devlink::fw_devlink_options options) {
    options.cycle_call_limit = 10'000;
    devlink::sink::boot_recorder record{true};
    devlink::firmware_boot booted{firmware, record, options};
    if (booted.run() == devlink::errc::ok) require(booted.time_out() != devlink::errc::would_hang);
    std::string text;
    devlink::sink::write_boot_table(text, booted, record, [&](devlink::node_id n) { return tree.path(n); });
    for (const char c : text) require(c == '\n' || (c >= 0x20 && c <= 0x7e));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace devlink::source;
    const std::span<const std::byte> blob = std::as_bytes(std::span{data, size});
    const auto tree = devicetree::read(blob);
    if (!tree) {
        require_clear(tree.error(), size);
        return 0;
    }
    const auto firmware = read_firmware(*tree);
    if (!firmware) {
        require_clear(firmware.error(), size);
        return 0;
    }
    devicetree_options options;
    for (const device_naming naming : {device_naming::path, device_naming::node_name}) {
        options.naming = naming;
        const auto machine = machine_of(*tree, *firmware, options);
        if (!machine) {
            require_clear(machine.error(), size);
            continue;
        }
        const devlink::plan plan = devlink::resolve(machine->graph, machine->forecast);
        require(plan.device_count() == firmware->devices().size());
    }
    (void)kernel_names(*tree, *firmware);
    boot(*tree, *firmware, {.mode = devlink::fw_devlink_mode::rpm, .strict = true});
    boot(*tree, *firmware, {.mode = devlink::fw_devlink_mode::permissive});
    return 0;
}
