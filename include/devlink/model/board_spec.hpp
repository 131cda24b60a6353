// SPDX-License-Identifier: MIT
#ifndef DEVLINK_MODEL_BOARD_SPEC_HPP
#define DEVLINK_MODEL_BOARD_SPEC_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <devlink/fwd.hpp>
#include <devlink/model/error.hpp>
#include <devlink/model/flag_rules.hpp>
#include <devlink/model/flags.hpp>
#include <devlink/model/link.hpp>

namespace devlink {

/// A device of a board. Its parent, if it has one, stands before it.
struct board_device {
    const char* name;
    const char* parent = nullptr;
    parent_kind kind = parent_kind::contains;
};

/// A link of a board.
struct board_link {
    const char* consumer;
    const char* supplier;
    link_flags flags = {};
};

/// Why a board can't be, with the names that it is about.
struct board_fault {
    static constexpr std::size_t shown = 16;

    errc code = errc::ok;
    /// For errc::would_close_cycle: devices each of which depends on the next one, the first one again at the end, as
    /// far as they fit. Else the device, or the link's consumer and supplier. Null pointers fill the rest.
    std::array<const char*, shown> names{};

    [[nodiscard]] constexpr std::size_t count() const noexcept {
        return static_cast<std::size_t>(std::find(names.begin(), names.end(), nullptr) - names.begin());
    }
};

/// The lists that a board is made from, as they were written.
///
///     constexpr devlink::board_spec machine{{{"port"}, {"nic", "port"}}, {{"nic", "port"}}};
template <std::size_t Devices, std::size_t Links>
struct board_spec {
    std::array<board_device, Devices> devices{};
    std::array<board_link, Links> links{};

    constexpr explicit board_spec(const board_device (&device_list)[Devices]) {
        std::copy(std::begin(device_list), std::end(device_list), devices.begin());
    }
    template <std::size_t Listed>
        requires(Listed == Links)
    constexpr board_spec(const board_device (&device_list)[Devices], const board_link (&link_list)[Listed]) {
        std::copy(std::begin(device_list), std::end(device_list), devices.begin());
        std::copy(std::begin(link_list), std::end(link_list), links.begin());
    }
};

template <std::size_t Devices>
board_spec(const board_device (&)[Devices]) -> board_spec<Devices, 0>;
template <std::size_t Devices, std::size_t Links>
board_spec(const board_device (&)[Devices], const board_link (&)[Links]) -> board_spec<Devices, Links>;

/// Finds devices of a board by name. Looks names up in O(log D) comparisons, so that compilers get through big boards.
template <std::size_t Devices>
class board_names {
public:
    static constexpr std::size_t none = Devices;

    constexpr explicit board_names(const std::array<board_device, Devices>& devices) {
        for (std::size_t d = 0; d < Devices; ++d) names_[d] = {devices[d].name, d};
        std::sort(names_.begin(), names_.end(), before);
    }

    /// The number of the device of that name, or `none`.
    [[nodiscard]] constexpr std::size_t find(std::string_view name) const {
        const auto at = std::lower_bound(names_.begin(), names_.end(), entry{name, 0}, before);
        return at != names_.end() && at->name == name ? at->number : none;
    }

