// SPDX-License-Identifier: MIT
#ifndef DEVLINK_EXAMPLES_DEVLINK_RESOLVE_COMMANDS_HPP
#define DEVLINK_EXAMPLES_DEVLINK_RESOLVE_COMMANDS_HPP

#include "arguments.hpp"

namespace tool {

// A sub-command a file; main.cpp lists them.

extern const command order_command;
extern const command why_command;
extern const command whatif_command;
extern const command links_command;
extern const command cycles_command;
extern const command verify_command;
extern const command needs_command;
extern const command replay_command;
extern const command boot_command;

} // namespace tool

#endif
