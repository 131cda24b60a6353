// SPDX-License-Identifier: MIT
#ifndef DEVLINK_TESTS_RESOLVE_REFERENCE_HPP
#define DEVLINK_TESTS_RESOLVE_REFERENCE_HPP

// The resolver's answers, found slowly and in an obviously right way: whole matrices, fixed points by going round until
// nothing changes, the kernel's queue played attempt by attempt. It shares with the library the names of flags, options
// and verdicts, and nothing else. At most 64 devices: a row of a matrix is one word.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <optional>
#include <vector>

#include <devlink/model/flags.hpp>
#include <devlink/model/forecast.hpp>
#include <devlink/policy/options.hpp>
#include <devlink/resolve/plan.hpp>
#include <devlink/resolve/verdict.hpp>

namespace reference {

using devlink::outcome;
using devlink::verdict;

inline constexpr std::size_t nobody = static_cast<std::size_t>(-1);
inline constexpr std::size_t by_parent = nobody; // the "link" to a populating parent

[[noreturn]] inline void contradiction(const char* what) {
    std::fprintf(stderr, "the reference contradicts itself: %s\n", what);
    std::abort();
}

struct link {
    std::size_t consumer;
    std::size_t supplier;
    devlink::link_flags flags;
};

struct parent {
    std::size_t device = nobody;
    bool populates = false;
};

struct machine {
    std::size_t devices = 0;
    std::vector<parent> parents;
    std::vector<link> links;
    std::vector<outcome> expected;
    std::vector<std::uint64_t> costs;
};

struct step {
    std::size_t device;
    std::size_t supplier;
    std::size_t link;
    friend bool operator==(const step&, const step&) = default;
};

struct relaxed_link {
    std::size_t link;
    std::size_t cycle;
    devlink::relax_reason reason;
    friend bool operator==(const relaxed_link&, const relaxed_link&) = default;
};

struct cycle {
    std::vector<std::size_t> devices;
    std::size_t shortest;
    bool open;
};

/// Which devices can be reached from which, in one step or more: bit s of row d.
class reach {
public:
    explicit reach(std::size_t devices)
        : rows_(devices, 0) {}
    void add(std::size_t d, std::size_t s) { rows_[d] |= std::uint64_t{1} << s; }
    void close() {
        for (std::size_t via = 0; via != rows_.size(); ++via)
            for (std::uint64_t& row : rows_)
                if (((row >> via) & 1U) != 0) row |= rows_[via];
    }
    [[nodiscard]] bool operator()(std::size_t d, std::size_t s) const { return ((rows_[d] >> s) & 1U) != 0; }
    /// Whether both lie on one way round; a device with itself if it lies on one at all.
    [[nodiscard]] bool together(std::size_t a, std::size_t b) const { return (*this)(a, b) && (*this)(b, a); }

private:
    std::vector<std::uint64_t> rows_;
};

class oracle {
public:
    oracle(const machine& m, devlink::cycle_rule cycles, devlink::driverless_rule driverless,
           devlink::extension_rule extension = devlink::extension_rule::optional_supplier)
        : m_{m}
        , extension_{extension}
        , absent_waits_{driverless == devlink::driverless_rule::waits}
        , left_{m.devices} {
        list_needs();
        const reach before = reach_over([](const need&) { return true; });
        find_cycles(before);
        relax(cycles, before);
        left_ = reach_over([](const need&) { return true; });
        decide();
        explain();
        for (cycle& c : cycles_)
            c.open = std::any_of(c.devices.begin(), c.devices.end(),
                                 [&](std::size_t d) { return verdicts_[d] == verdict::cyclic; });
    }

    [[nodiscard]] const std::vector<verdict>& verdicts() const { return verdicts_; }
    [[nodiscard]] const std::vector<cycle>& cycles() const { return cycles_; }
    [[nodiscard]] const std::vector<relaxed_link>& relaxed() const { return relaxed_; }

