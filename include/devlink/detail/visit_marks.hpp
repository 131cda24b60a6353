// SPDX-License-Identifier: MIT
#ifndef DEVLINK_DETAIL_VISIT_MARKS_HPP
#define DEVLINK_DETAIL_VISIT_MARKS_HPP

#include <cstddef>
#include <cstdint>

#include <devlink/detail/buffer.hpp>

namespace devlink::detail {

enum class visit : std::uint8_t {
    unseen = 0,
    open = 1,  ///< on the way, with suppliers still to be asked for
    asked = 2, ///< on the way, with the last of them
    done = 3,
};

/// Where a depth-first search stands with each device: two bits each, so that one load tells all and the marks of a
/// million stay in the cache.
class visit_marks {
public:
    constexpr void reset(std::size_t size) { words_.assign(size / per_word + 1, 0); }

    [[nodiscard]] constexpr visit operator[](std::size_t i) const noexcept {
        return static_cast<visit>((words_[i / per_word] >> shift(i)) & 3U);
    }

    /// Precondition: unseen.
    constexpr void open(std::size_t i) noexcept { words_[i / per_word] |= std::uint64_t{1} << shift(i); }
    /// Precondition: open.
    constexpr void ask(std::size_t i) noexcept { words_[i / per_word] ^= std::uint64_t{3} << shift(i); }
    constexpr void finish(std::size_t i) noexcept { words_[i / per_word] |= std::uint64_t{3} << shift(i); }

private:
    static constexpr std::size_t per_word = 32;
    static constexpr unsigned shift(std::size_t i) noexcept { return static_cast<unsigned>(i % per_word) * 2; }

    buffer<std::uint64_t> words_;
};

} // namespace devlink::detail

#endif
