// SPDX-License-Identifier: MIT
#ifndef DEVLINK_RESOLVE_RESOLVE_HPP
#define DEVLINK_RESOLVE_RESOLVE_HPP

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include <devlink/detail/buffer.hpp>
#include <devlink/model/device_graph.hpp>
#include <devlink/model/forecast.hpp>
#include <devlink/policy/options.hpp>
#include <devlink/resolve/in_place.hpp>
#include <devlink/resolve/plan.hpp>
#include <devlink/resolve/resolution.hpp>
#include <devlink/resolve/workspace.hpp>

namespace devlink {

namespace detail {

/// Finds out whose ids were left by removed devices, who must not be probed. Returns whether there are any.
template <device_graph G>
constexpr bool find_removed(const G& g, buffer<std::uint8_t>& removed) {
    removed.clear();
    if constexpr (knows_removed<G>) {
        const std::size_t device_count = device_count_of(g);
        for (std::size_t d = 0; d != device_count; ++d) {
            if (contains_device(g, basic_device_id<typename G::index_type>{d})) continue;
            if (removed.empty()) removed.assign(device_count, 0);
            removed[d] = 1;
        }
    }
    return !removed.empty();
}

/// Whether the graph's type says that there are no cycles. A member of that name that is no constant, or something
/// else than a bool, says nothing of the kind.
template <class G>
inline constexpr bool is_acyclic = requires {
    requires std::same_as<decltype(G::is_acyclic), const bool>;
    requires std::bool_constant<G::is_acyclic>::value;
};

/// Chooses the way to the plan by what the graph is, and goes it.
template <options O, device_graph G>
constexpr void resolve_into(const G& g, const basic_forecast<typename G::index_type>& expected,
                            working_memory<typename G::index_type>& memory,
                            basic_plan<typename G::index_type>& answer) {
    static_assert(valid_options<O>::value);
    // A graph that is no more than a list of links is resolved as one: that is read in one stream.
    if constexpr (knows_link_view<G>)
        if (const auto list = g.as_link_view()) return resolve_into<O>(*list, expected, memory, answer);
    plan_access::data(answer).clear(device_count_of(g));
    const bool all_there = !find_removed(g, memory.removed);
    bool has_cycle = false;
    using quick_way = in_place_resolution<O, G>;
    if constexpr (quick_way::possible && !is_acyclic<G>)
        if (expected.all_ok() && all_there) {
            if (quick_way{g, memory, answer}.run()) return;
            has_cycle = true;
        }
    resolution<O, typename G::index_type, is_acyclic<G>>{expected, memory, answer}.run(g, has_cycle);
}

} // namespace detail

/// Computes the probe order of a graph and what becomes of each device, in memory that the caller keeps.
///
/// A device needs its populating parent and the suppliers of its managed links that are neither `sync_state_only` nor
/// relaxed. Where needs run in a circle, the cycle rule comes first, whatever the forecast. What is then left is
/// decided so: who lies on a cycle of mandatory needs is `cyclic`; verdict.hpp has the others, and a `cyclic` supplier
/// counts as doomed; whom that leaves waiting in a circle, by optional links too, is `cyclic` as well.
///
/// Precondition: `expected` was made for `g`, or says nothing; the ends of all links are devices of `g`.
/// Returns the memory's plan, which the next call with this memory overwrites. Every graph has a plan: a cycle, a
/// failure, a device without driver are answers in it, not errors. A device that was removed from the graph is
/// `absent`. Complexity: O(D + L); order_rule::registration and kernel add O(D log D) bit operations,
/// longest_path_first O(D log D) comparisons. Allocates only what the memory lacks. Runs in a constant expression.
template <options O = options{}, device_graph G>
constexpr const basic_plan<typename G::index_type>& resolve(const G& g,
                                                            const basic_forecast<typename G::index_type>& expected,
                                                            basic_workspace<typename G::index_type>& memory) {
    using access = detail::workspace_access;
    detail::resolve_into<O>(g, expected, access::memory(memory), access::plan(memory));
    return memory.plan();
}

/// The same in memory of its own. Allocates O(D) for an order that the graph's own lists give, else O(D + L).
template <options O = options{}, device_graph G>
[[nodiscard]] constexpr basic_plan<typename G::index_type>
resolve(const G& g, const basic_forecast<typename G::index_type>& expected) {
    basic_plan<typename G::index_type> answer;
    detail::working_memory<typename G::index_type> memory;
    detail::resolve_into<O>(g, expected, memory, answer);
    return answer;
}

/// The same where every driver is expected to succeed.
template <options O = options{}, device_graph G>
[[nodiscard]] constexpr basic_plan<typename G::index_type> resolve(const G& g) {
    return resolve<O>(g, basic_forecast<typename G::index_type>{});
}

} // namespace devlink

#endif
