// SPDX-License-Identifier: MIT
#ifndef DEVLINK_DRIVER_CORE_FW_DEVLINK_LINKS_HPP
#define DEVLINK_DRIVER_CORE_FW_DEVLINK_LINKS_HPP

#include <cstddef>
#include <cstdint>
#include <vector>

#include <devlink/fwd.hpp>
#include <devlink/model/id.hpp>

namespace devlink {

/// A firmware link: a node needs another one, and no device link says so yet. Source: struct fwnode_link.
struct firmware_link {
    node_id consumer;
    node_id supplier;
    bool cycle = false;             ///< lies on a cycle: not waited for
    bool ignore = false;            ///< not waited for, and of no account for cycles
    firmware_link_id next_supplier; ///< in the consumer's list
    firmware_link_id prev_supplier;
    firmware_link_id next_consumer; ///< in the supplier's list
    firmware_link_id prev_consumer;
};

/// All firmware links that stand, each in the list of its consumer and in that of its supplier, the newest first.
/// 28 bytes a link, 8 a node. Ids are given out again once their link is removed.
class firmware_links {
public:
    explicit firmware_links(std::size_t node_count)
        : first_supplier_(node_count)
        , first_consumer_(node_count) {}

    [[nodiscard]] const firmware_link& operator[](firmware_link_id l) const { return links_[l.index()]; }
    /// The newest firmware link of which `n` is the consumer, or the supplier.
    [[nodiscard]] firmware_link_id first_supplier(node_id n) const { return first_supplier_[n.index()]; }
    [[nodiscard]] firmware_link_id first_consumer(node_id n) const { return first_consumer_[n.index()]; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }

    void mark_cycle(firmware_link_id l) { links_[l.index()].cycle = true; }

    /// Adds a link at the front of both lists and returns true; if the pair has one that is only told more.
    /// As long as the shorter of the two lists. Source: __fwnode_link_add().
    bool add(node_id consumer, node_id supplier, bool cycle, bool ignore) {
        if (const firmware_link_id known = find(consumer, supplier); known.valid()) {
            firmware_link& link = links_[known.index()];
            link.cycle = link.cycle || cycle;
            link.ignore = link.ignore || ignore;
            return false;
        }
        firmware_link_id l{links_.size()};
        if (free_.valid()) {
            l = free_;
            free_ = links_[l.index()].next_supplier;
        } else {
            links_.emplace_back();
        }
        firmware_link_id& suppliers = first_supplier_[consumer.index()];
        firmware_link_id& consumers = first_consumer_[supplier.index()];
        links_[l.index()] = {consumer, supplier, cycle, ignore, suppliers, {}, consumers, {}};
        if (suppliers.valid()) links_[suppliers.index()].prev_supplier = l;
        if (consumers.valid()) links_[consumers.index()].prev_consumer = l;
        suppliers = consumers = l;
        ++size_;
        return true;
    }

    /// Takes a link out of both lists. Constant time. Source: __fwnode_link_del().
    void remove(firmware_link_id l) {
        const firmware_link link = links_[l.index()];
        (link.prev_supplier.valid() ? links_[link.prev_supplier.index()].next_supplier
                                    : first_supplier_[link.consumer.index()]) = link.next_supplier;
        if (link.next_supplier.valid()) links_[link.next_supplier.index()].prev_supplier = link.prev_supplier;
        (link.prev_consumer.valid() ? links_[link.prev_consumer.index()].next_consumer
                                    : first_consumer_[link.supplier.index()]) = link.next_consumer;
        if (link.next_consumer.valid()) links_[link.next_consumer.index()].prev_consumer = link.prev_consumer;
        links_[l.index()].next_supplier = free_;
        free_ = l;
        --size_;
    }

private:
    [[nodiscard]] firmware_link_id find(node_id consumer, node_id supplier) const {
        firmware_link_id of_consumer = first_supplier(consumer);
        firmware_link_id of_supplier = first_consumer(supplier);
        while (of_consumer.valid() && of_supplier.valid()) {
            if (links_[of_consumer.index()].supplier == supplier) return of_consumer;
            if (links_[of_supplier.index()].consumer == consumer) return of_supplier;
            of_consumer = links_[of_consumer.index()].next_supplier;
            of_supplier = links_[of_supplier.index()].next_consumer;
        }
        return {};
    }

    std::vector<firmware_link> links_;
    std::vector<firmware_link_id> first_supplier_;
    std::vector<firmware_link_id> first_consumer_;
    firmware_link_id free_;
    std::size_t size_ = 0;
};

} // namespace devlink

#endif
