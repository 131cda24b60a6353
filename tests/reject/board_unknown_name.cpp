// SPDX-License-Identifier: MIT
// expect: no device of this name is on the board
// expect: (device_name<[0-9]+>{"brigde"}|&"brigde"\[0\])
#include <devlink/model/board.hpp>

#ifdef REJECT
constexpr devlink::board_spec machine{{{"bridge"}, {"gpu"}}, {{"gpu", "brigde"}}};
#else
constexpr devlink::board_spec machine{{{"bridge"}, {"gpu"}}, {{"gpu", "bridge"}}};
#endif
static_assert(devlink::checked_board<machine>.device_count() == 2);
