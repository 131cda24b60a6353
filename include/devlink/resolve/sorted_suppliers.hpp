// SPDX-License-Identifier: MIT
#ifndef DEVLINK_RESOLVE_SORTED_SUPPLIERS_HPP
#define DEVLINK_RESOLVE_SORTED_SUPPLIERS_HPP

#include <concepts>
#include <cstddef>
#include <span>
#include <utility>

#include <devlink/detail/visit_marks.hpp>
#include <devlink/model/link.hpp>
#include <devlink/resolve/on_demand.hpp>
#include <devlink/resolve/sorted_links.hpp>

namespace devlink::detail {

/// The suppliers of a list of links in no order: the list is sorted by consumer first.
template <std::unsigned_integral Index>
class sorted_suppliers {
public:
    constexpr explicit sorted_suppliers(sorted_links<Index>& memory) noexcept
        : links_{memory} {}

    /// O(D + L).
    constexpr void sort(std::size_t device_count, std::span<const basic_link_spec<Index>> links) {
        links_.template sort<link_end::consumer>(device_count, links);
    }

    constexpr void enter(std::size_t) noexcept {}
    constexpr next_supplier next(std::size_t d, const visit_marks& marks) noexcept {
        auto& r = links_.of(d);
        if (r.first != sorted_links<Index>::nothing)
            if (const std::size_t s = std::exchange(r.first, sorted_links<Index>::nothing); marks[s] != visit::done)
                return {s, r.at == r.end};
        for (auto at = r.at; at != r.end; ++at) {
            const std::size_t s = links_[at];
            if (marks[s] == visit::done) continue;
            r.at = at + 1;
            return {s, r.at == r.end};
        }
        return {};
    }

private:
    sorted_links<Index>& links_;
};

} // namespace devlink::detail

#endif
