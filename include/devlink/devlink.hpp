// SPDX-License-Identifier: MIT
#ifndef DEVLINK_DEVLINK_HPP
#define DEVLINK_DEVLINK_HPP

// Everything but source/ and sink/, which few programs need both of.

#include <devlink/config.hpp>
#include <devlink/fwd.hpp>
#include <devlink/version.hpp>

#include <devlink/policy/graph_policy.hpp>
#include <devlink/policy/options.hpp>

#include <devlink/model/board.hpp>
#include <devlink/model/device_graph.hpp>
#include <devlink/model/error.hpp>
#include <devlink/model/firmware.hpp>
#include <devlink/model/flag_rules.hpp>
#include <devlink/model/flags.hpp>
#include <devlink/model/forecast.hpp>
#include <devlink/model/frozen_graph.hpp>
#include <devlink/model/graph.hpp>
#include <devlink/model/id.hpp>
#include <devlink/model/link.hpp>
#include <devlink/model/result.hpp>
#include <devlink/model/state.hpp>
#include <devlink/model/statement.hpp>
#include <devlink/model/transition.hpp>

#include <devlink/resolve/board_plan.hpp>
#include <devlink/resolve/check_order.hpp>
#include <devlink/resolve/impact.hpp>
#include <devlink/resolve/plan.hpp>
#include <devlink/resolve/required.hpp>
#include <devlink/resolve/resolve.hpp>

#include <devlink/driver_core/driver_core.hpp>
#include <devlink/driver_core/fw_devlink.hpp>
#include <devlink/driver_core/fw_devlink_boot.hpp>
#include <devlink/driver_core/host.hpp>
#include <devlink/driver_core/player.hpp>

#endif
