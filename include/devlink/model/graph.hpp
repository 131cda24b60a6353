// SPDX-License-Identifier: MIT
#ifndef DEVLINK_MODEL_GRAPH_HPP
#define DEVLINK_MODEL_GRAPH_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <ranges>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include <devlink/config.hpp>
#include <devlink/detail/name_table.hpp>
#include <devlink/detail/pair_index.hpp>
#include <devlink/detail/reset_when_moved.hpp>
#include <devlink/fwd.hpp>
#include <devlink/model/dependency_edges.hpp>
#include <devlink/model/device_graph.hpp>
#include <devlink/model/error.hpp>
#include <devlink/model/flag_rules.hpp>
#include <devlink/model/frozen_graph.hpp>
#include <devlink/model/graph_ranges.hpp>
#include <devlink/model/graph_storage.hpp>
#include <devlink/model/incremental_order.hpp>
#include <devlink/model/link.hpp>
#include <devlink/model/link_merge.hpp>
#include <devlink/model/result.hpp>
#include <devlink/policy/graph_policy.hpp>

namespace devlink {

/// Says that an add is not to be checked for a cycle: `g.add_link(consumer, supplier, flags, devlink::unchecked)`.
struct unchecked_t {
    explicit constexpr unchecked_t() noexcept = default;
};
inline constexpr unchecked_t unchecked{};

/// Devices and the links between them, growing. A model of device_graph.
///
/// Ids count up from 0 in the order of adds and are never given out again, so what a user keeps per device or link can
/// stand in an array. Every link that add_link() takes keeps the graph of child edges and hard links acyclic; links
/// that come with `unchecked` or from_links() need not, `resolve` then finds the cycles.
///
/// Where memory runs out, the call has no effect, whatever it was, and the graph can be used on: the strong guarantee.
/// What removes links or devices allocates nothing. A moved-from graph is an empty one.
///
/// Memory, with 32-bit ids and without names: 20 bytes a device, 20 more if any device has a parent, 20 more once a
/// link contradicts the order of registration; 20 bytes a link.
///
/// Source: device_link_add(), device_is_dependent().
template <class Policy>
class basic_graph {
public:
    static_assert(detail::is_graph_policy<Policy>, "devlink: a graph's template argument is a policy, like "
                                                   "devlink::graph_policy<std::uint16_t>, not the type of the ids");
    using policy_type = detail::policy_or_default<Policy>;
    using index_type = typename policy_type::index_type;
    using device_type = basic_device_id<index_type>;
    using link_type = basic_link_id<index_type>;
    using link_spec_type = basic_link_spec<index_type>;
    using error_type = basic_graph_error<index_type>;
    static constexpr bool named = policy_type::names::named;

    constexpr basic_graph() = default;
    constexpr basic_graph(const basic_graph&) = default;
    constexpr basic_graph(basic_graph&&) noexcept = default;
    /// Changes nothing if memory runs out.
    constexpr basic_graph& operator=(const basic_graph& other) { return *this = basic_graph{other}; }
    constexpr basic_graph& operator=(basic_graph&&) noexcept = default;
    constexpr ~basic_graph() = default;

    /// A graph of devices without names and parents, from a whole list of links: entry i becomes link i.
    ///
    /// Nothing is checked and nothing merged: a pair may stand in the list more than once, and links may form cycles.
    /// Flags are recorded as add_link() does it. Precondition: both ends of every link are below `device_count`; flags
    /// are known ones; both counts are no more than index_type can number. O(D + L); allocates.
    [[nodiscard]] static constexpr basic_graph from_links(std::size_t device_count,
                                                          std::span<const link_spec_type> links) {
        DEVLINK_ASSERT(device_count <= nothing && links.size() <= nothing);
        basic_graph g;
        g.storage_.devices.resize(device_count);
        g.storage_.links.reserve(links.size());
        for (const link_spec_type& l : links) {
            DEVLINK_ASSERT(l.consumer.index() < device_count && l.supplier.index() < device_count);
            g.storage_.links.push_back({l.consumer, l.supplier, recorded_flags(l.flags)});
            if (!is_soft(l.flags)) g.order_.force(raw(l.supplier), raw(l.consumer));
        }
        g.storage_.thread_lists();
        return g;
    }

    /// Makes room for that many devices and links in all. Allocates.
    constexpr void reserve(std::size_t devices, std::size_t links) {
        storage_.reserve(devices, links);
        if constexpr (named) names_.reserve(devices);
    }

