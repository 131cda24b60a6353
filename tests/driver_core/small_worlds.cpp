// SPDX-License-Identifier: MIT
// Every world of up to four devices: the core comes to rest, invariants hold, and who can bind binds or waits for a
// trigger only.
#include "small_worlds.hpp"

#include "invariants.hpp"

#include <doctest/doctest.h>

namespace {

using testing::driver_kind;
using testing::pair_kind;
using testing::small_world;

constexpr devlink::options kernel_rules{};
constexpr devlink::options repaired_rules{.quirks = devlink::quirk_rule::repaired};

// Who binds if nobody has to wait in vain: drivers that don't fail, over mandatory links to such.
std::array<bool, testing::most_devices> can_bind(const small_world& world) {
    std::array<bool, testing::most_devices> can{};
    for (std::size_t c = 0; c < world.devices; ++c) {
        can[c] = world.drivers[c] != driver_kind::fail && world.drivers[c] != driver_kind::absent;
        for (std::size_t s = 0; s < c; ++s)
            if (world.links[c][s] == pair_kind::mandatory) can[c] = can[c] && can[s];
    }
    return can;
}

template <devlink::options O>
void check_all_registered_first(const small_world& world) {
    testing::played_small_world<O> played(world);
    const bool ended = played.play_drivers_last(world);
    const devlink::core_view view = played.core.view();
    std::string broken =
        ended ? testing::broken_invariant(view, {.repaired = O.quirks == devlink::quirk_rule::repaired}) : "no rest";
    // Each pass over the deferred needs a bind of its own.
    if (played.host.probes > world.devices * (world.devices + 2)) broken = "too many probes";
    const auto can = can_bind(world);
    for (std::size_t d = 0; d < world.devices; ++d) {
        if (played.bound(d) && !can[d]) broken = "bound against a mandatory link";
        if (!played.bound(d) && can[d] && !view.is_pending(played.ids[d])) broken = "neither bound nor pending";
    }
    if (!broken.empty()) FAIL(broken << ": " << world.text());
}

template <devlink::options O>
void check_devices_last(const small_world& world) {
    testing::played_small_world<O> played(world);
    const bool ended = played.play_devices_last(world);
    const std::string broken =
        ended ? testing::broken_invariant(played.core.view(), {.repaired = O.quirks == devlink::quirk_rule::repaired})
              : "no rest";
    if (!broken.empty()) FAIL(broken << ": " << world.text());
}

} // namespace

TEST_CASE("small worlds: all links before the first driver") {
    std::size_t visited = 0;
    for (std::size_t devices = 1; devices <= testing::most_devices; ++devices)
        visited += testing::for_each_world(devices, 3, 3, check_all_registered_first<kernel_rules>);
    MESSAGE(visited,
            " worlds: up to 4 devices, links absent, mandatory or soft, drivers ok, defer once or fail, drivers "
            "registered in every order");
    CHECK(visited == 3 + 3 * 9 * 2 + 27 * 27 * 6 + 729 * 81 * 24);
}

TEST_CASE("small worlds: devices come one by one, with their links, to drivers that are there") {
    std::size_t visited = 0;
    for (std::size_t devices = 1; devices <= testing::most_devices; ++devices)
        visited += testing::for_each_world(devices, 3, 3, check_devices_last<kernel_rules>);
    MESSAGE(visited, " worlds: the same, devices registered in every order");
    CHECK(visited == 1421607);
}

TEST_CASE("small worlds: soft links may run in circles") {
    std::size_t visited = 0;
    for (std::size_t devices = 1; devices <= 3; ++devices) {
        visited += testing::for_each_world(devices, 3, 3, check_all_registered_first<kernel_rules>, 1, true);
        visited += testing::for_each_world(devices, 3, 3, check_devices_last<kernel_rules>, 1, true);
    }
    visited += testing::for_each_world(4, 3, 3, check_all_registered_first<kernel_rules>, 97, true);
    MESSAGE(visited, " worlds, of 4 devices every 97th graph");
    CHECK(visited > 1000000);
}

TEST_CASE("small worlds: repaired") {
    std::size_t visited = 0;
    for (std::size_t devices = 1; devices <= 3; ++devices) {
        visited += testing::for_each_world(devices, 3, 3, check_all_registered_first<repaired_rules>);
        visited += testing::for_each_world(devices, 3, 3, check_devices_last<repaired_rules>);
    }
    CHECK(visited == 2 * 4431);
}
