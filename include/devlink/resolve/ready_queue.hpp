// SPDX-License-Identifier: MIT
#ifndef DEVLINK_RESOLVE_READY_QUEUE_HPP
#define DEVLINK_RESOLVE_READY_QUEUE_HPP

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <utility>

#include <devlink/detail/buffer.hpp>
#include <devlink/detail/index_set.hpp>

namespace devlink::detail {

// Which of the ready devices is probed next, a class a rule. All have the same members: `push(d)` makes a device ready,
// `pop()` takes the next one or `none`; the rest is news that only the kernel's queue listens to.

struct queue_news {
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    constexpr void bound(std::size_t) noexcept {}    ///< the device that was popped last has bound
    constexpr void failed(std::size_t) noexcept {}   ///< it failed for good
    constexpr void deferred(std::size_t) noexcept {} ///< it deferred
    constexpr void released(std::size_t) noexcept {} ///< a consumer stopped waiting for an optional supplier
    constexpr void doom_has_run() noexcept {}        ///< all that one event doomed is doomed
};

/// First come, first served.
template <std::unsigned_integral Index>
class fifo_queue : public queue_news {
public:
    constexpr void reset(std::size_t device_count) {
        items_.resize(device_count);
        head_ = tail_ = 0;
    }
    constexpr void push(std::size_t d) noexcept { items_[tail_++] = static_cast<Index>(d); }
    constexpr std::size_t pop() noexcept { return head_ == tail_ ? none : static_cast<std::size_t>(items_[head_++]); }

private:
    buffer<Index> items_;
    std::size_t head_ = 0;
    std::size_t tail_ = 0;
};

/// order_rule::breadth: a device's wave is one more than that of the device whose probe made it ready, which is the
/// highest of what it needs.
template <std::unsigned_integral Index>
class wave_queue : public queue_news {
public:
    /// `wave` is where the waves are written; 0 stays where a device is never ready.
    constexpr void reset(std::size_t device_count, buffer<Index>& wave) {
        wave.assign(device_count, 0);
        go_on(wave, 0);
    }
    /// The same where the waves up to `last_wave` have been written.
    constexpr void go_on(buffer<Index>& wave, std::size_t last_wave) {
        items_.reset(wave.size());
        wave_ = wave.data();
        current_ = static_cast<Index>(last_wave);
    }
    constexpr void push(std::size_t d) noexcept {
        wave_[d] = current_ + 1;
        items_.push(d);
    }
    constexpr std::size_t pop() noexcept {
        const std::size_t d = items_.pop();
        if (d != none) current_ = wave_[d];
        return d;
    }
    [[nodiscard]] constexpr std::size_t last_wave() const noexcept { return current_; }

private:
    fifo_queue<Index> items_;
    Index* wave_ = nullptr;
    Index current_ = 0;
};

/// order_rule::registration: always the ready device registered first. A device that goes before all that are ready, as
/// on a chain every one does, is next and never enters the set.
class registration_queue : public queue_news {
public:
    constexpr void reset(std::size_t device_count) {
        ready_.reset(device_count);
        lowest_ = 0;
        next_ = none;
    }
    constexpr void push(std::size_t d) noexcept {
        if (d < next_ && (next_ != none || d < lowest_ || ready_.empty())) std::swap(d, next_);
        if (d == none) return;
        ready_.insert(d);
        lowest_ = std::min(lowest_, d);
    }
    constexpr std::size_t pop() noexcept {
        if (next_ != none) return std::exchange(next_, none);
        if (ready_.empty()) return none;
        lowest_ = ready_.next(lowest_);
        ready_.erase(lowest_);
        return lowest_;
    }

private:
    index_set ready_;
    std::size_t lowest_ = 0;  // no member of the set is below it
    std::size_t next_ = none; // a ready device below all members of the set
};

/// order_rule::longest_path_first: the ready device with the most expensive chain of consumers, of equal ones that
/// registered first. All devices are ranked so once, and the ready one of the lowest rank is next.
template <std::unsigned_integral Index>
class longest_path_queue : public queue_news {
public:
    /// `cost[d]` is that of d's chain. O(D) where the costs are of the order of D, as they are if each device costs 1;
    /// else O(D log D) comparisons.
    constexpr void reset(std::span<const std::uint64_t> cost) {
        const std::size_t n = cost.size();
        by_rank_.resize(n);
        rank_.resize(n);
        const std::uint64_t highest = n == 0 ? 0 : *std::max_element(cost.begin(), cost.end());
        if (highest <= 4 * n) {
            next_rank_.assign(static_cast<std::size_t>(highest) + 1, 0);
            for (const std::uint64_t c : cost) ++next_rank_[static_cast<std::size_t>(c)];
            Index ranked = 0;
            for (std::size_t c = next_rank_.size(); c-- != 0;)
                ranked = static_cast<Index>(ranked + std::exchange(next_rank_[c], ranked));
            for (std::size_t d = 0; d != n; ++d)
                by_rank_[next_rank_[static_cast<std::size_t>(cost[d])]++] = static_cast<Index>(d);
        } else {
            std::iota(by_rank_.begin(), by_rank_.end(), Index{0});
            std::sort(by_rank_.begin(), by_rank_.end(),
                      [&](Index a, Index b) { return cost[a] != cost[b] ? cost[a] > cost[b] : a < b; });
        }
        for (std::size_t rank = 0; rank != n; ++rank) rank_[by_rank_[rank]] = static_cast<Index>(rank);
        ready_.reset(n);
    }
    constexpr void push(std::size_t d) noexcept { ready_.push(rank_[d]); }
    constexpr std::size_t pop() noexcept {
        const std::size_t rank = ready_.pop();
        return rank == none ? none : static_cast<std::size_t>(by_rank_[rank]);
    }

private:
    registration_queue ready_; // of ranks
    buffer<Index> by_rank_;
    buffer<Index> rank_;
    buffer<Index> next_rank_; // by cost
};

} // namespace devlink::detail

#endif
