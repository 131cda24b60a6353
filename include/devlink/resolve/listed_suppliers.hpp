// SPDX-License-Identifier: MIT
#ifndef DEVLINK_RESOLVE_LISTED_SUPPLIERS_HPP
#define DEVLINK_RESOLVE_LISTED_SUPPLIERS_HPP

#include <algorithm>
#include <cstddef>
#include <new>
#include <ranges>
#include <type_traits>
#include <utility>

#include <devlink/detail/buffer.hpp>
#include <devlink/detail/visit_marks.hpp>
#include <devlink/model/device_graph.hpp>
#include <devlink/model/flags.hpp>
#include <devlink/resolve/on_demand.hpp>

namespace devlink::detail {

/// The suppliers that a graph lists itself, nothing copied: the iterators of the devices that are on the way stand on a
/// stack, which is as deep as the longest chain met, not as the graph is large.
template <supplier_list_graph G>
class listed_suppliers {
    using index_type = typename G::index_type;
    using device = basic_device_id<index_type>;
    using list_type = decltype(std::declval<const G&>().suppliers(device{}));
    using iterator = std::ranges::iterator_t<list_type>;
    using sentinel = std::ranges::sentinel_t<list_type>;

    struct frame {
        iterator at;
        sentinel end;
        device parent; // populates the device, and has not been asked for yet
    };

public:
    /// Whether iterators can stand in plain memory, and outlive the range that they came from.
    static constexpr bool possible = std::is_trivially_copyable_v<frame> &&
                                     alignof(frame) <= alignof(std::max_align_t) &&
                                     (std::ranges::borrowed_range<list_type> || std::is_reference_v<list_type>);

    /// `memory` is where the stack is; what it has allocated once it keeps.
    listed_suppliers(const G& g, buffer<std::byte>& memory) noexcept
        : graph_{g}
        , memory_{memory} {}

    next_supplier next(std::size_t d, bool first, const visit_marks& marks) {
        if (first) enter(d);
        frame& top = *std::launder(reinterpret_cast<frame*>(place(depth_ - 1)));
        if (top.parent.valid())
            if (const std::size_t p = std::exchange(top.parent, {}).index(); marks[p] != visit::done)
                return found(p, top);
        while (top.at != top.end) {
            const basic_supplier_link<index_type> l = *top.at;
            ++top.at;
            if (marks[l.supplier.index()] != visit::done && holds_back(l.flags)) return found(l.supplier.index(), top);
        }
        --depth_;
        return {};
    }

private:
    void enter(std::size_t d) {
        if ((depth_ + 1) * sizeof(frame) > memory_.size()) grow();
        auto&& list = graph_.suppliers(device{d});
        const auto parent = parent_of(graph_, device{d});
        const bool populated = parent.device.valid() && parent.kind == parent_kind::populates;
        ::new (static_cast<void*>(place(depth_++)))
            frame{std::ranges::begin(list), std::ranges::end(list), populated ? parent.device : device{}};
    }

    next_supplier found(std::size_t s, const frame& top) noexcept {
        const bool last = top.at == top.end;
        if (last) --depth_;
        return {s, last};
    }

    /// Where a frame stands, or will stand.
    [[nodiscard]] std::byte* place(std::size_t depth) noexcept { return memory_.data() + depth * sizeof(frame); }

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
