// SPDX-License-Identifier: MIT
#ifndef DEVLINK_RESOLVE_WAVES_IN_ORDER_HPP
#define DEVLINK_RESOLVE_WAVES_IN_ORDER_HPP

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <span>

#include <devlink/model/flags.hpp>
#include <devlink/model/link.hpp>

namespace devlink::detail {

/// The waves of order_rule::breadth from a list that comes by consumers in registration order and where every need
/// points back: when a link is read, all links of its supplier have been, and the supplier's wave is known.
///
/// Writes the wave, from 1, of every device, and returns the last one; 0, with the waves unspecified, at the first link
/// that comes in another order. O(D + L); allocates nothing.
template <std::unsigned_integral Index>
constexpr std::size_t find_waves_in_order(std::span<const basic_link_spec<Index>> links, std::span<Index> waves) {
    std::fill(waves.begin(), waves.end(), Index{1});
    Index last = 1;
    std::size_t newest = 0;
    for (const auto& l : links) {
        if (!holds_back(l.flags)) continue;
        const std::size_t c = l.consumer.index();
        const std::size_t s = l.supplier.index();
        if (c < newest || s >= c) return 0;
        newest = c;
        waves[c] = std::max(waves[c], static_cast<Index>(waves[s] + 1));
        last = std::max(last, waves[c]);
    }
    return static_cast<std::size_t>(last);
}

} // namespace devlink::detail

#endif
