// SPDX-License-Identifier: MIT
#ifndef DEVLINK_MODEL_LINK_HPP
#define DEVLINK_MODEL_LINK_HPP

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

#include <devlink/config.hpp>
#include <devlink/fwd.hpp>
#include <devlink/model/flags.hpp>
#include <devlink/model/id.hpp>

namespace devlink {

/// One entry of a list of links: who waits for whom, and how. Twelve bytes with 32-bit ids.
template <std::unsigned_integral Index>
struct basic_link_spec {
    basic_device_id<Index> consumer;
    basic_device_id<Index> supplier;
    link_flags flags = {};

    friend constexpr bool operator==(const basic_link_spec&, const basic_link_spec&) noexcept = default;
};

/// A link seen from its consumer.
template <std::unsigned_integral Index>
struct basic_supplier_link {
    basic_device_id<Index> supplier;
    link_flags flags = {};
    basic_link_id<Index> link = {};

    friend constexpr bool operator==(const basic_supplier_link&, const basic_supplier_link&) noexcept = default;
};

/// A link seen from its supplier.
template <std::unsigned_integral Index>
struct basic_consumer_link {
    basic_device_id<Index> consumer;
    link_flags flags = {};
    basic_link_id<Index> link = {};

    friend constexpr bool operator==(const basic_consumer_link&, const basic_consumer_link&) noexcept = default;
};

/// A link with its id.
template <std::unsigned_integral Index>
struct basic_link_entry : basic_link_spec<Index> {
    basic_link_id<Index> link = {};

    friend constexpr bool operator==(const basic_link_entry&, const basic_link_entry&) noexcept = default;
};

/// What a parent is to its child.
enum class parent_kind : std::uint8_t {
    contains,  ///< the child is there whatever the parent's driver does: orders suspend, closes cycles, holds back no
               ///< probe
    populates, ///< the child comes into being when the parent's driver binds: for probing a mandatory supplier
};

/// A device's parent; `!device.valid()` where it has none.
template <std::unsigned_integral Index>
struct basic_parent {
    basic_device_id<Index> device;
    parent_kind kind = parent_kind::contains;

    friend constexpr bool operator==(const basic_parent&, const basic_parent&) noexcept = default;
};

/// A caller's list of links as a graph, nothing copied: `resolve(link_view{device_count, links})`.
///
/// A link's id is its place in the list. A pair may stand in the list more than once: each entry counts by itself.
/// Precondition: both ends of every link are below `device_count`, Index can number all links (the last one's id is
/// below the largest value, which means nothing), and the list outlives the view.
template <std::unsigned_integral Index>
class basic_link_view {
public:
    using index_type = Index;

    template <std::integral Count>
    constexpr basic_link_view(Count device_count, std::span<const basic_link_spec<Index>> links)
        : device_count_{static_cast<std::size_t>(device_count)}
        , links_{links} {
        DEVLINK_ASSERT(links.size() <= std::numeric_limits<Index>::max());
    }

    [[nodiscard]] constexpr std::size_t device_count() const noexcept { return device_count_; }
    [[nodiscard]] constexpr std::span<const basic_link_spec<Index>> links() const noexcept { return links_; }

private:
    std::size_t device_count_;
    std::span<const basic_link_spec<Index>> links_;
};

template <std::integral Count, class Range>
basic_link_view(Count, const Range&) -> basic_link_view<typename decltype(Range::value_type::consumer)::index_type>;

} // namespace devlink

#endif
