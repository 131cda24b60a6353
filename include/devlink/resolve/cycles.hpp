// SPDX-License-Identifier: MIT
#ifndef DEVLINK_RESOLVE_CYCLES_HPP
#define DEVLINK_RESOLVE_CYCLES_HPP

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <devlink/config.hpp>
#include <devlink/detail/buffer.hpp>
#include <devlink/policy/options.hpp>
#include <devlink/resolve/components.hpp>
#include <devlink/resolve/needs.hpp>
#include <devlink/resolve/plan.hpp>

namespace devlink::detail {

/// Takes the links that a plan of the same graph relaxed out of the needs: in one pass, for they come in the needs'
/// order. O(links relaxed and the needs of their consumers).
template <std::unsigned_integral Index>
constexpr void relax_links(needs_table<Index>& needs, std::span<const basic_relaxed_link<Index>> relaxed) {
    std::size_t next = 0;
    basic_device_id<Index> consumer;
    for (const basic_relaxed_link<Index>& l : relaxed) {
        DEVLINK_ASSERT(l.consumer.index() < needs.device_count());
        if (l.consumer != consumer) next = 0;
        consumer = l.consumer;
        const std::span<basic_supplier_link<Index>> list = needs.of(consumer.index());
        while (next != list.size() && (list[next].link != l.link || list[next].supplier != l.supplier)) ++next;
        if (next != list.size()) list[next++].flags |= link_flag::sync_state_only | link_flag::cycle;
    }
}

/// Finds the sets of devices that need each other, a shortest way round in each, and breaks them by the cycle rule.
template <std::unsigned_integral Index>
class cycle_breaker {
public:
    using need = basic_supplier_link<Index>;
    using step = basic_cause_step<Index>;

    /// Writes cycles and relaxed links into `plan`, and relaxes them in `needs`, which may leave a cycle. O(D + L).
    template <options O>
    constexpr void run(needs_table<Index>& needs, plan_data<Index>& plan) {
        find(needs);
        record(needs, plan);
        if constexpr (O.cycles != cycle_rule::report) {
            relaxing_.assign(needs.size(), relaxing::no);
            if constexpr (O.cycles == cycle_rule::relax_optional) {
                first_sets_ = sets_;
                relax(needs, link_flag::optional_supplier, relaxing::optional);
                find(needs);
            }
            relax(needs, link_flag::inferred, relaxing::inferred);
            list_relaxed(needs, plan, O.cycles == cycle_rule::relax_optional ? first_sets_ : sets_);
        }
    }

    /// Finds the sets that are left after run(), if some are. O(D + L).
    constexpr void find(const needs_table<Index>& needs) { sets_.find(needs, followed_needs{}); }

    /// The sets that find() found last.
    [[nodiscard]] constexpr const components<Index>& sets() const noexcept { return sets_; }

private:
    enum class relaxing : std::uint8_t { no, inferred, optional };

    constexpr void record(const needs_table<Index>& needs, plan_data<Index>& plan) {
        const std::size_t n = needs.device_count();
        plan.cycles.assign(sets_.count(), {});
        for (std::size_t d = 0; d != n; ++d)
            if (sets_[d] != components<Index>::nothing) ++plan.cycles[sets_[d]].device_count;
        std::size_t total = 0;
        for (auto& cycle : plan.cycles) {
            cycle.first_device = total;
            total += cycle.device_count;
            cycle.device_count = 0;
        }
        plan.cycle_devices.resize(total);
        for (std::size_t d = 0; d != n; ++d)
            if (sets_[d] != components<Index>::nothing) {
                auto& cycle = plan.cycles[sets_[d]];
                plan.cycle_devices[cycle.first_device + cycle.device_count++] = basic_device_id<Index>{d};
            }
        came_from_.resize(n);
        seen_.assign(n, 0);
        queue_.resize(n);
        round_ = 0;
        // Searching from every device of a set finds the shortest way round of all, but is quadratic in the set. The
        // budget keeps the whole linear; once it is spent, each further set is searched from its first device only.
        std::size_t budget = 16 * (n + needs.size()) + 0x10000;
        for (auto& cycle : plan.cycles) {
            cycle.first_step = plan.cycle_steps.size();
            best_.clear();
            const std::span devices{plan.cycle_devices.data() + cycle.first_device, cycle.device_count};
            for (const auto d : devices)
                if (best_.empty()) find_own_need(needs, d);
            for (const auto d : devices)
                if (best_.empty() || (best_.size() > 2 && budget != 0)) search(needs, d, budget);
            plan.cycle_steps.insert(plan.cycle_steps.end(), best_.begin(), best_.end());
            cycle.step_count = best_.size();
        }
    }

