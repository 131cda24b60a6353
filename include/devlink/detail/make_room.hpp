// SPDX-License-Identifier: MIT
#ifndef DEVLINK_DETAIL_MAKE_ROOM_HPP
#define DEVLINK_DETAIL_MAKE_ROOM_HPP

#include <vector>

namespace devlink::detail {

/// Makes sure that the next element fits without an allocation. Where one thing goes to several arrays, all of them
/// make room before any is written, so that none is ahead of the others if memory runs out. Amortised constant time,
/// which reserve() alone is not.
template <class T>
constexpr void make_room(std::vector<T>& array) {
    if (array.size() == array.capacity()) array.reserve(array.size() < 4 ? 8 : 2 * array.size());
}

} // namespace devlink::detail

#endif
