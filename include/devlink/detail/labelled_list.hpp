// SPDX-License-Identifier: MIT
#ifndef DEVLINK_DETAIL_LABELLED_LIST_HPP
#define DEVLINK_DETAIL_LABELLED_LIST_HPP

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include <devlink/detail/reset_when_moved.hpp>

namespace devlink::detail {

/// A list of the numbers 0, 1, 2... that tells in constant time which of two comes first, and lets numbers move.
///
/// Each holds a label that grows along the list. What moves to a place takes labels from the gap there. Where the gap
/// is used up, the labels of the smallest aligned range around it that is sparse enough are spread anew, the more
/// sparse the larger the range, which makes a move O(log n) amortised. Source: Bender, Cole, Demaine, Farach-Colton,
/// Zito: Two simplified algorithms for maintaining order in a list (ESA 2002).
template <std::unsigned_integral Index>
class labelled_list {
public:
    [[nodiscard]] constexpr std::size_t size() const noexcept { return nodes_.size(); }

    [[nodiscard]] constexpr std::uint64_t label(Index number) const noexcept { return nodes_[number].label; }

    /// Appends the next number; nothing has changed if memory runs out. Amortised O(log n), in practice constant.
    constexpr void append() {
        const Index number = static_cast<Index>(nodes_.size());
        nodes_.push_back({0, none, none});
        insert_after(last_, &number, 1);
    }

    /// Orders the numbers as `numbers` has them, which are all; nothing has changed if memory runs out.
    constexpr void assign(const std::vector<Index>& numbers) {
        nodes_ = std::vector<node>(numbers.size(), {0, none, none});
        first_ = last_ = none;
        for (const Index number : numbers) insert_after(last_, &number, 1);
    }

    /// Moves `numbers`, in that order, to directly behind `place`, which is none of them.
    constexpr void move_behind(Index place, const std::vector<Index>& numbers) {
        for (const Index number : numbers) take_out(number);
        insert_after(place, numbers.data(), numbers.size());
    }

    /// Moves `numbers`, in that order, to directly before `place`, which is none of them.
    constexpr void move_before(Index place, const std::vector<Index>& numbers) {
        for (const Index number : numbers) take_out(number);
        insert_after(nodes_[place].previous, numbers.data(), numbers.size());
    }

private:
    static constexpr Index none = std::numeric_limits<Index>::max();
    static constexpr std::uint64_t spacing = std::uint64_t{1} << 31;
    static constexpr unsigned label_bits = 63;

    struct node {
        std::uint64_t label;
        Index previous;
        Index next;
    };

    constexpr void take_out(Index number) {
        const node& taken = nodes_[number];
        (taken.previous == none ? first_ : nodes_[taken.previous].next) = taken.next;
        (taken.next == none ? last_ : nodes_[taken.next].previous) = taken.previous;
    }

    /// Inserts numbers that are not in the list behind `place`, or at the front for none.
    constexpr void insert_after(Index place, const Index* numbers, std::size_t count) {
        const Index behind = place == none ? first_ : nodes_[place].next;
        Index previous = place;
        for (std::size_t at = 0; at < count; ++at) {
            nodes_[numbers[at]].previous = previous;
            (previous == none ? first_ : nodes_[previous].next) = numbers[at];
            previous = numbers[at];
        }
        nodes_[previous].next = behind;
        (behind == none ? last_ : nodes_[behind].previous) = previous;

        const std::uint64_t base = place == none ? 0 : nodes_[place].label;
        std::uint64_t end = std::uint64_t{1} << label_bits;
        if (behind != none)
            end = nodes_[behind].label;
        else if ((end - base) / spacing > count)
            end = base + spacing * (count + 1);
        const std::uint64_t step = (end - base) / (count + 1);
        if (step == 0) return spread(base, numbers[0], previous, count);
        for (std::size_t at = 0; at < count; ++at) nodes_[numbers[at]].label = base + step * (at + 1);
    }

    /// Gives labels to the `count` numbers from `left` to `right`, which have none, around the label `base`.
    constexpr void spread(std::uint64_t base, Index left, Index right, std::size_t count) {
        constexpr double growth = 2.0 / 1.4;
        double capacity = 1;
        unsigned bits = 0;
        std::uint64_t low = 0;
        for (;;) {
            ++bits;
            capacity *= growth;
            const std::uint64_t width = std::uint64_t{1} << bits;
            low = base & ~(width - 1);
            for (; nodes_[left].previous != none && nodes_[nodes_[left].previous].label >= low; ++count)
                left = nodes_[left].previous;
            for (; nodes_[right].next != none && nodes_[nodes_[right].next].label - low < width; ++count)
                right = nodes_[right].next;
            if (bits == label_bits || static_cast<double>(count) + 1 <= capacity) break;
        }
        const std::uint64_t step = (std::uint64_t{1} << bits) / (std::uint64_t{count} + 1);
        for (std::uint64_t label = low + step;; label += step, left = nodes_[left].next) {
            nodes_[left].label = label;
            if (left == right) break;
        }
    }

    std::vector<node> nodes_;
    reset_when_moved<Index, none> first_;
    reset_when_moved<Index, none> last_;
};

} // namespace devlink::detail

#endif
