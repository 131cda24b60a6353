// SPDX-License-Identifier: MIT
#include "hold_tree.hpp"

#include <devlink/model/flags.hpp>
#include <devlink/resolve/verdict.hpp>

namespace tool {

using devlink::device_id;
using devlink::link_id;
using devlink::verdict;

hold_tree::hold_tree(const question& asked, const devlink::forecast& expected, const devlink::plan& plan) {
    list_holds(asked, expected, plan);
    sort();
    find_dominators();
}

void hold_tree::list_holds(const question& asked, const devlink::forecast& expected, const devlink::plan& plan) {
    const std::size_t count = asked.graph.device_count();
    const std::vector<bool> relaxed = relaxed_links(asked, plan);
    nodes_.resize(count + 1);
    for (std::size_t i = 0; i < count; ++i) {
        const device_id d(i);
        node& n = nodes_[i];
        n.first_hold = holds_.size();
        n.held = asked.machine.graph.contains(d) && !devlink::is_up(plan.verdict(d));
        n.is_root = n.held && (expected[d] != devlink::outcome::ok || plan.verdict(d) == verdict::cyclic);
        // The needs of a device on a cycle lead back to it: what holds it is the cycle.
        if (!n.held || plan.verdict(d) == verdict::cyclic) continue;
        const devlink::parent parent = asked.graph.parent(d);
        if (parent.device.valid() && parent.kind == devlink::parent_kind::populates &&
            !devlink::is_up(plan.verdict(parent.device)))
            holds_.push_back({parent.device, {}, false});
        for (const devlink::supplier_link& l : asked.graph.suppliers(d)) {
            const verdict of_supplier = plan.verdict(l.supplier);
            if (relaxed[l.link.index()] || !devlink::holds_back(l.flags) || devlink::is_up(of_supplier)) continue;
            const bool is_doomed = of_supplier != verdict::waiting;
            const bool is_optional = l.flags.has(devlink::link_flag::optional_supplier);
            if (!is_doomed || !is_optional) holds_.push_back({l.supplier, l.link, is_doomed});
        }
    }
    nodes_[count].first_hold = holds_.size();
}

// Suppliers first. What is left in a circle (devices that wait for each other and for somebody else) counts as roots,
// so that nothing is promised of it.
void hold_tree::sort() {
    std::vector<std::size_t> waits(top());
    std::vector<std::size_t> first_consumer(top() + 1);
    for (const hold& h : holds_) ++first_consumer[h.supplier.index() + 1];
    for (std::size_t i = 0; i < top(); ++i) first_consumer[i + 1] += first_consumer[i];
    std::vector<std::size_t> consumers(holds_.size());
    std::vector<std::size_t> next(first_consumer.begin(), first_consumer.end() - 1);
    for (std::size_t i = 0; i < top(); ++i) {
        waits[i] = nodes_[i + 1].first_hold - nodes_[i].first_hold;
        for (std::size_t h = nodes_[i].first_hold; h < nodes_[i + 1].first_hold; ++h)
            consumers[next[holds_[h].supplier.index()]++] = i;
    }
    for (std::size_t i = 0; i < top(); ++i)
        if (nodes_[i].held && waits[i] == 0) order_.push_back(i);
    for (std::size_t at = 0; at < order_.size(); ++at)
        for (std::size_t c = first_consumer[order_[at]]; c < first_consumer[order_[at] + 1]; ++c)
            if (--waits[consumers[c]] == 0) order_.push_back(consumers[c]);
    for (std::size_t i = 0; i < top(); ++i) {
        if (!nodes_[i].held || waits[i] == 0) continue;
        nodes_[i].is_root = true;
        order_.push_back(i);
    }
}

void hold_tree::find_dominators() {
    nodes_[top()].dominator = nodes_[top()].jump = top();
    for (const std::size_t d : order_) {
        const std::size_t first = nodes_[d].first_hold;
        const std::size_t last = nodes_[d + 1].first_hold;
        std::size_t found = nodes_[d].is_root || first == last ? top() : holds_[first].supplier.index();
        for (std::size_t h = first; h < last && found != top(); ++h) found = meet(found, holds_[h].supplier.index());
        hang(d, found);
    }
}

// Jumps are as long as two in a row of equal length, so climbing takes logarithmic time with one of them a device.
void hold_tree::hang(std::size_t d, std::size_t below) {
    const node& above = nodes_[below];
    const node& jumped = nodes_[above.jump];
    const bool is_even = above.depth - jumped.depth == jumped.depth - nodes_[jumped.jump].depth;
    nodes_[d].dominator = below;
    nodes_[d].depth = above.depth + 1;
    nodes_[d].jump = is_even ? jumped.jump : below;
}

std::size_t hold_tree::meet(std::size_t a, std::size_t b) const {
    if (nodes_[a].depth < nodes_[b].depth) std::swap(a, b);
    while (nodes_[a].depth > nodes_[b].depth)
        a = nodes_[nodes_[a].jump].depth >= nodes_[b].depth ? nodes_[a].jump : nodes_[a].dominator;
    while (a != b) {
        const bool jump = nodes_[a].jump != nodes_[b].jump;
        a = jump ? nodes_[a].jump : nodes_[a].dominator;
        b = jump ? nodes_[b].jump : nodes_[b].dominator;
    }
    return a;
}

device_id hold_tree::dominator(device_id d) const {
    const std::size_t found = nodes_[d.index()].dominator;
    return found == top() ? device_id() : device_id(found);
}

link_id hold_tree::only_link(device_id d) const {
    const std::size_t first = nodes_[d.index()].first_hold;
    if (nodes_[d.index()].is_root || nodes_[d.index() + 1].first_hold != first + 1) return {};
    return holds_[first].lets_go_if_optional ? holds_[first].link : link_id();
}

device_id hold_tree::only_supplier(device_id d) const {
    return only_link(d).valid() ? holds_[nodes_[d.index()].first_hold].supplier : device_id();
}

std::vector<device_id> hold_tree::roots_of(std::span<const device_id> devices) const {
    std::vector<bool> seen(top());
    std::vector<std::size_t> reached;
    for (const device_id d : devices) {
        if (!seen[d.index()]) reached.push_back(d.index());
        seen[d.index()] = true;
    }
    for (std::size_t at = 0; at < reached.size(); ++at)
        for (std::size_t h = nodes_[reached[at]].first_hold; h < nodes_[reached[at] + 1].first_hold; ++h)
            if (const std::size_t s = holds_[h].supplier.index(); !seen[s]) {
                seen[s] = true;
                reached.push_back(s);
            }
    std::vector<device_id> roots;
    for (std::size_t i = 0; i < top(); ++i)
        if (seen[i] && nodes_[i].is_root) roots.emplace_back(i);
    return roots;
}

std::vector<std::size_t> hold_tree::weight_below(const std::vector<bool>& weight) const {
    std::vector<std::size_t> sum(nodes_.size());
    for (std::size_t at = order_.size(); at-- > 0;) {
        const std::size_t d = order_[at];
        if (weight[d]) ++sum[d];
        sum[nodes_[d].dominator] += sum[d];
    }
    sum.pop_back();
    return sum;
}

} // namespace tool
