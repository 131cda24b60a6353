// SPDX-License-Identifier: MIT
#ifndef DEVLINK_RESOLVE_KERNEL_QUEUE_HPP
#define DEVLINK_RESOLVE_KERNEL_QUEUE_HPP

#include <bit>
#include <cstddef>
#include <cstdint>

#include <devlink/detail/buffer.hpp>
#include <devlink/detail/index_set.hpp>
#include <devlink/resolve/ready_queue.hpp>

namespace devlink::detail {

/// How many members of a set lie before a place, while members leave: a tree of partial sums over 64-bit words.
class member_counter {
public:
    constexpr void reset(std::size_t bound) {
        words_.assign(bound / 64 + 1, 0);
        sums_.assign(words_.size() + 1, 0);
        size_ = 0;
    }
    /// Adds a member; sum_up() makes it count.
    constexpr void insert(std::size_t i) noexcept {
        words_[i / 64] |= std::uint64_t{1} << (i % 64);
        ++size_;
    }
    constexpr void sum_up() noexcept {
        for (std::size_t i = 0; i != words_.size(); ++i)
            sums_[i + 1] = static_cast<std::size_t>(std::popcount(words_[i]));
        for (std::size_t i = 1; i < sums_.size(); ++i)
            if (const std::size_t up = i + (i & (~i + 1)); up < sums_.size()) sums_[up] += sums_[i];
    }
    constexpr void erase(std::size_t i) noexcept {
        words_[i / 64] &= ~(std::uint64_t{1} << (i % 64));
        --size_;
        for (std::size_t at = i / 64 + 1; at < sums_.size(); at += at & (~at + 1)) --sums_[at];
    }
    [[nodiscard]] constexpr bool contains(std::size_t i) const noexcept {
        return ((words_[i / 64] >> (i % 64)) & 1U) != 0;
    }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
    /// How many members are below `i`.
    [[nodiscard]] constexpr std::size_t below(std::size_t i) const noexcept {
        std::size_t count =
            static_cast<std::size_t>(std::popcount(words_[i / 64] & ((std::uint64_t{1} << (i % 64)) - 1)));
        for (std::size_t at = i / 64; at != 0; at -= at & (~at + 1)) count += sums_[at];
        return count;
    }

private:
    buffer<std::uint64_t> words_;
    buffer<std::size_t> sums_;
    std::size_t size_ = 0;
};

/// order_rule::kernel: the order in which Linux binds devices at boot, and the attempts that it wastes, without playing
/// them.
///
/// While deferral is held back, each device is tried once in registration order, and who is not ready joins the queue.
/// Then the queue runs: a device deferred again goes to its end, and a bind puts all that were deferred behind those
/// still to be tried. So the devices stand in a fixed ring, a place in it moves on, and whoever is ready leaves the
/// ring when the place comes by. What lies between two binds is a count of members, not a walk. It ends when all have
/// been tried since the last trigger. Source: driver_deferred_probe_trigger(), deferred_probe_work_func(),
/// deferred_probe_initcall().
class kernel_queue : public queue_news {
public:
    constexpr void reset(std::size_t device_count) {
        ready_.reset(device_count);
        waiting_.reset(device_count);
        place_ = 0;
        pass_begin_ = 0;
        attempts_ = 0;
        to_try_ = 0;
        first_round_ = true;
        any_released_ = false;
    }

    /// Says that the device has a driver, so that it is tried at all. Before the first pop.
    constexpr void takes_part(std::size_t d) noexcept { waiting_.insert(d); }
    constexpr void all_take_part() noexcept { waiting_.sum_up(); }

    constexpr void push(std::size_t d) noexcept { ready_.insert(d); }

    constexpr std::size_t pop() noexcept {
        std::size_t d = ready_.next(place_);
        if (first_round_ && d == none) {
            attempts_ += waiting_.size() - waiting_.below(place_);
            first_round_ = false;
            place_ = 0;
            trigger();
            d = ready_.next(0);
        } else if (d == none) {
            d = ready_.next(0);
        }
        if (d == none) {
            attempts_ += to_try_;
            // Whoever is left stands in the queue in the order of this pass, should something trigger it again.
            to_try_ = 0;
            place_ = pass_begin_;
            return none;
        }
        const std::size_t passed = between(place_, d);
        attempts_ += passed;
        if (!first_round_) to_try_ -= passed + 1;
        ready_.erase(d);
        place_ = d + 1;
        return d;
    }

    constexpr void bound(std::size_t d) noexcept {
        waiting_.erase(d);
        if (!first_round_) trigger();
    }
    constexpr void failed(std::size_t d) noexcept { waiting_.erase(d); }
    constexpr void deferred(std::size_t) noexcept { ++attempts_; }

    /// A release triggers the queue if it freed somebody who was tried already since the last trigger: who is still to
    /// be tried needs none.
    constexpr void released(std::size_t c) noexcept {
        if (!first_round_ && waiting_.contains(c) && between(place_, c) >= to_try_) any_released_ = true;
    }
    constexpr void doom_has_run() noexcept {
        if (any_released_) trigger();
        any_released_ = false;
    }

    [[nodiscard]] constexpr std::uint64_t attempts() const noexcept { return attempts_; }

private:
    /// From the place on, all members are to be tried again.
    constexpr void trigger() noexcept {
        to_try_ = waiting_.size();
        pass_begin_ = place_;
    }

    /// How many members of the ring the place passes on its way from `from` to the member `to`.
    [[nodiscard]] constexpr std::size_t between(std::size_t from, std::size_t to) const noexcept {
        const std::size_t before_from = waiting_.below(from);
        const std::size_t before_to = waiting_.below(to);
        return to >= from ? before_to - before_from : waiting_.size() - before_from + before_to;
    }

    index_set ready_;
    member_counter waiting_; // in the first round: has a driver and neither bound nor failed; then: stands in the queue
    std::size_t place_ = 0;
    std::size_t pass_begin_ = 0; // where the place was at the last trigger
    std::size_t to_try_ = 0;     // members, from the place on, that are tried before the queue comes to rest
    std::uint64_t attempts_ = 0;
    bool first_round_ = true;
    bool any_released_ = false;
};

} // namespace devlink::detail

#endif
