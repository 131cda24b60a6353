// SPDX-License-Identifier: MIT
#ifndef DEVLINK_MODEL_FROZEN_GRAPH_HPP
#define DEVLINK_MODEL_FROZEN_GRAPH_HPP

#include <concepts>
#include <cstddef>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <devlink/config.hpp>
#include <devlink/detail/chain_range.hpp>
#include <devlink/detail/name_table.hpp>
#include <devlink/detail/reset_when_moved.hpp>
#include <devlink/fwd.hpp>
#include <devlink/model/device_graph.hpp>
#include <devlink/model/flags.hpp>
#include <devlink/model/link.hpp>
#include <devlink/policy/graph_policy.hpp>

namespace devlink {

/// A graph that no longer changes: both directions in flat arrays, for many queries. A model of device_graph.
///
/// Device and link ids are those of the graph it was made from. Suppliers stand in the order in which their links were
/// added. Consumers stand in three groups: first those whose link holds them back for good (it holds back and is not
/// optional), then those with an optional link, then those that the link does not hold back; in each group by
/// registration. A moved-from graph is an empty one. Per link 20 bytes, per device 12, and 8 if any device has a parent
/// (32-bit ids, no names).
template <class Policy>
class basic_frozen_graph {
public:
    static_assert(detail::is_graph_policy<Policy>, "devlink: a graph's template argument is a policy, like "
                                                   "devlink::graph_policy<std::uint16_t>, not the type of the ids");
    using policy_type = detail::policy_or_default<Policy>;
    using index_type = typename policy_type::index_type;
    using device_type = basic_device_id<index_type>;
    using link_type = basic_link_id<index_type>;
    using supplier_link_type = basic_supplier_link<index_type>;
    using consumer_link_type = basic_consumer_link<index_type>;
    static constexpr bool named = policy_type::names::named;

    constexpr basic_frozen_graph() = default;
    constexpr basic_frozen_graph(const basic_frozen_graph&) = default;
    constexpr basic_frozen_graph(basic_frozen_graph&&) noexcept = default;
    /// Changes nothing if memory runs out.
    constexpr basic_frozen_graph& operator=(const basic_frozen_graph& other) {
        return *this = basic_frozen_graph{other};
    }
    constexpr basic_frozen_graph& operator=(basic_frozen_graph&&) noexcept = default;
    constexpr ~basic_frozen_graph() = default;

    /// Copies a graph, the caller's own included. Names are those of `g.name(d)`, if both have names.
    /// Precondition: index_type can number the links. O(D + L); allocates.
    template <device_graph G>
        requires(std::same_as<typename G::index_type, index_type> && !std::same_as<G, basic_frozen_graph>)
    constexpr explicit basic_frozen_graph(const G& g)
        : device_count_{device_count_of(g)} {
        DEVLINK_ASSERT(device_count_ <= detail::name_table<index_type>::none);
        if constexpr (knows_link_view<G>) {
            const auto list = g.as_link_view();
            list ? copy_suppliers(*list) : copy_suppliers(g);
        } else {
            copy_suppliers(g);
        }
        turn_round();
        copy_devices(g);
    }

    /// A whole list of links at once, entry i being link i, without names and parents.
    /// Precondition: both ends of every link are below `device_count`, and index_type can number both devices and
    /// links. O(D + L); allocates.
    [[nodiscard]] static constexpr basic_frozen_graph from_links(std::size_t device_count,
                                                                 std::span<const basic_link_spec<index_type>> links) {
        return basic_frozen_graph{basic_link_view<index_type>{device_count, links}};
    }

    /// How many device ids the graph had given out. Constant time.
    [[nodiscard]] constexpr std::size_t device_count() const noexcept { return device_count_; }
    /// How many links it holds; ids of links may be higher where links were removed. Constant time.
    [[nodiscard]] constexpr std::size_t link_count() const noexcept { return suppliers_.size(); }

    /// Whether the graph held the device. Any id may be asked for. Constant time.
    [[nodiscard]] constexpr bool contains(device_type d) const noexcept {
        return d.index() < device_count_ && (removed_.empty() || !removed_[d.index()]);
    }

    /// The parent of a device. Precondition: `d` is below device_count(). Constant time.
    [[nodiscard]] constexpr basic_parent<index_type> parent(device_type d) const {
        DEVLINK_ASSERT(d.index() < device_count_);
        return parents_.empty() ? basic_parent<index_type>{} : parents_[d.index()];
    }

    /// The links to suppliers. Precondition: `d` is below device_count(). Constant time, no allocation.
    [[nodiscard]] constexpr std::span<const supplier_link_type> suppliers(device_type d) const {
        DEVLINK_ASSERT(d.index() < device_count_);
        return std::span{suppliers_}.subspan(supplier_begin_[d.index()],
                                             supplier_begin_[d.index() + 1] - supplier_begin_[d.index()]);
    }

    /// The links to consumers (basic_consumer_link), in the order that the class states: a forward range.
    /// Precondition: `d` is below device_count(). Constant time, no allocation.
    [[nodiscard]] constexpr auto consumers(device_type d) const {
        DEVLINK_ASSERT(d.index() < device_count_);
        return detail::chain_range{consumer_reader{this}, consumer_begin_[d.index()], consumer_begin_[d.index() + 1]};
    }

    /// The devices that a link holds back for as long as `d` is not bound: one entry a link.
    /// Precondition: `d` is below device_count(). Constant time, no allocation.
    [[nodiscard]] constexpr std::span<const device_type> mandatory_consumers(device_type d) const {
        DEVLINK_ASSERT(d.index() < device_count_);
        return std::span{consumers_}.subspan(consumer_begin_[d.index()],
                                             mandatory_end_[d.index()] - consumer_begin_[d.index()]);
    }

