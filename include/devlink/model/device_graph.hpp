// SPDX-License-Identifier: MIT
#ifndef DEVLINK_MODEL_DEVICE_GRAPH_HPP
#define DEVLINK_MODEL_DEVICE_GRAPH_HPP

#include <concepts>
#include <cstddef>
#include <ranges>

#include <devlink/fwd.hpp>
#include <devlink/model/link.hpp>

namespace devlink {

// What the resolver asks of a graph. A graph is one of two kinds: it can list the suppliers of a device, or all links
// in the order in which they were added. What else it can say is optional: the functions below fill in what it does
// not.

/// A graph that lists a device's suppliers: `g.suppliers(d)` is a forward range of `basic_supplier_link`, in the order
/// of adds.
template <class G>
concept supplier_list_graph = requires(const G& g, basic_device_id<typename G::index_type> d) {
    { g.device_count() } -> std::convertible_to<std::size_t>;
    requires std::ranges::forward_range<decltype(g.suppliers(d))>;
    requires std::convertible_to<std::ranges::range_reference_t<decltype(g.suppliers(d))>,
                                 basic_supplier_link<typename G::index_type>>;
};

/// A graph that is a list of links: `g.links()` is a contiguous range of `basic_link_spec`; a link's id is its place in
/// it.
template <class G>
concept link_list_graph = requires(const G& g) {
    { g.device_count() } -> std::convertible_to<std::size_t>;
    requires std::ranges::contiguous_range<decltype(g.links())>;
    requires std::same_as<std::ranges::range_value_t<decltype(g.links())>, basic_link_spec<typename G::index_type>>;
};

/// What `resolve` works on, in place. A caller's own structure models it with `index_type`, `device_count()` and one of
/// `suppliers(d)` and `links()`; it may add `parent(d)` (a `basic_parent`), and `contains(d)` where ids of removed
/// devices leave gaps.
template <class G>
concept device_graph = supplier_list_graph<G> || link_list_graph<G>;

/// The parent of a device; none where the graph knows no parents. Constant time.
template <device_graph G>
[[nodiscard]] constexpr basic_parent<typename G::index_type> parent_of(const G& g,
                                                                       basic_device_id<typename G::index_type> d) {
    if constexpr (requires { g.parent(d); })
        return g.parent(d);
    else
        return {};
}

/// Whether the graph still holds the device of that id. Constant time.
template <device_graph G>
[[nodiscard]] constexpr bool contains_device(const G& g, basic_device_id<typename G::index_type> d) {
    if constexpr (requires {
                      { g.contains(d) } -> std::convertible_to<bool>;
                  })
        return g.contains(d);
    else
        return d.index() < g.device_count();
}

} // namespace devlink

#endif
