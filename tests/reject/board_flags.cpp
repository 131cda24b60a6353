// SPDX-License-Identifier: MIT
// expect: this link of the board is refused
// expect: (device_name<[0-9]+>{"uart"}, |flags_that_exclude_each_other\(&"uart"\[0\])
// expect: (device_name<[0-9]+>{"clock"}>|&"uart"\[0\], &"clock"\[0\])
#include <devlink/model/board.hpp>

using devlink::link_flag;

#ifdef REJECT
constexpr devlink::board_spec machine{{{"clock"}, {"uart"}},
                                      {{"uart", "clock", link_flag::optional_supplier | link_flag::stateless}}};
#else
constexpr devlink::board_spec machine{{{"clock"}, {"uart"}},
                                      {{"uart", "clock", link_flag::optional_supplier | link_flag::inferred}}};
#endif
static_assert(devlink::checked_board<machine>.device_count() == 2);
