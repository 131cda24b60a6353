// SPDX-License-Identifier: MIT
#ifndef DEVLINK_RESOLVE_READY_QUEUE_HPP
#define DEVLINK_RESOLVE_READY_QUEUE_HPP

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
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
        items_.reset(device_count);
        wave.assign(device_count, 0);
        wave_ = wave.data();
        current_ = 0;
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
        size_ = 0;
        lowest_ = 0;
        next_ = none;
    }
    constexpr void push(std::size_t d) noexcept {
        if (d < next_ && (next_ != none || d < lowest_ || size_ == 0)) std::swap(d, next_);
        if (d == none) return;
        ready_.insert(d);
        ++size_;
        lowest_ = std::min(lowest_, d);
    }
    constexpr std::size_t pop() noexcept {
        if (next_ != none) return std::exchange(next_, none);
        if (size_ == 0) return none;
        lowest_ = ready_.next(lowest_);
        ready_.erase(lowest_);
        --size_;
        return lowest_;
    }

private:
    index_set ready_;
    std::size_t size_ = 0;
    std::size_t lowest_ = 0;  // no member of the set is below it
    std::size_t next_ = none; // a ready device below all members of the set
};

/// order_rule::longest_path_first: the ready device with the most expensive chain of consumers, of equal ones that
/// registered first.
template <std::unsigned_integral Index>
class longest_path_queue : public queue_news {
public:
    /// `priority[d]` is the cost of the chain; it must stay where it is.
    constexpr void reset(std::size_t device_count, const std::uint64_t* priority) {
        heap_.resize(device_count);
        size_ = 0;
        priority_ = priority;
    }
    constexpr void push(std::size_t d) {
        heap_[size_++] = static_cast<Index>(d);
        std::push_heap(heap_.begin(), heap_.begin() + size_, later());
    }
    constexpr std::size_t pop() {
        if (size_ == 0) return none;
        std::pop_heap(heap_.begin(), heap_.begin() + size_, later());
        return heap_[--size_];
    }

private:
    [[nodiscard]] constexpr auto later() const noexcept {
        return [priority = priority_](Index a, Index b) {
            return priority[a] != priority[b] ? priority[a] < priority[b] : a > b;
        };
    }

    buffer<Index> heap_;
    std::size_t size_ = 0;
    const std::uint64_t* priority_ = nullptr;
};

} // namespace devlink::detail

#endif
