// SPDX-License-Identifier: MIT
#ifndef DEVLINK_MODEL_BOARD_HPP
#define DEVLINK_MODEL_BOARD_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include <devlink/config.hpp>
#include <devlink/fwd.hpp>
#include <devlink/model/board_spec.hpp>
#include <devlink/model/device_graph.hpp>
#include <devlink/model/link.hpp>
#include <devlink/model/link_merge.hpp>

namespace devlink {

namespace detail {

/// Not constexpr: a board whose check calls it is no constant, and the compiler says through which calls it came.
void a_board_must_be_right();
constexpr void refuse_board(const char* name) {
    if (name != nullptr) a_board_must_be_right();
}

constexpr void these_devices_form_a_cycle(std::array<const char*, board_fault::shown> names) { refuse_board(names[0]); }
constexpr void no_device_before_has_this_name(const char* name) { refuse_board(name); }
constexpr void two_devices_have_this_name(const char* name) { refuse_board(name); }
constexpr void this_device_would_supply_itself(const char* name) { refuse_board(name); }
constexpr void this_pair_has_two_links(const char* consumer, const char*) { refuse_board(consumer); }
constexpr void this_link_has_flags_that_exclude_each_other(const char* consumer, const char*, errc) {
    refuse_board(consumer);
}

/// Stops the compilation if there is a fault.
constexpr void stop_on(const board_fault& fault) {
    switch (fault.code) {
    case errc::ok:
        return;
    case errc::would_close_cycle:
        return these_devices_form_a_cycle(fault.names);
    case errc::unknown_device:
        return no_device_before_has_this_name(fault.names[0]);
    case errc::duplicate_name:
        return two_devices_have_this_name(fault.names[0]);
    case errc::self_link:
        return this_device_would_supply_itself(fault.names[0]);
    case errc::duplicate_link:
        return this_pair_has_two_links(fault.names[0], fault.names[1]);
    default:
        return this_link_has_flags_that_exclude_each_other(fault.names[0], fault.names[1], fault.code);
    }
}

} // namespace detail

/// Devices and links as a constant, in the order in which they are listed. A model of device_graph, so `resolve` runs
/// on it in a constant expression.
///
///     constexpr devlink::board b{{{"port"}, {"nic", "port"}},
///                                {{"nic", "port", devlink::link_flag::autoprobe_consumer}}};
///
/// A list that check_board() finds a fault in does not compile, and the compiler's message shows the names: clang those
/// that the fault is about, GCC those of the whole list. checked_board shows just the former with either.
/// Link i is the i-th link listed. Every member is constant time, but find().
template <std::size_t Devices, std::size_t Links>
class board {
public:
    using index_type = std::uint32_t;
    /// For the resolver: a board with a cycle does not compile.
    static constexpr bool is_acyclic = true;

    consteval explicit board(const board_device (&devices)[Devices]) requires(Links == 0)
        : board{board_spec<Devices, 0>{devices}} {}
    template <std::size_t Listed>
        requires(Listed == Links)
    consteval board(const board_device (&devices)[Devices], const board_link (&links)[Listed])
        : board{board_spec<Devices, Links>{devices, links}} {}
    consteval explicit board(const board_spec<Devices, Links>& spec) {
        detail::stop_on(check_board(spec));
        const board_names<Devices> known{spec.devices};
        for (std::size_t d = 0; d < Devices; ++d) {
            names_[d] = spec.devices[d].name;
            // Every element is written: GCC 12 zeroes those that are left to their default initialisers, and id 0 is a
            // device.
            parents_[d] = {};
            if (spec.devices[d].parent != nullptr)
                parents_[d] = {device_id{known.find(spec.devices[d].parent)}, spec.devices[d].kind};
        }
        for (std::size_t l = 0; l < Links; ++l) {
            links_[l] = {device_id{known.find(spec.links[l].consumer)}, device_id{known.find(spec.links[l].supplier)},
                         recorded_flags(spec.links[l].flags)};
            ++begin_[links_[l].consumer.index() + 1];
        }
        for (std::size_t d = 0; d < Devices; ++d) begin_[d + 1] += begin_[d];
        auto next = begin_;
        for (std::size_t l = 0; l < Links; ++l)
            suppliers_[next[links_[l].consumer.index()]++] = {links_[l].supplier, links_[l].flags, link_id{l}};
    }

    [[nodiscard]] constexpr std::size_t device_count() const noexcept { return Devices; }
    [[nodiscard]] constexpr std::size_t link_count() const noexcept { return Links; }

    /// All links with their recorded flags, in the order in which they are listed.
    [[nodiscard]] constexpr std::span<const link_spec> links() const noexcept { return {links_.data(), Links}; }

