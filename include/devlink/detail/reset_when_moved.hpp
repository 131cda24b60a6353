// SPDX-License-Identifier: MIT
#ifndef DEVLINK_DETAIL_RESET_WHEN_MOVED_HPP
#define DEVLINK_DETAIL_RESET_WHEN_MOVED_HPP

namespace devlink::detail {

/// A value that stands beside vectors, and that goes back to `Initial` when it is moved from, as they become empty. So
/// what is made of both can be used on, as if new, after a move that the compiler wrote; after one to itself too.
template <class T, T Initial>
class reset_when_moved {
public:
    constexpr reset_when_moved() noexcept = default;
    constexpr explicit reset_when_moved(T value) noexcept
        : value_{value} {}
    constexpr reset_when_moved(const reset_when_moved&) noexcept = default;
    constexpr reset_when_moved(reset_when_moved&& other) noexcept
        : value_{other.value_} {
        other.value_ = Initial;
    }
    constexpr reset_when_moved& operator=(const reset_when_moved&) noexcept = default;
    constexpr reset_when_moved& operator=(reset_when_moved&& other) noexcept {
        value_ = other.value_;
        other.value_ = Initial;
        return *this;
    }
    constexpr reset_when_moved& operator=(T value) noexcept {
        value_ = value;
        return *this;
    }
    constexpr ~reset_when_moved() = default;

    constexpr operator T&() noexcept { return value_; }             // NOLINT(*-explicit-*): it stands for its value
    constexpr operator const T&() const noexcept { return value_; } // NOLINT(*-explicit-*)

private:
    T value_ = Initial;
};

} // namespace devlink::detail

#endif
