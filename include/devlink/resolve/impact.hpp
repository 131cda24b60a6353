// SPDX-License-Identifier: MIT
#ifndef DEVLINK_RESOLVE_IMPACT_HPP
#define DEVLINK_RESOLVE_IMPACT_HPP

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <devlink/config.hpp>
#include <devlink/detail/buffer.hpp>
#include <devlink/detail/visit_marks.hpp>
#include <devlink/fwd.hpp>
#include <devlink/model/device_graph.hpp>
#include <devlink/policy/options.hpp>
#include <devlink/resolve/bit_counters.hpp>
#include <devlink/resolve/cycles.hpp>
#include <devlink/resolve/needs.hpp>
#include <devlink/resolve/on_demand.hpp>
#include <devlink/resolve/plan.hpp>
#include <devlink/resolve/resolve.hpp>
#include <devlink/resolve/verdict.hpp>
#include <devlink/resolve/workspace.hpp>

namespace devlink {

/// What is lost if devices fail for good: many questions to one graph, each answered in time proportional to what is
/// lost.
///
/// The answers are the difference between two plans: the one that it starts from, and the one that `resolve` would make
/// with these failures. So links that the cycle rule relaxed lose nothing, and who does not come up anyway, for it lies
/// on a cycle that no rule breaks or behind one, is not lost again.
///
/// It copies what it needs of the graph: who is lost if a supplier is, that is whoever it populates or has a mandatory
/// link to it. Devices are numbered so that suppliers come first; a failure then spreads upwards only. A small one is
/// followed from consumer to consumer. Once a good part of all devices is reached, a sweep over the rest in that order,
/// asking each device for one lost supplier, is cheaper: it reads its lists in a row. Not for two threads at once. All
/// members take 32-bit ids unless Index says otherwise. Source: the extension, "Words", doomed.
template <std::unsigned_integral Index>
class basic_impact {
public:
    using device_type = basic_device_id<Index>;

    /// Prepares for questions about `g`, which need not outlive the call, as resolve(g) has it: all drivers succeed,
    /// and cycles are broken by the default rule. O(D + L); allocates.
    template <device_graph G>
        requires std::same_as<typename G::index_type, Index>
    constexpr explicit basic_impact(const G& g) {
        detail::needs_table<Index> needs;
        needs.build(g);
        detail::buffer<std::uint8_t> removed;
        // One pass shows whether there is a cycle. If not, all are up, and the pass has numbered them.
        if (detail::find_removed(g, removed) || !number_on_demand(needs)) {
            basic_workspace<Index> memory;
            number_who_is_up(needs, resolve(g, {}, memory));
        }
        list_links(needs);
    }

    /// The same, starting from a plan of `g` by any rules: what failures take from it. Without the extension optional
    /// links are as mandatory as any. Precondition: `start` was made for `g`, with that rule for the extension, of a
    /// forecast by which drivers succeed, fail or are absent for good.
    template <device_graph G>
        requires std::same_as<typename G::index_type, Index>
    constexpr basic_impact(const G& g, const basic_plan<Index>& start,
                           extension_rule extension = extension_rule::optional_supplier) {
        detail::needs_table<Index> needs;
        needs.build(g);
        DEVLINK_ASSERT(start.device_count() == needs.device_count());
        if (extension == extension_rule::none)
            for (std::size_t d = 0; d != needs.device_count(); ++d)
                for (auto& need : needs.of(d)) need.flags = need.flags.without(link_flag::optional_supplier);
        number_who_is_up(needs, start);
        list_links(needs);
    }

    [[nodiscard]] constexpr std::size_t device_count() const noexcept { return device_of_.size(); }

    /// The devices that come up as it is, and are blocked if `d` fails for good, `d` not among them: in no promised
    /// order, but always the same. Precondition: `d` is a device of the graph. Valid until the next question. O(devices
    /// lost and their links), at most O(D + L); allocates nothing.
    [[nodiscard]] constexpr std::span<const device_type> of(device_type d) DEVLINK_LIFETIMEBOUND {
        return of(std::span{&d, 1});
    }

    /// The same if all of `failing` fail for good, these not among them.
    [[nodiscard]] constexpr std::span<const device_type>
    of(std::span<const device_type> failing) DEVLINK_LIFETIMEBOUND {
        next_round();
        std::size_t tail = 0;
        for (const device_type d : failing) {
            DEVLINK_ASSERT(d.index() < device_count());
            reach(number_of_[d.index()], tail);
        }
        const std::size_t failed = tail;
        // A sweep costs about what following a sixteenth of all devices costs, and never pays where they are few.
        const std::size_t enough = device_count() / 16 + 256;
        std::size_t head = 0;
        for (; head != tail && tail < enough; ++head)
            for_each_lost_with(queue_[head], [&](Index c) { reach(c, tail); });
        if (head != tail) sweep(tail);
        reached_count_ = tail;
        return reached_devices_.span().subspan(failed, tail - failed);
    }