    /// The name of a device, empty if it has none. Precondition: `d` is below device_count(). Constant time.
    [[nodiscard]] constexpr std::string_view name(device_type d) const requires named {
        DEVLINK_ASSERT(d.index() < device_count_);
        return names_[d.index()];
    }

    /// The device of that name, or an invalid id; expected O(length of the name).
    [[nodiscard]] constexpr device_type find(std::string_view name) const requires named {
        const index_type d = names_.find(name);
        return d == detail::name_table<index_type>::none ? device_type{} : device_type{d};
    }

private:
    struct no_names_kept {};
    using name_store = std::conditional_t<named, detail::name_table<index_type>, no_names_kept>;

    struct consumer_reader {
        static constexpr index_type end = detail::name_table<index_type>::none;
        const basic_frozen_graph* graph = nullptr;
        [[nodiscard]] constexpr consumer_link_type read(index_type at) const {
            const supplier_link_type& link = graph->suppliers_[graph->entry_of_consumer_[at]];
            return {graph->consumers_[at], link.flags, link.link};
        }
        [[nodiscard]] constexpr index_type next(index_type at) const { return static_cast<index_type>(at + 1); }
    };

    /// The group in which a link stands among its supplier's.
    [[nodiscard]] static constexpr std::size_t group(link_flags flags) noexcept {
        if (!holds_back(flags)) return 2;
        return flags.has(link_flag::optional_supplier) ? 1 : 0;
    }

    [[nodiscard]] static constexpr index_type narrow(std::size_t number) noexcept {
        return static_cast<index_type>(number);
    }

    template <class G>
    constexpr void copy_suppliers(const G& g) {
        supplier_begin_.assign(device_count_ + 1, 0);
        if constexpr (supplier_list_graph<G>) {
            for (std::size_t d = 0; d < device_count_; ++d) {
                if (contains_device(g, device_type{d}))
                    for (const supplier_link_type& link : g.suppliers(device_type{d})) suppliers_.push_back(link);
                DEVLINK_ASSERT(suppliers_.size() <= detail::name_table<index_type>::none);
                supplier_begin_[d + 1] = narrow(suppliers_.size());
            }
            suppliers_.shrink_to_fit();
        } else {
            const auto links = links_of(g);
            DEVLINK_ASSERT(links.size() <= detail::name_table<index_type>::none);
            for (const auto& link : links) ++supplier_begin_[link.consumer.index() + 1];
            for (std::size_t d = 0; d < device_count_; ++d)
                supplier_begin_[d + 1] = narrow(std::size_t{supplier_begin_[d + 1]} + supplier_begin_[d]);
            std::vector<index_type> next = supplier_begin_;
            suppliers_.resize(links.size());
            index_type id = 0;
            for (const auto& link : links)
                suppliers_[next[link.consumer.index()]++] = {link.supplier, link.flags, link_type{id++}};
        }
    }

    /// Fills in the direction from suppliers to consumers: one counting sort by supplier and group.
    constexpr void turn_round() {
        std::vector<index_type> next(device_count_ * 3 + 1, 0);
        for (const supplier_link_type& link : suppliers_) ++next[link.supplier.index() * 3 + group(link.flags) + 1];
        for (std::size_t at = 1; at < next.size(); ++at) next[at] = narrow(std::size_t{next[at]} + next[at - 1]);
        consumer_begin_.assign(device_count_ + 1, 0);
        mandatory_end_.assign(device_count_, 0);
        for (std::size_t d = 0; d < device_count_; ++d) {
            consumer_begin_[d] = next[d * 3];
            mandatory_end_[d] = next[d * 3 + 1];
        }
        consumer_begin_[device_count_] = next.back();
        consumers_.resize(suppliers_.size());
        entry_of_consumer_.assign(suppliers_.size(), 0);
        for (std::size_t d = 0; d < device_count_; ++d) {
            for (std::size_t entry = supplier_begin_[d]; entry < supplier_begin_[d + 1]; ++entry) {
                const supplier_link_type& link = suppliers_[entry];
                const std::size_t at = next[link.supplier.index() * 3 + group(link.flags)]++;
                consumers_[at] = device_type{d};
                entry_of_consumer_[at] = narrow(entry);
            }
        }
    }

    template <class G>
    constexpr void copy_devices(const G& g) {
        for (std::size_t at = 0; at < device_count_; ++at) {
            const device_type d{at};
            if constexpr (named && requires { g.name(d); }) names_.append(contains_device(g, d) ? g.name(d) : "");
            if (const auto its_parent = parent_of(g, d); its_parent.device.valid()) {
                if (parents_.empty()) parents_.resize(device_count_);
                parents_[at] = its_parent;
            }
            if (!contains_device(g, d)) {
                if (removed_.empty()) removed_.resize(device_count_, false);
                removed_[at] = true;
            }
        }
    }

    detail::reset_when_moved<std::size_t, 0> device_count_;
    std::vector<index_type> supplier_begin_{0}; ///< per device, and one more
    std::vector<supplier_link_type> suppliers_;
    std::vector<index_type> consumer_begin_{0}; ///< per device, and one more
    std::vector<index_type> mandatory_end_;
    std::vector<device_type> consumers_;
    std::vector<index_type> entry_of_consumer_;     ///< the link's place in suppliers_
    std::vector<basic_parent<index_type>> parents_; ///< empty if no device has one
    std::vector<bool> removed_;                     ///< empty if no device was removed
    [[no_unique_address]] name_store names_;
};

} // namespace devlink

#endif