    /// The links of a device to its suppliers. Precondition: `d` is below device_count().
    [[nodiscard]] constexpr std::span<const supplier_link> suppliers(device_id d) const {
        DEVLINK_ASSERT(d.index() < Devices);
        return std::span<const supplier_link>{suppliers_.data(), Links}.subspan(
            begin_[d.index()], begin_[d.index() + 1] - begin_[d.index()]);
    }

    /// The parent of a device. Precondition: `d` is below device_count().
    [[nodiscard]] constexpr basic_parent<index_type> parent(device_id d) const {
        DEVLINK_ASSERT(d.index() < Devices);
        return parents_[d.index()];
    }

    /// The name of a device. Precondition: `d` is below device_count().
    [[nodiscard]] constexpr std::string_view name(device_id d) const {
        DEVLINK_ASSERT(d.index() < Devices);
        return names_[d.index()];
    }

    /// The device of that name, or an invalid id. O(D).
    [[nodiscard]] constexpr device_id find(std::string_view wanted) const noexcept {
        for (std::size_t d = 0; d < Devices; ++d)
            if (names_[d] == wanted) return device_id{d};
        return {};
    }

private:
    std::array<std::string_view, Devices> names_{};
    std::array<basic_parent<index_type>, Devices> parents_{};
    std::array<link_spec, Links> links_{};
    std::array<supplier_link, Links> suppliers_{}; ///< grouped by consumer
    std::array<std::uint32_t, Devices + 1> begin_{};
};

template <std::size_t Devices>
board(const board_device (&)[Devices]) -> board<Devices, 0>;
template <std::size_t Devices, std::size_t Links>
board(const board_device (&)[Devices], const board_link (&)[Links]) -> board<Devices, Links>;

/// A device's name as GCC prints it in a template argument.
template <std::size_t Size>
struct device_name {
    char text[Size]{};

    constexpr explicit device_name(const char* name) {
        for (std::size_t at = 0; at < Size; ++at) text[at] = name[at];
    }
};

/// A fault of a board as a type, for the compiler to print.
template <device_name... Names>
struct cycle_of_devices {
    static constexpr bool absent = sizeof...(Names) == 0;
    static_assert(absent, "devlink: these devices form a cycle: each depends on the next one");
};
template <device_name... Names>
struct unknown_device_name {
    static constexpr bool absent = sizeof...(Names) == 0;
    static_assert(absent, "devlink: no device of this name is on the board, or a parent stands after its child");
};
template <device_name... Names>
struct duplicate_device_name {
    static constexpr bool absent = sizeof...(Names) == 0;
    static_assert(absent, "devlink: two devices of the board have this name");
};
template <device_name... Names>
struct refused_link {
    static constexpr bool absent = sizeof...(Names) == 0;
    static_assert(absent, "devlink: this link of the board is refused: its ends are one device, its flags exclude each "
                          "other, or the pair has two links");
};

namespace detail {

template <const auto& Spec>
inline constexpr board_fault fault_of = check_board(Spec);

template <const auto& Spec, std::size_t At>
inline constexpr device_name<std::string_view{fault_of<Spec>.names[At]}.size() + 1> fault_name{
    fault_of<Spec>.names[At]};

template <const auto& Spec, std::size_t... At>
consteval bool prove_board(std::index_sequence<At...>) {
    if constexpr (fault_of<Spec>.code == errc::ok)
        return true;
    else if constexpr (fault_of<Spec>.code == errc::would_close_cycle)
        return cycle_of_devices<fault_name<Spec, At>...>::absent;
    else if constexpr (fault_of<Spec>.code == errc::unknown_device)
        return unknown_device_name<fault_name<Spec, At>...>::absent;
    else if constexpr (fault_of<Spec>.code == errc::duplicate_name)
        return duplicate_device_name<fault_name<Spec, At>...>::absent;
    else
        return refused_link<fault_name<Spec, At>...>::absent;
}

} // namespace detail

/// The board of a board_spec of static storage duration. A fault does not compile, and the message shows by name the
/// devices that it is about: GCC prints a type like `cycle_of_devices<device_name<4>{"nic"}, ...>`, clang a call like
/// `these_devices_form_a_cycle({&"nic"[0], ...})`.
///
///     constexpr devlink::board_spec machine{{{"port"}, {"nic", "port"}}, {{"nic", "port"}}};
///     constexpr auto b = devlink::checked_board<machine>;
template <const auto& Spec>
inline constexpr auto checked_board = [] {
    static_assert(detail::prove_board<Spec>(std::make_index_sequence<detail::fault_of<Spec>.count()>{}));
    return board{Spec};
}();

} // namespace devlink

#endif
