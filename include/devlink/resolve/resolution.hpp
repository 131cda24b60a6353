// SPDX-License-Identifier: MIT
#ifndef DEVLINK_RESOLVE_RESOLUTION_HPP
#define DEVLINK_RESOLVE_RESOLUTION_HPP

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>

#include <devlink/model/device_graph.hpp>
#include <devlink/model/forecast.hpp>
#include <devlink/policy/options.hpp>
#include <devlink/resolve/on_demand.hpp>
#include <devlink/resolve/plan_order.hpp>
#include <devlink/resolve/propagation.hpp>
#include <devlink/resolve/workspace.hpp>

namespace devlink::detail {

/// The whole way to a plan: cycles found and broken, the forecast played, causes looked up. O(D + L), but for the
/// queues of `registration`, `kernel` and `longest_path_first`.
///
/// Of the graph it knows nothing but the needs, so that a program that resolves graphs of several types holds it once.
/// `IsAcyclic` says that the graph's type excludes cycles, as a board's does: then nothing of what deals with them is
/// left in the program.
template <options O, std::unsigned_integral Index, bool IsAcyclic>
class resolution {
public:
    using index_type = Index;
    using device = basic_device_id<index_type>;

    constexpr resolution(const basic_forecast<index_type>& forecast, working_memory<index_type>& memory,
                         basic_plan<index_type>& answer) noexcept
        : forecast_{forecast}
        , memory_{memory}
        , plan_{plan_access::data(answer)}
        , needs_{memory.needs} {}

    /// Makes the plan; `has_cycle` says that a cycle is known to be there.
    template <device_graph G>
    constexpr void run(const G& g, bool has_cycle) {
        needs_.build(g);
        run(has_cycle);
    }

private:
    constexpr void run(bool has_cycle) {
        device_count_ = needs_.device_count();
        memory_.demand.resize(device_count_);
        if ((has_cycle || !find_demand_order()) && !IsAcyclic) {
            memory_.cycles.template run<O>(needs_, plan_);
            // What is only reported stays as it was found.
            knotted_ = O.cycles == cycle_rule::report || !find_demand_order();
            if (knotted_ && O.cycles != cycle_rule::report) memory_.cycles.find(needs_);
        }
        if constexpr (O.order == order_rule::on_demand)
            if (!is_knotted() && forecast_.all_ok() && memory_.removed.empty()) {
                // Nobody fails and nothing is left to break: all are bound, in that order.
                std::swap(plan_.order, memory_.demand);
                return index_positions(plan_);
            }
        plan_.order.resize(device_count_);
        written_ = 0;
        if constexpr (O.order == order_rule::on_demand) {
            memory_.fifo.reset(device_count_);
            play(memory_.fifo);
        } else if constexpr (O.order == order_rule::breadth) {
            memory_.waves.reset(device_count_, plan_.waves);
            play(memory_.waves);
        } else if constexpr (O.order == order_rule::registration) {
            memory_.registration.reset(device_count_);
            play(memory_.registration);
        } else if constexpr (O.order == order_rule::kernel) {
            memory_.kernel.reset(device_count_);
            play(memory_.kernel);
            plan_.failed_attempts = memory_.kernel.attempts();
        } else {
            find_chain_costs();
            memory_.longest.reset(memory_.costs.span());
            play(memory_.longest);
        }
        explain();
        write_order();
    }

    [[nodiscard]] constexpr bool is_knotted() const noexcept { return !IsAcyclic && knotted_; }

    constexpr bool find_demand_order() {
        table_suppliers suppliers{needs_, memory_.cursor, every_need{}};
        return order_on_demand<index_type>(suppliers, memory_.demand.span(), memory_.marks);
    }

    /// The cost of the most expensive chain of consumers that starts at each device. Needs inside of a set of devices
    /// that still need each other make no chain: it would have no end.
    constexpr void find_chain_costs() {
        memory_.costs.assign(device_count_, 0);
        if (is_knotted()) {
            const auto outside = [this](std::size_t d, const auto& need) {
                const std::size_t s = every_need{}(d, need);
                return s != no_supplier && memory_.cycles.sets().together(d, s) ? no_supplier : s;
            };
            table_suppliers suppliers{needs_, memory_.cursor, outside};
            order_on_demand<index_type>(suppliers, memory_.demand.span(), memory_.marks);
        }
        for (std::size_t i = device_count_; i-- != 0;) {
            const device d = memory_.demand[i];
            const std::uint64_t own = forecast_.cost(d);
            std::uint64_t& chain = memory_.costs[d.index()];
            chain = own > std::numeric_limits<std::uint64_t>::max() - chain ? std::numeric_limits<std::uint64_t>::max()
                                                                            : chain + own;
            for (const auto& need : needs_.of(d.index())) {
                const std::size_t s = need.supplier.index();
                if (holds_back(need.flags) && !(is_knotted() && memory_.cycles.sets().together(d.index(), s)))
                    memory_.costs[s] = std::max(memory_.costs[s], chain);
            }
        }
    }

