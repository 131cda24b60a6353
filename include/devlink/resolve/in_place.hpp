// SPDX-License-Identifier: MIT
#ifndef DEVLINK_RESOLVE_IN_PLACE_HPP
#define DEVLINK_RESOLVE_IN_PLACE_HPP

#include <algorithm>
#include <cstddef>
#include <span>
#include <type_traits>

#include <devlink/model/device_graph.hpp>
#include <devlink/policy/options.hpp>
#include <devlink/resolve/consumers.hpp>
#include <devlink/resolve/grouped_suppliers.hpp>
#include <devlink/resolve/listed_suppliers.hpp>
#include <devlink/resolve/needs.hpp>
#include <devlink/resolve/on_demand.hpp>
#include <devlink/resolve/plan.hpp>
#include <devlink/resolve/plan_order.hpp>
#include <devlink/resolve/sorted_links.hpp>
#include <devlink/resolve/sorted_suppliers.hpp>
#include <devlink/resolve/waves_in_order.hpp>
#include <devlink/resolve/workspace.hpp>

namespace devlink::detail {

/// The quick way to a plan, for the common case: every driver is expected to succeed, and no cycle is there. Then the
/// order is all that is to be found.
template <options O, class G>
class in_place_resolution {
public:
    using index_type = typename G::index_type;
    using device = basic_device_id<index_type>;

    constexpr in_place_resolution(const G& g, working_memory<index_type>& memory,
                                  basic_plan<index_type>& answer) noexcept
        : graph_{g}
        , memory_{memory}
        , plan_{plan_access::data(answer)}
        , device_count_{device_count_of(g)} {}

    /// Whether the order rule can do without more: then it is a cycle if run() fails.
    static constexpr bool possible = O.order != order_rule::longest_path_first;

    /// Makes the plan. Returns false, with the plan's order empty, where that takes more: a cycle.
    constexpr bool run() {
        plan_.order.resize(device_count_);
        const bool done = find_order();
        if (!done) plan_.order.clear();
        return done;
    }

private:
    /// Nothing but a list of links: no parent populates anybody.
    static constexpr bool is_bare_list = link_list_graph<G> && !knows_parents<G>;

    constexpr bool find_order() {
        if constexpr (O.order == order_rule::on_demand)
            return in_registration_order() || on_demand();
        else if constexpr (O.order == order_rule::registration) {
            if (in_registration_order()) return true;
            memory_.registration.reset(device_count_);
            if (!one_by_one(memory_.registration)) return false;
            index_positions(plan_);
            return true;
        } else if constexpr (O.order == order_rule::breadth) {
            const std::size_t last_wave = find_waves();
            if (last_wave == 0 && device_count_ != 0) return false;
            sort_by_wave(plan_, last_wave, memory_.next_of_wave);
            return true;
        } else {
            static_assert(O.order == order_rule::kernel);
            if (in_registration_order()) return true;
            memory_.kernel.reset(device_count_);
            for (std::size_t d = 0; d != device_count_; ++d) memory_.kernel.takes_part(d);
            memory_.kernel.all_take_part();
            if (!one_by_one(memory_.kernel)) return false;
            plan_.failed_attempts = memory_.kernel.attempts();
            index_positions(plan_);
            return true;
        }
    }

    /// If every need points back in registration order, one pass shows it, and the order is that of registration.
    constexpr bool in_registration_order() {
        if constexpr (is_bare_list) {
            // No way out in the inner loop, and no look at the flags, which seldom matter: that leaves a load and a
            // comparison a link. The first blocks are small, as a list in another order shows it early.
            const auto links = links_of(graph_);
            for (std::size_t i = 0; i < links.size();) {
                const auto part = links.subspan(
                    i, std::min(i < largest_block ? i + smallest_block : largest_block, links.size() - i));
                i += part.size();
                bool forward = false;
                for (const auto& l : part) forward |= l.supplier >= l.consumer;
                if (forward && std::any_of(part.begin(), part.end(), [](const auto& l) {
                        return l.supplier >= l.consumer && holds_back(l.flags);
                    }))
                    return false;
            }
        } else {
            bool forward = false;
            for_each_need(graph_, [&](auto consumer, const auto& need) { forward |= need.supplier >= consumer; });
            if (forward) return false;
        }
        index_type next = 0;
        for (device& d : plan_.order) d = device{next++};
        return true;
    }

