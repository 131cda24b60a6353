// SPDX-License-Identifier: MIT
#ifndef DEVLINK_EXAMPLES_DEVLINK_RESOLVE_INPUT_HPP
#define DEVLINK_EXAMPLES_DEVLINK_RESOLVE_INPUT_HPP

#include <string>

#include <devlink/model/result.hpp>
#include <devlink/source/device_aliases.hpp>
#include <devlink/source/machine.hpp>
#include <devlink/source/source_error.hpp>

#include "arguments.hpp"

namespace tool {

/// The whole of a file; `-` is standard input. An error if it can't be read or is larger than any input should be.
devlink::result<std::string, devlink::source::source_error> read_file(const std::string& path);

/// The machine that an input describes: a folder laid out like /sys, a device tree blob, or a scenario file. The
/// content tells which. A machine without a name of its own gets the path for one. `aliases`, if given, receives what
/// else its devices are called, in logs for one.
devlink::result<devlink::source::machine, devlink::source::source_error>
read_machine(const std::string& path, const arguments& given, devlink::source::device_aliases* aliases = nullptr);

} // namespace tool

#endif
