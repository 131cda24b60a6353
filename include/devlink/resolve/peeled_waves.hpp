// SPDX-License-Identifier: MIT
#ifndef DEVLINK_RESOLVE_PEELED_WAVES_HPP
#define DEVLINK_RESOLVE_PEELED_WAVES_HPP

#include <algorithm>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>

#include <devlink/detail/buffer.hpp>
#include <devlink/model/flags.hpp>
#include <devlink/model/id.hpp>
#include <devlink/model/link.hpp>

namespace devlink::detail {

/// The first waves of order_rule::breadth from a list of links in no order, by reading it over and over.
///
/// A pass reads the links whose suppliers are in no wave yet and notes, by one bit each, whose consumers they are. Who
/// is not noted makes the next wave, and the links to its devices fall out in the pass after it. All that is touched at
/// random are two bits a device, which stay in a cache that no list of consumers and no count of needs would fit.
///
/// It pays as long as the waves are few: a pass has to free a consumer of an eighth of the links that it reads, so that
/// all together read the list eight times at most. Where one frees less, as in a long chain, it ends, and what is
/// left is for another way.
template <std::unsigned_integral Index>
class peeled_waves {
public:
    /// A link that is left.
    struct need {
        basic_device_id<Index> consumer;
        basic_device_id<Index> supplier;
        static constexpr link_flags flags{}; // those that hold back no probe are not among what is left
    };

    /// Shorter lists are in the cache however they are read.
    static constexpr std::size_t shortest_list = std::size_t{1} << 14;

    /// Writes the wave, from 1, of every device in one of the waves found. Precondition: `waves` is 0 for all devices.
    /// Returns false, with nothing written, where the first wave, by a sample, frees too few. O(D + L).
    constexpr bool find(std::span<const basic_link_spec<Index>> links, std::span<Index> waves) {
        const std::size_t words = waves.size() / 64 + 1;
        held_.assign(words, 0);
        for (const auto& l : links) note(l.consumer.index(), holds_back(l.flags));
        if (!frees_enough(links)) return false;
        placed_.assign(words, 0);
        placed_[words - 1] = ~std::uint64_t{0} << (waves.size() % 64); // no device has these bits
        device_count_ = 0;
        last_wave_ = 0;
        take_wave(waves);
        left_.resize(links.size());
        std::size_t read = links.size();
        std::size_t left = pass(links);
        while (left != 0 && least_share * (read - left) >= read) {
            take_wave(waves);
            read = left;
            left = pass(left_.span().first(read));
        }
        left_.truncate(left);
        if (left == 0 && device_count_ != waves.size()) take_wave(waves);
        return true;
    }

    [[nodiscard]] constexpr std::size_t device_count() const noexcept { return device_count_; } ///< of all waves found
    [[nodiscard]] constexpr std::size_t last_wave() const noexcept { return last_wave_; }
    /// The links whose suppliers are in none of them.
    [[nodiscard]] constexpr std::span<const need> left() const noexcept { return left_.span(); }

private:
    static constexpr std::size_t least_share = 8;
    static constexpr std::size_t sample_size = 1024;

    constexpr void note(std::size_t d, bool is_held) noexcept {
        held_[d / 64] |= static_cast<std::uint64_t>(is_held) << (d % 64);
    }

    [[nodiscard]] static constexpr bool has(const buffer<std::uint64_t>& bits, std::size_t d) noexcept {
        return ((bits[d / 64] >> (d % 64)) & 1U) != 0;
    }

    [[nodiscard]] constexpr bool frees_enough(std::span<const basic_link_spec<Index>> links) const noexcept {
        const std::size_t step = links.size() / sample_size + 1;
        std::size_t seen = 0;
        std::size_t freed = 0;
        for (std::size_t i = 0; i < links.size(); i += step, ++seen) freed += !has(held_, links[i].supplier.index());
        return least_share * freed >= seen;
    }

    /// Whoever is neither placed nor held makes a wave; then nobody is held.
    constexpr void take_wave(std::span<Index> waves) noexcept {
        ++last_wave_;
        for (std::size_t word = 0; word != held_.size(); ++word) {
            std::uint64_t wave = ~(held_[word] | placed_[word]);
            held_[word] = 0;
            placed_[word] |= wave;
            device_count_ += static_cast<std::size_t>(std::popcount(wave));
            for (; wave != 0; wave &= wave - 1)
                waves[word * 64 + static_cast<std::size_t>(std::countr_zero(wave))] = static_cast<Index>(last_wave_);
        }
    }

    /// Keeps the links whose suppliers are not placed, and notes their consumers. Returns how many these are. The links
    /// may be those that are kept: none is written before it has been read.
    template <class Link>
    constexpr std::size_t pass(std::span<Link> links) noexcept {
        std::size_t kept = 0;
        for (const auto& l : links) {
            const need n{l.consumer, l.supplier};
            const bool holds = holds_back(l.flags) && !has(placed_, n.supplier.index());
            left_[kept] = n;
            kept += holds;
            note(n.consumer.index(), holds);
        }
        return kept;
    }

    buffer<std::uint64_t> held_;
    buffer<std::uint64_t> placed_;
    buffer<need> left_;
    std::size_t device_count_ = 0;
    std::size_t last_wave_ = 0;
};

} // namespace devlink::detail

#endif