    template <class Queue>
    constexpr void play(Queue& queue) {
        propagation<O, index_type, Queue> course{memory_.course, plan_.verdicts, forecast_, queue};
        course.start(needs_, memory_.removed);
        if (is_knotted()) {
            constexpr bool optional_counts = O.extension == extension_rule::none;
            memory_.knots.find(
                needs_, followed_needs{optional_counts ? link_flags{} : link_flags{link_flag::optional_supplier}});
            for (std::size_t d = 0; d != device_count_; ++d)
                if (memory_.knots[d] != components<index_type>::nothing) course.set_cyclic(d);
        }
        const auto probe = [&](std::size_t d) { plan_.order[written_++] = device{d}; };
        course.make_ready();
        // The kernel learns that no driver will come only when its queue has come to rest.
        if constexpr (O.order == order_rule::kernel) course.run(probe);
        course.give_up_absent();
        course.run(probe);
        if (is_knotted()) {
            // What is left waits for each other by optional links too, and nothing that is doomed lets it go.
            memory_.late_knots.find(
                needs_, followed_needs{{}, memory_.course.marks.data(), propagation_state<index_type>::undecided});
            for (std::size_t d = 0; d != device_count_; ++d)
                if (memory_.late_knots[d] != components<index_type>::nothing) {
                    course.set_cyclic(d);
                    course.give_up(d);
                }
            course.spread_given_up();
            course.run(probe);
        }
        for (auto& cycle : plan_.cycles)
            for (std::size_t i = 0; i != cycle.device_count && !cycle.open; ++i)
                cycle.open = plan_.verdicts[plan_.cycle_devices[cycle.first_device + i].index()] == verdict::cyclic;
    }

    [[nodiscard]] constexpr bool was_probed(std::size_t d) const noexcept {
        return (memory_.course.marks[d] & propagation_state<index_type>::probed) != 0;
    }

    /// Counts the verdicts, and looks up what holds each device and what each degraded one lacks.
    constexpr void explain() {
        for (const verdict v : plan_.verdicts) ++plan_.counts[static_cast<std::size_t>(v)];
        const std::size_t held = plan_.counts[static_cast<std::size_t>(verdict::blocked)] +
                                 plan_.counts[static_cast<std::size_t>(verdict::waiting)] +
                                 plan_.counts[static_cast<std::size_t>(verdict::cyclic)];
        if (held != 0) {
            plan_.held_by.assign(device_count_, {});
            for (std::size_t d = 0; d != device_count_; ++d)
                for (const auto& need : needs_.of(d))
                    if (holds_back(need.flags) && explains(d, need)) {
                        plan_.held_by[d] = {need.supplier, need.link};
                        break;
                    }
        }
        if (plan_.counts[static_cast<std::size_t>(verdict::degraded)] == 0) return;
        plan_.missing_first.resize(device_count_ + 1);
        plan_.missing.resize(needs_.size());
        offset<index_type> count = 0; // more than there are numbers for links, if a graph names none of them
        for (std::size_t d = 0; d != device_count_; ++d) {
            plan_.missing_first[d] = count;
            if (plan_.verdicts[d] != verdict::degraded) continue;
            for (const auto& need : needs_.of(d))
                if (holds_back(need.flags) && !is_up(plan_.verdicts[need.supplier.index()]))
                    plan_.missing[count++] = {need.supplier, need.link};
        }
        plan_.missing_first[device_count_] = count;
        plan_.missing.truncate(count);
    }

    /// Whether this need is why the device has its verdict.
    [[nodiscard]] constexpr bool explains(std::size_t d, const basic_supplier_link<index_type>& need) const noexcept {
        const std::size_t s = need.supplier.index();
        const verdict of_supplier = plan_.verdicts[s];
        switch (plan_.verdicts[d]) {
        case verdict::blocked:
            return !is_optional<O>(need.flags) && !is_up(of_supplier) && !is_waited_for(of_supplier);
        case verdict::waiting:
            return !was_probed(d) && is_waited_for(of_supplier);
        case verdict::cyclic:
            // Whoever is doomed holds nobody by an optional link: on a cycle of mandatory needs only these count.
            return memory_.late_knots.together(d, s) || (memory_.knots.together(d, s) && !is_optional<O>(need.flags));
        default:
            return false;
        }
    }

    [[nodiscard]] static constexpr bool is_waited_for(verdict v) noexcept {
        return v == verdict::waiting || (v == verdict::absent && O.driverless == driverless_rule::waits);
    }

    constexpr void write_order() {
        if constexpr (O.order == order_rule::on_demand) {
            if (is_knotted()) order_around_cycles();
            written_ = 0;
            for (const device d : memory_.demand)
                if (was_probed(d.index())) plan_.order[written_++] = d;
        }
        plan_.order.truncate(written_);
        if constexpr (O.order == order_rule::breadth)
            sort_by_wave(plan_, memory_.waves.last_wave(), memory_.next_of_wave);
        else
            index_positions(plan_);
    }

    /// The demand order where a cycle is left. Of a set of devices that need each other only what decided a probe comes
    /// before it: a supplier that was probed, and for one that is blocked the device whose failure doomed it. Both were
    /// probed earlier as the forecast was played, so that no circle is left.
    constexpr void order_around_cycles() {
        const auto deciding = [this](std::size_t d, const auto& need) -> std::size_t {
            const std::size_t s = every_need{}(d, need);
            const auto& sets = memory_.cycles.sets();
            if (s == no_supplier || sets[s] == components<index_type>::nothing) return s;
            if (sets.together(d, s) && !was_probed(d)) return no_supplier;
            if (was_probed(s)) return s;
            if (plan_.verdicts[s] != verdict::blocked) return no_supplier;
            const index_type doomed_by = memory_.course.doomed_by[s];
            return doomed_by == propagation_state<index_type>::nobody ? no_supplier : doomed_by;
        };
        table_suppliers suppliers{needs_, memory_.cursor, deciding};
        order_on_demand<index_type>(suppliers, memory_.demand.span(), memory_.marks);
    }

    const basic_forecast<index_type>& forecast_;
    working_memory<index_type>& memory_;
    plan_data<index_type>& plan_;
    needs_table<index_type>& needs_;
    std::size_t device_count_ = 0;
    std::size_t written_ = 0;
    bool knotted_ = false;
};

} // namespace devlink::detail

#endif
