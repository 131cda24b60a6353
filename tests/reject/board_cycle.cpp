// SPDX-License-Identifier: MIT
// expect: these devices form a cycle: each depends on the next one
// expect: (device_name<[0-9]+>{"gpu_bridge"}, |&"gpu_bridge"\[0\], )
// expect: (device_name<[0-9]+>{"gpu"}, |&"gpu"\[0\], )
// expect: (device_name<[0-9]+>{"gpu_clock"}[,>]|&"gpu_clock"\[0\], )
#include <devlink/model/board.hpp>

#ifdef REJECT
constexpr devlink::board_spec machine{{{"gpu_bridge"}, {"gpu", "gpu_bridge"}, {"gpu_clock"}},
                                      {{"gpu_clock", "gpu"}, {"gpu_bridge", "gpu_clock"}}};
#else
constexpr devlink::board_spec machine{{{"gpu_bridge"}, {"gpu", "gpu_bridge"}, {"gpu_clock"}}, {{"gpu_clock", "gpu"}}};
#endif
static_assert(devlink::checked_board<machine>.device_count() == 3);
