// SPDX-License-Identifier: MIT
// expect: two devices of the board have this name
// expect: (device_name<[0-9]+>{"uart0"}|&"uart0"\[0\])
#include <devlink/model/board.hpp>

#ifdef REJECT
constexpr devlink::board_spec machine{{{"uart0"}, {"clock"}, {"uart0"}}};
#else
constexpr devlink::board_spec machine{{{"uart0"}, {"clock"}, {"uart1"}}};
#endif
static_assert(devlink::checked_board<machine>.device_count() == 3);
