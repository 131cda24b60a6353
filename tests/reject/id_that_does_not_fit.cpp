// SPDX-License-Identifier: MIT
// expect: (constant expression|to non-)
// expect: fits
#include <devlink/model/id.hpp>

#include <cstdint>

using devlink::basic_device_id;

#ifdef REJECT
constexpr basic_device_id<std::uint8_t> d{256};
#else
constexpr basic_device_id<std::uint8_t> d{254};
#endif
static_assert(d.valid());