    /// The devices that run degraded after the failure that of() was asked about last: not lost, but without an
    /// optional supplier that failed or is lost. Valid until the next question to of() or this. O(devices lost and
    /// their optional links); allocates nothing.
    [[nodiscard]] constexpr std::span<const device_type> degraded() DEVLINK_LIFETIMEBOUND {
        const std::size_t lost = reached_count_;
        std::size_t tail = lost;
        for (std::size_t i = 0; i != lost; ++i)
            for (const Index c : optional_.of(queue_[i])) reach(c, tail);
        // They were marked only to name each once: the failure did not reach them.
        for (std::size_t i = lost; i != tail; ++i) nodes_[queue_[i]].reached = 0;
        return reached_devices_.span().subspan(lost, tail - lost);
    }

    /// For every device, by its index: how many are lost if it alone fails for good. What of() was asked stays as it
    /// is. 256 failures go through the graph at once, a bit each: O((D + L) * D / 256). Allocates 32 bytes a device.
    [[nodiscard]] constexpr std::vector<std::size_t> rank() {
        std::vector<std::size_t> lost(device_count(), 0);
        for (std::size_t first = 0; first < device_count(); first += row::bits) rank_batch(first, lost);
        return lost;
    }

private:
    using row = detail::bit_row;

    /// One direction of some links, by number.
    struct lists {
        detail::buffer<detail::offset<Index>> first;
        detail::buffer<Index> entries;

        [[nodiscard]] constexpr std::span<const Index> of(std::size_t n) const noexcept {
            return {entries.data() + first[n], entries.data() + first[n + 1]};
        }
    };

    /// What a question looks up together.
    struct node {
        detail::offset<Index> first; // where its entries of mandatory_ begin
        std::uint32_t reached;       // the round of its last reach: nothing is cleared between questions
    };

    /// What tells the kinds of needs apart: none is sync_state_only, but for those made so because they count no more.
    static constexpr link_flags deciding = link_flag::optional_supplier | link_flag::sync_state_only;

    /// Numbers all devices so that suppliers come before their consumers. Returns false if a cycle forbids that.
    constexpr bool number_on_demand(const detail::needs_table<Index>& needs) {
        device_of_.resize(needs.device_count());
        detail::buffer<detail::offset<Index>> cursor;
        detail::visit_marks marks;
        detail::table_suppliers suppliers{needs, cursor, detail::every_need{}};
        if (!detail::order_on_demand<Index>(suppliers, device_of_.span(), marks)) return false;
        number_devices();
        return true;
    }

    /// Numbers those that are up by the plan's order, in which suppliers come first, and then the others. Of the needs
    /// only those count on by which a failure can take somebody else down: there was no cycle among them, or none would
    /// have come up.
    constexpr void number_who_is_up(detail::needs_table<Index>& needs, const basic_plan<Index>& start) {
        const std::size_t n = needs.device_count();
        const auto up = [&](std::size_t d) { return is_up(start.verdict(device_type{d})); };
        std::size_t number = 0;
        device_of_.resize(n);
        for (const device_type d : start.order())
            if (up(d.index())) device_of_[number++] = d;
        for (std::size_t d = 0; d != n; ++d)
            if (!up(d)) device_of_[number++] = device_type{d};
        number_devices();
        detail::relax_links<Index>(needs, start.relaxed());
        for (std::size_t d = 0; d != n; ++d)
            for (auto& need : needs.of(d))
                if (!up(d) || !up(need.supplier.index())) need.flags |= link_flag::sync_state_only;
    }

    constexpr void number_devices() {
        number_of_.resize(device_count());
        for (std::size_t i = 0; i != device_count(); ++i) number_of_[device_of_[i].index()] = static_cast<Index>(i);
    }

