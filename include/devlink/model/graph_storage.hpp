// SPDX-License-Identifier: MIT
#ifndef DEVLINK_MODEL_GRAPH_STORAGE_HPP
#define DEVLINK_MODEL_GRAPH_STORAGE_HPP

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include <devlink/detail/make_room.hpp>
#include <devlink/fwd.hpp>
#include <devlink/model/link.hpp>

namespace devlink::detail {

/// The number of no device and of no link.
template <std::unsigned_integral Index>
inline constexpr Index nothing = std::numeric_limits<Index>::max();

/// Where a list of links, or of children, begins and ends.
template <std::unsigned_integral Index>
struct list_ends {
    Index first = nothing<Index>;
    Index last = nothing<Index>;
};

/// What follows a link on the two lists that it is on.
template <std::unsigned_integral Index>
struct link_chain {
    Index next_supplier = nothing<Index>; ///< its consumer's next link to a supplier
    Index next_consumer = nothing<Index>; ///< its supplier's next link to a consumer
};

/// One device: the ends of its two lists of links.
template <std::unsigned_integral Index>
struct device_record {
    list_ends<Index> suppliers;
    list_ends<Index> consumers;
    bool present = true;
    bool populated = false; ///< by its parent's driver
    bool indexed = false;   ///< its links to suppliers are in the pair index
};

/// A device's place in the tree.
template <std::unsigned_integral Index>
struct tree_record {
    Index parent = nothing<Index>;
    Index next_sibling = nothing<Index>;
    Index previous_sibling = nothing<Index>;
    list_ends<Index> children;
};

/// The arrays of a graph, and the lists threaded through them. Knows nothing of what links mean.
///
/// The links stand apart from what chains them, so that they are a list of links as resolvers like it best. A removed
/// link has no consumer any more. What appends changes nothing if memory runs out.
template <std::unsigned_integral Index>
class graph_storage {
public:
    std::vector<device_record<Index>> devices;
    std::vector<tree_record<Index>> tree; ///< per device, or empty where none has a parent; maybe one ahead
    std::vector<basic_link_spec<Index>> links;
    std::vector<link_chain<Index>> chains; ///< per link; maybe one ahead, where memory ran out between the two

    constexpr void reserve(std::size_t device_count, std::size_t link_count) {
        devices.reserve(device_count);
        links.reserve(link_count);
        chains.reserve(link_count);
    }

    /// Makes room for a device that has a parent or not, so that appending it can't fail. As append_device().
    constexpr void make_room_for_device(bool has_parent) {
        if (has_parent || !tree.empty()) tree.resize(devices.size() + 1);
        make_room(devices);
    }

    /// Appends a device as the last child of `parent`, or without parent for nothing. Amortised constant time, but for
    /// the first child, which is O(D).
    constexpr Index append_device(Index parent, bool populated) {
        make_room_for_device(parent != nothing<Index>);
        const Index d = static_cast<Index>(devices.size());
        devices.emplace_back().populated = populated;
        if (parent == nothing<Index>) return d;
        list_ends<Index>& siblings = tree[parent].children;
        tree[d].parent = parent;
        tree[d].previous_sibling = siblings.last;
        (siblings.last == nothing<Index> ? siblings.first : tree[siblings.last].next_sibling) = d;
        siblings.last = d;
        return d;
    }

    /// Takes a device out of its parent's list. Constant time.
    constexpr void unlink_device(Index d) {
        devices[d].present = false;
        const Index its_parent = parent(d);
        if (its_parent == nothing<Index>) return;
        const tree_record<Index>& place = tree[d];
        list_ends<Index>& siblings = tree[its_parent].children;
        (place.previous_sibling == nothing<Index> ? siblings.first : tree[place.previous_sibling].next_sibling) =
            place.next_sibling;
        (place.next_sibling == nothing<Index> ? siblings.last : tree[place.next_sibling].previous_sibling) =
            place.previous_sibling;
    }

    [[nodiscard]] constexpr Index parent(Index d) const { return tree.empty() ? nothing<Index> : tree[d].parent; }
    [[nodiscard]] constexpr Index first_child(Index d) const {
        return tree.empty() ? nothing<Index> : tree[d].children.first;
    }

