// SPDX-License-Identifier: MIT
// expect: these_devices_form_a_cycle
// expect: ("gpu_bridge"\), 0|&"gpu_bridge"\[0\], )
#include <devlink/model/board.hpp>

#ifdef REJECT
constexpr devlink::board machine{{{"gpu_bridge"}, {"gpu"}}, {{"gpu", "gpu_bridge"}, {"gpu_bridge", "gpu"}}};
#else
constexpr devlink::board machine{{{"gpu_bridge"}, {"gpu"}}, {{"gpu", "gpu_bridge"}}};
#endif
static_assert(machine.device_count() == 2);
