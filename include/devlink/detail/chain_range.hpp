// SPDX-License-Identifier: MIT
#ifndef DEVLINK_DETAIL_CHAIN_RANGE_HPP
#define DEVLINK_DETAIL_CHAIN_RANGE_HPP

#include <cstddef>
#include <iterator>
#include <ranges>
#include <type_traits>
#include <utility>

namespace devlink::detail {

/// A forward range over things that are chained by their numbers. `Reader` knows the arrays: `read(i)` makes the value,
/// `next(i)` gives the number of the next one, `Reader::end` being the number of none, at which the range ends unless
/// it is given another.
template <class Reader>
class chain_range {
public:
    using number = std::remove_const_t<decltype(Reader::end)>;

    class iterator {
    public:
        using iterator_concept = std::forward_iterator_tag;
        using iterator_category = std::input_iterator_tag; // values are made on the fly
        using difference_type = std::ptrdiff_t;
        using value_type = decltype(std::declval<const Reader&>().read(Reader::end));

        constexpr iterator() noexcept = default;
        constexpr iterator(Reader reader, number at) noexcept
            : reader_{reader}
            , at_{at} {}

        [[nodiscard]] constexpr value_type operator*() const noexcept { return reader_.read(at_); }
        constexpr iterator& operator++() noexcept {
            at_ = reader_.next(at_);
            return *this;
        }
        constexpr iterator operator++(int) noexcept {
            iterator before = *this;
            ++*this;
            return before;
        }
        friend constexpr bool operator==(const iterator& a, const iterator& b) noexcept { return a.at_ == b.at_; }

    private:
        Reader reader_{};
        number at_ = Reader::end;
    };

    constexpr chain_range() noexcept = default;
    constexpr chain_range(Reader reader, number first, number last = Reader::end) noexcept
        : reader_{reader}
        , first_{first}
        , last_{last} {}

    [[nodiscard]] constexpr iterator begin() const noexcept { return {reader_, first_}; }
    [[nodiscard]] constexpr iterator end() const noexcept { return {reader_, last_}; }
    [[nodiscard]] constexpr bool empty() const noexcept { return first_ == last_; }

private:
    Reader reader_{};
    number first_ = Reader::end;
    number last_ = Reader::end;
};

} // namespace devlink::detail

template <class Reader>
inline constexpr bool std::ranges::enable_borrowed_range<devlink::detail::chain_range<Reader>> = true;

#endif
