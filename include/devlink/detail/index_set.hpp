// SPDX-License-Identifier: MIT
#ifndef DEVLINK_DETAIL_INDEX_SET_HPP
#define DEVLINK_DETAIL_INDEX_SET_HPP

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include <devlink/detail/buffer.hpp>

namespace devlink::detail {

/// A set of numbers below a bound that finds the next member from a place on: a tree of 64-bit words, each bit of a
/// level telling whether the word under it may hold anything. A bit whose word has become empty is cleared when a
/// search comes upon it, so that a set whose members come and go at one place touches one word a time. There are four
/// levels for 16 million numbers.
class index_set {
public:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    /// Makes it the empty set of numbers below `bound`.
    constexpr void reset(std::size_t bound) {
        levels_ = 0;
        std::size_t words = 0;
        std::size_t size = bound;
        do {
            size = size / 64 + 1;
            level_[levels_++] = words;
            words += size;
        } while (size > 1);
        words_.assign(words, 0);
        size_ = 0;
    }

    [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }

    constexpr void insert(std::size_t i) noexcept {
        if (!contains(i)) ++size_;
        for (std::size_t level = 0; level != levels_; ++level, i /= 64) {
            std::uint64_t& word = words_[level_[level] + i / 64];
            const bool was_empty = word == 0;
            word |= std::uint64_t{1} << (i % 64);
            if (!was_empty) return;
        }
    }

    constexpr void erase(std::size_t i) noexcept {
        if (contains(i)) --size_;
        words_[i / 64] &= ~(std::uint64_t{1} << (i % 64));
    }

    [[nodiscard]] constexpr bool contains(std::size_t i) const noexcept {
        return ((words_[i / 64] >> (i % 64)) & 1U) != 0;
    }

    /// The smallest member not below `from`, or none. Precondition: `from` is not above the bound.
    [[nodiscard]] constexpr std::size_t next(std::size_t from) noexcept {
        std::size_t level = 0;
        std::size_t i = from;
        while (true) {
            const std::uint64_t word = words_[level_[level] + i / 64] >> (i % 64);
            if (word == 0) {
                if (++level == levels_) return none;
                i = i / 64 + 1;
                continue;
            }
            i += static_cast<std::size_t>(std::countr_zero(word));
            if (level == 0) return i;
            if (words_[level_[level - 1] + i] == 0) {
                words_[level_[level] + i / 64] &= ~(std::uint64_t{1} << (i % 64));
                continue;
            }
            --level;
            i *= 64;
        }
    }

private:
    buffer<std::uint64_t> words_;
    std::array<std::size_t, 11> level_{};
    std::size_t levels_ = 0;
    std::size_t size_ = 0;
};

} // namespace devlink::detail

#endif
