// SPDX-License-Identifier: MIT
#ifndef DEVLINK_RESOLVE_CONSUMERS_HPP
#define DEVLINK_RESOLVE_CONSUMERS_HPP

#include <concepts>
#include <cstddef>
#include <span>

#include <devlink/detail/buffer.hpp>
#include <devlink/resolve/needs.hpp>

namespace devlink::detail {

/// Who needs a device, by supplier, and how many needs each consumer has. `Entry` is what is kept of a need: the
/// consumer at least.
template <std::unsigned_integral Index, class Entry>
class consumer_lists {
public:
    /// O(D + L). `each_need(f)` calls `f(consumer, need)` for every need, twice in the same order; `make(consumer,
    /// need)` gives the entry.
    template <class EachNeed, class Make>
    constexpr void build(std::size_t device_count, EachNeed each_need, Make make) {
        first_.assign(device_count + 2, 0);
        left_.assign(device_count, 0);
        std::size_t total = 0;
        each_need([&](auto consumer, const auto& need) {
            ++first_[need.supplier.index() + 2];
            ++left_[consumer.index()];
            ++total;
        });
        for (std::size_t i = 2; i < first_.size(); ++i) first_[i] += first_[i - 1];
        entries_.resize(total);
        each_need([&](auto consumer, const auto& need) {
            entries_[first_[need.supplier.index() + 1]++] = make(consumer, need);
        });
    }

    [[nodiscard]] constexpr std::span<const Entry> of(std::size_t s) const noexcept {
        return {entries_.data() + first_[s], entries_.data() + first_[s + 1]};
    }

    /// How many needs of `d` are not met yet; the rules count it down.
    [[nodiscard]] constexpr offset<Index>& left(std::size_t d) noexcept { return left_[d]; }

private:
    buffer<offset<Index>> first_;
    buffer<offset<Index>> left_;
    buffer<Entry> entries_;
};

} // namespace devlink::detail

#endif
