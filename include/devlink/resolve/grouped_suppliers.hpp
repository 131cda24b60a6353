// SPDX-License-Identifier: MIT
#ifndef DEVLINK_RESOLVE_GROUPED_SUPPLIERS_HPP
#define DEVLINK_RESOLVE_GROUPED_SUPPLIERS_HPP

#include <concepts>
#include <cstddef>
#include <limits>
#include <span>

#include <devlink/detail/buffer.hpp>
#include <devlink/detail/visit_marks.hpp>
#include <devlink/model/flags.hpp>
#include <devlink/model/link.hpp>
#include <devlink/resolve/on_demand.hpp>

namespace devlink::detail {

/// A list of links grouped by consumer, as firmware and graph builders make it, is a list of suppliers already: a
/// device's are where its group begins. So the order needs no second copy of the links, only a place in them a device.
template <std::unsigned_integral Index>
class grouped_suppliers {
public:
    constexpr grouped_suppliers(std::span<const basic_link_spec<Index>> links, buffer<Index>& cursor) noexcept
        : links_{links}
        , cursor_{cursor} {}

    /// Whether the links are so grouped; finds the groups. One pass over them, which ends at the first consumer that
    /// comes again. Groups in no order are no use where they don't fit the cache: each would be a miss in a list of
    /// whole links, which sorted suppliers spare. So a large list whose groups often step back does not count either.
    constexpr bool find_groups(std::size_t device_count) {
        if (links_.size() >= nothing) return false;
        cursor_.assign(device_count, nothing);
        std::size_t last = device_count;
        std::size_t groups = 0;
        std::size_t steps_back = 0;
        for (std::size_t i = 0; i != links_.size(); ++i) {
            const std::size_t c = links_[i].consumer.index();
            if (c == last) continue;
            if (cursor_[c] != nothing) return false;
            cursor_[c] = static_cast<Index>(i);
            ++groups;
            if (c < last && ++steps_back > in_cache && steps_back > groups / 4) return false;
            last = c;
        }
        return true;
    }

    constexpr void enter(std::size_t) noexcept {}
    constexpr next_supplier next(std::size_t d, const visit_marks& marks) noexcept {
        const auto in_group = [&](std::size_t i) { return i < links_.size() && links_[i].consumer.index() == d; };
        for (std::size_t i = cursor_[d]; in_group(i); ++i) {
            const std::size_t s = links_[i].supplier.index();
            if (marks[s] == visit::done || !holds_back(links_[i].flags)) continue;
            cursor_[d] = static_cast<Index>(i + 1);
            return {s, !in_group(i + 1)};
        }
        return {};
    }

private:
    static constexpr Index nothing = std::numeric_limits<Index>::max();
    static constexpr std::size_t in_cache = 32'768;

    std::span<const basic_link_spec<Index>> links_;
    buffer<Index>& cursor_;
};

} // namespace devlink::detail

#endif
