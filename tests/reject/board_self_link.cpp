// SPDX-License-Identifier: MIT
// expect: this link of the board is refused
// expect: (device_name<[0-9]+>{"uart"}|this_device_would_supply_itself\(&"uart"\[0\]\))
#include <devlink/model/board.hpp>

#ifdef REJECT
constexpr devlink::board_spec machine{{{"clock"}, {"uart"}}, {{"uart", "uart"}}};
#else
constexpr devlink::board_spec machine{{{"clock"}, {"uart"}}, {{"uart", "clock"}}};
#endif
static_assert(devlink::checked_board<machine>.device_count() == 2);
