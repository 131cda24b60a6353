// SPDX-License-Identifier: MIT
#ifndef DEVLINK_RESOLVE_WORKSPACE_HPP
#define DEVLINK_RESOLVE_WORKSPACE_HPP

#include <concepts>
#include <cstddef>
#include <cstdint>

#include <devlink/detail/buffer.hpp>
#include <devlink/detail/visit_marks.hpp>
#include <devlink/fwd.hpp>
#include <devlink/resolve/consumers.hpp>
#include <devlink/resolve/cycles.hpp>
#include <devlink/resolve/kernel_queue.hpp>
#include <devlink/resolve/needs.hpp>
#include <devlink/resolve/plan.hpp>
#include <devlink/resolve/propagation.hpp>
#include <devlink/resolve/ready_queue.hpp>
#include <devlink/resolve/sorted_links.hpp>

namespace devlink {

namespace detail {
template <options, std::unsigned_integral, bool>
class resolution;
template <options, class>
class in_place_resolution;
struct workspace_access;
} // namespace detail

/// The memory that `resolve` works in, kept from one call to the next: a second call of the same size allocates
/// nothing. It owns the plan of the last call. Not for two threads at once.
template <std::unsigned_integral Index>
class basic_workspace {
public:
    constexpr basic_workspace() = default;

    /// The plan of the last `resolve` that was given this workspace; the next one overwrites it.
    [[nodiscard]] constexpr const basic_plan<Index>& plan() const& noexcept { return plan_; }
    [[nodiscard]] constexpr basic_plan<Index>&& plan() && noexcept { return static_cast<basic_plan<Index>&&>(plan_); }

private:
    template <options, std::unsigned_integral, bool>
    friend class detail::resolution;
    template <options, class>
    friend class detail::in_place_resolution;
    friend struct detail::workspace_access;

    basic_plan<Index> plan_;
    detail::buffer<std::uint8_t> removed_; // by device, whether the graph no longer holds it; empty: it holds all
    detail::visit_marks marks_;
    detail::needs_table<Index> needs_;
    detail::buffer<detail::offset<Index>> cursor_;
    detail::buffer<Index> group_;
    detail::sorted_links<Index, detail::link_end::consumer> by_consumer_;
    detail::sorted_links<Index, detail::link_end::supplier> by_supplier_;
    detail::buffer<detail::offset<Index>> left_;
    detail::buffer<std::byte> stack_;
    detail::buffer<basic_device_id<Index>> demand_;
    detail::buffer<std::uint64_t> costs_;
    detail::cycle_breaker<Index> cycles_;
    detail::components<Index> knots_;
    detail::components<Index> late_knots_;
    detail::propagation_state<Index> propagation_;
    detail::consumer_lists<Index, Index> consumers_;
    detail::fifo_queue<Index> fifo_;
    detail::wave_queue<Index> waves_;
    detail::registration_queue registration_;
    detail::kernel_queue kernel_;
    detail::longest_path_queue<Index> longest_;
};

/// The resolver's way into a workspace's plan.
struct detail::workspace_access {
    template <std::unsigned_integral Index>
    static constexpr plan_data<Index>& plan(basic_workspace<Index>& memory) noexcept {
        return plan_access::data(memory.plan_);
    }
    template <std::unsigned_integral Index>
    static constexpr buffer<std::uint8_t>& removed(basic_workspace<Index>& memory) noexcept {
        return memory.removed_;
    }
};

} // namespace devlink

#endif
