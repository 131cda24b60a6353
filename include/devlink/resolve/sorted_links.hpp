// SPDX-License-Identifier: MIT
#ifndef DEVLINK_RESOLVE_SORTED_LINKS_HPP
#define DEVLINK_RESOLVE_SORTED_LINKS_HPP

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

#include <devlink/detail/buffer.hpp>
#include <devlink/model/flags.hpp>
#include <devlink/model/link.hpp>
#include <devlink/resolve/needs.hpp>

namespace devlink::detail {

enum class link_end : std::uint8_t { consumer, supplier };

/// Links in no order, sorted by one of their ends; of each just the other end is kept, and only of those that hold back
/// a probe. A device's first link stands where its place does, and the others in a row: on a chain, where each step
/// waits for memory, that is one look instead of two.
///
/// A counting sort. Where the places do not fit the cache, the links are first dealt out, in one stream, to parts of
/// 32,768 devices each, and each part is then sorted in the cache: two passes in a row are cheaper than a miss a link.
template <std::unsigned_integral Index>
class sorted_links {
public:
    static constexpr Index nothing = std::numeric_limits<Index>::max();

    struct range {
        Index first; ///< the other end of the first link, or nothing
        offset<Index> at;
        offset<Index> end;
    };

    /// Each device's links stay in the order of the list. O(D + L).
    template <link_end By>
    constexpr void sort(std::size_t device_count, std::span<const basic_link_spec<Index>> links) {
        if (device_count <= 4 * part_size)
            sort_at_once<By>(device_count, links);
        else
            sort_by_parts<By>(device_count, links);
    }

    /// Where the links of `d` are, the first apart; whoever goes through them may take away `first` and move `at`.
    [[nodiscard]] constexpr range& of(std::size_t d) noexcept { return ranges_[d]; }
    /// The other end of the link at that place.
    [[nodiscard]] constexpr Index operator[](std::size_t at) const noexcept { return others_[at]; }

private:
    static constexpr std::size_t part_bits = 15;
    static constexpr std::size_t part_size = std::size_t{1} << part_bits;

    template <link_end By>
    [[nodiscard]] static constexpr std::size_t key(const basic_link_spec<Index>& l) noexcept {
        return (By == link_end::consumer ? l.consumer : l.supplier).index();
    }
    template <link_end By>
    [[nodiscard]] static constexpr Index other(const basic_link_spec<Index>& l) noexcept {
        return static_cast<Index>((By == link_end::consumer ? l.supplier : l.consumer).index());
    }

    template <link_end By>
    constexpr void sort_at_once(std::size_t device_count, std::span<const basic_link_spec<Index>> links) {
        ranges_.assign(device_count, {nothing, 0, 0});
        for (const basic_link_spec<Index>& l : links)
            if (holds_back(l.flags)) ++ranges_[key<By>(l)].end;
        others_.resize(give_places(0, device_count, 0));
        for (const basic_link_spec<Index>& l : links)
            if (holds_back(l.flags)) put(ranges_[key<By>(l)], other<By>(l));
        go_to_begin(0, device_count, 0);
    }

    template <link_end By>
    constexpr void sort_by_parts(std::size_t device_count, std::span<const basic_link_spec<Index>> links) {
        const std::size_t parts = (device_count - 1) / part_size + 1;
        part_end_.assign(parts + 1, 0);
        for (const basic_link_spec<Index>& l : links)
            if (holds_back(l.flags)) ++part_end_[(key<By>(l) >> part_bits) + 1];
        std::size_t largest = 0;
        for (std::size_t p = 1; p <= parts; ++p) {
            largest = std::max(largest, std::size_t{part_end_[p]});
            part_end_[p] += part_end_[p - 1];
        }
        others_.resize(part_end_[parts]);
        keys_.resize(part_end_[parts]);
        for (const basic_link_spec<Index>& l : links) {
            if (!holds_back(l.flags)) continue;
            const offset<Index> at = part_end_[key<By>(l) >> part_bits]++;
            others_[at] = other<By>(l);
            keys_[at] = static_cast<std::uint16_t>(key<By>(l) % part_size);
        }
        // Each part ends now where the next one began. As first links need no place, sorted parts take less and less of
        // the room: what is written never reaches what is still to be read.
        part_.resize(largest);
        ranges_.assign(device_count, {nothing, 0, 0});
        offset<Index> begin = 0;
        offset<Index> place = 0;
        for (std::size_t p = 0; p != parts; ++p) {
            place = sort_part(p * part_size, std::min(device_count, (p + 1) * part_size), begin, part_end_[p], place);
            begin = part_end_[p];
        }
    }

    constexpr offset<Index> sort_part(std::size_t first_device, std::size_t last_device, offset<Index> begin,
                                      offset<Index> end, offset<Index> place) {
        range* const ranges = ranges_.data() + first_device;
        for (offset<Index> i = begin; i != end; ++i) ++ranges[keys_[i]].end;
        const offset<Index> place_end = give_places(first_device, last_device, place);
        std::copy(others_.data() + begin, others_.data() + end, part_.data());
        for (offset<Index> i = begin; i != end; ++i) put(ranges[keys_[i]], part_[i - begin]);
        go_to_begin(first_device, last_device, place);
        return place_end;
    }

    /// Turns counts in `end` into places from `place` on, one fewer than links; returns where they end.
    constexpr offset<Index> give_places(std::size_t first_device, std::size_t last_device,
                                        offset<Index> place) noexcept {
        for (std::size_t d = first_device; d != last_device; ++d) {
            range& r = ranges_[d];
            r.at = place;
            if (r.end != 0) place = static_cast<offset<Index>>(place + r.end - 1);
            r.end = place;
        }
        return place;
    }

    constexpr void put(range& r, Index other_end) noexcept {
        if (r.first == nothing)
            r.first = other_end;
        else
            others_[r.at++] = other_end;
    }

    constexpr void go_to_begin(std::size_t first_device, std::size_t last_device, offset<Index> place) noexcept {
        for (std::size_t d = first_device; d != last_device; ++d) {
            ranges_[d].at = place;
            place = ranges_[d].end;
        }
    }

    buffer<range> ranges_;
    buffer<Index> others_;
    buffer<std::uint16_t> keys_; // while parts are sorted: the device within its part
    buffer<Index> part_;
    buffer<offset<Index>> part_end_;
};

} // namespace devlink::detail

#endif
