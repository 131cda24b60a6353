// SPDX-License-Identifier: MIT
#ifndef DEVLINK_MODEL_INCREMENTAL_ORDER_HPP
#define DEVLINK_MODEL_INCREMENTAL_ORDER_HPP

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <devlink/fwd.hpp>

namespace devlink {

/// Tells whether a new edge would close a cycle, by a search from both ends at once.
template <std::unsigned_integral Index>
class basic_incremental_order {
public:
    /// Whether an edge that puts `before` ahead of `after` closes no cycle, that is `before` can't be reached from
    /// `after`. If it does, path() tells how.
    template <class Neighbours>
    constexpr bool admit(Index before, Index after, const Neighbours& neighbours) {
        if (marks_.size() < neighbours.device_count()) marks_.resize(neighbours.device_count(), 0);
        epoch_ += 2;
        forward_.start(after, neighbours.successors(after));
        backward_.start(before, neighbours.predecessors(before));
        marks_[after] = epoch_;
        marks_[before] = epoch_ + 1;
        for (;;) {
            Index next{};
            switch (forward_.step(neighbours, next, [&](Index d) { return neighbours.successors(d); })) {
            case step_result::exhausted:
                return true;
            case step_result::edge:
                if (marks_[next] == epoch_ + 1) return meet(next);
                if (marks_[next] != epoch_) {
                    marks_[next] = epoch_;
                    forward_.found.push_back({next, forward_.at});
                }
                break;
            case step_result::moved:
                break;
            }
            switch (backward_.step(neighbours, next, [&](Index d) { return neighbours.predecessors(d); })) {
            case step_result::exhausted:
                return true;
            case step_result::edge:
                if (marks_[next] == epoch_) return meet_backward(next);
                if (marks_[next] != epoch_ + 1) {
                    marks_[next] = epoch_ + 1;
                    backward_.found.push_back({next, backward_.at});
                }
                break;
            case step_result::moved:
                break;
            }
        }
    }

    [[nodiscard]] constexpr const std::vector<Index>& path() const noexcept { return path_; }

private:
    enum class step_result : std::uint8_t { exhausted, edge, moved };
    struct visit {
        Index device;
        std::size_t via;
    };
    struct side {
        std::vector<visit> found;
        std::size_t at = 0;
        std::size_t child = 0;
        Index next_device{};
        Index next_link{};

        template <class Cursor>
        constexpr void start(Index d, Cursor cursor) {
            found.clear();
            found.push_back({d, 0});
            at = 0;
            next_device = cursor.device;
            next_link = cursor.link;
            forward = cursor.forward;
        }
        template <class Neighbours, class Open>
        constexpr step_result step(const Neighbours& neighbours, Index& next, Open open) {
            if (neighbours.next(next_device, next_link, forward, next)) return step_result::edge;
            if (++at == found.size()) return step_result::exhausted;
            const auto cursor = open(found[at].device);
            next_device = cursor.device;
            next_link = cursor.link;
            return step_result::moved;
        }
        bool forward = true;
    };

    constexpr bool meet(Index meeting) {
        std::size_t at = 0;
        while (backward_.found[at].device != meeting) ++at;
        build_path(forward_.at, at);
        return false;
    }
    constexpr bool meet_backward(Index meeting) {
        std::size_t at = 0;
        while (forward_.found[at].device != meeting) ++at;
        build_path(at, backward_.at);
        return false;
    }
    constexpr void build_path(std::size_t forward_at, std::size_t backward_at) {
        path_.clear();
        for (std::size_t at = forward_at;; at = forward_.found[at].via) {
            path_.push_back(forward_.found[at].device);
            if (at == 0) break;
        }
        for (std::size_t low = 0, high = path_.size() - 1; low < high; ++low, --high)
            std::swap(path_[low], path_[high]);
        for (std::size_t at = backward_at;; at = backward_.found[at].via) {
            path_.push_back(backward_.found[at].device);
            if (at == 0) break;
        }
    }

    side forward_;
    side backward_;
    std::vector<std::uint32_t> marks_;
    std::uint32_t epoch_ = 0;
    std::vector<Index> path_;
};

} // namespace devlink

#endif