    /// The chain of steps from `d` to its root.
    [[nodiscard]] std::vector<step> cause(std::size_t d) const {
        std::vector<step> chain;
        while (held_by_[d].supplier != nobody) {
            if (chain.size() > m_.devices) contradiction("a cause that never ends");
            chain.push_back(held_by_[d]);
            d = held_by_[d].supplier;
            if (verdicts_[d] == verdict::cyclic) break;
        }
        return chain;
    }

    /// The optional suppliers that a degraded device lacks.
    [[nodiscard]] std::vector<step> missing(std::size_t d) const {
        std::vector<step> list;
        if (verdicts_[d] != verdict::degraded) return list;
        for (const need& n : needs_)
            if (n.consumer == d && !n.relaxed && !is_up(verdicts_[n.supplier])) list.push_back({d, n.supplier, n.link});
        return list;
    }

    /// Whether one step of a cycle's path is a need of the graph as it stands.
    [[nodiscard]] bool is_need(step s) const {
        return std::any_of(needs_.begin(), needs_.end(), [&](const need& n) {
            return n.consumer == s.device && n.supplier == s.supplier && n.link == s.link;
        });
    }

    /// Whether the devices of `order` can be probed as it says: when a device's turn comes, each of its suppliers is
    /// there, or is optional and doomed by what was probed before; and whether nobody is left out.
    [[nodiscard]] bool is_valid(const std::vector<std::size_t>& order) const {
        course c{*this};
        c.give_up_without_driver();
        c.give_up_late_circles();
        for (const std::size_t d : order) {
            if (!c.is_ready(d)) return false;
            c.probe(d);
        }
        return c.agrees();
    }

    [[nodiscard]] std::vector<std::size_t> registration_order() const {
        return one_by_one([](std::size_t, std::size_t) { return false; });
    }

    [[nodiscard]] std::vector<std::size_t> longest_path_first_order() const {
        const std::vector<std::uint64_t> chains = chain_costs();
        return one_by_one([&](std::size_t a, std::size_t b) { return chains[a] > chains[b]; });
    }

    /// Waves from 1; 0 where a device is not probed.
    [[nodiscard]] std::vector<std::size_t> waves() const {
        std::vector<std::size_t> wave(m_.devices, 0);
        course c{*this};
        c.give_up_without_driver();
        bool at_rest = false;
        for (std::size_t now = 1;;) {
            const std::vector<std::size_t> ready = c.all_ready();
            if (ready.empty()) {
                if (at_rest) break;
                at_rest = true;
                c.give_up_late_circles();
                continue;
            }
            for (const std::size_t d : ready) wave[d] = now;
            for (const std::size_t d : ready) c.probe(d);
            ++now;
        }
        c.must_agree();
        return wave;
    }

    /// Devices in registration order, each preceded by its suppliers; nothing where a way round is left.
    [[nodiscard]] std::optional<std::vector<std::size_t>> on_demand_order() const {
        for (std::size_t d = 0; d != m_.devices; ++d)
            if (left_(d, d)) return std::nullopt;
        std::vector<std::size_t> order;
        std::vector<bool> seen(m_.devices, false);
        for (std::size_t d = 0; d != m_.devices; ++d) demand(d, seen, order);
        std::vector<std::size_t> probed;
        for (const std::size_t d : order)
            if (is_probed(d)) probed.push_back(d);
        return probed;
    }

    struct kernel_answer {
        std::vector<std::size_t> order;
        std::uint64_t failed_attempts = 0;
    };

    /// Boot as Linux does it, attempt by attempt.
    [[nodiscard]] kernel_answer kernel_order() const {
        kernel_play play{*this};
        for (std::size_t d = 0; d != m_.devices; ++d)
            if (m_.expected[d] != outcome::absent) play.attempt(d);
        play.enabled = true;
        play.trigger();
        play.work();
        play.event([&] { play.world.give_up_without_driver(); });
        play.work();
        play.event([&] { play.world.give_up_late_circles(); });
        play.work();
        play.world.must_agree();
        return play.answer;
    }

private:
    struct need {
        std::size_t consumer;
        std::size_t supplier;
        std::size_t link;
        bool optional;
        bool inferred;
        bool relaxed = false;
    };

