// SPDX-License-Identifier: MIT
#include <devlink/resolve/waves_in_order.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "small.hpp"

namespace {

using small::link;

/// The waves of all devices, or nothing where the list is in another order.
std::vector<std::uint32_t> waves_of(std::size_t devices, const std::vector<devlink::link_spec>& links) {
    std::vector<std::uint32_t> waves(devices);
    const std::size_t last =
        devlink::detail::find_waves_in_order(std::span<const devlink::link_spec>{links}, std::span{waves});
    if (last == 0) return {};
    CHECK(last == (waves.empty() ? 1 : *std::max_element(waves.begin(), waves.end())));
    return waves;
}

TEST_CASE("waves_in_order: one more than the highest supplier's, whichever link names it") {
    using waves = std::vector<std::uint32_t>;
    CHECK(waves_of(3, {}) == waves{1, 1, 1});
    CHECK(waves_of(4, {link(1, 0), link(2, 1), link(3, 2), link(3, 0)}) == waves{1, 2, 3, 4});
    CHECK(waves_of(4, {link(1, 0), link(2, 1), link(3, 0), link(3, 2)}) == waves{1, 2, 3, 4});
    CHECK(waves_of(4, {link(1, 0), link(3, 0)}) == waves{1, 2, 1, 2});
}

TEST_CASE("waves_in_order: a need that points forward, at itself, or comes late is for another way") {
    CHECK(waves_of(3, {link(1, 2)}).empty());
    CHECK(waves_of(3, {link(1, 1)}).empty());
    // When device 2 is read, it is not known yet that device 1 waits.
    CHECK(waves_of(3, {link(2, 1), link(1, 0)}).empty());
}

TEST_CASE("waves_in_order: what holds nothing back may come in any order") {
    using waves = std::vector<std::uint32_t>;
    CHECK(waves_of(3, {link(2, 1), link(1, 2, small::link_flag::sync_state_only),
                       link(0, 2, small::link_flag::stateless)}) == waves{1, 1, 2});
}

} // namespace
