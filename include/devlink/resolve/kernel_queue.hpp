// SPDX-License-Identifier: MIT
#ifndef DEVLINK_RESOLVE_KERNEL_QUEUE_HPP
#define DEVLINK_RESOLVE_KERNEL_QUEUE_HPP

#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>

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
        next_ = none;
        waiting_.reset(device_count);
        go_to(0);
        pass_begin_ = 0;
        attempts_ = 0;
        to_try_ = 0;
        first_round_ = true;
        any_released_ = false;
    }

    /// Says that the device has a driver, so that it is tried at all. Before the first pop.
    constexpr void takes_part(std::size_t d) noexcept { waiting_.insert(d); }
    constexpr void all_take_part() noexcept { waiting_.sum_up(); }

    constexpr void push(std::size_t d) noexcept {
        if (next_ == none ? ready_.empty() : distance(d) < distance(next_)) std::swap(d, next_);
        if (d != none) ready_.insert(d);
    }

    constexpr std::size_t pop() noexcept {
        const std::size_t d = take();
        if (first_round_ && (d == none || d < place_)) {
            attempts_ += waiting_.size() - before_place_;
            first_round_ = false;
            go_to(0);
            trigger();
        }
        if (d == none) {
            attempts_ += to_try_;
            // Whoever is left stands in the queue in the order of this pass, should something trigger it again.
            to_try_ = 0;
            go_to(pass_begin_);
            return none;
        }
        const std::size_t before = waiting_.below(d);
        const std::size_t passed = way_to(d, before);
        attempts_ += passed;
        if (!first_round_) to_try_ -= passed + 1;
        place_ = d + 1;
        before_place_ = before + 1;
        return d;
    }

    constexpr void bound(std::size_t d) noexcept {
        leave(d);
        if (!first_round_) trigger();
    }
    constexpr void failed(std::size_t d) noexcept { leave(d); }
    constexpr void deferred(std::size_t) noexcept { ++attempts_; }

    /// A release triggers the queue if it freed somebody who was tried already since the last trigger: who is still to
    /// be tried needs none.
    constexpr void released(std::size_t c) noexcept {
        if (!first_round_ && waiting_.contains(c) && way_to(c, waiting_.below(c)) >= to_try_) any_released_ = true;
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

    /// How far the place has to move on to come by.
    [[nodiscard]] constexpr std::size_t distance(std::size_t d) const noexcept { return d - place_; }

    /// The ready device that the place comes by next, or none; it is ready no more.
    constexpr std::size_t take() noexcept {
        if (next_ != none) return std::exchange(next_, none);
        if (ready_.empty()) return none;
        std::size_t d = ready_.next(place_);
        if (d == none) d = ready_.next(0);
        ready_.erase(d);
        return d;
    }

    constexpr void go_to(std::size_t place) noexcept {
        place_ = place;
        before_place_ = place == 0 ? 0 : waiting_.below(place);
    }

    constexpr void leave(std::size_t d) noexcept {
        waiting_.erase(d);
        if (d < place_) --before_place_;
    }

    /// How many members of the ring the place passes on its way to the member `to`, which has `before` of them below
    /// it.
    [[nodiscard]] constexpr std::size_t way_to(std::size_t to, std::size_t before) const noexcept {
        return to >= place_ ? before - before_place_ : waiting_.size() - before_place_ + before;
    }

    index_set ready_;
    std::size_t next_ = none; // a ready device that comes before all of the set
    member_counter waiting_; // in the first round: has a driver and neither bound nor failed; then: stands in the queue
    std::size_t place_ = 0;
    std::size_t before_place_ = 0; // members below the place
    std::size_t pass_begin_ = 0;   // where the place was at the last trigger
    std::size_t to_try_ = 0;       // members, from the place on, that are tried before the queue comes to rest
    std::uint64_t attempts_ = 0;
    bool first_round_ = true;
    bool any_released_ = false;
};

} // namespace devlink::detail

#endif
