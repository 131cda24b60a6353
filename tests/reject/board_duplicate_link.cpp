// SPDX-License-Identifier: MIT
// expect: this link of the board is refused
// expect: (device_name<[0-9]+>{"uart"}, |this_pair_has_two_links\(&"uart"\[0\])
// expect: (device_name<[0-9]+>{"clock"}>|&"uart"\[0\], &"clock"\[0\])
#include <devlink/model/board.hpp>

#ifdef REJECT
constexpr devlink::board_spec machine{{{"clock"}, {"uart"}},
                                      {{"uart", "clock"}, {"uart", "clock", devlink::link_flag::pm_runtime}}};
#else
constexpr devlink::board_spec machine{{{"clock"}, {"uart"}}, {{"uart", "clock", devlink::link_flag::pm_runtime}}};
#endif
static_assert(devlink::checked_board<machine>.device_count() == 2);
