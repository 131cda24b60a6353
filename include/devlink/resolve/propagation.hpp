// SPDX-License-Identifier: MIT
#ifndef DEVLINK_RESOLVE_PROPAGATION_HPP
#define DEVLINK_RESOLVE_PROPAGATION_HPP

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>

#include <devlink/detail/buffer.hpp>
#include <devlink/model/forecast.hpp>
#include <devlink/policy/options.hpp>
#include <devlink/resolve/consumers.hpp>
#include <devlink/resolve/needs.hpp>
#include <devlink/resolve/verdict.hpp>

namespace devlink::detail {

/// Memory of a propagation.
template <std::unsigned_integral Index>
struct propagation_state {
    struct consumer_link {
        Index consumer;
        bool optional;
    };
    enum mark : std::uint8_t { undecided = 1, lacks_optional = 2, waits = 4, probed = 8, given_up = 16 };

    static constexpr Index nobody = std::numeric_limits<Index>::max();

    consumer_lists<Index, consumer_link> consumers;
    buffer<std::uint8_t> marks;
    buffer<Index> spreading;
    buffer<Index> doomed_by; // of blocked devices: the one whose failed probe dooms them, or nobody
};

/// Plays the forecast over the needs, probe by probe: who binds lets its consumers go on, who fails for good dooms what
/// needs it, and lets go whose need is optional; what is held by somebody that waits, waits. Each device and each need
/// is touched once: O(D + L), the queue aside.
///
/// The verdicts do not depend on which ready device goes first, so every order rule is a queue. Source: the extension,
/// "Words" and R1 to R3.
template <options O, std::unsigned_integral Index, class Queue>
class propagation {
public:
    using state = propagation_state<Index>;

    constexpr propagation(state& memory, buffer<verdict>& verdicts, const basic_forecast<Index>& forecast, Queue& queue)
        : state_{memory}
        , verdicts_{verdicts}
        , forecast_{forecast}
        , queue_{queue} {}

    /// Prepares all devices of the table; `removed` tells, by device, whom the graph no longer holds, and is empty if
    /// it holds all.
    constexpr void start(const needs_table<Index>& needs, const buffer<std::uint8_t>& removed) {
        const auto holds = [&](std::size_t d) { return removed.empty() || removed[d] == 0; };
        const std::size_t n = needs.device_count();
        state_.consumers.build(
            n,
            [&](auto f) {
                for (std::size_t d = 0; d != n; ++d)
                    for (const auto& need : needs.of(d))
                        if (holds_back(need.flags)) f(basic_device_id<Index>{d}, need);
            },
            [](auto consumer, const auto& need) {
                return typename state::consumer_link{static_cast<Index>(consumer.index()), is_optional<O>(need.flags)};
            });
        verdicts_.resize(n);
        state_.marks.assign(n, state::undecided);
        state_.spreading.resize(n);
        if constexpr (knows_who_doomed) state_.doomed_by.resize(n);
        for (std::size_t d = 0; d != n; ++d)
            if (!holds(d) || has_no_driver(d)) {
                // Where a driver may still come, it depends on the suppliers whether that would help.
                if (!holds(d) || O.driverless == driverless_rule::fails) decide(d, verdict::absent);
            } else if constexpr (requires { queue_.takes_part(d); })
                queue_.takes_part(d);
        if constexpr (requires { queue_.all_take_part(); }) queue_.all_take_part();
    }

    /// Says that the device lies on a cycle that nothing breaks. Before it is decided.
    constexpr void set_cyclic(std::size_t d) { decide(d, verdict::cyclic); }

    /// Makes ready who needs nothing. After all set_cyclic() that are known from the start.
    constexpr void make_ready() {
        for (std::size_t d = 0; d != verdicts_.size(); ++d)
            if (is_undecided(d) && state_.consumers.left(d) == 0) all_settled(d);
        spread();
    }

    /// Tells the consumers of all devices that will never be probed, in registration order.
    constexpr void give_up_absent() {
        for (std::size_t d = 0; d != verdicts_.size(); ++d)
            if (!is_undecided(d) && (verdicts_[d] == verdict::absent || verdicts_[d] == verdict::cyclic)) give_up(d);
        spread();
    }