    static bool is_up(verdict v) { return v == verdict::bound || v == verdict::degraded; }
    [[nodiscard]] bool is_waited_for(verdict v) const {
        return v == verdict::waiting || (v == verdict::absent && absent_waits_);
    }
    [[nodiscard]] bool is_doomed(verdict v) const { return !is_up(v) && !is_waited_for(v); }

    /// Probed is who is up, who failed, and who waits although no supplier of his does.
    [[nodiscard]] bool is_probed(std::size_t d) const {
        return is_up(verdicts_[d]) || verdicts_[d] == verdict::failed ||
               (verdicts_[d] == verdict::waiting && held_by_[d].supplier == nobody);
    }

    /// The populating parent, then the managed links that are not sync_state_only.
    void list_needs() {
        for (std::size_t d = 0; d != m_.devices; ++d) {
            if (m_.parents[d].device != nobody && m_.parents[d].populates)
                needs_.push_back({d, m_.parents[d].device, by_parent, false, false});
            for (std::size_t l = 0; l != m_.links.size(); ++l) {
                const devlink::link_flags flags = m_.links[l].flags;
                if (m_.links[l].consumer != d) continue;
                if (flags.has(devlink::link_flag::stateless) && !flags.has(devlink::link_flag::managed)) continue;
                if (flags.has(devlink::link_flag::sync_state_only)) continue;
                needs_.push_back({d, m_.links[l].supplier, l,
                                  flags.has(devlink::link_flag::optional_supplier) &&
                                      extension_ == devlink::extension_rule::optional_supplier,
                                  flags.has(devlink::link_flag::inferred)});
            }
        }
    }

    template <class Accept>
    [[nodiscard]] reach reach_over(Accept accept) const {
        reach r{m_.devices};
        for (const need& n : needs_)
            if (!n.relaxed && accept(n)) r.add(n.consumer, n.supplier);
        r.close();
        return r;
    }

    void find_cycles(const reach& before) {
        cycle_of_.assign(m_.devices, nobody);
        for (std::size_t d = 0; d != m_.devices; ++d) {
            if (!before(d, d) || cycle_of_[d] != nobody) continue;
            cycle c{{}, 0, false};
            for (std::size_t e = 0; e != m_.devices; ++e)
                if (before.together(d, e)) {
                    c.devices.push_back(e);
                    cycle_of_[e] = cycles_.size();
                }
            cycles_.push_back(c);
        }
        if (cycles_.empty()) return;
        const std::size_t n = m_.devices;
        const std::size_t far = n + 1;
        std::vector<std::size_t> distance(n * n, far);
        for (const need& x : needs_) distance[x.consumer * n + x.supplier] = 1;
        for (std::size_t via = 0; via != n; ++via)
            for (std::size_t a = 0; a != n; ++a)
                for (std::size_t b = 0; b != n; ++b)
                    distance[a * n + b] = std::min(distance[a * n + b], distance[a * n + via] + distance[via * n + b]);
        for (cycle& c : cycles_) {
            c.shortest = far;
            for (const std::size_t d : c.devices) c.shortest = std::min(c.shortest, distance[d * n + d]);
        }
    }

