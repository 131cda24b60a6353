// SPDX-License-Identifier: MIT
#ifndef DEVLINK_RESOLVE_GROUPED_SUPPLIERS_HPP
#define DEVLINK_RESOLVE_GROUPED_SUPPLIERS_HPP

#include <algorithm>
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

    /// Whether the links are so grouped; finds the groups. Groups in no order are no use where they don't fit the
    /// cache: each would be a miss in a list of whole links, which sorted suppliers spare. So a list whose groups often
    /// step back does not count either; most such lists show it with their first links. O(D + L).
    constexpr bool find_groups(std::size_t device_count) {
        if (links_.size() >= nothing || steps_back_often(links_.first(std::min(links_.size(), sample)))) return false;
        // Backwards, so that a group's first link is written last, and without a question a link: which one begins a
        // group is hard to foretell. Grouped are they if there are no more groups than devices that have one.
        cursor_.assign(device_count, nothing);
        std::size_t groups = 0;
        std::size_t steps_back = 0;
        std::size_t last = device_count;
        for (std::size_t i = links_.size(); i-- != 0;) {
            const std::size_t c = links_[i].consumer.index();
            cursor_[c] = static_cast<Index>(i);
            groups += c != last ? 1U : 0U;
            steps_back += c > last ? 1U : 0U;
            last = c;
        }
        if (steps_back > groups / 4 && steps_back > in_cache) return false;
        return groups == device_count - static_cast<std::size_t>(std::count(cursor_.begin(), cursor_.end(), nothing));
    }

    // Asked at two places, so compilers would rather call it: a tenth of the time of the whole.
    [[gnu::always_inline]] constexpr next_supplier next(std::size_t d, bool, const visit_marks& marks) noexcept {
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
    static constexpr std::size_t sample = 64;

    [[nodiscard]] static constexpr bool steps_back_often(std::span<const basic_link_spec<Index>> links) noexcept {
        std::size_t steps_back = 0;
        for (std::size_t i = 1; i < links.size(); ++i)
            if (links[i].consumer < links[i - 1].consumer) ++steps_back;
        return steps_back > links.size() / 4;
    }

    std::span<const basic_link_spec<Index>> links_;
    buffer<Index>& cursor_;
};

} // namespace devlink::detail

#endif