    /// Registers a device. Returns its id, or an invalid one where try_add_device() returns an error.
    constexpr device_type add_device(std::string_view name) requires named { return or_invalid(try_add_device(name)); }
    /// The same for a child. An invalid parent is refused, so one failed add makes those that build on it fail too.
    constexpr device_type add_device(std::string_view name, device_type parent_device,
                                     parent_kind kind = parent_kind::contains) requires named {
        return or_invalid(try_add_device(name, parent_device, kind));
    }
    constexpr device_type add_device() requires(!named) { return or_invalid(try_add_device()); }
    constexpr device_type add_device(device_type parent_device,
                                     parent_kind kind = parent_kind::contains) requires(!named) {
        return or_invalid(try_add_device(parent_device, kind));
    }

    /// Registers a device, as the last child of its parent if one is given.
    ///
    /// Returns its id; errc::duplicate_name if another device has the (not empty) name; errc::unknown_device if the
    /// graph does not hold the parent; errc::too_many if index_type can't number it. Expected amortised constant time,
    /// and O(length of the name); allocates as vectors grow.
    constexpr result<device_type, error_type> try_add_device(std::string_view name) requires named {
        return register_device(name, nothing, parent_kind::contains);
    }
    constexpr result<device_type, error_type> try_add_device(std::string_view name, device_type parent_device,
                                                             parent_kind kind = parent_kind::contains) requires named {
        if (!contains(parent_device)) return error_type{errc::unknown_device, {}};
        return register_device(name, raw(parent_device), kind);
    }
    constexpr result<device_type, error_type> try_add_device() requires(!named) {
        return register_device({}, nothing, parent_kind::contains);
    }
    constexpr result<device_type, error_type>
    try_add_device(device_type parent_device, parent_kind kind = parent_kind::contains) requires(!named) {
        if (!contains(parent_device)) return error_type{errc::unknown_device, {}};
        return register_device({}, raw(parent_device), kind);
    }

    /// Links `consumer` to `supplier`, or merges the add into the link that the pair has (merge_link_flags()).
    ///
    /// Returns the link's id; errc::unknown_device, errc::self_link, what check_flags() says, errc::would_close_cycle
    /// with the whole path if the supplier depends on the consumer (unless the add is `sync_state_only`), or
    /// errc::too_many; then nothing was changed.
    /// O(1) where the supplier was registered before the consumer and no link contradicts the order of registration;
    /// else see incremental_order. A pair that has a link is found in expected constant time. Allocates as vectors
    /// grow. Source: device_link_add(), as far as it does not depend on what is bound.
    constexpr result<link_type, error_type> add_link(device_type consumer, device_type supplier,
                                                     link_flags flags = {}) {
        if (const errc code = check_add(consumer, supplier, flags); code != errc::ok) return error_type{code, {}};
        if (!flags.has(link_flag::sync_state_only) &&
            !order_.admit(raw(supplier), raw(consumer), basic_dependency_edges<index_type>{storage_}))
            return cycle_error();
        return record_link(raw(consumer), raw(supplier), flags);
    }

    /// The same without the check for a cycle: for input that may hold cycles, which `resolve` then reports.
    constexpr result<link_type, error_type> add_link(device_type consumer, device_type supplier, link_flags flags,
                                                     unchecked_t) {
        if (const errc code = check_add(consumer, supplier, flags); code != errc::ok) return error_type{code, {}};
        if (!flags.has(link_flag::sync_state_only)) order_.force(raw(supplier), raw(consumer));
        return record_link(raw(consumer), raw(supplier), flags);
    }

    /// Takes a link out, however many references it has. Precondition: contains(l). O(links of both ends).
    constexpr void remove_link(link_type l) {
        DEVLINK_ASSERT(contains(l));
        const index_type consumer = raw(storage_.links[l.index()].consumer);
        const index_type supplier = raw(storage_.links[l.index()].supplier);
        complete_ = false;
        const bool was_found = storage_.devices[consumer].indexed && pairs_.erase(raw(l), storage_.links);
        storage_.unlink_link(raw(l));
        if (!was_found) return;
        // A list given to from_links() may hold the pair once more, and the index knows only the first.
        const index_type next = storage_.find_pair(consumer, supplier, link_count()).link;
        if (next != nothing) pairs_.insert(next, storage_.links);
    }

    /// Gives back one reference of a stateless link, and takes the link out with the last one. As in the kernel, one
    /// reference too many takes a link that is managed too. Returns errc::ok; errc::unknown_link if the pair has no
    /// link or it is not stateless, then nothing was changed. O(links of both ends). Source: device_link_remove().
    constexpr errc drop_link_reference(device_type consumer, device_type supplier) {
        const link_type l = find_link(consumer, supplier);
        if (!l.valid() || !storage_.links[l.index()].flags.has(link_flag::stateless)) return errc::unknown_link;
        const std::uint16_t references = storage_.references(raw(l));
        if (references == 1)
            remove_link(l);
        else if (references != saturated)
            storage_.set_references(raw(l), static_cast<std::uint16_t>(references - 1));
        return errc::ok;
    }