    void relax(devlink::cycle_rule rule, const reach& before) {
        if (rule == devlink::cycle_rule::report) return;
        std::vector<std::optional<devlink::relax_reason>> reasons(needs_.size());
        const auto relax_those = [&](const reach& r, bool need::*property, devlink::relax_reason reason) {
            for (std::size_t i = 0; i != needs_.size(); ++i)
                if (needs_[i].*property && !needs_[i].relaxed && r.together(needs_[i].consumer, needs_[i].supplier))
                    reasons[i] = reason;
            for (std::size_t i = 0; i != needs_.size(); ++i) needs_[i].relaxed = reasons[i].has_value();
        };
        if (rule == devlink::cycle_rule::relax_optional)
            relax_those(before, &need::optional, devlink::relax_reason::optional);
        relax_those(reach_over([](const need&) { return true; }), &need::inferred, devlink::relax_reason::inferred);
        for (std::size_t i = 0; i != needs_.size(); ++i)
            if (reasons[i]) relaxed_.push_back({needs_[i].link, cycle_of_[needs_[i].consumer], *reasons[i]});
    }

    void decide() {
        const reach mandatory = reach_over([](const need& n) { return !n.optional; });
        std::vector<std::optional<verdict>> found(m_.devices);
        round_with_.assign(m_.devices, 0);
        late_.assign(m_.devices, false);
        for (std::size_t d = 0; d != m_.devices; ++d) {
            if (mandatory(d, d))
                found[d] = verdict::cyclic;
            else if (m_.expected[d] == outcome::absent && !absent_waits_)
                found[d] = verdict::absent;
            for (std::size_t e = 0; e != m_.devices; ++e)
                if (mandatory.together(d, e)) round_with_[d] |= std::uint64_t{1} << e;
        }
        settle(found);
        reach waiting{m_.devices};
        for (const need& n : needs_)
            if (!n.relaxed && !found[n.consumer] && !found[n.supplier]) waiting.add(n.consumer, n.supplier);
        waiting.close();
        for (std::size_t d = 0; d != m_.devices; ++d) {
            if (!waiting(d, d)) continue;
            found[d] = verdict::cyclic;
            late_[d] = true;
            round_with_[d] = 0;
            for (std::size_t e = 0; e != m_.devices; ++e)
                if (waiting.together(d, e)) round_with_[d] |= std::uint64_t{1} << e;
        }
        settle(found);
        for (const auto& v : found) {
            if (!v) contradiction("a device that nothing decides");
            verdicts_.push_back(*v);
        }
    }

    /// The sentence of the design, applied until it says nothing new.
    void settle(std::vector<std::optional<verdict>>& found) const {
        for (bool changed = true; changed;) {
            changed = false;
            for (std::size_t d = 0; d != m_.devices; ++d) {
                if (found[d]) continue;
                found[d] = verdict_from_suppliers(d, found);
                changed |= found[d].has_value();
            }
        }
    }

    [[nodiscard]] std::optional<verdict>
    verdict_from_suppliers(std::size_t d, const std::vector<std::optional<verdict>>& found) const {
        bool all_known = true;
        bool waits = false;
        bool lacks = false;
        for (const need& n : needs_) {
            if (n.consumer != d || n.relaxed) continue;
            if (!found[n.supplier])
                all_known = false;
            else if (is_waited_for(*found[n.supplier]))
                waits = true;
            else if (is_doomed(*found[n.supplier])) {
                if (!n.optional) return verdict::blocked;
                lacks = true;
            }
        }
        if (!all_known) return std::nullopt;
        // Where a driver may still come, a device without one is pending like any other: doomed if its suppliers are.
        if (m_.expected[d] == outcome::absent) return verdict::absent;
        if (waits) return verdict::waiting;
        if (m_.expected[d] == outcome::fail) return verdict::failed;
        if (m_.expected[d] == outcome::defer) return verdict::waiting;
        return lacks ? verdict::degraded : verdict::bound;
    }

