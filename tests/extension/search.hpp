// SPDX-License-Identifier: MIT
#ifndef DEVLINK_TESTS_EXTENSION_SEARCH_HPP
#define DEVLINK_TESTS_EXTENSION_SEARCH_HPP

// E4 over small worlds, and E6 over everything that can go on in one: a search through all states that are reached by
// any order of events, each driver behaving as is worst at each step.

#include "../driver_core/small_worlds.hpp"

#include "../driver_core/invariants.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace testing {

using devlink::core_link;
using devlink::device_id;
using devlink::link_flag;
inline constexpr devlink::options keep{};

inline unsigned bound_in_the_end(const small_world& world) {
    played_small_world<keep> played(world);
    bool ended = played.play_drivers_last(world);
    played.core.drivers_done();
    ended = played.core.settle() == devlink::errc::ok && ended;
    const std::string broken = ended ? broken_invariant(played.core.view(), {.drivers_done = true}) : "no rest";
    if (!broken.empty()) FAIL(broken << ": " << world.text());
    unsigned bound = 0;
    for (std::size_t d = 0; d < world.devices; ++d) {
        bound |= played.bound(d) ? 1U << d : 0U;
        // E5: nobody waits in vain, for nobody can come any more.
        bool can = world.drivers[d] == driver_kind::ok;
        for (std::size_t s = 0; s < d; ++s) can = can && (world.links[d][s] != pair_kind::mandatory || played.bound(s));
        if (played.bound(d) != can) FAIL("device " << d << " is bound or not against its links: " << world.text());
        if (played.bound(d) == played.core.view().is_doomed(played.ids[d])) FAIL("undecided: " << world.text());
    }
    return bound;
}

inline bool is_fixed(const small_world& world) {
    for (std::size_t d = 0; d < world.devices; ++d)
        if (world.drivers[d] == driver_kind::defer_once) return false;
    return true;
}

inline void check_monotone(const small_world& world) {
    if (!is_fixed(world)) return;
    const unsigned before = bound_in_the_end(world);
    small_world eased = world;
    for (std::size_t c = 0; c < world.devices; ++c) {
        for (std::size_t s = 0; s < c; ++s) {
            if (world.links[c][s] != pair_kind::mandatory) continue;
            eased.links[c][s] = pair_kind::optional;
            if ((bound_in_the_end(eased) & before) != before) FAIL("fewer devices bound: " << eased.text());
            eased.links[c][s] = pair_kind::mandatory;
        }
    }
}

// ---- E6

// What drivers return while an event is carried out, unless they failed before: those fail for ever.
struct moody_host {
    devlink::probe_result mood;
    std::array<bool, most_devices> failed{};

    devlink::probe_result probe(device_id d) {
        if (failed[d.index()]) return devlink::probe_result::error(-5);
        failed[d.index()] = !mood.is_ok() && !mood.is_defer();
        return mood;
    }
};
using moody_core = devlink::driver_core<moody_host, keep>;

struct world_state {
    moody_core core; // shares the search's host
    std::array<bool, most_devices> failed{};
    bool drivers_done = false;
};

// All that decides what can happen next.
inline std::string key_of(const world_state& state, std::size_t devices) {
    const devlink::core_view view = state.core.view();
    std::string key(1, state.drivers_done ? 'D' : 'd');
    for (std::size_t index = 0; index < devices; ++index) {
        const device_id d{index};
        key += static_cast<char>('0' + static_cast<int>(view.status(d)));
        key += static_cast<char>('0' + (view.has_driver(d) ? 1 : 0) + (view.can_match(d) ? 2 : 0) +
                                 (view.last_attempt_failed(d) ? 4 : 0) + (view.is_doomed(d) ? 8 : 0) +
                                 (state.failed[index] ? 16 : 0));
        for (const auto l : view.suppliers(d)) {
            const core_link link = view.link(l);
            key += static_cast<char>('A' + static_cast<int>(link.supplier.index()));
            key += static_cast<char>('a' + static_cast<int>(link.state) + (link.marked ? 10 : 0));
        }
    }
    for (const devlink::pending_device pending : view.pending())
        key += static_cast<char>('0' + static_cast<int>(pending.device.index()));
    return key;
}

struct search_result {
    std::size_t states = 0;
    std::size_t steps = 0;
    std::size_t queued_failures = 0;
};

class search {
public:
    search(const small_world& world, devlink::link_flags more_flags, bool with_deferrals)
        : devices_{world.devices}
        , with_deferrals_{with_deferrals}
        , text_{world.text()} {
        world_state first{moody_core(host_)};
        for (std::size_t d = 0; d < devices_; ++d) (void)first.core.add_device();
        for (std::size_t c = 0; c < devices_; ++c) {
            for (std::size_t s = 0; s < c; ++s) {
                if (world.links[c][s] == pair_kind::absent) continue;
                const bool soft = world.links[c][s] == pair_kind::soft;
                devlink::link_flags flags = flags_of(world.links[c][s]);
                if (!soft) flags |= more_flags;
                (void)first.core.add_link(device_id{c}, device_id{s}, flags);
            }
        }
        (void)first.core.settle();
        (void)note(std::move(first));
    }

