// SPDX-License-Identifier: MIT
#ifndef DEVLINK_RESOLVE_SORTED_SUPPLIERS_HPP
#define DEVLINK_RESOLVE_SORTED_SUPPLIERS_HPP

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>

#include <devlink/detail/buffer.hpp>
#include <devlink/detail/visit_marks.hpp>
#include <devlink/model/flags.hpp>
#include <devlink/model/link.hpp>
#include <devlink/resolve/needs.hpp>
#include <devlink/resolve/on_demand.hpp>

namespace devlink::detail {

/// Links sorted by consumer, of each just its supplier. Where a device's suppliers begin and end stand side by side, so
/// that asking for the first costs two looks at memory: one for the place, one for the supplier.
template <std::unsigned_integral Index>
struct sorted_links {
    struct range {
        offset<Index> at;
        offset<Index> end;
    };

    buffer<range> ranges;
    buffer<Index> suppliers;
    buffer<std::uint16_t> consumers; // of a part, while it is sorted
    buffer<Index> part;
    buffer<offset<Index>> part_end;
};

/// Links in no order. A counting sort puts them in order; where the places do not fit the cache, the links are first
/// dealt out, in one stream, to parts of 32,768 consumers each, and each part is then sorted in the cache: two passes
/// in a row are cheaper than a miss a link.
template <std::unsigned_integral Index>
class sorted_suppliers {
public:
    constexpr explicit sorted_suppliers(sorted_links<Index>& memory) noexcept
        : memory_{memory} {}

    /// O(D + L).
    constexpr void sort(std::size_t device_count, std::span<const basic_link_spec<Index>> links) {
        if (device_count <= 4 * part_size)
            sort_at_once(device_count, links);
        else
            sort_by_parts(device_count, links);
    }

    constexpr void enter(std::size_t) noexcept {}
    constexpr next_supplier next(std::size_t d, const visit_marks& marks) noexcept {
        auto& r = memory_.ranges[d];
        for (offset<Index> at = r.at; at != r.end; ++at) {
            const std::size_t s = memory_.suppliers[at];
            if (marks[s] == visit::done) continue;
            r.at = at + 1;
            return {s, r.at == r.end};
        }
        return {};
    }

private:
    static constexpr std::size_t part_bits = 15;
    static constexpr std::size_t part_size = std::size_t{1} << part_bits;

    constexpr void sort_at_once(std::size_t device_count, std::span<const basic_link_spec<Index>> links) {
        auto& ranges = memory_.ranges;
        ranges.assign(device_count, {0, 0});
        for (const basic_link_spec<Index>& l : links)
            if (holds_back(l.flags)) ++ranges[l.consumer.index()].end;
        memory_.suppliers.resize(add_up(0, device_count, 0));
        // From the last link to the first, so that each range begins where it should when all are in, and the order is
        // kept.
        for (std::size_t i = links.size(); i-- != 0;)
            if (holds_back(links[i].flags))
                memory_.suppliers[--ranges[links[i].consumer.index()].at] =
                    static_cast<Index>(links[i].supplier.index());
    }

    constexpr void sort_by_parts(std::size_t device_count, std::span<const basic_link_spec<Index>> links) {
        const std::size_t parts = (device_count - 1) / part_size + 1;
        auto& end = memory_.part_end;
        end.assign(parts + 1, 0);
        for (const basic_link_spec<Index>& l : links)
            if (holds_back(l.flags)) ++end[(l.consumer.index() >> part_bits) + 1];
        std::size_t largest = 0;
        for (std::size_t p = 1; p <= parts; ++p) {
            largest = std::max(largest, std::size_t{end[p]});
            end[p] += end[p - 1];
        }
        memory_.suppliers.resize(end[parts]);
        memory_.consumers.resize(end[parts]);
        for (const basic_link_spec<Index>& l : links) {
            if (!holds_back(l.flags)) continue;
            const offset<Index> at = end[l.consumer.index() >> part_bits]++;
            memory_.suppliers[at] = static_cast<Index>(l.supplier.index());
            memory_.consumers[at] = static_cast<std::uint16_t>(l.consumer.index() % part_size);
        }
        // Each part ends now where the next one began.
        memory_.part.resize(largest);
        memory_.ranges.assign(device_count, {0, 0});
        offset<Index> begin = 0;
        for (std::size_t p = 0; p != parts; ++p) {
            sort_part(p * part_size, std::min(device_count, (p + 1) * part_size), begin, end[p]);
            begin = end[p];
        }
        memory_.consumers.clear();
    }

    constexpr void sort_part(std::size_t first_device, std::size_t last_device, offset<Index> begin,
                             offset<Index> end) {
        auto* const ranges = memory_.ranges.data() + first_device;
        for (offset<Index> i = begin; i != end; ++i) ++ranges[memory_.consumers[i]].end;
        add_up(first_device, last_device, begin);
        std::copy(memory_.suppliers.data() + begin, memory_.suppliers.data() + end, memory_.part.data());
        for (offset<Index> i = end; i-- != begin;)
            memory_.suppliers[--ranges[memory_.consumers[i]].at] = memory_.part[i - begin];
    }

    /// Turns counts in `end` into places, from `sum` on; returns where they end.
    constexpr offset<Index> add_up(std::size_t first_device, std::size_t last_device, offset<Index> sum) noexcept {
        for (std::size_t d = first_device; d != last_device; ++d) {
            auto& r = memory_.ranges[d];
            r.at = r.end = sum = static_cast<offset<Index>>(sum + r.end);
        }
        return sum;
    }

    sorted_links<Index>& memory_;
};

} // namespace devlink::detail

#endif
