// SPDX-License-Identifier: MIT
#ifndef DEVLINK_SINK_ROOTS_HPP
#define DEVLINK_SINK_ROOTS_HPP

#include <concepts>
#include <cstddef>
#include <vector>

#include <devlink/model/id.hpp>
#include <devlink/resolve/plan.hpp>
#include <devlink/resolve/verdict.hpp>

namespace devlink::sink {

/// `plan.root(d)` for every device at once: chains that run together are walked once, so it takes O(D) in all, where
/// asking for each device takes as long as all chains are. By the index of the device; allocates O(D).
template <std::unsigned_integral Index>
[[nodiscard]] std::vector<basic_device_id<Index>> all_roots(const basic_plan<Index>& plan) {
    using device_type = basic_device_id<Index>;
    std::vector<device_type> roots(plan.device_count());
    std::vector<device_type> walked;
    for (std::size_t i = 0; i < plan.device_count(); ++i) {
        device_type at(i);
        device_type root;
        for (walked.clear(); !roots[at.index()].valid();) {
            const auto chain = plan.cause(at);
            if (chain.empty()) {
                root = walked.empty() ? device_type() : at;
                break;
            }
            walked.push_back(at);
            at = (*chain.begin()).supplier;
            root = at;
            if (plan.verdict(at) == verdict::cyclic) break; // a chain ends where it meets a cycle
        }
        if (plan.verdict(at) != verdict::cyclic && roots[at.index()].valid()) root = roots[at.index()];
        for (const device_type d : walked) roots[d.index()] = root;
    }
    return roots;
}

} // namespace devlink::sink

#endif
