// SPDX-License-Identifier: MIT
// expect: a parent stands after its child
// expect: (device_name<[0-9]+>{"bridge"}|&"bridge"\[0\])
#include <devlink/model/board.hpp>

#ifdef REJECT
constexpr devlink::board_spec machine{{{"gpu", "bridge"}, {"bridge"}}};
#else
constexpr devlink::board_spec machine{{{"bridge"}, {"gpu", "bridge"}}};
#endif
static_assert(devlink::checked_board<machine>.device_count() == 2);
