// SPDX-License-Identifier: MIT
// The same board, resolved by the compiler: what is left is its order.
#include <devlink/resolve/board_plan.hpp>

#include <span>

#include "board.hpp"

constexpr auto plan = devlink::resolve(fixed_board);

std::span<const devlink::device_id> probe_order();

std::span<const devlink::device_id> probe_order() { return plan.order(); }
