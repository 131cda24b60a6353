// SPDX-License-Identifier: MIT
#ifndef DEVLINK_RESOLVE_ON_DEMAND_HPP
#define DEVLINK_RESOLVE_ON_DEMAND_HPP

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <limits>
#include <memory>
#include <new>
#include <ranges>
#include <span>
#include <type_traits>
#include <utility>

#include <devlink/detail/buffer.hpp>
#include <devlink/detail/visit_marks.hpp>
#include <devlink/model/device_graph.hpp>
#include <devlink/resolve/needs.hpp>

namespace devlink::detail {

// order_rule::on_demand: devices in registration order, each preceded by those of its needs that are not in the order
// yet. It asks only for a device's suppliers, one after the other, so whatever lists them will do: the classes below,
// one a way to hold them.

inline constexpr std::size_t no_supplier = static_cast<std::size_t>(-1);

/// Writes the order. Returns false, with the order unfinished, if the needs hold a cycle. O(D + L); allocates nothing.
///
/// `suppliers.enter(d)` is called when d's suppliers are asked for first, then `suppliers.next(d)` until it says
/// no_supplier; between them, the suppliers' own turns come, last entered first left. The stack needs no memory of its
/// own: what is in the order and what is still open are never more than all devices, so it grows down from the end of
/// the order.
template <std::unsigned_integral Index, class Suppliers>
constexpr bool order_on_demand(Suppliers& suppliers, std::span<basic_device_id<Index>> order, visit_marks& marks) {
    const std::size_t n = order.size();
    marks.reset(n);
    std::size_t written = 0;
    std::size_t top = n;
    for (std::size_t root = 0; root != n; ++root) {
        if (marks[root] == visit::done) continue;
        std::size_t d = root;
        marks.open(d);
        suppliers.enter(d);
        while (true) {
            const std::size_t s = suppliers.next(d);
            if (s == no_supplier) {
                marks.finish(d);
                order[written++] = basic_device_id<Index>{d};
                if (top == n) break;
                d = order[top++].index();
                continue;
            }
            const visit seen = marks[s];
            if (seen == visit::done) continue;
            if (seen == visit::open) return false;
            order[--top] = basic_device_id<Index>{d};
            d = s;
            marks.open(d);
            suppliers.enter(d);
        }
    }
    return true;
}

/// The needs of a table, in turn.
template <std::unsigned_integral Index>
class table_suppliers {
public:
    constexpr table_suppliers(const needs_table<Index>& needs, buffer<offset<Index>>& cursor)
        : needs_{needs}
        , cursor_{cursor} {
        cursor_.resize(needs.device_count());
    }

    constexpr void enter(std::size_t d) noexcept { cursor_[d] = static_cast<offset<Index>>(needs_.first(d)); }
    constexpr std::size_t next(std::size_t d) noexcept {
        while (cursor_[d] != needs_.first(d + 1)) {
            const auto& need = needs_[cursor_[d]++];
            if (holds_back(need.flags)) return need.supplier.index();
        }
        return no_supplier;
    }

private:
    const needs_table<Index>& needs_;
    buffer<offset<Index>>& cursor_;
};

/// A list of links grouped by consumer is a list of suppliers already: a device's are where its group begins.
template <std::unsigned_integral Index>
class grouped_suppliers {
public:
    constexpr grouped_suppliers(std::span<const basic_link_spec<Index>> links, buffer<Index>& cursor) noexcept
        : links_{links}
        , cursor_{cursor} {}

    /// Whether the links are so grouped; finds the groups. One pass over them, which ends at the first consumer that
    /// comes again.
    constexpr bool find_groups(std::size_t device_count) {
        if (links_.size() >= nothing) return false;
        cursor_.assign(device_count, nothing);
        std::size_t last = device_count;
        for (std::size_t i = 0; i != links_.size(); ++i) {
            const std::size_t c = links_[i].consumer.index();
            if (c == last) continue;
            if (cursor_[c] != nothing) return false;
            cursor_[c] = static_cast<Index>(i);
            last = c;
        }
        return true;
    }

    constexpr void enter(std::size_t) noexcept {}
    constexpr std::size_t next(std::size_t d) noexcept {
        std::size_t i = cursor_[d];
        for (; i < links_.size() && links_[i].consumer.index() == d; ++i)
            if (holds_back(links_[i].flags)) {
                cursor_[d] = static_cast<Index>(i + 1);
                return links_[i].supplier.index();
            }
        cursor_[d] = nothing;
        return no_supplier;
    }

private:
    static constexpr Index nothing = std::numeric_limits<Index>::max();

    std::span<const basic_link_spec<Index>> links_;
    buffer<Index>& cursor_;
};

/// The suppliers that a graph lists itself, nothing copied: the iterators of the devices that are open stand on a
/// stack.
template <supplier_list_graph G>
class listed_suppliers {
public:
    using index_type = typename G::index_type;
    using device = basic_device_id<index_type>;

    /// `memory` is where the stack is; what it has allocated once it keeps.
    constexpr listed_suppliers(const G& g, buffer<std::byte>& memory) noexcept
        : graph_{g}
        , memory_{memory} {}

    constexpr void enter(std::size_t d) {
        if ((depth_ + 1) * sizeof(frame) > memory_.size()) grow();
        auto&& list = graph_.suppliers(device{d});
        const auto parent = parent_of(graph_, device{d});
        const bool populated = parent.device.valid() && parent.kind == parent_kind::populates;
        std::construct_at(frames() + depth_++, frame{std::ranges::begin(list), std::ranges::end(list),
                                                     populated ? parent.device : device{}});
    }
    constexpr std::size_t next(std::size_t) {
        frame& top = frames()[depth_ - 1];
        if (top.parent.valid()) return std::exchange(top.parent, {}).index();
        while (top.at != top.end) {
            const basic_supplier_link<index_type> l = *top.at;
            ++top.at;
            if (holds_back(l.flags)) return l.supplier.index();
        }
        --depth_;
        return no_supplier;
    }

private:
    using list_type = decltype(std::declval<const G&>().suppliers(device{}));
    struct frame {
        std::ranges::iterator_t<list_type> at;
        std::ranges::sentinel_t<list_type> end;
        device parent;
    };

public:
    /// Whether iterators can stand in plain memory, and outlive the range that they came from.
    static constexpr bool possible = std::is_trivially_copyable_v<frame> &&
                                     alignof(frame) <= alignof(std::max_align_t) &&
                                     (std::ranges::borrowed_range<list_type> || std::is_reference_v<list_type>);

private:
    [[nodiscard]] frame* frames() noexcept { return std::launder(reinterpret_cast<frame*>(memory_.data())); }

    void grow() {
        buffer<std::byte> larger;
        larger.resize(2 * memory_.size() + 64 * sizeof(frame));
        std::copy(memory_.begin(), memory_.begin() + depth_ * sizeof(frame), larger.begin());
        memory_ = std::move(larger);
    }

    const G& graph_;
    buffer<std::byte>& memory_;
    std::size_t depth_ = 0;
};

} // namespace devlink::detail

#endif
