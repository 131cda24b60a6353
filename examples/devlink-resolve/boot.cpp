// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <devlink/detail/printable.hpp>
#include <devlink/driver_core/fw_devlink_boot.hpp>
#include <devlink/sink/boot_table.hpp>
#include <devlink/source/devicetree_drivers.hpp>
#include <devlink/source/devicetree_firmware.hpp>

#include "commands.hpp"
#include "input.hpp"
#include "output.hpp"

namespace tool {

namespace {

int run(const arguments& given, output& out) {
    using devlink::detail::quoted;
    const std::string path(given.operands.front());
    const auto text = read_file(path);
    if (!text) return out.fail(text.error().to_string());
    const auto blob = std::as_bytes(std::span(*text));
    const auto fail_at = [&](devlink::source::source_error error) {
        error.path = devlink::detail::printable(path);
        return out.fail(error.to_string());
    };
    const auto tree = devlink::source::devicetree::read(blob);
    if (!tree) return fail_at(tree.error());
    const auto firmware = devlink::source::read_firmware(*tree);
    if (!firmware) return fail_at(firmware.error());

    std::vector<std::uint32_t> drivers = devlink::source::match_drivers(*tree, *firmware, given.drivers);
    for (std::size_t k = 0; k < given.drivers.size(); ++k)
        if (std::ranges::find(drivers, k) == drivers.end())
            return out.fail("no device of " + devlink::detail::printable(path) + " is left for a driver of " +
                            quoted(given.drivers[k]));

    devlink::sink::boot_recorder record{given.events};
    devlink::firmware_boot boot{*firmware, record, {.mode = given.mode, .strict = given.strict}, std::move(drivers)};
    devlink::errc code = boot.run();
    if (code == devlink::errc::ok && given.time_out) code = boot.time_out();
    if (code != devlink::errc::ok)
        return out.fail(devlink::detail::printable(path) + ": " + std::string(devlink::to_string(code)));
    devlink::sink::write_boot_table(out.text, boot, record, [&](devlink::node_id n) { return tree->path(n); });
    return fine;
}

} // namespace

const command boot_command{
    .name = "boot",
    .synopsis = "FILE.dtb",
    .summary = "print what fw_devlink makes of a device tree",
    .help = "A line each, fields separated by blanks, '-' for nothing:\n"
            "  F CONSUMER SUPPLIER          firmware link read from a property, in the order of adds\n"
            "  D BUS PATH DRIVER WAITING    device; WAITING is what its file waiting_for_supplier says\n"
            "  L CONSUMER SUPPLIER STATUS SYNC_STATE_ONLY AUTO_REMOVE_ON RUNTIME_PM    device link at the end\n"
            "  E EVENT ...                  with --events: everything that happened, in order\n"
            "Only plain buses have drivers, unless --driver says more.\n",
    .least_operands = 1,
    .most_operands = 1,
    .options = option_mode | option_strict | option_driver | option_events | option_time_out,
    .run = run,
};

} // namespace tool
