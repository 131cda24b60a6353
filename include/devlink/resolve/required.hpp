// SPDX-License-Identifier: MIT
#ifndef DEVLINK_RESOLVE_REQUIRED_HPP
#define DEVLINK_RESOLVE_REQUIRED_HPP

#include <cstddef>
#include <span>
#include <vector>

#include <devlink/config.hpp>
#include <devlink/model/device_graph.hpp>
#include <devlink/model/flags.hpp>
#include <devlink/policy/options.hpp>
#include <devlink/resolve/cycles.hpp>
#include <devlink/resolve/needs.hpp>
#include <devlink/resolve/resolve.hpp>

namespace devlink {

/// All that some devices need, transitively: the suppliers of links that hold back probes and that O's cycle rule does
/// not relax, and parents of either kind, for a driver reaches its device through them. What an initramfs must hold so
/// that these devices come up.
///
/// Returns the devices in the probe order of `resolve<O>(g)`, the given ones among them; on a cycle that O does not
/// break, in registration order, last. Precondition: `wanted` are devices of `g`. Complexity as `resolve<O>`'s;
/// allocates.
template <options O = options{}, device_graph G>
[[nodiscard]] constexpr std::vector<basic_device_id<typename G::index_type>>
required_by(const G& g, std::span<const basic_device_id<typename G::index_type>> wanted) {
    using device = basic_device_id<typename G::index_type>;
    const auto plan_of_all = resolve<O>(g);
    detail::needs_table<typename G::index_type> needs;
    needs.build(g);
    detail::relax_links(needs, plan_of_all.relaxed());
    std::vector<bool> required(needs.device_count(), false);
    std::vector<device> found;
    found.reserve(needs.device_count());
    const auto find = [&](device d) {
        if (!d.valid() || required[d.index()]) return;
        required[d.index()] = true;
        found.push_back(d);
    };
    for (const device d : wanted) {
        DEVLINK_ASSERT(d.index() < needs.device_count());
        find(d);
    }
    for (std::size_t i = 0; i != found.size(); ++i) {
        const device d = found[i];
        find(parent_of(g, d).device);
        for (const auto& need : needs.of(d.index()))
            if (holds_back(need.flags)) find(need.supplier);
    }
    found.clear();
    for (const device d : plan_of_all.order())
        if (required[d.index()]) found.push_back(d);
    for (std::size_t i = 0; i != required.size(); ++i)
        if (required[i] && plan_of_all.position(device{i}) == 0) found.push_back(device{i});
    return found;
}

} // namespace devlink

#endif
