// SPDX-License-Identifier: MIT
#ifndef DEVLINK_TESTS_MODEL_NAIVE_GRAPH_HPP
#define DEVLINK_TESTS_MODEL_NAIVE_GRAPH_HPP

#include <devlink/model/error.hpp>
#include <devlink/model/flag_rules.hpp>
#include <devlink/model/link_merge.hpp>

#include <algorithm>
#include <cstddef>
#include <vector>

/// A graph that is slow and obviously right: flat lists, searched from end to end.
struct naive_graph {
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    struct link {
        std::size_t consumer;
        std::size_t supplier;
        devlink::link_flags flags;
        std::size_t id;
        bool there = true;
    };

    std::vector<std::size_t> parents;
    std::vector<bool> there;
    std::vector<link> links;

    std::size_t add_device(std::size_t parent) {
        parents.push_back(parent);
        there.push_back(true);
        return parents.size() - 1;
    }

    [[nodiscard]] bool has_children(std::size_t d) const {
        for (std::size_t child = 0; child < parents.size(); ++child)
            if (there[child] && parents[child] == d) return true;
        return false;
    }

    /// Whether `to` depends on `from` by one edge.
    [[nodiscard]] bool edge(std::size_t from, std::size_t to) const {
        if (there[to] && parents[to] == from) return true;
        return std::any_of(links.begin(), links.end(), [&](const link& l) {
            return l.there && l.supplier == from && l.consumer == to && !devlink::is_soft(l.flags);
        });
    }

    /// Whether `to` depends on `from`: plain depth-first search with marks.
    [[nodiscard]] bool reaches(std::size_t from, std::size_t to) const {
        std::vector<bool> seen(parents.size(), false);
        std::vector<std::size_t> open{from};
        seen[from] = true;
        while (!open.empty()) {
            const std::size_t d = open.back();
            open.pop_back();
            const auto see = [&](std::size_t next) {
                if (seen[next]) return;
                seen[next] = true;
                open.push_back(next);
            };
            for (std::size_t child = 0; child < parents.size(); ++child)
                if (there[child] && parents[child] == d) see(child);
            for (const link& l : links)
                if (l.there && l.supplier == d && !devlink::is_soft(l.flags)) see(l.consumer);
        }
        return seen[to];
    }

    [[nodiscard]] link* find(std::size_t consumer, std::size_t supplier) {
        for (link& l : links)
            if (l.there && l.consumer == consumer && l.supplier == supplier) return &l;
        return nullptr;
    }

    devlink::errc add_link(std::size_t consumer, std::size_t supplier, devlink::link_flags given, bool checked) {
        if (!there[consumer] || !there[supplier]) return devlink::errc::unknown_device;
        if (consumer == supplier) return devlink::errc::self_link;
        if (const auto code = devlink::check_flags(given); code != devlink::errc::ok) return code;
        if (checked && !given.has(devlink::link_flag::sync_state_only) && reaches(consumer, supplier))
            return devlink::errc::would_close_cycle;
        if (link* known = find(consumer, supplier))
            known->flags = devlink::merge_link_flags(known->flags, given).flags;
        else
            links.push_back({consumer, supplier, devlink::recorded_flags(given), links.size()});
        return devlink::errc::ok;
    }

    void remove_device(std::size_t d) {
        there[d] = false;
        for (link& l : links)
            if (l.consumer == d || l.supplier == d) l.there = false;
    }
};

#endif
