// SPDX-License-Identifier: MIT
#ifndef DEVLINK_MODEL_INCREMENTAL_ORDER_HPP
#define DEVLINK_MODEL_INCREMENTAL_ORDER_HPP

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <devlink/detail/labelled_list.hpp>
#include <devlink/detail/reset_when_moved.hpp>
#include <devlink/fwd.hpp>

namespace devlink {

/// Tells for one edge after the other whether it would close a cycle, by keeping an order in which every edge points
/// forward.
///
/// The argument. An edge puts `before` ahead of `after`. If the order has them so already, nothing can lead from
/// `after` to `before`, since all edges point forward: the answer takes constant time. To begin with, the order is that
/// of the numbers, which costs no memory; device trees and buses list suppliers first, so most graphs never leave it.
/// Otherwise only what lies from `after` to `before` in the order can be on a path between them. Two searches inside of
/// that window, forward from `after` and backward from `before`, take turns, edge by edge:
/// - If one meets what the other has seen, there is a path, and the edge is refused.
/// - If the forward search runs out, it has seen all that `after` leads to up to `before`. Moved behind `before`, in
///   its old order, all of it is behind its predecessors still, and ahead of its successors, which lie beyond.
/// - If the backward search runs out, what it has seen moves to just before `after`, for the same reason.
/// So an edge costs twice the smaller of the two searches, however large the other would have been, and each device and
/// edge is looked at once, however many paths lead to it.
/// At worst that is O(D + L) an edge, plus a sort of what moves and O(log D) amortised for each device that moves.
///
/// Edges that come unchecked may contradict the order; then it is not known any more, the searches know no window, and
/// once they have cost as much as sorting everything, everything is sorted. Edges that go away leave an order valid.
/// A moved-from order is as a new one.
template <std::unsigned_integral Index>
class basic_incremental_order {
public:
    /// Takes an edge, unless `before` can be reached from `after`.
    ///
    /// `neighbours` knows the graph, without the edge, as basic_dependency_edges does.
    /// Returns whether the edge was taken; if not, path() tells why. Constant time if the order has it so; allocates
    /// as vectors grow.
    template <class Neighbours>
    constexpr bool admit(Index before, Index after, const Neighbours& neighbours) {
        if (known_ == knowledge::numbers && before < after) return true;
        return admit_unexpected(before, after, neighbours);
    }

    /// Notes an edge that was added without being asked for. Constant time.
    constexpr void force(Index before, Index after) {
        if (!agrees(before, after)) forget();
    }

    /// Says that edges may contradict the order. Constant time.
    constexpr void forget() {
        known_ = knowledge::none;
        spent_ = 0;
        patience_ = 0;
    }

    /// Why the last edge was refused: the devices from `after` to `before`, each a successor of the one before it.
    [[nodiscard]] constexpr const std::vector<Index>& path() const noexcept { return path_; }

private:
    enum class knowledge : std::uint8_t {
        numbers, ///< the order of the numbers is valid
        labels,  ///< that of the list is
        none,
    };
    enum class progress : std::uint8_t { going, finished, met };

    struct visit {
        Index device;
        Index via; ///< the place, among the visits, of the one that led here
    };
    template <class Cursor>
    struct search {
        std::vector<visit>& visits;
        Cursor cursor;
        Index at = 0;
        std::uint32_t mark;
        Index meeting = 0; ///< on progress::met: the device that the other search has seen
    };

    /// Whether what is known of the order has room for an edge, without changing it.
    [[nodiscard]] constexpr bool agrees(Index before, Index after) const {
        if (known_ == knowledge::none) return true;
        // Devices that the list does not hold yet will follow in the order of their numbers.
        if (known_ == knowledge::numbers || after >= list_.size()) return before < after;
        return before < list_.size() && precedes(before, after);
    }

    [[nodiscard]] constexpr bool precedes(Index one, Index other) const {
        return list_.label(one) < list_.label(other);
    }

