// SPDX-License-Identifier: MIT
#ifndef DEVLINK_DETAIL_VISIT_MARKS_HPP
#define DEVLINK_DETAIL_VISIT_MARKS_HPP

#include <cstddef>
#include <cstdint>

#include <devlink/detail/buffer.hpp>

namespace devlink::detail {

enum class visit : std::uint8_t {
    unseen,
    open,  ///< on the way, with suppliers still to be asked for
    asked, ///< on the way, with the last of them
    done,
};

/// Where a depth-first search stands with each device.
class visit_marks {
public:
    constexpr void reset(std::size_t size) { marks_.assign(size, visit::unseen); }

    [[nodiscard]] constexpr visit operator[](std::size_t i) const noexcept { return marks_[i]; }

    constexpr void open(std::size_t i) noexcept { marks_[i] = visit::open; }
    constexpr void ask(std::size_t i) noexcept { marks_[i] = visit::asked; }
    constexpr void finish(std::size_t i) noexcept { marks_[i] = visit::done; }

private:
    buffer<visit> marks_;
};

} // namespace devlink::detail

#endif
