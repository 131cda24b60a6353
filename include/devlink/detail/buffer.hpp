// SPDX-License-Identifier: MIT
#ifndef DEVLINK_DETAIL_BUFFER_HPP
#define DEVLINK_DETAIL_BUFFER_HPP

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>

#include <devlink/config.hpp>

namespace devlink::detail {

/// A flat array that keeps its memory between uses and does not clear what will be overwritten anyway; std::vector
/// always does.
template <class T>
class buffer {
    static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

public:
    constexpr buffer() noexcept = default;
    constexpr buffer(buffer&& other) noexcept
        : data_{std::exchange(other.data_, nullptr)}
        , size_{std::exchange(other.size_, 0)}
        , capacity_{std::exchange(other.capacity_, 0)} {}
    constexpr buffer(const buffer& other) { *this = other; }
    constexpr buffer& operator=(buffer&& other) noexcept {
        std::swap(data_, other.data_);
        std::swap(size_, other.size_);
        std::swap(capacity_, other.capacity_);
        return *this;
    }
    constexpr buffer& operator=(const buffer& other) {
        if (this != &other) std::copy(other.begin(), other.end(), resize(other.size_));
        return *this;
    }
    constexpr ~buffer() { release(); }

    /// Makes it `size` elements of unspecified value. Allocates only if it never was that large; it is empty if memory
    /// runs out.
    constexpr T* resize(std::size_t size) {
        if (size > capacity_) {
            release();
            data_ = std::allocator<T>{}.allocate(size);
            capacity_ = size;
            if (std::is_constant_evaluated())
                for (std::size_t i = 0; i != size; ++i) std::construct_at(data_ + i);
        }
        size_ = size;
        return data_;
    }

    /// Makes it `size` elements of that value.
    constexpr T* assign(std::size_t size, T value) {
        resize(size);
        std::fill(begin(), end(), value);
        return data_;
    }

    constexpr void clear() noexcept { size_ = 0; }

    /// Drops all elements behind the first `size`. Precondition: there are that many.
    constexpr void truncate(std::size_t size) noexcept {
        DEVLINK_ASSERT(size <= size_);
        size_ = size;
    }

    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
    [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }
    [[nodiscard]] constexpr T* data() noexcept { return data_; }
    [[nodiscard]] constexpr const T* data() const noexcept { return data_; }
    [[nodiscard]] constexpr T* begin() noexcept { return data_; }
    [[nodiscard]] constexpr T* end() noexcept { return data_ + size_; }
    [[nodiscard]] constexpr const T* begin() const noexcept { return data_; }
    [[nodiscard]] constexpr const T* end() const noexcept { return data_ + size_; }
    [[nodiscard]] constexpr T& operator[](std::size_t i) noexcept { return data_[i]; }
    [[nodiscard]] constexpr const T& operator[](std::size_t i) const noexcept { return data_[i]; }
    [[nodiscard]] constexpr std::span<T> span() noexcept { return {data_, size_}; }
    [[nodiscard]] constexpr std::span<const T> span() const noexcept { return {data_, size_}; }

private:
    constexpr void release() noexcept {
        if (data_ != nullptr) std::allocator<T>{}.deallocate(data_, capacity_);
        data_ = nullptr;
        size_ = 0;
        capacity_ = 0;
    }

    T* data_ = nullptr;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

} // namespace devlink::detail

#endif
