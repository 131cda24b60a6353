// SPDX-License-Identifier: MIT
#ifndef DEVLINK_MODEL_RESULT_HPP
#define DEVLINK_MODEL_RESULT_HPP

#include <type_traits>
#include <utility>

#include <devlink/config.hpp>
#include <devlink/fwd.hpp>

namespace devlink {

/// A value, or why there is none. (std::expected is C++23.)
///
/// T and E differ and are default-constructible; both are held side by side, which keeps it usable in constant
/// expressions and without exceptions.
template <class T, class E>
class [[nodiscard]] result {
    static_assert(!std::is_same_v<T, E>,
                  "devlink: result<T, E> needs two types, or nothing tells a value from an error; "
                  "give the error a type of its own");

public:
    using value_type = T;
    using error_type = E;

    constexpr result(T value)
        : value_(std::move(value))
        , has_value_{true} {} // NOLINT(*-explicit-*)
    constexpr result(E error)
        : error_(std::move(error)) {} // NOLINT(*-explicit-*)

    [[nodiscard]] constexpr bool has_value() const noexcept { return has_value_; }
    constexpr explicit operator bool() const noexcept { return has_value_; }

    /// The value. Precondition: has_value().
    [[nodiscard]] constexpr T& value() & {
        DEVLINK_ASSERT(has_value_);
        return value_;
    }
    [[nodiscard]] constexpr const T& value() const& {
        DEVLINK_ASSERT(has_value_);
        return value_;
    }
    [[nodiscard]] constexpr T&& value() && {
        DEVLINK_ASSERT(has_value_);
        return std::move(value_);
    }

    [[nodiscard]] constexpr T& operator*() & { return value(); }
    [[nodiscard]] constexpr const T& operator*() const& { return value(); }
    [[nodiscard]] constexpr T&& operator*() && { return std::move(*this).value(); }
    [[nodiscard]] constexpr T* operator->() { return &value(); }
    [[nodiscard]] constexpr const T* operator->() const { return &value(); }

    /// Why there is no value. Precondition: !has_value().
    [[nodiscard]] constexpr const E& error() const {
        DEVLINK_ASSERT(!has_value_);
        return error_;
    }

private:
    T value_{};
    E error_{};
    bool has_value_ = false;
};

} // namespace devlink

#endif
