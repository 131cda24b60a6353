// SPDX-License-Identifier: MIT
#ifndef DEVLINK_RESOLVE_NEEDS_HPP
#define DEVLINK_RESOLVE_NEEDS_HPP

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

#include <devlink/detail/buffer.hpp>
#include <devlink/model/device_graph.hpp>
#include <devlink/model/flags.hpp>
#include <devlink/model/link.hpp>
#include <devlink/policy/options.hpp>

namespace devlink::detail {

// What a device needs before it can be probed: its populating parent, then the suppliers of the links that hold back
// its probe. Source: extension, "The same thing ahead of time"; device_links_check_suppliers() for the links.

/// A place in an array of needs: wide enough for a link and a parent of every device.
template <std::unsigned_integral Index>
using offset = std::conditional_t<(sizeof(Index) < 4), std::uint32_t, Index>;

/// Whether a link lets its consumer go on once its supplier is doomed.
template <options O>
[[nodiscard]] constexpr bool is_optional(link_flags flags) noexcept {
    return O.extension == extension_rule::optional_supplier && flags.has(link_flag::optional_supplier);
}

/// The need that stands for a populating parent: a mandatory one, by no link.
template <std::unsigned_integral Index>
[[nodiscard]] constexpr basic_supplier_link<Index> populating_need(basic_device_id<Index> parent) noexcept {
    return {parent, link_flag::managed, {}};
}

/// Calls `f(consumer, need)` for every need of every device: each device's parent before its links, and these in the
/// order of adds.
template <device_graph G, class F>
constexpr void for_each_need(const G& g, F&& f) {
    using index_type = typename G::index_type;
    using device = basic_device_id<index_type>;
    const std::size_t device_count = device_count_of(g);
    if constexpr (knows_parents<G>)
        for (std::size_t i = 0; i != device_count; ++i)
            if (const auto parent = parent_of(g, device{i});
                parent.device.valid() && parent.kind == parent_kind::populates)
                f(device{i}, populating_need<index_type>(parent.device));
    if constexpr (link_list_graph<G>) {
        std::size_t i = 0;
        for (const basic_link_spec<index_type>& l : links_of(g)) {
            if (holds_back(l.flags))
                f(l.consumer, basic_supplier_link<index_type>{l.supplier, l.flags, basic_link_id<index_type>{i}});
            ++i;
        }
    } else {
        for (std::size_t i = 0; i != device_count; ++i)
            for (const basic_supplier_link<index_type> l : g.suppliers(device{i}))
                if (holds_back(l.flags)) f(device{i}, l);
    }
}

/// All needs of a graph, by consumer. Its flags are its own: a relaxed link stops holding back here, and stays as it is
/// in the graph.
template <std::unsigned_integral Index>
class needs_table {
public:
    using need = basic_supplier_link<Index>;

    /// O(D + L).
    template <device_graph G>
    constexpr void build(const G& g) {
        const std::size_t device_count = device_count_of(g);
        first_.assign(device_count + 2, 0);
        std::size_t total = 0;
        for_each_need(g, [&](auto consumer, const need&) {
            ++first_[consumer.index() + 2];
            ++total;
        });
        for (std::size_t i = 2; i < first_.size(); ++i) first_[i] += first_[i - 1];
        entries_.resize(total);
        for_each_need(g, [&](auto consumer, const need& n) { entries_[first_[consumer.index() + 1]++] = n; });
    }

    [[nodiscard]] constexpr std::size_t device_count() const noexcept { return first_.size() - 2; }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return entries_.size(); }
    /// Where the needs of `d` begin among all.
    [[nodiscard]] constexpr std::size_t first(std::size_t d) const noexcept { return first_[d]; }
    [[nodiscard]] constexpr const need& operator[](std::size_t i) const noexcept { return entries_[i]; }
    [[nodiscard]] constexpr std::span<need> of(std::size_t d) noexcept {
        return entries_.span().subspan(first_[d], first_[d + 1] - first_[d]);
    }
    [[nodiscard]] constexpr std::span<const need> of(std::size_t d) const noexcept {
        return entries_.span().subspan(first_[d], first_[d + 1] - first_[d]);
    }

private:
    buffer<offset<Index>> first_; // first_[d] to first_[d + 1]: of(d)
    buffer<need> entries_;
};

} // namespace devlink::detail

#endif
