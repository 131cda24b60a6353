// SPDX-License-Identifier: MIT
#ifndef DEVLINK_RESOLVE_ON_DEMAND_HPP
#define DEVLINK_RESOLVE_ON_DEMAND_HPP

#include <concepts>
#include <cstddef>
#include <span>

#include <devlink/detail/buffer.hpp>
#include <devlink/detail/visit_marks.hpp>
#include <devlink/resolve/needs.hpp>

namespace devlink::detail {

// order_rule::on_demand: devices in registration order, each preceded by those of its needs that are not in the order
// yet. It asks only for a device's suppliers, one after the other, so whatever lists them will do. Each way to hold
// them is a class in a header of its own: table_suppliers (below), grouped_suppliers, sorted_suppliers,
// listed_suppliers.

inline constexpr std::size_t no_supplier = static_cast<std::size_t>(-1);

/// An answer to "which supplier is next?": the first that is not done, and whether no other one follows.
struct next_supplier {
    std::size_t supplier = no_supplier;
    bool last = true;
};

/// Writes the order. Returns false, with the order unfinished, if the needs hold a cycle. O(D + L); allocates nothing.
///
/// `suppliers.next(d, first, marks)` is called until an answer is no_supplier or the last one, with `first` when d's
/// suppliers are asked for first; between the calls come the suppliers' own turns, last asked first left. Who has been
/// asked for the last one is not asked again: on long chains that spares a look at memory that has left the cache.
/// The stack needs no memory of its own: what is in the order and what is still on the way are never more than all
/// devices, so it grows down from the end of the order.
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
        next_supplier next = suppliers.next(d, true, marks);
        while (true) {
            if (next.supplier != no_supplier) {
                if (marks[next.supplier] != visit::unseen) return false;
                if (next.last) marks.ask(d);
                order[--top] = basic_device_id<Index>{d};
                d = next.supplier;
                marks.open(d);
                next = suppliers.next(d, true, marks);
                continue;
            }
            marks.finish(d);
            order[written++] = basic_device_id<Index>{d};
            for (; top != n && marks[order[top].index()] == visit::asked; ++top) {
                marks.finish(order[top].index());
                order[written++] = order[top];
            }
            if (top == n) break;
            d = order[top++].index();
            next = suppliers.next(d, false, marks);
        }
    }
    return true;
}

/// The needs of a table, in turn. `Wanted` tells which of them count.
template <std::unsigned_integral Index, class Wanted>
class table_suppliers {
public:
    constexpr table_suppliers(const needs_table<Index>& needs, buffer<offset<Index>>& cursor, Wanted wanted)
        : needs_{needs}
        , cursor_{cursor}
        , wanted_{wanted} {
        cursor_.resize(needs.device_count());
    }

    constexpr next_supplier next(std::size_t d, bool first, const visit_marks& marks) noexcept {
        if (first) cursor_[d] = static_cast<offset<Index>>(needs_.first(d));
        while (cursor_[d] != needs_.first(d + 1)) {
            const auto& need = needs_[cursor_[d]++];
            const std::size_t s = wanted_(d, need);
            if (s != no_supplier && marks[s] != visit::done) return {s, cursor_[d] == needs_.first(d + 1)};
        }
        return {};
    }

private:
    const needs_table<Index>& needs_;
    buffer<offset<Index>>& cursor_;
    Wanted wanted_;
};

/// Every need that holds back.
struct every_need {
    template <std::unsigned_integral Index>
    constexpr std::size_t operator()(std::size_t, const basic_supplier_link<Index>& need) const noexcept {
        return holds_back(need.flags) ? need.supplier.index() : no_supplier;
    }
};

} // namespace devlink::detail

#endif
