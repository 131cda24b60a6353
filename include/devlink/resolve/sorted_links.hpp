// SPDX-License-Identifier: MIT
#ifndef DEVLINK_RESOLVE_SORTED_LINKS_HPP
#define DEVLINK_RESOLVE_SORTED_LINKS_HPP

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>

#include <devlink/detail/buffer.hpp>
#include <devlink/model/flags.hpp>
#include <devlink/model/link.hpp>
#include <devlink/resolve/needs.hpp>

namespace devlink::detail {

enum class link_end : std::uint8_t { consumer, supplier };

/// Links in no order, sorted by one of their ends; of each just the other end is kept, and only of those that hold back
/// a probe. Sorted by consumer, a device's place also holds the first of its suppliers: on a chain, where each step
/// waits for memory, that is one look instead of two.
///
/// A counting sort. Where the places do not fit the cache, the links are first dealt out, in one stream, to parts of
/// 32,768 devices each, and each part is then sorted in the cache: two passes in a row are cheaper than a miss a link.
/// Places and links stand in one piece of memory, as to get a page from the system costs more than to sort its links.
template <std::unsigned_integral Index, link_end By>
class sorted_links {
public:
    using word = offset<Index>;

    /// Each device's links stay in the order of the list. `links` is a span of whatever has the ends and the flags of a
    /// link. O(D + L).
    template <class Links>
    constexpr void sort(std::size_t device_count, const Links& links) {
        links_ = place_size * (device_count + 1);
        words_.resize(links_ + links.size());
        if (device_count <= 16 * part_size)
            sort_at_once(device_count, links);
        else
            sort_by_parts(device_count, links);
    }

    /// The links of `d` stand from begin(d) to end(d).
    [[nodiscard]] constexpr std::size_t begin(std::size_t d) const noexcept {
        return words_[place_size * d + place_size - 1];
    }
    [[nodiscard]] constexpr std::size_t end(std::size_t d) const noexcept { return begin(d + 1); }
    /// The other end of the link that stands there.
    [[nodiscard]] constexpr std::size_t operator[](std::size_t at) const noexcept { return words_[links_ + at]; }

    /// The first supplier of `d`, whose place says it, as long as nobody writes something else there. Precondition: it
    /// has one.
    [[nodiscard]] constexpr word& first(std::size_t d) noexcept requires(By == link_end::consumer) {
        return words_[place_size * d];
    }

private:
    static constexpr bool keeps_first = By == link_end::consumer;
    static constexpr std::size_t place_size = keeps_first ? 2 : 1; // the first link, if kept, and where all begin
    static constexpr std::size_t part_bits = 15;
    static constexpr std::size_t part_size = std::size_t{1} << part_bits;

    [[nodiscard]] static constexpr std::size_t key(const auto& l) noexcept {
        return (By == link_end::consumer ? l.consumer : l.supplier).index();
    }
    [[nodiscard]] static constexpr word other(const auto& l) noexcept {
        return static_cast<word>((By == link_end::consumer ? l.supplier : l.consumer).index());
    }

    constexpr void sort_at_once(std::size_t device_count, const auto& links) {
        clear_places(0, device_count);
        for (const auto& l : links)
            if (holds_back(l.flags)) ++begin_word(key(l));
        begin_word(device_count) = add_up(0, device_count, 0);
        for (std::size_t i = links.size(); i-- != 0;)
            if (holds_back(links[i].flags)) put(key(links[i]), other(links[i]));
    }

    constexpr void sort_by_parts(std::size_t device_count, const auto& links) {
        const std::size_t parts = (device_count - 1) / part_size + 1;
        part_end_.assign(parts + 1, 0);
        for (const auto& l : links)
            if (holds_back(l.flags)) ++part_end_[(key(l) >> part_bits) + 1];
        std::size_t largest = 0;
        for (std::size_t p = 1; p <= parts; ++p) {
            largest = std::max(largest, std::size_t{part_end_[p]});
            part_end_[p] += part_end_[p - 1];
        }
        keys_.resize(part_end_[parts]);
        for (const auto& l : links) {
            if (!holds_back(l.flags)) continue;
            const word at = part_end_[key(l) >> part_bits]++;
            words_[links_ + at] = other(l);
            keys_[at] = static_cast<std::uint16_t>(key(l) % part_size);
        }
        // Each part ends now where the next one began.
        part_.resize(largest);
        word begin = 0;
        for (std::size_t p = 0; p != parts; ++p) {
            sort_part(p * part_size, std::min(device_count, (p + 1) * part_size), begin, part_end_[p]);
            begin = part_end_[p];
        }
        begin_word(device_count) = begin;
    }

    constexpr void sort_part(std::size_t first_device, std::size_t last_device, word begin, word end) {
        clear_places(first_device, last_device);
        for (word i = begin; i != end; ++i) ++begin_word(first_device + keys_[i]);
        add_up(first_device, last_device, begin);
        std::copy(words_.data() + links_ + begin, words_.data() + links_ + end, part_.data());
        for (word i = end; i-- != begin;) put(first_device + keys_[i], part_[i - begin]);
    }

    [[nodiscard]] constexpr word& begin_word(std::size_t d) noexcept { return words_[place_size * d + place_size - 1]; }

    constexpr void clear_places(std::size_t first_device, std::size_t last_device) noexcept {
        std::fill(words_.data() + place_size * first_device, words_.data() + place_size * last_device, word{0});
    }

    /// Turns the counts of links into where they end; returns where the last ones do.
    constexpr word add_up(std::size_t first_device, std::size_t last_device, word sum) noexcept {
        for (std::size_t d = first_device; d != last_device; ++d) {
            sum += begin_word(d);
            begin_word(d) = sum;
        }
        return sum;
    }

    /// Puts a link before those of its device that have been put, so that in the end all places say the begin.
    constexpr void put(std::size_t d, word other_end) noexcept {
        words_[links_ + --begin_word(d)] = other_end;
        if constexpr (keeps_first) first(d) = other_end;
    }

    buffer<word> words_; // first the places, by device, and one more; from `links_` on the links
    std::size_t links_ = 0;
    buffer<std::uint16_t> keys_; // while parts are sorted: the device within its part
    buffer<word> part_;
    buffer<word> part_end_;
};

} // namespace devlink::detail

#endif