    /// Takes a device and all its links out; its name is free again, its id is not.
    /// Precondition: contains(d), and it has no children. O(links of the device and of those linked to it).
    constexpr void remove_device(device_type d) {
        DEVLINK_ASSERT(contains(d) && children(d).empty());
        const auto& device = storage_.devices[d.index()];
        while (device.suppliers.first != nothing) remove_link(link_type{device.suppliers.first});
        while (device.consumers.first != nothing) remove_link(link_type{device.consumers.first});
        storage_.unlink_device(raw(d));
        complete_ = false;
        if constexpr (named) names_.forget(d.index());
    }

    /// The device of that name, or an invalid id; expected O(length of the name).
    [[nodiscard]] constexpr device_type find(std::string_view name) const requires named {
        return wrap(names_.find(name));
    }

    /// The name of a device, empty if it has none; valid until the next device is added. Precondition: `d` was given
    /// out by this graph. Constant time.
    [[nodiscard]] constexpr std::string_view name(device_type d) const requires named {
        DEVLINK_ASSERT(d.index() < device_count());
        return names_[d.index()];
    }

    /// The first link of the pair, or an invalid id. O(1 + the links of the one of them that has fewer), expected
    /// constant where add_link() has met both with many links.
    [[nodiscard]] constexpr link_type find_link(device_type consumer, device_type supplier) const {
        if (!contains(consumer) || !contains(supplier)) return {};
        if (storage_.devices[consumer.index()].indexed)
            return wrap_link(pairs_.find(raw(consumer), raw(supplier), storage_.links));
        return wrap_link(storage_.find_pair(raw(consumer), raw(supplier), storage_.links.size()).link);
    }

    /// How many device ids were given out: all are below it, those of removed devices too. Constant time.
    [[nodiscard]] constexpr std::size_t device_count() const noexcept { return storage_.devices.size(); }
    /// How many link ids were given out: all are below it, those of removed links too. Constant time.
    [[nodiscard]] constexpr std::size_t link_count() const noexcept { return storage_.links.size(); }

    /// Whether the graph holds the device or link of that id, which may be any. Constant time.
    [[nodiscard]] constexpr bool contains(device_type d) const noexcept {
        return d.index() < device_count() && storage_.devices[d.index()].present;
    }
    [[nodiscard]] constexpr bool contains(link_type l) const noexcept {
        return l.index() < link_count() && storage_.links[l.index()].consumer.valid();
    }

    /// The parent of a device. Precondition: `d` was given out by this graph. Constant time.
    [[nodiscard]] constexpr basic_parent<index_type> parent(device_type d) const {
        DEVLINK_ASSERT(d.index() < device_count());
        return {wrap(storage_.parent(raw(d))),
                storage_.devices[d.index()].populated ? parent_kind::populates : parent_kind::contains};
    }

    /// Both ends and the recorded flags of a link, valid until the next link is added. Precondition: contains(l).
    /// Constant time.
    [[nodiscard]] constexpr const link_spec_type& link(link_type l) const {
        DEVLINK_ASSERT(contains(l));
        return storage_.links[l.index()];
    }

    /// The links to suppliers (basic_supplier_link), to consumers (basic_consumer_link) and the children (ids) of a
    /// device, each a forward range in the order of adds, valid until the graph next changes.
    /// Precondition: `d` was given out by this graph. Constant time a step, no allocation.
    [[nodiscard]] constexpr auto suppliers(device_type d) const {
        DEVLINK_ASSERT(d.index() < device_count());
        return detail::supplier_range(storage_, d.index());
    }
    [[nodiscard]] constexpr auto consumers(device_type d) const {
        DEVLINK_ASSERT(d.index() < device_count());
        return detail::consumer_range(storage_, d.index());
    }
    [[nodiscard]] constexpr auto children(device_type d) const {
        DEVLINK_ASSERT(d.index() < device_count());
        return detail::child_range(storage_, d.index());
    }

    /// All links (basic_link_entry) in the order of adds: a forward range, valid until the graph next changes.
    /// Amortised constant time a step where few links were removed, no allocation.
    [[nodiscard]] constexpr auto links() const { return detail::link_range(storage_); }

    /// All that matters for the order of probes as a list of links, where that is all there is: nothing was ever
    /// removed and no parent populates anybody. Else nothing. The view is valid until the graph next changes. Constant
    /// time.
    [[nodiscard]] constexpr std::optional<basic_link_view<index_type>> as_link_view() const {
        if (!complete_) return std::nullopt;
        return basic_link_view<index_type>{device_count(), storage_.links};
    }

