// SPDX-License-Identifier: MIT
#ifndef DEVLINK_MODEL_ID_HPP
#define DEVLINK_MODEL_ID_HPP

#include <compare>
#include <concepts>
#include <cstddef>
#include <functional>
#include <limits>
#include <type_traits>

#include <devlink/config.hpp>
#include <devlink/fwd.hpp>

namespace devlink {

/// A number that names one thing of a graph: as small as its index, and not mixed up with the number of another thing.
///
/// Ids are given out from 0 up and never given out twice by one graph, so a device's index is its place in the order of
/// registration. A default-constructed id names nothing (`!id.valid()`).
template <class Tag, std::unsigned_integral Index>
class basic_id {
public:
    using index_type = Index;

    constexpr basic_id() noexcept = default;

    /// Names the thing number `index`; -1 and the largest value of Index name nothing. Precondition: any other `index`
    /// is a value that Index has.
    template <std::integral Number>
        requires(!std::same_as<Number, bool>)
    constexpr explicit basic_id(Number index) noexcept
        : index_{static_cast<Index>(index)} {
        DEVLINK_ASSERT(fits(index));
    }

    /// The number, as it can index an array. Precondition: valid().
    [[nodiscard]] constexpr std::size_t index() const noexcept { return static_cast<std::size_t>(index_); }

    [[nodiscard]] constexpr bool valid() const noexcept { return index_ != nothing; }

    friend constexpr bool operator==(basic_id, basic_id) noexcept = default;
    friend constexpr auto operator<=>(basic_id, basic_id) noexcept = default;

private:
    static constexpr Index nothing = std::numeric_limits<Index>::max();

    template <class Number>
    [[nodiscard]] static constexpr bool fits(Number index) noexcept {
        if constexpr (std::signed_integral<Number>)
            if (index < 0) return index == Number{-1};
        return static_cast<std::make_unsigned_t<Number>>(index) <= nothing;
    }

    Index index_ = nothing;
};

} // namespace devlink

template <class Tag, class Index>
struct std::hash<devlink::basic_id<Tag, Index>> {
    [[nodiscard]] constexpr std::size_t operator()(devlink::basic_id<Tag, Index> id) const noexcept {
        return id.valid() ? id.index() : static_cast<std::size_t>(-1);
    }
};

#endif
