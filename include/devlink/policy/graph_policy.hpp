// SPDX-License-Identifier: MIT
#ifndef DEVLINK_POLICY_GRAPH_POLICY_HPP
#define DEVLINK_POLICY_GRAPH_POLICY_HPP

#include <concepts>
#include <type_traits>

#include <devlink/fwd.hpp>

namespace devlink {

/// Devices have no names: `add_device()` takes none, none is stored, and look-up by name does not exist.
struct no_names {
    static constexpr bool named = false;
};

/// Devices have names, each different from the others; look-up takes expected constant time.
struct with_names {
    static constexpr bool named = true;
};

/// Tells whether a type is a choice of names.
template <class Names>
concept names_policy = requires {
    { Names::named } -> std::convertible_to<bool>;
};

/// What a graph is made of: how wide its ids are, and whether its devices have names.
/// For 60,000 nameless devices: `basic_graph<graph_policy<std::uint16_t, no_names>>`.
template <std::unsigned_integral Index, class Names>
struct graph_policy {
    static_assert(names_policy<Names>,
                  "devlink: graph_policy's second argument is devlink::with_names or devlink::no_names");

    using index_type = Index;
    using names = Names;
};

namespace detail {

template <class Policy>
concept is_graph_policy = requires {
    requires std::unsigned_integral<typename Policy::index_type>;
    requires names_policy<typename Policy::names>;
};

/// The policy that a graph was given. One that is none stands for the default, so that the message that refuses it is
/// not lost among errors that follow from it.
template <class Policy>
using policy_or_default = std::conditional_t<is_graph_policy<Policy>, Policy, graph_policy<>>;

} // namespace detail

} // namespace devlink

#endif
