// SPDX-License-Identifier: MIT
// expect: (could not convert|cannot convert|no viable conversion|no known conversion)
// expect: (basic_id<devlink::link_tag|link_tag)
#include <devlink/model/graph.hpp>

devlink::graph g;
#ifdef REJECT
const bool there = g.contains(devlink::device_id{0}) && g.parent(devlink::link_id{0}).device.valid();
#else
const bool there = g.contains(devlink::device_id{0}) && g.parent(devlink::device_id{0}).device.valid();
#endif