    /// The number of a device whose name another one before it has, or `none`.
    [[nodiscard]] constexpr std::size_t duplicate() const {
        for (std::size_t at = 1; at < Devices; ++at)
            if (names_[at].name == names_[at - 1].name) return names_[at].number;
        return none;
    }

private:
    struct entry {
        std::string_view name;
        std::size_t number = 0;
    };
    [[nodiscard]] static constexpr bool before(const entry& a, const entry& b) {
        return a.name != b.name ? a.name < b.name : a.number < b.number;
    }
    std::array<entry, Devices> names_{};
};

namespace detail {

/// One edge of a board's dependency check: `after` is a consumer or a child of `before`.
struct board_edge {
    std::size_t before = 0;
    std::size_t after = 0;
};

/// A cycle among the edges, in `fault.names`; nothing if there is none. O((D + L) log(D + L)).
template <std::size_t Devices, std::size_t Edges>
constexpr void find_board_cycle(const std::array<board_device, Devices>& devices, std::array<board_edge, Edges>& edges,
                                std::size_t edge_count, board_fault& fault) {
    // Peel off what has no successor left; what remains at the end lies on a cycle or before one.
    std::ranges::sort(edges.begin(), edges.begin() + static_cast<std::ptrdiff_t>(edge_count), {}, &board_edge::after);
    std::array<std::size_t, Devices + 1> begin{};
    std::array<std::size_t, Devices> successors{};
    for (std::size_t e = 0; e < edge_count; ++e) {
        ++begin[edges[e].after + 1];
        ++successors[edges[e].before];
    }
    for (std::size_t d = 0; d < Devices; ++d) begin[d + 1] += begin[d];
    std::array<std::size_t, Devices> peeled{};
    std::size_t peeled_count = 0;
    for (std::size_t d = 0; d < Devices; ++d)
        if (successors[d] == 0) peeled[peeled_count++] = d;
    for (std::size_t at = 0; at < peeled_count; ++at)
        for (std::size_t e = begin[peeled[at]]; e < begin[peeled[at] + 1]; ++e)
            if (--successors[edges[e].before] == 0) peeled[peeled_count++] = edges[e].before;
    if (peeled_count == Devices) return;

    // Each of the others has a successor among them. Following those must come back to where it has been.
    std::array<std::size_t, Devices> next{};
    for (std::size_t e = 0; e < edge_count; ++e)
        if (successors[edges[e].after] != 0) next[edges[e].before] = edges[e].after;
    std::size_t start = 0;
    while (successors[start] == 0) ++start;
    for (std::size_t steps = 0; steps < Devices; ++steps) start = next[start];
    std::array<std::size_t, Devices> ring{};
    std::size_t length = 0;
    for (std::size_t d = start; length == 0 || d != start; d = next[d]) ring[length++] = d;

    fault.code = errc::would_close_cycle;
    for (std::size_t at = 0; at <= length && at < board_fault::shown - 1; ++at)
        fault.names[at] = devices[ring[(2 * length - at) % length]].name;
}

} // namespace detail

/// What is wrong with the lists of a board: the first of a name that two devices have, a parent that does not stand
/// before its child, a link that add_link() would refuse, a pair that has two links, and a cycle.
/// O((D + L) log(D + L)), no allocation.
template <std::size_t Devices, std::size_t Links>
[[nodiscard]] constexpr board_fault check_board(const board_spec<Devices, Links>& spec) {
    const board_names<Devices> names{spec.devices};
    if (const std::size_t d = names.duplicate(); d != names.none) return {errc::duplicate_name, {spec.devices[d].name}};

    std::array<detail::board_edge, Devices + Links> edges{};
    std::size_t edge_count = 0;
    for (std::size_t d = 0; d < Devices; ++d) {
        const board_device& device = spec.devices[d];
        if (device.parent == nullptr) continue;
        const std::size_t its_parent = names.find(device.parent);
        if (its_parent == names.none || its_parent >= d) return {errc::unknown_device, {device.parent}};
        edges[edge_count++] = {its_parent, d};
    }

    std::array<std::size_t, Links> pairs{};
    for (std::size_t l = 0; l < Links; ++l) {
        const board_link& link = spec.links[l];
        const std::size_t consumer = names.find(link.consumer);
        const std::size_t supplier = names.find(link.supplier);
        if (consumer == names.none) return {errc::unknown_device, {link.consumer}};
        if (supplier == names.none) return {errc::unknown_device, {link.supplier}};
        if (consumer == supplier) return {errc::self_link, {link.consumer}};
        if (const errc code = check_flags(link.flags); code != errc::ok) return {code, {link.consumer, link.supplier}};
        if (!is_soft(link.flags)) edges[edge_count++] = {supplier, consumer};
        pairs[l] = consumer * Devices + supplier;
    }
    std::sort(pairs.begin(), pairs.end());
    if (const auto twice = std::adjacent_find(pairs.begin(), pairs.end()); twice != pairs.end())
        return {errc::duplicate_link, {spec.devices[*twice / Devices].name, spec.devices[*twice % Devices].name}};

    board_fault fault;
    detail::find_board_cycle(spec.devices, edges, edge_count, fault);
    return fault;
}

} // namespace devlink

#endif
