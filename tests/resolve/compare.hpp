// SPDX-License-Identifier: MIT
#ifndef DEVLINK_TESTS_RESOLVE_COMPARE_HPP
#define DEVLINK_TESTS_RESOLVE_COMPARE_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <devlink/model/forecast.hpp>
#include <devlink/model/link.hpp>
#include <devlink/policy/options.hpp>
#include <devlink/resolve/resolve.hpp>

#include "random_machine.hpp"
#include "reference.hpp"

namespace reference {

/// Lists of suppliers, as many programs have them: a vector of links for each device.
template <class Index>
class adjacency_lists {
public:
    using index_type = Index;
    using device = devlink::basic_device_id<Index>;

    explicit adjacency_lists(const machine& m)
        : suppliers_(m.devices)
        , parents_{m.parents} {
        for (std::size_t l = 0; l != m.links.size(); ++l)
            suppliers_[m.links[l].consumer].push_back(
                {device{m.links[l].supplier}, m.links[l].flags, devlink::basic_link_id<Index>{l}});
    }
    [[nodiscard]] std::size_t device_count() const { return suppliers_.size(); }
    [[nodiscard]] const std::vector<devlink::basic_supplier_link<Index>>& suppliers(device d) const {
        return suppliers_[d.index()];
    }
    [[nodiscard]] devlink::basic_parent<Index> parent(device d) const {
        const auto& p = parents_[d.index()];
        if (p.device == nobody) return {};
        return {device{p.device}, p.populates ? devlink::parent_kind::populates : devlink::parent_kind::contains};
    }

private:
    std::vector<std::vector<devlink::basic_supplier_link<Index>>> suppliers_;
    std::vector<reference::parent> parents_;
};

/// The links of a machine as a list, in the given order of their numbers.
template <class Index>
std::vector<devlink::basic_link_spec<Index>> link_list(const machine& m, const std::vector<std::size_t>& numbers) {
    std::vector<devlink::basic_link_spec<Index>> list;
    for (const std::size_t l : numbers)
        list.push_back({devlink::basic_device_id<Index>{m.links[l].consumer},
                        devlink::basic_device_id<Index>{m.links[l].supplier}, m.links[l].flags});
    return list;
}

inline std::vector<std::size_t> as_added(const machine& m) {
    std::vector<std::size_t> numbers(m.links.size());
    for (std::size_t l = 0; l != numbers.size(); ++l) numbers[l] = l;
    return numbers;
}

/// The same links, those of one consumer together.
inline std::vector<std::size_t> grouped(const machine& m) {
    std::vector<std::size_t> numbers = as_added(m);
    std::stable_sort(numbers.begin(), numbers.end(),
                     [&](std::size_t a, std::size_t b) { return m.links[a].consumer < m.links[b].consumer; });
    return numbers;
}

/// The machine without its parents, which a plain list of links can't tell.
inline machine without_parents(machine m) {
    m.parents.assign(m.devices, {});
    return m;
}

template <class G>
devlink::basic_forecast<typename G::index_type> forecast_for(const G& g, const machine& m) {
    devlink::basic_forecast<typename G::index_type> expected{g};
    for (std::size_t d = 0; d != m.devices; ++d) {
        const devlink::basic_device_id<typename G::index_type> id{d};
        if (m.expected[d] != outcome::ok) expected.set(id, m.expected[d]);
        expected.set_cost(id, m.costs[d]);
    }
    return expected;
}

template <class Ids>
std::vector<std::size_t> indices(const Ids& ids) {
    std::vector<std::size_t> list;
    for (const auto d : ids) list.push_back(d.index());
    return list;
}

inline std::string show(const std::vector<std::size_t>& list) {
    std::string text;
    for (const std::size_t d : list) text += std::to_string(d) + ' ';
    return text;
}
inline std::string show(const std::vector<step>& steps) {
    std::string text;
    for (const step& s : steps)
        text += std::to_string(s.device) + "->" + std::to_string(s.supplier) +
                (s.link == by_parent ? " (parent) " : " (" + std::to_string(s.link) + ") ");
    return text;
}

/// A step of a plan with the machine's numbers: `numbers[i]` is the link that stands in place i of the plan's graph.
template <class Step>
step to_step(std::size_t device, const Step& s, const std::vector<std::size_t>& numbers) {
    return {device, s.supplier.index(), s.link.valid() ? numbers[s.link.index()] : by_parent};
}

/// The first thing in which the plan's verdicts, causes, cycles and relaxed links differ from the reference's; empty if
/// nothing does.
template <class Index>
std::string difference(const devlink::basic_plan<Index>& plan, const oracle& truth,
                       const std::vector<std::size_t>& numbers) {
    using device = devlink::basic_device_id<Index>;
    const std::size_t n = truth.verdicts().size();
    if (plan.device_count() != n) return "number of devices";
    std::array<std::size_t, devlink::verdict_count> counts{};
    for (std::size_t d = 0; d != n; ++d) {
        const std::string at = " of device " + std::to_string(d) + ": ";
        const verdict v = plan.verdict(device{d});
        ++counts[static_cast<std::size_t>(v)];
        if (v != truth.verdicts()[d])
            return "verdict" + at + std::string{to_string(v)} + ", not " + std::string{to_string(truth.verdicts()[d])};
        std::vector<step> cause;
        for (const auto s : plan.cause(device{d})) {
            cause.push_back(to_step(s.device.index(), s, numbers));
            if (cause.size() > n) return "cause" + at + "endless";
        }
        const std::vector<step> right = truth.cause(d);
        if (cause != right) return "cause" + at + show(cause) + ", not " + show(right);
        const device root = plan.root(device{d});
        if (right.empty() ? root.valid() : root != device{right.back().supplier}) return "root" + at;
        std::vector<step> missing;
        for (const auto& s : plan.missing(device{d})) missing.push_back(to_step(d, s, numbers));
        if (missing != truth.missing(d)) return "missing" + at + show(missing) + ", not " + show(truth.missing(d));
    }
    for (std::size_t v = 0; v != counts.size(); ++v)
        if (plan.count(static_cast<verdict>(v)) != counts[v]) return "count of a verdict";

    if (plan.cycles().size() != truth.cycles().size()) return "number of cycles";
    std::size_t i = 0;
    for (const auto& c : plan.cycles()) {
        const cycle& right = truth.cycles()[i];
        const std::string at = " of cycle " + std::to_string(i++);
        if (indices(c.devices) != right.devices) return "devices" + at;
        if (c.open != right.open) return "open" + at;
        std::vector<step> path;
        for (const auto& s : c.path) path.push_back(to_step(s.device.index(), s, numbers));
        if (path.size() != right.shortest) return "length" + at + ": " + show(path);
        for (std::size_t k = 0; k != path.size(); ++k) {
            if (path[k].supplier != path[(k + 1) % path.size()].device) return "path" + at + ": " + show(path);
            if (!truth.is_need(path[k])) return "a step that is no need" + at + ": " + show(path);
            if (std::find(right.devices.begin(), right.devices.end(), path[k].device) == right.devices.end())
                return "a step outside" + at + ": " + show(path);
        }
    }
    std::vector<relaxed_link> relaxed;
    for (const auto& r : plan.relaxed()) relaxed.push_back({numbers[r.link.index()], r.cycle, r.reason});
    if (relaxed != truth.relaxed()) return "relaxed links";
    return {};
}

/// The same for the plan's order, which must be that of the rule.
template <class Index>
std::string order_difference(const devlink::basic_plan<Index>& plan, const oracle& truth, devlink::order_rule rule) {
    using device = devlink::basic_device_id<Index>;
    const std::vector<std::size_t> order = indices(plan.order());
    const std::size_t n = plan.device_count();
    std::vector<std::size_t> position(n, 0);
    for (std::size_t i = 0; i != order.size(); ++i) {
        if (order[i] >= n || position[order[i]] != 0) return "not an order: " + show(order);
        position[order[i]] = i + 1;
    }
    for (std::size_t d = 0; d != n; ++d)
        if (plan.position(device{d}) != position[d]) return "position of device " + std::to_string(d);
    if (!truth.is_valid(order)) return "an order that can't be probed: " + show(order);

    std::vector<std::size_t> right = order;
    switch (rule) {
    case devlink::order_rule::on_demand:
        right = truth.on_demand_order().value_or(order);
        break;
    case devlink::order_rule::registration:
        right = truth.registration_order();
        break;
    case devlink::order_rule::longest_path_first:
        right = truth.longest_path_first_order();
        break;
    case devlink::order_rule::kernel: {
        const auto kernel = truth.kernel_order();
        right = kernel.order;
        if (order == right && plan.failed_attempts() != kernel.failed_attempts)
            return "failed attempts: " + std::to_string(plan.failed_attempts()) + ", not " +
                   std::to_string(kernel.failed_attempts);
        break;
    }
    case devlink::order_rule::breadth: {
        const std::vector<std::size_t> waves = truth.waves();
        for (std::size_t d = 0; d != n; ++d)
            if (plan.wave(device{d}) != waves[d])
                return "wave of device " + std::to_string(d) + ": " + std::to_string(plan.wave(device{d})) + ", not " +
                       std::to_string(waves[d]);
        right.clear();
        for (std::size_t wave = 1; wave <= n; ++wave)
            for (std::size_t d = 0; d != n; ++d)
                if (waves[d] == wave) right.push_back(d);
        break;
    }
    }
    if (order != right) return "order: " + show(order) + ", not " + show(right);
    if (rule != devlink::order_rule::kernel && plan.failed_attempts() != 0) return "failed attempts";
    return {};
}

inline constexpr std::array cycle_rules{devlink::cycle_rule::report, devlink::cycle_rule::relax_inferred,
                                        devlink::cycle_rule::relax_optional};
inline constexpr std::array driverless_rules{devlink::driverless_rule::fails, devlink::driverless_rule::waits};

/// Calls `f.template operator()<O>()` for an order rule with every cycle rule and driverless rule that goes with it.
template <devlink::order_rule Order, class F>
void for_each_rule(F f) {
    const auto one = [&]<std::size_t I>() {
        constexpr devlink::options o{
            .order = Order, .cycles = cycle_rules[I / 2], .driverless = driverless_rules[I % 2]};
        if constexpr (check_options(o) == devlink::options_fault::none) f.template operator()<o>();
    };
    [&]<std::size_t... I>(std::index_sequence<I...>) { (one.template operator()<I>(), ...); }
    (std::make_index_sequence<6>{});
}

inline constexpr std::uint64_t random_graphs = 10'000;

/// Resolves 10,000 random machines, half of them wild, by an order rule with all that goes with it, each in a workspace
/// that the one before has left behind. Returns what differs from the reference first, and with which machine.
template <devlink::order_rule Order>
std::string compare_random_machines() {
    devlink::workspace memory;
    std::string found;
    for (std::uint64_t seed = 0; seed != random_graphs && found.empty(); ++seed) {
        const machine m = random_machine(seed, seed % 2 == 0 ? wildness::tame : wildness::wild);
        const adjacency_lists<std::uint32_t> g{m};
        const devlink::forecast expected = forecast_for(g, m);
        const std::vector<std::size_t> numbers = as_added(m);
        for_each_rule<Order>([&]<devlink::options O>() {
            if (!found.empty()) return;
            const oracle truth{m, O.cycles, O.driverless};
            const devlink::plan& plan = devlink::resolve<O>(g, expected, memory);
            found = difference(plan, truth, numbers);
            if (found.empty()) found = order_difference(plan, truth, Order);
            if (!found.empty())
                found = "machine " + std::to_string(seed) + ", cycle rule " +
                        std::to_string(static_cast<int>(O.cycles)) + ", driverless rule " +
                        std::to_string(static_cast<int>(O.driverless)) + ": " + found;
        });
    }
    return found;
}

} // namespace reference

#endif
