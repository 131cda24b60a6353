// SPDX-License-Identifier: MIT
#ifndef DEVLINK_DETAIL_NAME_TABLE_HPP
#define DEVLINK_DETAIL_NAME_TABLE_HPP

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include <devlink/detail/make_room.hpp>
#include <devlink/detail/reset_when_moved.hpp>

namespace devlink::detail {

/// Names numbered from 0 in the order of adds, and the way back from a name to its number. All characters lie in one
/// array; the index is an open-addressed table of numbers. Empty names are kept but not looked up. Where memory runs
/// out nothing has changed.
template <std::unsigned_integral Index>
class name_table {
public:
    static constexpr Index none = std::numeric_limits<Index>::max();

    constexpr void reserve(std::size_t count) {
        begins_.reserve(count + 1);
        if (count * 2 > slots_.size()) rehash(count * 2);
    }

    /// Appends a name that is not in the table, or an empty one.
    constexpr void append(std::string_view name) {
        const Index number = static_cast<Index>(size());
        if (begins_.empty()) begins_.push_back(0);
        if (!name.empty() && (used_ + 1) * 2 > slots_.size()) rehash((used_ + 1) * 4);
        make_room(begins_);
        // The last that may fail. And no room is made for it before, as the name may be one of these characters.
        characters_.insert(characters_.end(), name.begin(), name.end());
        begins_.push_back(characters_.size());
        if (name.empty()) return;
        ++used_;
        place(number);
    }

    /// Gives empty names to all numbers below `count` that have none yet.
    constexpr void skip_to(std::size_t count) {
        if (size() < count) begins_.resize(count + 1, characters_.size());
    }

    /// The name of that number; empty where there is none.
    [[nodiscard]] constexpr std::string_view operator[](std::size_t number) const {
        if (number >= size()) return {};
        const std::size_t begin = begins_[number];
        const std::size_t length = begins_[number + 1] - begin;
        if (length == 0) return {};
        return std::string_view{&characters_[begin], length};
    }

    /// The number of that name, or none.
    [[nodiscard]] constexpr Index find(std::string_view name) const {
        if (slots_.empty() || name.empty()) return none;
        for (std::size_t at = home(name);; at = (at + 1) & (slots_.size() - 1)) {
            if (slots_[at] == none) return none;
            if ((*this)[slots_[at]] == name) return slots_[at];
        }
    }

    /// Takes a name out of the look-up, so that it can be given anew; its characters stay.
    constexpr void forget(std::size_t number) {
        const std::string_view name = (*this)[number];
        if (name.empty()) return;
        const std::size_t mask = slots_.size() - 1;
        std::size_t hole = home(name);
        while (slots_[hole] != static_cast<Index>(number)) hole = (hole + 1) & mask;
        // Entries behind the hole move up, unless that would put them before their home.
        for (std::size_t at = (hole + 1) & mask; slots_[at] != none; at = (at + 1) & mask) {
            const std::size_t wish = home((*this)[slots_[at]]);
            if (((at - wish) & mask) < ((at - hole) & mask)) continue;
            slots_[hole] = slots_[at];
            hole = at;
        }
        slots_[hole] = none;
        --used_;
    }

private:
    [[nodiscard]] constexpr std::size_t size() const noexcept { return begins_.empty() ? 0 : begins_.size() - 1; }

    [[nodiscard]] static constexpr std::uint64_t hash(std::string_view name) noexcept {
        std::uint64_t h = 0x9E3779B97F4A7C15U ^ name.size();
        for (const char c : name) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
        h ^= h >> 32;
        return h * 0x9E3779B97F4A7C15U;
    }

    [[nodiscard]] constexpr std::size_t home(std::string_view name) const noexcept {
        return static_cast<std::size_t>(hash(name) >> 20) & (slots_.size() - 1);
    }

    constexpr void place(Index number) {
        std::size_t at = home((*this)[number]);
        while (slots_[at] != none) at = (at + 1) & (slots_.size() - 1);
        slots_[at] = number;
    }

    constexpr void rehash(std::size_t wanted) {
        std::vector<Index> old(std::bit_ceil(wanted), none);
        slots_.swap(old);
        for (const Index number : old)
            if (number != none) place(number);
    }

    std::vector<char> characters_;
    std::vector<std::size_t> begins_; ///< one more than names, or none
    std::vector<Index> slots_;
    reset_when_moved<std::size_t, 0> used_;
};

} // namespace devlink::detail

#endif