    template <class Neighbours>
    constexpr bool admit_unexpected(Index before, Index after, const Neighbours& neighbours) {
        if (known_ == knowledge::none) {
            if (patience_ == 0) patience_ = neighbours.device_count() + neighbours.edge_count();
            if (spent_ > patience_) sort_all(neighbours);
        }
        if (known_ != knowledge::none) {
            known_ = knowledge::labels;
            while (list_.size() < neighbours.device_count()) list_.append();
            if (precedes(before, after)) return true;
        }
        marks_.resize(neighbours.device_count(), 0);
        if (mark_ >= UINT32_MAX - 2) {
            std::fill(marks_.begin(), marks_.end(), 0U);
            mark_ = 0;
        }
        mark_ += 2;
        ahead_.assign(1, {after, 0});
        behind_.assign(1, {before, 0});
        marks_[after] = mark_;
        marks_[before] = mark_ + 1;
        search<typename Neighbours::successor_cursor> forward{ahead_, neighbours.successors(after), 0, mark_};
        search<typename Neighbours::predecessor_cursor> backward{behind_, neighbours.predecessors(before), 0,
                                                                 mark_ + 1};
        for (;;) {
            switch (step<true>(forward, backward.mark, before, neighbours)) {
            case progress::finished:
                if (known_ == knowledge::labels) list_.move_behind(before, in_order(ahead_));
                return true;
            case progress::met:
                trace(forward.at, find(behind_, forward.meeting));
                return false;
            case progress::going:
                break;
            }
            switch (step<false>(backward, forward.mark, after, neighbours)) {
            case progress::finished:
                if (known_ == knowledge::labels) list_.move_before(after, in_order(behind_));
                return true;
            case progress::met:
                trace(find(ahead_, backward.meeting), backward.at);
                return false;
            case progress::going:
                break;
            }
            spent_ += 2;
        }
    }

    /// Looks at one edge, or goes on to the next device; `bound` is the far end of the window.
    template <bool Forward, class Search, class Neighbours>
    constexpr progress step(Search& s, std::uint32_t other_mark, Index bound, const Neighbours& neighbours) {
        Index found = 0;
        if (!neighbours.next(s.cursor, found)) {
            if (static_cast<std::size_t>(++s.at) == s.visits.size()) return progress::finished;
            const Index device = s.visits[s.at].device;
            if constexpr (Forward)
                s.cursor = neighbours.successors(device);
            else
                s.cursor = neighbours.predecessors(device);
            return progress::going;
        }
        if (marks_[found] == other_mark) {
            s.meeting = found;
            return progress::met;
        }
        if (marks_[found] == s.mark) return progress::going;
        if (known_ == knowledge::labels && (Forward ? precedes(bound, found) : precedes(found, bound)))
            return progress::going;
        marks_[found] = s.mark;
        s.visits.push_back({found, s.at});
        return progress::going;
    }

    struct by_label {
        const detail::labelled_list<Index>& list;
        constexpr bool operator()(Index one, Index other) const { return list.label(one) < list.label(other); }
    };

    [[nodiscard]] constexpr const std::vector<Index>& in_order(const std::vector<visit>& visits) {
        moved_.clear();
        for (const visit& v : visits) moved_.push_back(v.device);
        std::sort(moved_.begin(), moved_.end(), by_label{list_});
        return moved_;
    }

    [[nodiscard]] static constexpr Index find(const std::vector<visit>& visits, Index device) {
        Index at = 0;
        while (visits[at].device != device) ++at;
        return at;
    }

    /// Writes the path down on which the searches met: at that visit of the one, at that of the other.
    constexpr void trace(Index ahead, Index behind) {
        path_.clear();
        for (; ahead != 0; ahead = ahead_[ahead].via) path_.push_back(ahead_[ahead].device);
        path_.push_back(ahead_[0].device);
        std::reverse(path_.begin(), path_.end());
        for (; behind != 0; behind = behind_[behind].via) path_.push_back(behind_[behind].device);
        path_.push_back(behind_[0].device);
    }

    /// Sorts everything, if there is no cycle; if there is one, the next try comes after twice as much searching.
    template <class Neighbours>
    constexpr void sort_all(const Neighbours& neighbours) {
        const std::size_t count = neighbours.device_count();
        std::vector<Index> waiting_for(count, 0);
        std::vector<Index> sorted;
        sorted.reserve(count);
        Index found = 0;
        for (std::size_t at = 0; at < count; ++at) {
            const Index d = static_cast<Index>(at);
            for (auto cursor = neighbours.predecessors(d); neighbours.next(cursor, found);) ++waiting_for[at];
            if (waiting_for[at] == 0) sorted.push_back(d);
        }
        for (std::size_t at = 0; at < sorted.size(); ++at)
            for (auto cursor = neighbours.successors(sorted[at]); neighbours.next(cursor, found);)
                if (--waiting_for[found] == 0) sorted.push_back(found);
        if (sorted.size() == count) {
            list_.assign(sorted);
            known_ = knowledge::labels;
        } else {
            patience_ *= 2;
            spent_ = 0;
        }
    }

    detail::reset_when_moved<knowledge, knowledge::numbers> known_;
    std::uint32_t mark_ = 0;
    std::size_t spent_ = 0;    ///< searching since the order was lost
    std::size_t patience_ = 0; ///< so much searching before the next try to sort everything
    detail::labelled_list<Index> list_;
    std::vector<std::uint32_t> marks_; ///< per device: the last search that has seen it
    std::vector<visit> ahead_;
    std::vector<visit> behind_;
    std::vector<Index> moved_;
    std::vector<Index> path_;
};

} // namespace devlink

#endif
