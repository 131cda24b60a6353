// SPDX-License-Identifier: MIT
#ifndef DEVLINK_TESTS_DRIVER_CORE_SMALL_WORLDS_HPP
#define DEVLINK_TESTS_DRIVER_CORE_SMALL_WORLDS_HPP

// Every world of a few devices: each pair of devices has one of some kinds of link (from the later device to the
// earlier one: every graph without cycles is one of these, its devices being numbered suitably), each driver one of
// some outcomes, and drivers (or devices) come in every order.

#include <devlink/driver_core/driver_core.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <string>
#include <vector>

namespace testing {

enum class pair_kind : std::uint8_t { absent, mandatory, soft, optional };
enum class driver_kind : std::uint8_t { ok, defer_once, fail, absent };

inline constexpr std::size_t most_devices = 4;

struct small_world {
    std::size_t devices = 0;
    std::array<std::array<pair_kind, most_devices>, most_devices>
        links{};                                                          ///< [consumer][supplier], supplier < consumer
    std::array<std::array<bool, most_devices>, most_devices> soft_back{}; ///< [consumer][supplier] as in `links`
    std::array<driver_kind, most_devices> drivers{};
    std::array<std::size_t, most_devices> order{}; ///< the device of each turn

    [[nodiscard]] std::string text() const {
        constexpr std::array kinds{"", " mandatory ", " soft ", " optional "};
        constexpr std::array outcomes{"ok", "defer once", "fail", "no driver"};
        std::string said;
        for (std::size_t c = 0; c < devices; ++c) {
            said += std::to_string(c) + ": " + outcomes[static_cast<std::size_t>(drivers[c])];
            for (std::size_t s = 0; s < c; ++s)
                if (soft_back[c][s]) said += ", soft from " + std::to_string(s);
            for (std::size_t s = 0; s < c; ++s)
                if (links[c][s] != pair_kind::absent)
                    said += "," + std::string(kinds[static_cast<std::size_t>(links[c][s])]) + std::to_string(s);
            said += "; ";
        }
        said += "order";
        for (std::size_t turn = 0; turn < devices; ++turn) said += " " + std::to_string(order[turn]);
        return said;
    }
};

[[nodiscard]] inline devlink::link_flags flags_of(pair_kind kind) {
    switch (kind) {
    case pair_kind::soft:
        return devlink::link_flag::sync_state_only;
    case pair_kind::optional:
        return devlink::link_flag::optional_supplier;
    case pair_kind::absent:
    case pair_kind::mandatory:
        return {};
    }
    return {};
}

/// Calls `visit(world)` for each; returns how many there were. `stride` visits only every so many graphs; with
/// `soft_back` each pair may have a soft link the other way round, beside its own.
template <class Visit>
std::size_t for_each_world(std::size_t devices, std::size_t link_kinds, std::size_t driver_kinds, Visit visit,
                           std::size_t stride = 1, bool soft_back = false) {
    std::size_t pairs = devices * (devices - 1) / 2;
    std::size_t graphs = 1;
    std::size_t fates = 1;
    for (std::size_t pair = 0; pair < pairs; ++pair) graphs *= link_kinds * (soft_back ? 2 : 1);
    for (std::size_t d = 0; d < devices; ++d) fates *= driver_kinds;
    std::size_t visited = 0;
    small_world world;
    world.devices = devices;
    for (std::size_t graph = 0; graph < graphs; graph += stride) {
        std::size_t digits = graph;
        for (std::size_t c = 1; c < devices; ++c) {
            for (std::size_t s = 0; s < c; ++s) {
                world.links[c][s] = static_cast<pair_kind>(digits % link_kinds);
                digits /= link_kinds;
                if (!soft_back) continue;
                world.soft_back[c][s] = digits % 2 == 1;
                digits /= 2;
            }
        }
        for (std::size_t fate = 0; fate < fates; ++fate) {
            std::size_t rest = fate;
            for (std::size_t d = 0; d < devices; ++d) {
                world.drivers[d] = static_cast<driver_kind>(rest % driver_kinds);
                rest /= driver_kinds;
            }
            std::iota(world.order.begin(), world.order.begin() + static_cast<std::ptrdiff_t>(devices), 0U);
            do {
                visit(static_cast<const small_world&>(world));
                ++visited;
            } while (
                std::next_permutation(world.order.begin(), world.order.begin() + static_cast<std::ptrdiff_t>(devices)));
        }
    }
    return visited;
}

/// The drivers of a small world. Devices are numbered by the world, ids by their registration.
struct world_host {
    std::array<driver_kind, most_devices> drivers{};
    std::array<std::size_t, most_devices> number_of_id{};
    std::array<bool, most_devices> asked{};
    std::size_t probes = 0;