    /// For each device that somebody holds, the first of its needs that does.
    void explain() {
        held_by_.assign(m_.devices, {nobody, nobody, nobody});
        for (const need& n : needs_) {
            if (n.relaxed || held_by_[n.consumer].supplier != nobody) continue;
            const verdict of_supplier = verdicts_[n.supplier];
            bool holds = false;
            switch (verdicts_[n.consumer]) {
            case verdict::blocked:
                holds = !n.optional && is_doomed(of_supplier);
                break;
            case verdict::waiting:
                holds = is_waited_for(of_supplier);
                break;
            case verdict::cyclic:
                // A doomed optional supplier holds nobody: on a cycle of mandatory needs only these count.
                holds = ((round_with_[n.consumer] >> n.supplier) & 1U) != 0 && (late_[n.consumer] || !n.optional);
                break;
            default:
                break;
            }
            if (holds) held_by_[n.consumer] = {n.consumer, n.supplier, n.link};
        }
    }

    /// What has been probed so far, and what follows from it at this moment.
    struct course {
        enum class state : std::uint8_t { untried, up, failed, deferred };

        const oracle& all;
        std::vector<state> states = std::vector<state>(all.m_.devices, state::untried);
        std::vector<bool> given_up = std::vector<bool>(all.m_.devices, false);
        std::vector<bool> doomed = std::vector<bool>(all.m_.devices, false);

        void give_up_without_driver() {
            for (std::size_t d = 0; d != states.size(); ++d)
                if ((all.verdicts_[d] == verdict::absent && !all.absent_waits_) ||
                    (all.verdicts_[d] == verdict::cyclic && !all.late_[d]))
                    given_up[d] = true;
            spread_doom();
        }
        void give_up_late_circles() {
            for (std::size_t d = 0; d != states.size(); ++d)
                if (all.late_[d]) given_up[d] = true;
            spread_doom();
        }
        /// Doom runs down mandatory needs and stops at optional ones.
        void spread_doom() {
            for (std::size_t d = 0; d != states.size(); ++d)
                if (given_up[d] || states[d] == state::failed) doomed[d] = true;
            for (bool changed = true; changed;) {
                changed = false;
                for (const need& n : all.needs_)
                    if (!n.relaxed && !n.optional && doomed[n.supplier] && !doomed[n.consumer] &&
                        states[n.consumer] != state::up) {
                        doomed[n.consumer] = true;
                        changed = true;
                    }
            }
        }
        [[nodiscard]] bool has_its_suppliers(std::size_t d) const {
            return std::all_of(all.needs_.begin(), all.needs_.end(), [&](const need& n) {
                return n.consumer != d || n.relaxed || states[n.supplier] == state::up ||
                       (n.optional && doomed[n.supplier]);
            });
        }
        [[nodiscard]] bool is_ready(std::size_t d) const {
            return states[d] == state::untried && all.m_.expected[d] != outcome::absent && !given_up[d] &&
                   has_its_suppliers(d);
        }
        [[nodiscard]] std::vector<std::size_t> all_ready() const {
            std::vector<std::size_t> ready;
            for (std::size_t d = 0; d != states.size(); ++d)
                if (is_ready(d)) ready.push_back(d);
            return ready;
        }
        void probe(std::size_t d) {
            switch (all.m_.expected[d]) {
            case outcome::ok:
                states[d] = state::up;
                break;
            case outcome::fail:
                states[d] = state::failed;
                spread_doom();
                break;
            default:
                states[d] = state::deferred;
            }
        }
        /// Whether what was played is what was decided without playing.
        [[nodiscard]] bool agrees() const {
            for (std::size_t d = 0; d != states.size(); ++d) {
                if ((states[d] != state::untried) != all.is_probed(d)) return false;
                if ((states[d] == state::up) != is_up(all.verdicts_[d])) return false;
                if ((states[d] == state::failed) != (all.verdicts_[d] == verdict::failed)) return false;
                if (doomed[d] != all.is_doomed(all.verdicts_[d])) return false;
            }
            return true;
        }
        void must_agree() const {
            if (!agrees()) contradiction("what was played is not what was decided");
        }
    };

