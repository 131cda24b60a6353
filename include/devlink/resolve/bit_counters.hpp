// SPDX-License-Identifier: MIT
#ifndef DEVLINK_RESOLVE_BIT_COUNTERS_HPP
#define DEVLINK_RESOLVE_BIT_COUNTERS_HPP

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace devlink::detail {

/// 256 bits, one for each of so many questions that go through a graph together.
struct bit_row {
    static constexpr std::size_t bits = 256;

    std::array<std::uint64_t, bits / 64> words;

    constexpr bit_row& operator|=(const bit_row& other) noexcept {
        for (std::size_t i = 0; i != words.size(); ++i) words[i] |= other.words[i];
        return *this;
    }
    constexpr void set(std::size_t bit) noexcept { words[bit / 64] |= std::uint64_t{1} << (bit % 64); }
    [[nodiscard]] constexpr bool any() const noexcept { return (words[0] | words[1] | words[2] | words[3]) != 0; }
};

/// Counts, for each place, in how many rows the bit was set. The counters stand upright, plane i holding bit i of each,
/// so that adding a row costs a few whole-word operations: the carry goes on only while it has a bit left, two planes
/// on average.
class bit_counters {
public:
    constexpr void add(bit_row carry) noexcept {
        ++added_;
        for (std::size_t plane = 0; carry.any(); ++plane)
            for (std::size_t i = 0; i != carry.words.size(); ++i) {
                const std::uint64_t both = planes_[plane].words[i] & carry.words[i];
                planes_[plane].words[i] ^= carry.words[i];
                carry.words[i] = both;
            }
    }

    [[nodiscard]] constexpr std::size_t operator[](std::size_t bit) const noexcept {
        std::size_t count = 0;
        std::size_t plane = 0;
        for (std::uint64_t rows = added_; rows != 0; rows >>= 1, ++plane)
            if (((planes_[plane].words[bit / 64] >> (bit % 64)) & 1U) != 0) count |= std::size_t{1} << plane;
        return count;
    }

private:
    std::array<bit_row, 64> planes_{};
    std::uint64_t added_ = 0; // rows: no count is above it
};

} // namespace devlink::detail

#endif
