// SPDX-License-Identifier: MIT
#ifndef DEVLINK_DRIVER_CORE_FW_DEVLINK_CYCLES_HPP
#define DEVLINK_DRIVER_CORE_FW_DEVLINK_CYCLES_HPP

#include <cstddef>
#include <cstdint>
#include <vector>

#include <devlink/fwd.hpp>
#include <devlink/model/id.hpp>

// Before a link from consumer C to supplier S is made: is S, or something that S needs, in need of C?
// Source: __fw_devlink_relax_cycles().
//
// The kernel follows every simple path from S and takes its marks back on the way out: exponential, as is the number of
// such paths. What it marks are the links on those that end at C, so nodes from which C can't be reached never matter:
// they are found first, in linear time, and not entered. What is left still has exponentially many paths where many
// nodes all need each other; the number of calls is limited.

namespace devlink::detail::fw {

/// By what a node on the way needs the next one.
enum class need_kind : std::uint8_t { firmware_link, parent, device_link };

/// A need of a node: which one, and through what.
struct need {
    need_kind kind = need_kind::firmware_link;
    node_id node;            ///< the one needed
    firmware_link_id fwlink; ///< for need_kind::firmware_link
    link_id link;            ///< for need_kind::device_link
};

/// The search's memory between calls, so that it allocates only while it grows.
class cycle_search {
public:
    explicit cycle_search(std::size_t node_count)
        : seen_(node_count)
        , leads_there_(node_count)
        , on_path_(node_count) {}

    enum class answer : std::uint8_t { none, found, too_long };

    /// What searches may still cost; counted down.
    struct budget {
        std::size_t calls = 0; ///< nodes entered on paths to the goal
        std::size_t steps = 0; ///< needs looked at to find out whether there is such a path
    };

    /// Follows the needs of `start` to `goal`. `World` has `for_each_need(n, visit)`, which calls `visit(need)` for
    /// what `n` needs, in order and without changing anything; and `on_cycle(n, need)`, called once for each need of a
    /// node `n` found to lead to `goal`, each time that it is; it may mark, but not change what needs what.
    /// Linear where there is no cycle, else as many steps as there are simple paths; allocates while it grows.
    template <class World>
    answer run(World& world, node_id start, node_id goal, budget& left);

private:
    struct edge {
        std::uint32_t from;
        std::uint32_t to;
    };
    struct frame {
        node_id node;
        std::size_t next_need;
        std::size_t end_needs;
        bool found = false;
    };

    template <class World>
    bool find_nodes_that_lead_to(World& world, node_id start, node_id goal);

    // Marks hold the number of the run that set them, so that nothing has to be cleared.
    std::vector<std::uint32_t> seen_;
    std::vector<std::uint32_t> leads_there_;
    std::vector<bool> on_path_;
    std::uint32_t run_ = 0;
    std::vector<node_id> work_;
    std::vector<edge> edges_;
    std::vector<std::uint32_t> number_;     ///< by node: its place in work_
    std::vector<std::uint32_t> first_edge_; ///< by number: where its edges begin in sources_, backwards
    std::vector<std::uint32_t> fill_;
    std::vector<std::uint32_t> sources_;
    std::vector<node_id> work_back_;
    std::vector<need> needs_; ///< of the nodes on the path, one stack
    std::vector<frame> path_;
};

/// Notes every node that is reached from `start` and from which `goal` is reached; tells whether `start` is one.
template <class World>
bool cycle_search::find_nodes_that_lead_to(World& world, node_id start, node_id goal) {
    ++run_;
    edges_.clear();
    work_.assign(1, start);
    seen_[start.index()] = run_;
    bool reached = start == goal;
    for (std::size_t done = 0; done < work_.size(); ++done) {
        const node_id n = work_[done];
        if (n == goal) continue;
        world.for_each_need(n, [&](const need& needed) {
            edges_.push_back({static_cast<std::uint32_t>(n.index()), static_cast<std::uint32_t>(needed.node.index())});
            reached = reached || needed.node == goal;
            if (seen_[needed.node.index()] == run_) return;
            seen_[needed.node.index()] = run_;
            work_.push_back(needed.node);
        });
    }
    if (!reached) return false;

    // The same edges backwards, from `goal`: by counting, into one array.
    number_.resize(seen_.size());
    for (std::size_t i = 0; i < work_.size(); ++i) number_[work_[i].index()] = static_cast<std::uint32_t>(i);
    first_edge_.assign(work_.size() + 1, 0);
    for (const edge& e : edges_) ++first_edge_[number_[e.to] + 1];
    for (std::size_t i = 0; i < work_.size(); ++i) first_edge_[i + 1] += first_edge_[i];
    sources_.resize(edges_.size());
    fill_.assign(first_edge_.begin(), first_edge_.end());
    for (const edge& e : edges_) sources_[fill_[number_[e.to]]++] = e.from;
    work_back_.assign(1, goal);
    leads_there_[goal.index()] = run_;
    for (std::size_t done = 0; done < work_back_.size(); ++done) {
        const std::uint32_t n = number_[work_back_[done].index()];
        for (std::uint32_t e = first_edge_[n]; e < first_edge_[n + 1]; ++e) {
            if (leads_there_[sources_[e]] == run_) continue;
            leads_there_[sources_[e]] = run_;
            work_back_.push_back(node_id{sources_[e]});
        }
    }
    return true;
}

template <class World>
cycle_search::answer cycle_search::run(World& world, node_id start, node_id goal, budget& left) {
    const bool leads_there = find_nodes_that_lead_to(world, start, goal);
    if (edges_.size() > left.steps) {
        left.steps = 0;
        return answer::too_long;
    }
    left.steps -= edges_.size();
    if (!leads_there) return answer::none;
    needs_.clear();
    path_.clear();
    const auto enter = [&](node_id n) {
        on_path_[n.index()] = true;
        const std::size_t first = needs_.size();
        world.for_each_need(n, [&](const need& needed) { needs_.push_back(needed); });
        path_.push_back({n, first, needs_.size()});
    };
    if (start == goal) return answer::found;
    enter(start);
    while (true) {
        frame& top = path_.back();
        if (top.next_need == top.end_needs) {
            const bool found = top.found;
            on_path_[top.node.index()] = false;
            path_.pop_back();
            if (path_.empty()) return found ? answer::found : answer::none;
            frame& below = path_.back();
            needs_.resize(below.end_needs);
            if (found) {
                below.found = true;
                world.on_cycle(below.node, needs_[below.next_need]);
            }
            ++below.next_need;
            continue;
        }
        const need& next = needs_[top.next_need];
        if (next.node != goal && (on_path_[next.node.index()] || leads_there_[next.node.index()] != run_)) {
            ++top.next_need;
            continue;
        }
        if (left.calls == 0) {
            for (const frame& f : path_) on_path_[f.node.index()] = false;
            return answer::too_long;
        }
        --left.calls;
        if (next.node == goal) {
            top.found = true;
            world.on_cycle(top.node, next);
            ++top.next_need;
        } else {
            enter(next.node);
        }
    }
}

} // namespace devlink::detail::fw

#endif