    constexpr void list_links(const detail::needs_table<Index>& needs) {
        const auto fill = [&](lists& out, auto wanted, auto from, auto to) {
            const std::size_t n = device_count();
            out.first.assign(n + 2, 0);
            for_each(needs, [&](std::size_t c, const auto& need) {
                if (wanted(need)) ++out.first[from(c, need) + 2U];
            });
            for (std::size_t i = 2; i < n + 2; ++i) out.first[i] += out.first[i - 1];
            out.entries.resize(out.first[n + 1]);
            for_each(needs, [&](std::size_t c, const auto& need) {
                if (wanted(need)) out.entries[out.first[from(c, need) + 1U]++] = to(c, need);
            });
        };
        const auto mandatory = [](const auto& need) { return !need.flags.has_any(deciding); };
        const auto optional = [](const auto& need) { return (need.flags & deciding) == link_flag::optional_supplier; };
        const auto consumer = [&](std::size_t c, const auto&) { return static_cast<Index>(c); };
        const auto supplier = [&](std::size_t, const auto& need) { return number_of_[need.supplier.index()]; };
        lists to_consumers;
        fill(to_consumers, mandatory, supplier, consumer);
        nodes_.resize(device_count() + 1);
        for (std::size_t n = 0; n != nodes_.size(); ++n) nodes_[n] = {to_consumers.first[n], 0};
        mandatory_ = std::move(to_consumers.entries);
        fill(optional_, optional, supplier, consumer);
        fill(suppliers_, mandatory, consumer, supplier);
        queue_.resize(device_count());
        reached_devices_.resize(device_count());
        bits_.resize(device_count() / 64 + 1);
    }

    /// Calls f(number of the consumer, need) in the order of numbers.
    template <class F>
    constexpr void for_each(const detail::needs_table<Index>& needs, F f) const {
        for (std::size_t n = 0; n != device_count(); ++n)
            for (const auto& need : needs.of(device_of_[n].index())) f(n, need);
    }

    template <class F>
    constexpr void for_each_lost_with(Index supplier, F f) const {
        const std::size_t end = nodes_[supplier + 1U].first;
        for (std::size_t at = nodes_[supplier].first; at != end; ++at) f(mandatory_[at]);
    }

    constexpr void next_round() {
        if (++round_ != 0) return;
        for (node& n : nodes_) n.reached = 0;
        round_ = 1;
    }

    constexpr void reach(Index n, std::size_t& tail) noexcept {
        if (nodes_[n].reached == round_) return;
        nodes_[n].reached = round_;
        queue_[tail] = n;
        reached_devices_[tail++] = device_of_[n];
    }

    /// Reaches all that is left to reach, from the lowest number that was reached on.
    constexpr void sweep(std::size_t& tail) {
        std::fill(bits_.begin(), bits_.end(), std::uint64_t{0});
        std::size_t lowest = device_count();
        for (std::size_t i = 0; i != tail; ++i) {
            bits_[queue_[i] / 64U] |= std::uint64_t{1} << (queue_[i] % 64U);
            lowest = std::min(lowest, std::size_t{queue_[i]});
        }
        for (std::size_t n = lowest + 1; n < device_count(); ++n) {
            std::uint64_t hit = 0;
            for (const Index s : suppliers_.of(n)) hit |= bits_[s / 64U] >> (s % 64U);
            if ((hit & 1U) == 0 || nodes_[n].reached == round_) continue;
            bits_[n / 64] |= std::uint64_t{1} << (n % 64);
            reach(static_cast<Index>(n), tail);
        }
    }

    constexpr void rank_batch(std::size_t first, std::vector<std::size_t>& lost) {
        const std::size_t n = device_count();
        rows_.resize(n - first);
        detail::bit_counters counters;
        for (std::size_t i = first; i != n; ++i) {
            row hit{};
            for (const Index s : suppliers_.of(i))
                if (s >= first) hit |= rows_[s - first];
            counters.add(hit);
            if (i - first < row::bits) hit.set(i - first);
            rows_[i - first] = hit;
        }
        for (std::size_t i = first; i != std::min(n, first + row::bits); ++i)
            lost[device_of_[i].index()] = counters[i - first];
    }

    detail::buffer<device_type> device_of_;       // by number
    detail::buffer<Index> number_of_;             // by device
    detail::buffer<node> nodes_;                  // by number, and one more
    detail::buffer<Index> mandatory_;             // consumers that a supplier's doom dooms
    lists optional_;                              // consumers that it leaves degraded
    lists suppliers_;                             // mandatory suppliers
    detail::buffer<Index> queue_;                 // who was reached: those that fail, then who is lost
    detail::buffer<device_type> reached_devices_; // the same as devices
    detail::buffer<std::uint64_t> bits_;
    detail::buffer<row> rows_;
    std::size_t reached_count_ = 0;
    std::uint32_t round_ = 0;
};

template <device_graph G, class... Start>
basic_impact(const G&, const Start&...) -> basic_impact<typename G::index_type>;

} // namespace devlink

#endif
