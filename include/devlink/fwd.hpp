// SPDX-License-Identifier: MIT
#ifndef DEVLINK_FWD_HPP
#define DEVLINK_FWD_HPP

// The forward declarations and the default template arguments of the library's classes, but for those that take options
// or a user's type.

#include <concepts>
#include <cstddef>
#include <cstdint>

namespace devlink {

// policy/
struct options;
struct no_names;
struct with_names;
template <std::unsigned_integral Index = std::uint32_t, class Names = with_names>
struct graph_policy;

// model/
enum class errc : std::uint8_t;
enum class link_flag : std::uint32_t;
enum class link_state : std::int8_t;
enum class device_status : std::uint8_t;
enum class link_event : std::uint8_t;
enum class outcome : std::uint8_t;
class link_flags;
struct device_tag;
struct link_tag;
struct node_tag;
struct firmware_link_tag;

template <class Tag, std::unsigned_integral Index = std::uint32_t>
class basic_id;
template <std::unsigned_integral Index = std::uint32_t>
using basic_device_id = basic_id<device_tag, Index>;
template <std::unsigned_integral Index = std::uint32_t>
using basic_link_id = basic_id<link_tag, Index>;
using device_id = basic_device_id<>;
using link_id = basic_link_id<>;
using node_id = basic_id<node_tag>; // a node of a firmware tree: its place in tree order
using firmware_link_id = basic_id<firmware_link_tag>;

template <std::unsigned_integral Index = std::uint32_t>
struct basic_graph_error;
using graph_error = basic_graph_error<>;
template <class T, class E = graph_error>
class result;

template <std::unsigned_integral Index = std::uint32_t>
struct basic_link_spec;
using link_spec = basic_link_spec<>;
template <std::unsigned_integral Index = std::uint32_t>
struct basic_supplier_link;
using supplier_link = basic_supplier_link<>;
template <std::unsigned_integral Index = std::uint32_t>
struct basic_consumer_link;
using consumer_link = basic_consumer_link<>;
template <std::unsigned_integral Index = std::uint32_t>
struct basic_link_entry;
using link_entry = basic_link_entry<>;
template <std::unsigned_integral Index = std::uint32_t>
class basic_link_view;
using link_view = basic_link_view<>;
template <std::unsigned_integral Index = std::uint32_t>
struct basic_parent;
using parent = basic_parent<>;

template <class Policy = graph_policy<>>
class basic_graph;
using graph = basic_graph<>;
template <class Policy = graph_policy<>>
class basic_frozen_graph;
using frozen_graph = basic_frozen_graph<>;
struct unchecked_t;
template <std::unsigned_integral Index = std::uint32_t>
class basic_incremental_order;
using incremental_order = basic_incremental_order<>;
template <std::unsigned_integral Index = std::uint32_t>
class basic_dependency_edges;
template <std::size_t Devices, std::size_t Links>
class board;
template <std::size_t Devices, std::size_t Links>
struct board_spec;
struct board_device;
struct board_link;
struct board_fault;

template <std::unsigned_integral Index = std::uint32_t>
class basic_forecast;
using forecast = basic_forecast<>;

struct firmware_reference;
struct firmware_device;
struct firmware_node;
class firmware_tree;

// resolve/
enum class verdict : std::uint8_t;
enum class relax_reason : std::uint8_t;
enum class order_fault : std::uint8_t;
template <std::unsigned_integral Index = std::uint32_t>
struct basic_cause_step;
using cause_step = basic_cause_step<>;
template <std::unsigned_integral Index = std::uint32_t>
class basic_cause_chain;
using cause_chain = basic_cause_chain<>;
template <std::unsigned_integral Index = std::uint32_t>
struct basic_missing_supplier;
using missing_supplier = basic_missing_supplier<>;
template <std::unsigned_integral Index = std::uint32_t>
struct basic_relaxed_link;
using relaxed_link = basic_relaxed_link<>;
template <std::unsigned_integral Index = std::uint32_t>
struct basic_cycle;
template <std::unsigned_integral Index = std::uint32_t>
class basic_cycle_list;
using cycle_list = basic_cycle_list<>;
template <std::unsigned_integral Index = std::uint32_t>
class basic_plan;
using plan = basic_plan<>;
template <std::unsigned_integral Index = std::uint32_t>
class basic_workspace;
using workspace = basic_workspace<>;
template <std::unsigned_integral Index = std::uint32_t>
class basic_impact;
using impact = basic_impact<>;
template <std::unsigned_integral Index = std::uint32_t>
struct basic_order_violation;
using order_violation = basic_order_violation<>;
template <std::size_t Devices, std::size_t Links, bool HasWaves = false>
class board_plan;

// driver_core/: driver_core and player take options, which have to be complete for that, so they declare themselves.
enum class core_warning : std::uint8_t;
struct device_options;
struct core_link;
struct pending_device;
class core_view;
class player_names;

} // namespace devlink

#endif