    search_result run() {
        for (std::size_t at = 0; at < states_.size(); ++at) expand(at);
        for (std::size_t d = 0; d < devices_; ++d) judge(d);
        result_.states = states_.size();
        return result_;
    }

private:
    std::size_t note(world_state&& state) {
        const auto [found, added] = numbers_.try_emplace(key_of(state, devices_), states_.size());
        if (added) {
            const std::string broken = broken_invariant(state.core.view(), {.drivers_done = state.drivers_done});
            if (!broken.empty()) FAIL(broken << ": " << text_);
            states_.push_back(std::move(state));
            came_from_.emplace_back();
        }
        return found->second;
    }

    template <class Event>
    void step(std::size_t from, devlink::probe_result mood, Event event) {
        world_state next = states_[from];
        host_.failed = next.failed;
        host_.mood = mood;
        event(next);
        (void)next.core.settle();
        next.failed = host_.failed;
        ++result_.steps;
        if (next.core.is_hung()) FAIL("hang: " << text_);
        const std::size_t to = note(std::move(next));
        came_from_[to].push_back(from);
    }

    void expand(std::size_t from) {
        const std::array moods{devlink::probe_result::ok(), devlink::probe_result::error(-5),
                               devlink::probe_result::defer()};
        for (std::size_t mood = 0; mood < (with_deferrals_ ? 3U : 2U); ++mood) {
            for (std::size_t index = 0; index < devices_; ++index) {
                const device_id d{index};
                const bool has_driver = states_[from].core.view().has_driver(d);
                if (has_driver)
                    step(from, moods[mood], [d](world_state& state) { (void)state.core.probe(d); });
                else if (!states_[from].drivers_done)
                    step(from, moods[mood], [d](world_state& state) { (void)state.core.register_driver(d); });
                if (has_driver) {
                    step(from, moods[mood], [d](world_state& state) { (void)state.core.unregister_driver(d); });
                    step(from, moods[mood], [d](world_state& state) { (void)state.core.unbind(d); });
                }
            }
            // A device outside of this world binds.
            step(from, moods[mood], [](world_state& state) { state.core.trigger_deferred_probe(); });
            if (!states_[from].drivers_done) {
                step(from, moods[mood], [](world_state& state) {
                    state.drivers_done = true;
                    state.core.drivers_done();
                });
            }
        }
    }

    // Whether `d` is, or waits over mandatory links for, a device whose driver failed but that is queued still, or
    // whose failed driver was not asked at its last attempt, which was deferred for a supplier.
    [[nodiscard]] bool hangs_on_open_failure(const world_state& state, std::size_t d) const {
        const devlink::core_view view = state.core.view();
        const bool known = view.last_attempt_failed(device_id{d}) && !view.is_pending(device_id{d});
        if (state.failed[d] && !known) return true;
        for (const auto l : view.suppliers(device_id{d})) {
            const core_link link = view.link(l);
            if (link.flags.has_any(link_flag::sync_state_only | link_flag::optional_supplier)) continue;
            if (!view.is_bound(link.supplier) && hangs_on_open_failure(state, link.supplier.index())) return true;
        }
        return false;
    }

    void judge(std::size_t d) {
        std::vector<bool> can(states_.size(), false);
        std::vector<std::size_t> work;
        for (std::size_t at = 0; at < states_.size(); ++at) {
            if (!states_[at].core.view().is_bound(device_id{d})) continue;
            can[at] = true;
            work.push_back(at);
        }
        while (!work.empty()) {
            const std::size_t at = work.back();
            work.pop_back();
            for (const std::size_t before : came_from_[at]) {
                if (can[before]) continue;
                can[before] = true;
                work.push_back(before);
            }
        }
        for (std::size_t at = 0; at < states_.size(); ++at) {
            const bool doomed = states_[at].core.view().is_doomed(device_id{d});
            if (doomed != can[at]) continue;
            if (doomed) FAIL("device " << d << " is doomed and can be bound: " << text_);
            if (!hangs_on_open_failure(states_[at], d))
                FAIL("device " << d << " is not doomed and can't be bound: " << text_ << key_of(states_[at], devices_));
            ++result_.queued_failures;
        }
    }

    moody_host host_;
    std::size_t devices_;
    bool with_deferrals_;
    std::string text_;
    std::vector<world_state> states_;
    std::vector<std::vector<std::size_t>> came_from_;
    std::unordered_map<std::string, std::size_t> numbers_;
    search_result result_;
};

inline search_result search_all(std::size_t devices, bool with_deferrals, devlink::link_flags more_flags = {}) {
    search_result all;
    std::size_t graphs = 0;
    // The fates are the search's, hence one order and one fate a graph.
    (void)for_each_world(devices, 4, 1, [&](const small_world& world) {
        for (std::size_t turn = 0; turn < world.devices; ++turn)
            if (world.order[turn] != turn) return;
        const search_result one = search(world, more_flags, with_deferrals).run();
        all.states += one.states;
        all.steps += one.steps;
        all.queued_failures += one.queued_failures;
        ++graphs;
    });
    MESSAGE(graphs, " graphs of ", devices, " devices: ", all.states, " states, ", all.steps, " steps, ",
            all.queued_failures, " times a failure is queued still");
    return all;
}

} // namespace testing

#endif
