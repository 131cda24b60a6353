// SPDX-License-Identifier: MIT
#ifndef DEVLINK_BENCHMARKS_CHECKED_ADDS_HPP
#define DEVLINK_BENCHMARKS_CHECKED_ADDS_HPP

// Plain ways to add links one by one and refuse those that would close a cycle. All of them keep their links in the
// same arena, so that they differ in the check alone.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

#include "families.hpp"

namespace bench {

/// Links in the order of adds, each chained into the list of its supplier and that of its consumer. Checks nothing.
class append_only {
public:
    explicit append_only(const machine& m)
        : devices_(m.device_count) {
        links_.reserve(m.links.size());
    }

    bool add(const devlink::link_spec& l) {
        const auto consumer = static_cast<std::uint32_t>(l.consumer.index());
        const auto supplier = static_cast<std::uint32_t>(l.supplier.index());
        const auto id = static_cast<std::uint32_t>(links_.size());
        links_.push_back(
            {consumer, supplier, devices_[consumer].first_supplier, devices_[supplier].first_consumer, l.flags.bits()});
        devices_[consumer].first_supplier = id;
        devices_[supplier].first_consumer = id;
        return true;
    }

    template <class Visit>
    void for_each_consumer(std::uint32_t d, Visit visit) const {
        for (std::uint32_t l = devices_[d].first_consumer; l != none; l = links_[l].next_of_supplier)
            visit(links_[l].consumer);
    }
    template <class Visit>
    void for_each_supplier(std::uint32_t d, Visit visit) const {
        for (std::uint32_t l = devices_[d].first_supplier; l != none; l = links_[l].next_of_consumer)
            visit(links_[l].supplier);
    }

private:
    static constexpr std::uint32_t none = 0xffffffff;

    struct entry {
        std::uint32_t consumer;
        std::uint32_t supplier;
        std::uint32_t next_of_consumer;
        std::uint32_t next_of_supplier;
        std::uint32_t flags;
    };
    struct lists {
        std::uint32_t first_supplier = none;
        std::uint32_t first_consumer = none;
    };

    std::vector<lists> devices_;
    std::vector<entry> links_;
};

/// Looks through everything that depends on the consumer, each device once. What the kernel does, plus marks.
class marked_search {
public:
    explicit marked_search(const machine& m)
        : links_{m}
        , seen_(m.device_count) {}

    bool add(const devlink::link_spec& l) {
        const auto consumer = static_cast<std::uint32_t>(l.consumer.index());
        const auto supplier = static_cast<std::uint32_t>(l.supplier.index());
        ++round_;
        open_.assign(1, consumer);
        seen_[consumer] = round_;
        while (!open_.empty()) {
            const std::uint32_t d = open_.back();
            open_.pop_back();
            if (d == supplier) return false;
            links_.for_each_consumer(d, [this](std::uint32_t c) {
                if (seen_[c] == round_) return;
                seen_[c] = round_;
                open_.push_back(c);
            });
        }
        return links_.add(l);
    }

private:
    append_only links_;
    std::vector<std::uint32_t> seen_;
    std::vector<std::uint32_t> open_;
    std::uint32_t round_ = 0;
};

/// Pearce and Kelly, A dynamic topological sort algorithm for directed acyclic graphs (2006): keeps an order, and
/// searches and repairs only the part of it between the two ends of a link that contradicts it.
class pearce_kelly {
public:
    explicit pearce_kelly(const machine& m)
        : links_{m}
        , place_(m.device_count)
        , seen_(m.device_count) {
        std::iota(place_.begin(), place_.end(), 0U);
    }

    bool add(const devlink::link_spec& l) {
        const auto consumer = static_cast<std::uint32_t>(l.consumer.index());
        const auto supplier = static_cast<std::uint32_t>(l.supplier.index());
        if (consumer == supplier) return false;
        if (place_[supplier] > place_[consumer]) {
            ++round_;
            if (!collect_consumers(consumer, place_[supplier])) return false;
            collect_suppliers(supplier, place_[consumer]);
            reorder();
        }
        return links_.add(l);
    }

private:
    bool collect_consumers(std::uint32_t from, std::uint32_t last) {
        bool acyclic = true;
        after_.assign(1, from);
        seen_[from] = round_;
        for (std::size_t next = 0; next < after_.size() && acyclic; ++next)
            links_.for_each_consumer(after_[next], [&](std::uint32_t c) {
                if (place_[c] == last) acyclic = false;
                if (place_[c] >= last || seen_[c] == round_) return;
                seen_[c] = round_;
                after_.push_back(c);
            });
        return acyclic;
    }

    void collect_suppliers(std::uint32_t from, std::uint32_t first) {
        before_.assign(1, from);
        seen_[from] = round_;
        for (std::size_t next = 0; next < before_.size(); ++next)
            links_.for_each_supplier(before_[next], [&](std::uint32_t s) {
                if (place_[s] <= first || seen_[s] == round_) return;
                seen_[s] = round_;
                before_.push_back(s);
            });
    }

    void reorder() {
        const auto by_place = [this](std::uint32_t a, std::uint32_t b) { return place_[a] < place_[b]; };
        std::sort(before_.begin(), before_.end(), by_place);
        std::sort(after_.begin(), after_.end(), by_place);
        places_.clear();
        before_.insert(before_.end(), after_.begin(), after_.end());
        for (const std::uint32_t d : before_) places_.push_back(place_[d]);
        std::sort(places_.begin(), places_.end());
        for (std::size_t i = 0; i < before_.size(); ++i) place_[before_[i]] = places_[i];
    }

    append_only links_;
    std::vector<std::uint32_t> place_;
    std::vector<std::uint32_t> seen_;
    std::vector<std::uint32_t> before_;
    std::vector<std::uint32_t> after_;
    std::vector<std::uint32_t> places_;
    std::uint32_t round_ = 0;
};

} // namespace bench

#endif