    /// Lets spread_given_up() tell the consumers of `d` that it will not bind.
    constexpr void give_up(std::size_t d) {
        if ((state_.marks[d] & state::given_up) != 0) return;
        state_.marks[d] |= state::given_up;
        state_.spreading[tail_++] = static_cast<Index>(d);
    }
    constexpr void spread_given_up() { spread(); }

    /// Probes what is ready, and what becomes ready thereby, until nothing is; calls `probe(d)` for each.
    template <class Probe>
    constexpr void run(Probe probe) {
        for (std::size_t d = queue_.pop(); d != Queue::none; d = queue_.pop()) {
            state_.marks[d] |= state::probed;
            probe(d);
            switch (forecast_[basic_device_id<Index>{d}]) {
            case outcome::fail:
                decide(d, verdict::failed);
                queue_.failed(d);
                give_up(d);
                spread();
                break;
            case outcome::defer:
                decide(d, verdict::waiting);
                queue_.deferred(d);
                give_up(d);
                spread();
                break;
            default:
                decide(d, (state_.marks[d] & state::lacks_optional) != 0 ? verdict::degraded : verdict::bound);
                queue_.bound(d);
                for (const auto& c : state_.consumers.of(d)) settle(c.consumer);
                spread();
            }
        }
    }

    [[nodiscard]] constexpr bool is_undecided(std::size_t d) const noexcept {
        return (state_.marks[d] & state::undecided) != 0;
    }
    [[nodiscard]] constexpr bool was_probed(std::size_t d) const noexcept {
        return (state_.marks[d] & state::probed) != 0;
    }

    /// Whose failed probe dooms `s`, which was not probed itself; nobody where that was no probe.
    [[nodiscard]] constexpr Index doomed_by(std::size_t s) const noexcept {
        return verdicts_[s] == verdict::blocked ? state_.doomed_by[s] : state::nobody;
    }

private:
    static constexpr bool knows_who_doomed = O.order == order_rule::on_demand;

    [[nodiscard]] static constexpr bool is_doomed(verdict v) noexcept {
        return v != verdict::waiting && !(v == verdict::absent && O.driverless == driverless_rule::waits);
    }

    constexpr void decide(std::size_t d, verdict v) noexcept {
        verdicts_[d] = v;
        state_.marks[d] &= static_cast<std::uint8_t>(~state::undecided);
    }

    /// One need of `c` is no longer open.
    constexpr void settle(std::size_t c) {
        if (--state_.consumers.left(c) == 0 && is_undecided(c)) all_settled(c);
    }

    /// No need of `d` is open, and none of them dooms it.
    constexpr void all_settled(std::size_t d) {
        if (O.driverless == driverless_rule::waits && has_no_driver(d)) {
            decide(d, verdict::absent);
            give_up(d);
        } else if ((state_.marks[d] & state::waits) != 0) {
            decide(d, verdict::waiting);
            give_up(d);
        } else {
            queue_.push(d);
        }
    }

    [[nodiscard]] constexpr bool has_no_driver(std::size_t d) const noexcept {
        return forecast_[basic_device_id<Index>{d}] == outcome::absent;
    }

    constexpr void block(std::size_t c, std::size_t s) {
        if constexpr (knows_who_doomed) state_.doomed_by[c] = was_probed(s) ? static_cast<Index>(s) : doomed_by(s);
        decide(c, verdict::blocked);
    }

    /// From devices that will not bind to whom that concerns, breadth first in list order (extension, rule R2).
    constexpr void spread() {
        for (; head_ != tail_; ++head_) {
            const std::size_t s = state_.spreading[head_];
            const bool doomed = is_doomed(verdicts_[s]);
            for (const auto& link : state_.consumers.of(s)) {
                const std::size_t c = link.consumer;
                if (!doomed) {
                    state_.marks[c] |= state::waits;
                    settle(c);
                } else if (link.optional) {
                    state_.marks[c] |= state::lacks_optional;
                    queue_.released(c);
                    settle(c);
                } else {
                    // Who is absent is doomed by a supplier even before it is known that no driver will come.
                    if (is_undecided(c)) block(c, s);
                    give_up(c);
                }
            }
        }
        queue_.doom_has_run();
    }

    state& state_;
    buffer<verdict>& verdicts_;
    const basic_forecast<Index>& forecast_;
    Queue& queue_;
    std::size_t head_ = 0;
    std::size_t tail_ = 0;
};

} // namespace devlink::detail

#endif