    /// The shortest way round there is: a device that needs itself.
    constexpr void find_own_need(const needs_table<Index>& needs, basic_device_id<Index> d) {
        for (const need& n : needs.of(d.index()))
            if (best_.empty() && n.supplier == d && holds_back(n.flags)) best_.push_back({d, d, n.link});
    }

    /// A shortest way round from `start` back to it, breadth first; kept in best_ if it is shorter than what is there.
    constexpr void search(const needs_table<Index>& needs, basic_device_id<Index> start, std::size_t& budget) {
        ++round_;
        std::size_t head = 0;
        std::size_t tail = 0;
        queue_[tail++] = start;
        while (head != tail) {
            const basic_device_id<Index> d = queue_[head++];
            for (const need& n : needs.of(d.index())) {
                if (budget != 0) --budget;
                const std::size_t s = n.supplier.index();
                if (!holds_back(n.flags) || !sets_.together(d.index(), s)) continue;
                if (n.supplier == start) return keep_if_shorter(start, {d, start, n.link});
                if (seen_[s] == round_) continue;
                seen_[s] = round_;
                came_from_[s] = {d, n.supplier, n.link};
                queue_[tail++] = n.supplier;
            }
        }
    }

    constexpr void keep_if_shorter(basic_device_id<Index> start, step last) {
        std::size_t length = 1;
        for (auto d = last.device; d != start; d = came_from_[d.index()].device) ++length;
        if (!best_.empty() && best_.size() <= length) return;
        best_.resize(length);
        best_[--length] = last;
        for (auto d = last.device; d != start; d = came_from_[d.index()].device)
            best_[--length] = came_from_[d.index()];
    }

    /// Takes every link on a cycle that has the flag out of the needs: it gets the flags that the kernel would give it.
    /// Source: __fw_devlink_relax_cycles().
    constexpr void relax(needs_table<Index>& needs, link_flag wanted, relaxing how) {
        for (std::size_t d = 0; d != needs.device_count(); ++d) {
            if (sets_[d] == components<Index>::nothing) continue;
            std::size_t i = needs.first(d);
            for (need& n : needs.of(d)) {
                if (n.flags.has(wanted) && holds_back(n.flags) && sets_.together(d, n.supplier.index())) {
                    n.flags |= link_flag::sync_state_only | link_flag::cycle;
                    relaxing_[i] = how;
                }
                ++i;
            }
        }
    }

    constexpr void list_relaxed(const needs_table<Index>& needs, plan_data<Index>& plan,
                                const components<Index>& sets) {
        for (std::size_t d = 0; d != needs.device_count(); ++d) {
            if (sets[d] == components<Index>::nothing) continue;
            for (std::size_t i = needs.first(d); i != needs.first(d + 1); ++i)
                if (const relaxing how = relaxing_[i]; how != relaxing::no)
                    plan.relaxed.push_back(
                        {needs[i].link, basic_device_id<Index>{d}, needs[i].supplier, sets[d],
                         how == relaxing::inferred ? relax_reason::inferred : relax_reason::optional});
        }
    }

    components<Index> sets_;
    components<Index> first_sets_;
    buffer<step> came_from_;
    buffer<relaxing> relaxing_;
    buffer<std::uint32_t> seen_;
    buffer<basic_device_id<Index>> queue_;
    std::vector<step> best_;
    std::uint32_t round_ = 0;
};

} // namespace devlink::detail

#endif
