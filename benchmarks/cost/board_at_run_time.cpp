// SPDX-License-Identifier: MIT
// A resolver for one fixed board: the forecast comes at run time.
#include <devlink/resolve/resolve.hpp>

#include <algorithm>
#include <cstdint>
#include <span>

#include "board.hpp"

void probe_order(const devlink::forecast& expected, std::span<devlink::device_id> order,
                 std::span<devlink::verdict> verdicts);

void probe_order(const devlink::forecast& expected, std::span<devlink::device_id> order,
                 std::span<devlink::verdict> verdicts) {
    const devlink::plan plan = devlink::resolve(fixed_board, expected);
    std::ranges::copy(plan.order(), order.begin());
    for (std::size_t d = 0; d != plan.device_count(); ++d) verdicts[d] = plan.verdict(devlink::device_id{d});
}