    /// The graph as it is now, immutable and compact, with both directions. O(D + L); allocates.
    [[nodiscard]] constexpr basic_frozen_graph<policy_type> freeze() const {
        return basic_frozen_graph<policy_type>{*this};
    }

private:
    static constexpr index_type nothing = detail::nothing<index_type>;
    static constexpr std::uint16_t saturated = 0xFFFF; ///< a link of so many references is never given back entirely
    /// From here on a list of links is too long to walk for every add.
    static constexpr std::size_t long_walk = 32;

    struct no_names_kept {};
    using name_store = std::conditional_t<named, detail::name_table<index_type>, no_names_kept>;

    template <class Tag>
    [[nodiscard]] static constexpr index_type raw(basic_id<Tag, index_type> id) noexcept {
        return static_cast<index_type>(id.index());
    }
    [[nodiscard]] static constexpr device_type wrap(index_type d) noexcept {
        return d == nothing ? device_type{} : device_type{d};
    }
    [[nodiscard]] static constexpr link_type wrap_link(index_type l) noexcept {
        return l == nothing ? link_type{} : link_type{l};
    }
    [[nodiscard]] static constexpr device_type or_invalid(const result<device_type, error_type>& added) {
        return added ? added.value() : device_type{};
    }
    constexpr result<device_type, error_type> register_device(std::string_view name, index_type parent_index,
                                                              parent_kind kind) {
        if (device_count() == nothing) return error_type{errc::too_many, {}};
        if constexpr (named) {
            if (names_.find(name) != nothing) return error_type{errc::duplicate_name, {}};
            names_.skip_to(device_count()); // from_links() makes devices without names
            // The name is the last that may fail, as it could not be taken back.
            storage_.make_room_for_device(parent_index != nothing);
            names_.append(name);
        }
        const device_type d{storage_.append_device(parent_index, kind == parent_kind::populates)};
        if (kind == parent_kind::populates) complete_ = false;
        return d;
    }

    [[nodiscard]] constexpr errc check_add(device_type consumer, device_type supplier, link_flags flags) const {
        if (!contains(consumer) || !contains(supplier)) return errc::unknown_device;
        if (consumer == supplier) return errc::self_link;
        return check_flags(flags);
    }

    [[nodiscard]] constexpr error_type cycle_error() const {
        error_type error{errc::would_close_cycle, {}};
        error.path.reserve(order_.path().size());
        for (const index_type d : order_.path()) error.path.push_back(device_type{d});
        return error;
    }

    constexpr result<link_type, error_type> record_link(index_type consumer, index_type supplier, link_flags given) {
        if (const index_type l = find_for_merge(consumer, supplier); l != nothing) {
            const link_merge merged = merge_link_flags(storage_.links[l].flags, given);
            // Allocates, so it comes before the flags change.
            if (const std::uint16_t references = storage_.references(l);
                merged.takes_reference && references != saturated)
                storage_.set_references(l, static_cast<std::uint16_t>(references + 1));
            storage_.links[l].flags = merged.flags;
            return link_type{l};
        }
        if (link_count() == nothing) return error_type{errc::too_many, {}};
        const index_type l =
            storage_.append_link({device_type{consumer}, device_type{supplier}, recorded_flags(given)});
        if (storage_.devices[consumer].indexed) pairs_.insert(l, storage_.links);
        return link_type{l};
    }

    /// As find_link(), but goes to the pair index when both lists are too long to walk.
    constexpr index_type find_for_merge(index_type consumer, index_type supplier) {
        if (!storage_.devices[consumer].indexed) {
            const auto found = storage_.find_pair(consumer, supplier, long_walk);
            if (found.decided) return found.link;
        }
        return find_indexed(consumer, supplier);
    }

    /// Looks into the pair index, once all of the consumer's links are entered there, or none where memory runs out.
    /// There is then room for one more. Seldom called, and in line it would cost every add.
    [[gnu::noinline]] constexpr index_type find_indexed(index_type consumer, index_type supplier) {
        auto& device = storage_.devices[consumer];
        const auto links = suppliers(device_type{consumer});
        const std::size_t entering = device.indexed ? 0 : static_cast<std::size_t>(std::ranges::distance(links));
        pairs_.make_room(entering + 1, storage_.links);
        if (!device.indexed)
            for (const auto& l : links) pairs_.insert(raw(l.link), storage_.links);
        device.indexed = true;
        return pairs_.find(consumer, supplier, storage_.links);
    }

    detail::graph_storage<index_type> storage_;
    detail::reset_when_moved<bool, true> complete_; ///< the links are all that orders probes: see as_link_view()
    detail::pair_index<index_type> pairs_;
    basic_incremental_order<index_type> order_;
    [[no_unique_address]] name_store names_;
};

} // namespace devlink

#endif