    /// Of the ready devices always the first one by `before`, then by registration.
    template <class Before>
    [[nodiscard]] std::vector<std::size_t> one_by_one(Before before) const {
        std::vector<std::size_t> order;
        course c{*this};
        c.give_up_without_driver();
        bool at_rest = false;
        while (true) {
            const std::vector<std::size_t> ready = c.all_ready();
            if (ready.empty()) {
                if (at_rest) break;
                at_rest = true;
                c.give_up_late_circles();
                continue;
            }
            std::size_t next = ready.front();
            for (const std::size_t d : ready)
                if (before(d, next)) next = d;
            order.push_back(next);
            c.probe(next);
        }
        c.must_agree();
        return order;
    }

    /// The most expensive chain of consumers from each device on. A need within a way round that is left is no chain.
    [[nodiscard]] std::vector<std::uint64_t> chain_costs() const {
        std::vector<std::uint64_t> chains = m_.costs;
        for (bool changed = true; changed;) {
            changed = false;
            for (const need& n : needs_) {
                if (n.relaxed || left_.together(n.consumer, n.supplier)) continue;
                const std::uint64_t chain = chains[n.consumer] + m_.costs[n.supplier];
                if (chain > chains[n.supplier]) {
                    chains[n.supplier] = chain;
                    changed = true;
                }
            }
        }
        return chains;
    }

    void demand(std::size_t d, std::vector<bool>& seen, std::vector<std::size_t>& order) const {
        if (seen[d]) return;
        seen[d] = true;
        for (const need& n : needs_)
            if (n.consumer == d && !n.relaxed) demand(n.supplier, seen, order);
        order.push_back(d);
    }

    /// The two halves of the deferral queue, and the worker. Source: driver_deferred_probe_trigger(); rule R2.
    struct kernel_play {
        explicit kernel_play(const oracle& o)
            : world{o} {}

        course world;
        kernel_answer answer{};
        std::vector<std::size_t> pending{};
        std::deque<std::size_t> active{};
        bool enabled = false;

        void trigger() {
            if (!enabled) return;
            active.insert(active.end(), pending.begin(), pending.end());
            pending.clear();
        }
        void attempt(std::size_t d) {
            if (world.given_up[d] || !world.has_its_suppliers(d)) return defer(d);
            const bool first = world.states[d] == course::state::untried;
            if (first) answer.order.push_back(d);
            switch (world.all.m_.expected[d]) {
            case outcome::ok:
                world.probe(d);
                trigger();
                break;
            case outcome::fail:
                event([&] { world.probe(d); });
                break;
            default:
                world.probe(d);
                defer(d);
            }
        }
        void defer(std::size_t d) {
            ++answer.failed_attempts;
            pending.push_back(d);
        }
        /// Plays an event; whom it dooms releases the optional consumers that are on the pending list.
        template <class Event>
        void event(Event play) {
            const std::vector<bool> before = world.doomed;
            play();
            bool released = false;
            for (const need& n : world.all.needs_)
                if (!n.relaxed && n.optional && world.doomed[n.supplier] && !before[n.supplier] &&
                    std::find(pending.begin(), pending.end(), n.consumer) != pending.end())
                    released = true;
            if (released) trigger();
        }
        void work() {
            while (!active.empty()) {
                const std::size_t d = active.front();
                active.pop_front();
                attempt(d);
            }
        }
    };

    const machine& m_;
    devlink::extension_rule extension_;
    bool absent_waits_;
    std::vector<need> needs_;
    std::vector<std::size_t> cycle_of_; // as the graph stands, before a rule broke anything
    std::vector<cycle> cycles_;
    std::vector<relaxed_link> relaxed_;
    reach left_; // after the rule
    std::vector<verdict> verdicts_;
    std::vector<bool> late_;                // cyclic by needs of which some are optional
    std::vector<std::uint64_t> round_with_; // for cyclic devices: who else is on their way round
    std::vector<step> held_by_;
};

} // namespace reference

#endif
