// SPDX-License-Identifier: MIT
#ifndef DEVLINK_DETAIL_GRAPH_STORAGE_HPP
#define DEVLINK_DETAIL_GRAPH_STORAGE_HPP

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace devlink::detail {

/// The number of no device and of no link.
template <std::unsigned_integral Index>
inline constexpr Index nothing = std::numeric_limits<Index>::max();

/// One link in the arena: on the list of its consumer's suppliers and on that of its supplier's consumers.
template <std::unsigned_integral Index>
struct link_record {
    Index consumer; ///< nothing, once the link was removed
    Index supplier;
    Index next_supplier; ///< the consumer's next link to a supplier
    Index next_consumer; ///< the supplier's next link to a consumer
    std::uint16_t flags;
    std::uint16_t references; ///< one per stateless add, one for being managed
};

template <std::unsigned_integral Index>
struct list_ends {
    Index first = nothing<Index>;
    Index last = nothing<Index>;
};

/// One device: its place in the tree and the ends of its two lists of links.
template <std::unsigned_integral Index>
struct device_record {
    Index parent = nothing<Index>;
    Index next_sibling = nothing<Index>;
    Index previous_sibling = nothing<Index>;
    list_ends<Index> children;
    list_ends<Index> suppliers;
    list_ends<Index> consumers;
    bool present = true;
    bool populated = false; ///< by its parent's driver
    bool indexed = false;   ///< its links to suppliers are in the pair index
};

/// The arrays of a graph, and the lists threaded through them. Knows nothing of what links mean.
template <std::unsigned_integral Index>
class graph_storage {
public:
    std::vector<device_record<Index>> devices;
    std::vector<link_record<Index>> links;

    /// Appends a device as the last child of `parent`, or without parent for nothing. Amortised constant time.
    constexpr Index append_device(Index parent, bool populated) {
        const Index d = static_cast<Index>(devices.size());
        device_record<Index>& device = devices.emplace_back();
        if (parent == nothing<Index>) return d;
        device.parent = parent;
        device.populated = populated;
        list_ends<Index>& siblings = devices[parent].children;
        device.previous_sibling = siblings.last;
        if (siblings.last == nothing<Index>)
            siblings.first = d;
        else
            devices[siblings.last].next_sibling = d;
        siblings.last = d;
        return d;
    }

    /// Takes a device out of its parent's list. Constant time.
    constexpr void unlink_device(Index d) {
        device_record<Index>& device = devices[d];
        device.present = false;
        if (device.parent == nothing<Index>) return;
        list_ends<Index>& siblings = devices[device.parent].children;
        if (device.previous_sibling == nothing<Index>)
            siblings.first = device.next_sibling;
        else
            devices[device.previous_sibling].next_sibling = device.next_sibling;
        if (device.next_sibling == nothing<Index>)
            siblings.last = device.previous_sibling;
        else
            devices[device.next_sibling].previous_sibling = device.previous_sibling;
    }

    /// Appends a link to the arena and to both lists. Amortised constant time.
    constexpr Index append_link(Index consumer, Index supplier, std::uint16_t flags) {
        const Index l = static_cast<Index>(links.size());
        links.push_back({consumer, supplier, nothing<Index>, nothing<Index>, flags, 1});
        list_ends<Index>& suppliers = devices[consumer].suppliers;
        if (suppliers.last == nothing<Index>)
            suppliers.first = l;
        else
            links[suppliers.last].next_supplier = l;
        suppliers.last = l;
        list_ends<Index>& consumers = devices[supplier].consumers;
        if (consumers.last == nothing<Index>)
            consumers.first = l;
        else
            links[consumers.last].next_consumer = l;
        consumers.last = l;
        return l;
    }

    /// Threads the lists of links that were written to the arena in one go. From the last one to the first, so that
    /// each link touches the ends of its two lists and no other link.
    constexpr void thread_lists() {
        for (std::size_t at = links.size(); at-- > 0;) {
            const Index l = static_cast<Index>(at);
            link_record<Index>& link = links[at];
            list_ends<Index>& suppliers = devices[link.consumer].suppliers;
            link.next_supplier = suppliers.first;
            if (suppliers.first == nothing<Index>) suppliers.last = l;
            suppliers.first = l;
            list_ends<Index>& consumers = devices[link.supplier].consumers;
            link.next_consumer = consumers.first;
            if (consumers.first == nothing<Index>) consumers.last = l;
            consumers.first = l;
        }
    }

    /// Takes a link out of both lists. O(links of its two ends).
    constexpr void unlink_link(Index l) {
        link_record<Index>& link = links[l];
        take_out(devices[link.consumer].suppliers, l, &link_record<Index>::next_supplier);
        take_out(devices[link.supplier].consumers, l, &link_record<Index>::next_consumer);
        link.consumer = nothing<Index>;
    }

    struct search_result {
        Index link;   ///< nothing if there is none, or none was found in time
        bool decided; ///< false if the limit was reached
    };

    /// The first link of the pair, looked for in both of the lists that would hold it, side by side, until the shorter
    /// one ends or `limit` steps are done.
    [[nodiscard]] constexpr search_result find_pair(Index consumer, Index supplier, std::size_t limit) const {
        Index by_consumer = devices[consumer].suppliers.first;
        Index by_supplier = devices[supplier].consumers.first;
        for (std::size_t steps = 0;; ++steps) {
            if (by_consumer == nothing<Index> || by_supplier == nothing<Index>) return {nothing<Index>, true};
            if (steps == limit) return {nothing<Index>, false};
            if (links[by_consumer].supplier == supplier) return {by_consumer, true};
            if (links[by_supplier].consumer == consumer) return {by_supplier, true};
            by_consumer = links[by_consumer].next_supplier;
            by_supplier = links[by_supplier].next_consumer;
        }
    }

private:
    constexpr void take_out(list_ends<Index>& list, Index l, Index link_record<Index>::*next) {
        if (list.first == l) {
            list.first = links[l].*next;
            if (list.first == nothing<Index>) list.last = nothing<Index>;
            return;
        }
        Index before = list.first;
        while (links[before].*next != l) before = links[before].*next;
        links[before].*next = links[l].*next;
        if (list.last == l) list.last = before;
    }
};

} // namespace devlink::detail

#endif
