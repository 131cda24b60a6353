// SPDX-License-Identifier: MIT
#ifndef DEVLINK_MODEL_DEPENDENCY_EDGES_HPP
#define DEVLINK_MODEL_DEPENDENCY_EDGES_HPP

#include <concepts>
#include <cstddef>

#include <devlink/fwd.hpp>
#include <devlink/model/flags.hpp>
#include <devlink/model/graph_storage.hpp>
#include <devlink/model/link.hpp>

namespace devlink {

/// The edges that the dependency check walks, over the arrays of a graph: from a device to its children and to the
/// consumers of its hard links, and the same edges backward. Whether a link is managed or stateless does not matter.
/// Every step is constant time but for the soft links that it skips; nothing allocates.
/// Source: device_is_dependent(), which takes ancestors of the supplier too: here they are found as its predecessors.
template <std::unsigned_integral Index>
class basic_dependency_edges {
public:
    /// What of a device's edges is still to come: `device` a child or the parent, then `link`.
    struct successor_cursor {
        Index device;
        Index link;
    };
    struct predecessor_cursor {
        Index device;
        Index link;
    };

    constexpr explicit basic_dependency_edges(const detail::graph_storage<Index>& storage) noexcept
        : storage_{&storage} {}

    [[nodiscard]] constexpr std::size_t device_count() const { return storage_->devices.size(); }
    /// No more than so many edges.
    [[nodiscard]] constexpr std::size_t edge_count() const { return storage_->devices.size() + storage_->links.size(); }

    [[nodiscard]] constexpr successor_cursor successors(Index d) const {
        return {storage_->first_child(d), storage_->devices[d].consumers.first};
    }
    [[nodiscard]] constexpr predecessor_cursor predecessors(Index d) const {
        // A removed device keeps its parent's number, but the parent does not count it among its children any more.
        return {storage_->devices[d].present ? storage_->parent(d) : detail::nothing<Index>,
                storage_->devices[d].suppliers.first};
    }

    /// Steps to the next edge. Returns whether there is one; `found` is then the device at its end.
    constexpr bool next(successor_cursor& at, Index& found) const {
        if (at.device != detail::nothing<Index>) {
            found = at.device;
            at.device = storage_->tree[at.device].next_sibling;
            return true;
        }
        while (at.link != detail::nothing<Index>) {
            const basic_link_spec<Index>& link = storage_->links[at.link];
            at.link = storage_->chains[at.link].next_consumer;
            if (is_soft(link.flags)) continue;
            found = static_cast<Index>(link.consumer.index());
            return true;
        }
        return false;
    }
    constexpr bool next(predecessor_cursor& at, Index& found) const {
        if (at.device != detail::nothing<Index>) {
            found = at.device;
            at.device = detail::nothing<Index>;
            return true;
        }
        while (at.link != detail::nothing<Index>) {
            const basic_link_spec<Index>& link = storage_->links[at.link];
            at.link = storage_->chains[at.link].next_supplier;
            if (is_soft(link.flags)) continue;
            found = static_cast<Index>(link.supplier.index());
            return true;
        }
        return false;
    }

private:
    const detail::graph_storage<Index>* storage_;
};

} // namespace devlink

#endif
