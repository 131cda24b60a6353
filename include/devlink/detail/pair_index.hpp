// SPDX-License-Identifier: MIT
#ifndef DEVLINK_DETAIL_PAIR_INDEX_HPP
#define DEVLINK_DETAIL_PAIR_INDEX_HPP

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include <devlink/detail/reset_when_moved.hpp>

namespace devlink::detail {

/// Finds the link of a pair where both ends have many links: an open-addressed table of link numbers. It holds the
/// links of those consumers only whose list was once found too long to walk, so most graphs never fill it.
template <std::unsigned_integral Index>
class pair_index {
public:
    static constexpr Index none = std::numeric_limits<Index>::max();

    /// The link of a pair, or none. `links` is the array whose places the numbers are.
    template <class Links>
    [[nodiscard]] constexpr Index find(Index consumer, Index supplier, const Links& links) const {
        if (slots_.empty()) return none;
        for (std::size_t at = home(consumer, supplier);; at = (at + 1) & (slots_.size() - 1)) {
            const Index l = slots_[at];
            if (l == none || joins(links[l], consumer, supplier)) return l;
        }
    }

    /// Makes room for so many more links; if that fails, nothing has changed.
    template <class Links>
    constexpr void make_room(std::size_t count, const Links& links) {
        if ((used_ + count) * 2 > slots_.size()) rehash((used_ + count) * 4, links);
    }

    /// Adds a link. A second link of its pair is left out: the first one stands for the pair. Precondition: there is
    /// room for it, so nothing allocates.
    template <class Links>
    constexpr void insert(Index l, const Links& links) {
        if (place(l, links)) ++used_;
    }

    /// Takes a link out, if it is in; returns whether it was. There is then room for another one.
    /// Precondition: the arena still knows its ends.
    template <class Links>
    constexpr bool erase(Index l, const Links& links) {
        if (slots_.empty()) return false;
        const std::size_t mask = slots_.size() - 1;
        std::size_t hole = home(links[l]);
        for (; slots_[hole] != l; hole = (hole + 1) & mask)
            if (slots_[hole] == none) return false;
        // Entries behind the hole move up, unless that would put them before their home.
        for (std::size_t at = (hole + 1) & mask; slots_[at] != none; at = (at + 1) & mask) {
            const std::size_t wish = home(links[slots_[at]]);
            if (((at - wish) & mask) < ((at - hole) & mask)) continue;
            slots_[hole] = slots_[at];
            hole = at;
        }
        slots_[hole] = none;
        --used_;
        return true;
    }

private:
    template <class Link>
    [[nodiscard]] static constexpr bool joins(const Link& link, Index consumer, Index supplier) noexcept {
        return link.consumer.index() == consumer && link.supplier.index() == supplier;
    }

    template <class Link>
    [[nodiscard]] constexpr std::size_t home(const Link& link) const noexcept {
        return home(static_cast<Index>(link.consumer.index()), static_cast<Index>(link.supplier.index()));
    }
    [[nodiscard]] constexpr std::size_t home(Index consumer, Index supplier) const noexcept {
        const std::uint64_t mixed =
            (std::uint64_t{consumer} * 0x9E3779B97F4A7C15U) ^ (std::uint64_t{supplier} * 0xC2B2AE3D27D4EB4FU);
        return static_cast<std::size_t>((mixed * 0x165667B19E3779F9U) >> 24) & (slots_.size() - 1);
    }

    template <class Links>
    constexpr bool place(Index l, const Links& links) {
        const Index consumer = static_cast<Index>(links[l].consumer.index());
        const Index supplier = static_cast<Index>(links[l].supplier.index());
        std::size_t at = home(consumer, supplier);
        for (; slots_[at] != none; at = (at + 1) & (slots_.size() - 1))
            if (joins(links[slots_[at]], consumer, supplier)) return false;
        slots_[at] = l;
        return true;
    }

    template <class Links>
    constexpr void rehash(std::size_t wanted, const Links& links) {
        std::vector<Index> old(std::bit_ceil(wanted), none);
        slots_.swap(old);
        for (const Index l : old)
            if (l != none) place(l, links);
    }

    std::vector<Index> slots_;
    reset_when_moved<std::size_t, 0> used_;
};

} // namespace devlink::detail

#endif
