// SPDX-License-Identifier: MIT
#ifndef DEVLINK_MODEL_DEVICE_GRAPH_HPP
#define DEVLINK_MODEL_DEVICE_GRAPH_HPP

#include <concepts>
#include <cstddef>
#include <optional>
#include <ranges>
#include <span>

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
/// it. It is read where it stands, so `links()` returns a reference or a view, not a copy.
template <class G>
concept link_list_graph = requires(const G& g) {
    { g.device_count() } -> std::convertible_to<std::size_t>;
    requires std::ranges::contiguous_range<decltype(g.links())> && std::ranges::sized_range<decltype(g.links())>;
    requires std::ranges::borrowed_range<decltype(g.links())>;
    requires std::same_as<std::ranges::range_value_t<decltype(g.links())>, basic_link_spec<typename G::index_type>>;
};

/// A graph that has a `parent(d)`; parents_fit: it returns what it should.
template <class G>
concept knows_parents = requires(const G& g, basic_device_id<typename G::index_type> d) {
    g.parent(d);
};
template <class G>
concept parents_fit = requires(const G& g, basic_device_id<typename G::index_type> d) {
    { g.parent(d) } -> std::convertible_to<basic_parent<typename G::index_type>>;
};

/// The same of `contains(d)`.
template <class G>
concept knows_removed = requires(const G& g, basic_device_id<typename G::index_type> d) {
    g.contains(d);
};
template <class G>
concept contains_fits = requires(const G& g, basic_device_id<typename G::index_type> d) {
    { g.contains(d) } -> std::convertible_to<bool>;
};

/// The same of `as_link_view()`.
template <class G>
concept knows_link_view = requires(const G& g) {
    g.as_link_view();
};
template <class G>
concept link_view_fits = requires(const G& g) {
    { g.as_link_view() } -> std::same_as<std::optional<basic_link_view<typename G::index_type>>>;
};

/// Each optional member that a graph has returns what it should. Without this a wrong one would be an error deep inside
/// of the resolver, or worse, be overlooked.
template <class G>
concept optional_members_fit = requires {
    requires !knows_parents<G> || parents_fit<G>;
    requires !knows_removed<G> || contains_fits<G>;
    requires !knows_link_view<G> || link_view_fits<G>;
};

/// What `resolve` works on, in place. A caller's own structure models it with `index_type`, `device_count()` and one of
/// `suppliers(d)` and `links()`. It may add
/// - `parent(d)`, a `basic_parent`;
/// - `contains(d)`, a bool, where ids of removed devices leave gaps;
/// - `as_link_view()`, a `std::optional<basic_link_view<index_type>>`: all links as a list, as long as neither parents
///   nor gaps matter, for a list is resolved faster;
/// - `static constexpr bool is_acyclic = true`, if no such graph ever has a cycle: then none is searched for.
template <class G>
concept device_graph = requires {
    requires supplier_list_graph<G> || link_list_graph<G>;
    requires optional_members_fit<G>;
};

/// How many ids of devices there are. Constant time.
template <class G>
    requires supplier_list_graph<G> || link_list_graph<G>
[[nodiscard]] constexpr std::size_t device_count_of(const G& g) { return static_cast<std::size_t>(g.device_count()); }

/// All links of a graph that is a list of them, nothing copied. Constant time.
template <link_list_graph G>
[[nodiscard]] constexpr std::span<const basic_link_spec<typename G::index_type>> links_of(const G& g) {
    auto&& links = g.links();
    return {std::ranges::data(links), static_cast<std::size_t>(std::ranges::size(links))};
}

/// The parent of a device; none where the graph knows no parents. Constant time.
template <device_graph G>
[[nodiscard]] constexpr basic_parent<typename G::index_type> parent_of(const G& g,
                                                                       basic_device_id<typename G::index_type> d) {
    if constexpr (knows_parents<G>)
        return g.parent(d);
    else
        return {};
}

/// Whether the graph still holds the device of that id. Constant time.
template <device_graph G>
[[nodiscard]] constexpr bool contains_device(const G& g, basic_device_id<typename G::index_type> d) {
    if constexpr (knows_removed<G>)
        return g.contains(d);
    else
        return d.index() < device_count_of(g);
}

} // namespace devlink

#endif
