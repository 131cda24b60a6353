// SPDX-License-Identifier: MIT
#ifndef DEVLINK_RESOLVE_SORTED_SUPPLIERS_HPP
#define DEVLINK_RESOLVE_SORTED_SUPPLIERS_HPP

#include <concepts>
#include <cstddef>
#include <span>

#include <devlink/detail/visit_marks.hpp>
#include <devlink/model/link.hpp>
#include <devlink/resolve/on_demand.hpp>
#include <devlink/resolve/sorted_links.hpp>

namespace devlink::detail {

/// The suppliers of a list of links in no order: the list is sorted by consumer first.
template <std::unsigned_integral Index>
class sorted_suppliers {
public:
    using memory = sorted_links<Index, link_end::consumer>;

    constexpr explicit sorted_suppliers(memory& links) noexcept
        : links_{links} {}

    /// O(D + L).
    constexpr void sort(std::size_t device_count, std::span<const basic_link_spec<Index>> links) {
        links_.sort(device_count, links);
    }

    // Asked at two places, so compilers would rather call it: a tenth of the time of the whole.
    [[gnu::always_inline]] constexpr next_supplier next(std::size_t d, bool first, const visit_marks& marks) noexcept {
        const std::size_t end = links_.end(d);
        if (!first) return next_from(d, links_.first(d), end, marks);
        const std::size_t at = links_.begin(d);
        if (at == end) return {};
        if (const std::size_t s = links_.first(d); marks[s] != visit::done) return found(d, s, at + 1, end);
        return next_from(d, at + 1, end, marks);
    }

private:
    constexpr next_supplier next_from(std::size_t d, std::size_t at, std::size_t end,
                                      const visit_marks& marks) noexcept {
        for (; at != end; ++at)
            if (const std::size_t s = links_[at]; marks[s] != visit::done) return found(d, s, at + 1, end);
        return {};
    }

    /// Once the first supplier has been asked for, its word holds where to go on.
    constexpr next_supplier found(std::size_t d, std::size_t s, std::size_t next, std::size_t end) noexcept {
        links_.first(d) = static_cast<typename memory::word>(next);
        return {s, next == end};
    }

    memory& links_;
};

} // namespace devlink::detail

#endif