    constexpr bool on_demand() {
        if constexpr (is_bare_list) {
            // What is asked for in a group stands where the positions will be written once all is asked for.
            grouped_suppliers<index_type> groups{links_of(graph_), plan_.positions};
            if (groups.find_groups(device_count_)) return on_demand(groups);
            sorted_suppliers<index_type> sorted{memory_.by_consumer};
            sorted.sort(device_count_, links_of(graph_));
            return on_demand(sorted);
        } else {
            if constexpr (supplier_list_graph<G>)
                if constexpr (listed_suppliers<G>::possible)
                    if (!std::is_constant_evaluated()) return on_demand_listed();
            memory_.needs.build(graph_);
            table_suppliers table{memory_.needs, memory_.cursor, every_need{}};
            return on_demand(table);
        }
    }

    bool on_demand_listed() requires supplier_list_graph<G> {
        listed_suppliers<G> lists{graph_, memory_.stack};
        return on_demand(lists);
    }

    template <class Suppliers>
    constexpr bool on_demand(Suppliers& suppliers) {
        if (!order_on_demand<index_type>(suppliers, plan_.order.span(), memory_.marks)) return false;
        index_positions(plan_);
        return true;
    }

    /// Finds the wave of each device. Returns the last one; 0 if a cycle leaves any without, or if there is none.
    constexpr std::size_t find_waves() {
        if constexpr (is_bare_list) {
            const auto links = links_of(graph_);
            plan_.waves.resize(device_count_);
            if (const std::size_t last = find_waves_in_order(links, plan_.waves.span()); last != 0) return last;
            plan_.waves.assign(device_count_, 0);
            auto& peeled = memory_.peeled;
            if (links.size() >= peeled.shortest_list && peeled.find(links, plan_.waves.span())) {
                if (peeled.left().empty()) return peeled.last_wave();
                // Who has a wave must not become ready again.
                memory_.left.resize(device_count_);
                for (std::size_t d = 0; d != device_count_; ++d) memory_.left[d] = plan_.waves[d] != 0;
                memory_.waves.go_on(plan_.waves, peeled.last_wave());
                known_ = peeled.device_count();
                return one_by_one(memory_.waves, peeled.left()) ? memory_.waves.last_wave() : 0;
            }
        }
        memory_.waves.reset(device_count_, plan_.waves);
        return one_by_one(memory_.waves) ? memory_.waves.last_wave() : 0;
    }

    /// Probes whatever the queue names next, until all are probed or a cycle stops it.
    template <class Queue>
    constexpr bool one_by_one(Queue& queue) {
        if constexpr (is_bare_list) {
            memory_.left.assign(device_count_, 0);
            return one_by_one(queue, links_of(graph_));
        } else {
            auto& consumers = memory_.consumers;
            consumers.build(
                device_count_, [&](auto f) { for_each_need(graph_, f); },
                [](auto consumer, const auto&) { return static_cast<index_type>(consumer.index()); });
            return one_by_one(
                queue, [&](std::size_t d) -> auto& { return consumers.left(d); },
                [&](std::size_t s, auto probe_consumer) {
                    for (const index_type c : consumers.of(s)) probe_consumer(c);
                });
        }
    }

    template <class Queue, class Link>
    constexpr bool one_by_one(Queue& queue, std::span<Link> links) {
        auto& consumers = memory_.by_supplier;
        consumers.sort(device_count_, links);
        for (const auto& l : links)
            if (holds_back(l.flags)) ++memory_.left[l.consumer.index()];
        return one_by_one(
            queue, [&](std::size_t d) -> auto& { return memory_.left[d]; },
            [&](std::size_t s, auto probe_consumer) {
                for (std::size_t at = consumers.begin(s); at != consumers.end(s); ++at) probe_consumer(consumers[at]);
            });
    }

    /// `left(d)` is the count of d's needs that are not met, `each_consumer(s, f)` calls f for every consumer of s.
    template <class Queue, class Left, class EachConsumer>
    constexpr bool one_by_one(Queue& queue, Left left, EachConsumer each_consumer) {
        for (std::size_t d = 0; d != device_count_; ++d)
            if (left(d) == 0) queue.push(d);
        std::size_t written = known_;
        for (std::size_t d = queue.pop(); d != Queue::none; d = queue.pop()) {
            plan_.order[written++] = device{d};
            queue.bound(d);
            each_consumer(d, [&](std::size_t c) {
                if (--left(c) == 0) queue.push(c);
            });
        }
        return written == device_count_;
    }

    static constexpr std::size_t smallest_block = 64;
    static constexpr std::size_t largest_block = 4096;

    const G& graph_;
    working_memory<index_type>& memory_;
    plan_data<index_type>& plan_;
    std::size_t device_count_;
    std::size_t known_ = 0; // devices that have their place before the queue comes to it
};

} // namespace devlink::detail

#endif