    devlink::probe_result probe(devlink::device_id d) {
        ++probes;
        const std::size_t number = number_of_id[d.index()];
        const bool first = !asked[number];
        asked[number] = true;
        switch (drivers[number]) {
        case driver_kind::defer_once:
            return first ? devlink::probe_result::defer() : devlink::probe_result::ok();
        case driver_kind::fail:
            return devlink::probe_result::error(-5);
        case driver_kind::ok:
        case driver_kind::absent:
            break;
        }
        return devlink::probe_result::ok();
    }
};

/// A small world that is played.
template <devlink::options O>
struct played_small_world {
    world_host host;
    devlink::driver_core<world_host, O> core{host};
    std::array<devlink::device_id, most_devices> ids{};
    std::size_t devices;

    explicit played_small_world(const small_world& world)
        : devices{world.devices} {
        host.drivers = world.drivers;
    }
    played_small_world(const played_small_world&) = delete;
    played_small_world& operator=(const played_small_world&) = delete;
    ~played_small_world() = default;

    void add_device(const small_world& world, std::size_t number, bool with_driver) {
        host.number_of_id[core.view().device_limit()] = number;
        // The id is known before the first probe.
        ids[number] = devlink::device_id{core.view().device_limit()};
        (void)core.add_device({.has_driver = with_driver && world.drivers[number] != driver_kind::absent});
    }
    void add_link(const small_world& world, std::size_t c, std::size_t s) {
        if (world.links[c][s] != pair_kind::absent) (void)core.add_link(ids[c], ids[s], flags_of(world.links[c][s]));
        if (world.soft_back[c][s]) (void)core.add_link(ids[s], ids[c], devlink::link_flag::sync_state_only);
    }

    /// All devices, then all links, then the drivers in the world's order.
    bool play_drivers_last(const small_world& world) {
        for (std::size_t number = 0; number < devices; ++number) add_device(world, number, false);
        for (std::size_t c = 0; c < devices; ++c)
            for (std::size_t s = 0; s < c; ++s) add_link(world, c, s);
        bool ended = core.settle() == devlink::errc::ok;
        for (std::size_t turn = 0; turn < devices; ++turn) {
            const std::size_t number = world.order[turn];
            if (world.drivers[number] == driver_kind::absent) continue;
            ended =
                core.register_driver(ids[number]) == devlink::errc::ok && core.settle() == devlink::errc::ok && ended;
        }
        return ended;
    }

    /// Drivers are there already; devices come in the world's order, each link with the later of its ends.
    bool play_devices_last(const small_world& world) {
        bool ended = true;
        for (std::size_t turn = 0; turn < devices; ++turn) {
            const std::size_t number = world.order[turn];
            add_device(world, number, true);
            for (std::size_t other = 0; other < devices; ++other) {
                if (!ids[other].valid()) continue;
                if (other < number) add_link(world, number, other);
                if (other > number) add_link(world, other, number);
            }
            ended = core.settle() == devlink::errc::ok && ended;
        }
        return ended;
    }

    [[nodiscard]] bool bound(std::size_t number) const { return core.view().is_bound(ids[number]); }
};

} // namespace testing

#endif
