// SPDX-License-Identifier: MIT
#include "changes.hpp"

#include <algorithm>
#include <cstddef>

#include "hold_tree.hpp"

namespace tool {

using devlink::device_id;

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

std::vector<link_ends> find_links(const question& asked, const devlink::plan& plan, devlink::cycle_rule cycles,
                                  const hold_tree& holds, device_id d) {
    std::vector<link_ends> links;
    for (device_id at = d; at.valid(); at = holds.dominator(at))
        if (const devlink::link_id l = holds.only_link(at); l.valid())
            links.push_back({l, at, holds.only_supplier(at)});
    if (is_monotone(asked, plan)) return links;
    links.resize(std::min(links.size(), most_tried));
    std::erase_if(links, [&](const link_ends& tried) {
        adjusted_graph changed = asked.graph;
        changed.make_optional(tried.link);
        return !devlink::is_up(resolve(changed, asked.forecast, cycles).verdict(d));
    });
    return links;
}

// Repairs what holds the device until it comes up, or until what is left is no driver's fault.
std::vector<device_id> find_roots(const question& asked, const devlink::plan& plan, devlink::cycle_rule cycles,
                                  const hold_tree& holds, device_id d) {
    std::vector<device_id> roots = holds.roots_of(d);
    if (is_monotone(asked, plan)) return roots;
    std::vector<bool> known(asked.graph.device_count());
    for (const device_id root : roots) known[root.index()] = true;
    devlink::forecast changed = asked.forecast;
    for (std::size_t round = 0, repaired = 0; round < most_tried && repaired < roots.size(); ++round) {
        for (; repaired < roots.size(); ++repaired) changed.set(roots[repaired], devlink::outcome::ok);
        const devlink::plan better = resolve(asked.graph, changed, cycles);
        if (devlink::is_up(better.verdict(d))) break;
        for (const device_id root : hold_tree(asked, changed, better).roots_of(d)) {
            if (!known[root.index()]) roots.push_back(root);
            known[root.index()] = true;
        }
    }
    std::ranges::sort(roots);
    return roots;
}

} // namespace

changes find_changes(const question& asked, const devlink::plan& plan, devlink::cycle_rule cycles, device_id d) {
    const hold_tree holds(asked, asked.forecast, plan);
    return {find_links(asked, plan, cycles, holds, d), find_roots(asked, plan, cycles, holds, d)};
}

} // namespace tool
