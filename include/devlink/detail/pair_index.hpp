// SPDX-License-Identifier: MIT
#ifndef DEVLINK_DETAIL_PAIR_INDEX_HPP
#define DEVLINK_DETAIL_PAIR_INDEX_HPP

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <devlink/detail/graph_storage.hpp>

namespace devlink::detail {

/// Finds the link of a pair where both ends have many links: an open-addressed table of link numbers. It holds the
/// links of those consumers only whose list was once found too long to walk, so most graphs never fill it.
template <std::unsigned_integral Index>
class pair_index {
public:
    using arena = std::vector<link_record<Index>>;

    [[nodiscard]] constexpr Index find(Index consumer, Index supplier, const arena& links) const {
        if (slots_.empty()) return nothing<Index>;
        for (std::size_t at = home(consumer, supplier);; at = (at + 1) & (slots_.size() - 1)) {
            const Index l = slots_[at];
            if (l == nothing<Index> || (links[l].consumer == consumer && links[l].supplier == supplier)) return l;
        }
    }

    /// Adds a link. A second link of its pair is left out: the first one stands for the pair.
    constexpr void insert(Index l, const arena& links) {
        if ((used_ + 1) * 2 > slots_.size()) rehash((used_ + 1) * 4, links);
        if (place(l, links)) ++used_;
    }

    /// Takes a link out, if it is in. Precondition: the arena still knows its ends.
    constexpr void erase(Index l, const arena& links) {
        if (slots_.empty()) return;
        const std::size_t mask = slots_.size() - 1;
        std::size_t hole = home(links[l].consumer, links[l].supplier);
        for (; slots_[hole] != l; hole = (hole + 1) & mask)
            if (slots_[hole] == nothing<Index>) return;
        // Entries behind the hole move up, unless that would put them before their home.
        for (std::size_t at = (hole + 1) & mask; slots_[at] != nothing<Index>; at = (at + 1) & mask) {
            const std::size_t wish = home(links[slots_[at]].consumer, links[slots_[at]].supplier);
            if (((at - wish) & mask) < ((at - hole) & mask)) continue;
            slots_[hole] = slots_[at];
            hole = at;
        }
        slots_[hole] = nothing<Index>;
        --used_;
    }

private:
    [[nodiscard]] constexpr std::size_t home(Index consumer, Index supplier) const noexcept {
        const std::uint64_t mixed =
            (std::uint64_t{consumer} * 0x9E3779B97F4A7C15U) ^ (std::uint64_t{supplier} * 0xC2B2AE3D27D4EB4FU);
        return static_cast<std::size_t>((mixed * 0x165667B19E3779F9U) >> 24) & (slots_.size() - 1);
    }

    constexpr bool place(Index l, const arena& links) {
        const Index consumer = links[l].consumer;
        const Index supplier = links[l].supplier;
        std::size_t at = home(consumer, supplier);
        for (; slots_[at] != nothing<Index>; at = (at + 1) & (slots_.size() - 1))
            if (links[slots_[at]].consumer == consumer && links[slots_[at]].supplier == supplier) return false;
        slots_[at] = l;
        return true;
    }

    constexpr void rehash(std::size_t wanted, const arena& links) {
        const std::vector<Index> old = std::move(slots_);
        slots_.assign(std::bit_ceil(wanted), nothing<Index>);
        for (const Index l : old)
            if (l != nothing<Index>) place(l, links);
    }

    std::vector<Index> slots_;
    std::size_t used_ = 0;
};

} // namespace devlink::detail

#endif
