// SPDX-License-Identifier: MIT
#include "changes.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>

#include <devlink/model/flags.hpp>
#include <devlink/resolve/verdict.hpp>

#include "hold_tree.hpp"

namespace tool {

using devlink::device_id;
using devlink::verdict;

namespace {

constexpr std::size_t most_tried = 64;

devlink::plan resolve(const adjusted_graph& graph, const devlink::forecast& expected, devlink::cycle_rule cycles) {
    return tool::resolve(graph, expected, devlink::order_rule::on_demand, cycles);
}

// Whether bringing one device up never takes another one down.
bool is_monotone(const question& asked, const devlink::plan& plan) {
    if (!plan.cycles().empty()) return false;
    for (std::size_t i = 0; i < asked.graph.device_count(); ++i)
        if (asked.forecast[device_id(i)] == devlink::outcome::defer) return false;
    return true;
}

// The sets of devices that need each other and are `cyclic` for that, as the cycles of a plan.
devlink::plan find_knots(const adjusted_graph& graph, const devlink::plan& plan) {
    adjusted_graph knots = graph;
    for (const devlink::relaxed_link& l : plan.relaxed()) knots.relax(l.link);
    for (std::size_t i = 0; i < graph.device_count(); ++i)
        for (const devlink::supplier_link& l : graph.suppliers(device_id(i)))
            if (plan.verdict(device_id(i)) != verdict::cyclic || plan.verdict(l.supplier) != verdict::cyclic)
                knots.relax(l.link);
    return resolve(knots, {}, devlink::cycle_rule::report);
}

// Calls `f(consumer, link)` for each link between two devices of a set that holds back.
template <class F>
void for_each_link_within(const adjusted_graph& graph, std::span<const device_id> set, F f) {
    for (const device_id d : set)
        for (const devlink::supplier_link& l : graph.suppliers(d))
            if (devlink::holds_back(l.flags) && std::ranges::binary_search(set, l.supplier)) f(d, l);
}

std::vector<link_ends> find_links(const question& asked, const devlink::plan& plan, devlink::cycle_rule cycles,
                                  const hold_tree& holds, device_id d) {
    std::vector<link_ends> links;
    for (device_id at = d; at.valid(); at = holds.dominator(at))
        if (const devlink::link_id l = holds.only_link(at); l.valid())
            links.push_back({l, at, holds.only_supplier(at)});
    if (is_monotone(asked, plan)) return links;
    links.resize(std::min(links.size(), most_tried));
    if (cycles == devlink::cycle_rule::relax_optional) {
        const std::vector<device_id> roots = holds.roots_of(d);
        const devlink::plan knots = find_knots(asked.graph, plan);
        const std::size_t most = links.size() + most_tried;
        for (const auto& knot : knots.cycles()) {
            if (std::ranges::find_first_of(knot.devices, roots) == knot.devices.end()) continue;
            for_each_link_within(asked.graph, knot.devices, [&](device_id consumer, const devlink::supplier_link& l) {
                if (links.size() < most && !l.flags.has(devlink::link_flag::optional_supplier))
                    links.push_back({l.link, consumer, l.supplier});
            });
        }
    }
    std::erase_if(links, [&](const link_ends& tried) {
        adjusted_graph changed = asked.graph;
        changed.make_optional(tried.link);
        return !devlink::is_up(resolve(changed, asked.forecast, cycles).verdict(d));
    });
    return links;
}

// Repairs what keeps a device from being as it should be, until it is, for a repair may lay open what was hidden.
class repair_search {
public:
    repair_search(const question& asked, devlink::cycle_rule cycles, device_id d)
        : changed_{asked}
        , cycles_{cycles}
        , device_{d}
        , place_(asked.graph.device_count()) {}

    std::vector<repair> find(const devlink::plan& plan) && {
        const bool was_up = devlink::is_up(plan.verdict(device_));
        devlink::plan now = plan;
        for (std::size_t round = 0; round < most_tried && repair_roots(now); ++round) {
            now = changed_.resolve(devlink::order_rule::on_demand, cycles_);
            if (was_up ? now.verdict(device_) == verdict::bound : devlink::is_up(now.verdict(device_))) break;
        }
        std::ranges::sort(repairs_, {}, &repair::device);
        return std::move(repairs_);
    }

private:
    question changed_;
    devlink::cycle_rule cycles_;
    device_id device_;
    std::vector<std::size_t> place_; // by device: where it is in repairs_, from 1
    std::vector<repair> repairs_;

    repair& repair_of(device_id root) {
        std::size_t& place = place_[root.index()];
        if (place == 0) {
            repairs_.push_back({root});
            place = repairs_.size();
        }
        return repairs_[place - 1];
    }

    // What has to come up: the device itself, or what it lacks.
    [[nodiscard]] std::vector<device_id> wanted(const devlink::plan& plan) const {
        if (!devlink::is_up(plan.verdict(device_))) return {device_};
        std::vector<device_id> missing;
        for (const devlink::missing_supplier& m : plan.missing(device_)) missing.push_back(m.supplier);
        return missing;
    }

    // Returns whether there was anything to repair.
    bool repair_roots(const devlink::plan& plan) {
        bool any = false;
        std::vector<device_id> cyclic;
        for (const device_id root : hold_tree(changed_, changed_.forecast, plan).roots_of(wanted(plan))) {
            if (plan.verdict(root) == verdict::cyclic) cyclic.push_back(root);
            if (changed_.forecast[root] == devlink::outcome::ok) continue;
            changed_.forecast.set(root, devlink::outcome::ok);
            repair_of(root).driver = any = true;
        }
        return !cyclic.empty() ? break_knots(plan, cyclic) || any : any;
    }

    // One root speaks for its knot: with that, the others are no longer on it either.
    bool break_knots(const devlink::plan& plan, std::span<const device_id> roots) {
        bool any = false;
        const devlink::plan knots = find_knots(changed_.graph, plan);
        for (const auto& knot : knots.cycles()) {
            const auto root = std::ranges::find_first_of(roots, knot.devices);
            if (root == roots.end()) continue;
            repair_of(*root).cycle = any = true;
            std::vector<devlink::link_id> links;
            for_each_link_within(changed_.graph, knot.devices,
                                 [&](device_id, const devlink::supplier_link& l) { links.push_back(l.link); });
            for (const devlink::link_id l : links) changed_.graph.relax(l);
        }
        return any;
    }
};

} // namespace

changes find_changes(const question& asked, const devlink::plan& plan, devlink::cycle_rule cycles, device_id d) {
    changes found;
    found.repairs = repair_search(asked, cycles, d).find(plan);
    if (!devlink::is_up(plan.verdict(d)))
        found.links = find_links(asked, plan, cycles, hold_tree(asked, asked.forecast, plan), d);
    return found;
}

} // namespace tool