    /// Appends a link to the array and to both lists. Amortised constant time.
    constexpr Index append_link(const basic_link_spec<Index>& link) {
        const Index l = static_cast<Index>(links.size());
        // The chain first: one that is left over is as good as new.
        if (chains.size() == links.size()) chains.emplace_back();
        links.push_back(link);
        list_ends<Index>& suppliers = devices[link.consumer.index()].suppliers;
        (suppliers.last == nothing<Index> ? suppliers.first : chains[suppliers.last].next_supplier) = l;
        suppliers.last = l;
        list_ends<Index>& consumers = devices[link.supplier.index()].consumers;
        (consumers.last == nothing<Index> ? consumers.first : chains[consumers.last].next_consumer) = l;
        consumers.last = l;
        return l;
    }

    /// Threads the lists of links that were written to the array in one go. From the last one to the first, so that
    /// each link touches the ends of its two lists and no other link.
    constexpr void thread_lists() {
        chains.resize(links.size());
        for (std::size_t at = links.size(); at-- > 0;) {
            const Index l = static_cast<Index>(at);
            list_ends<Index>& suppliers = devices[links[at].consumer.index()].suppliers;
            list_ends<Index>& consumers = devices[links[at].supplier.index()].consumers;
            chains[at] = {suppliers.first, consumers.first};
            if (suppliers.first == nothing<Index>) suppliers.last = l;
            suppliers.first = l;
            if (consumers.first == nothing<Index>) consumers.last = l;
            consumers.first = l;
        }
    }

    /// Takes a link out of both lists. O(links of its two ends).
    constexpr void unlink_link(Index l) {
        basic_link_spec<Index>& link = links[l];
        take_out(devices[link.consumer.index()].suppliers, l, &link_chain<Index>::next_supplier);
        take_out(devices[link.supplier.index()].consumers, l, &link_chain<Index>::next_consumer);
        link.consumer = {};
    }

    struct search_result {
        Index link;   ///< nothing if there is none, or none was found in time
        bool decided; ///< false if the limit was reached
    };

    /// The first link of the pair, looked for in both of the lists that would hold it, side by side, until the shorter
    /// one ends or `limit` steps are done.
    [[nodiscard]] constexpr search_result find_pair(Index consumer, Index supplier, std::size_t limit) const {
        const basic_device_id<Index> wanted_consumer{consumer};
        const basic_device_id<Index> wanted_supplier{supplier};
        Index by_consumer = devices[consumer].suppliers.first;
        Index by_supplier = devices[supplier].consumers.first;
        for (std::size_t steps = 0;; ++steps) {
            if (by_consumer == nothing<Index> || by_supplier == nothing<Index>) return {nothing<Index>, true};
            if (steps == limit) return {nothing<Index>, false};
            if (links[by_consumer].supplier == wanted_supplier) return {by_consumer, true};
            if (links[by_supplier].consumer == wanted_consumer) return {by_supplier, true};
            by_consumer = chains[by_consumer].next_supplier;
            by_supplier = chains[by_supplier].next_consumer;
        }
    }

    /// How many users a link has: one for each stateless add, one for being managed. Constant time.
    [[nodiscard]] constexpr std::uint16_t references(Index l) const {
        return l < references_.size() ? references_[l] : std::uint16_t{1};
    }

    /// Sets that number. Constant time, but for the first that is not one, which is O(L) and allocates.
    constexpr void set_references(Index l, std::uint16_t count) {
        if (l >= references_.size()) references_.resize(links.size(), 1);
        references_[l] = count;
    }

private:
    constexpr void take_out(list_ends<Index>& list, Index l, Index link_chain<Index>::*next) {
        if (list.first == l) {
            list.first = chains[l].*next;
            if (list.first == nothing<Index>) list.last = nothing<Index>;
            return;
        }
        Index before = list.first;
        while (chains[before].*next != l) before = chains[before].*next;
        chains[before].*next = chains[l].*next;
        if (list.last == l) list.last = before;
    }

    std::vector<std::uint16_t> references_; ///< of the first links; those beyond have one
};

} // namespace devlink::detail

#endif
