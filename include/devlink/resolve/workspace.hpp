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
#include <devlink/resolve/peeled_waves.hpp>
#include <devlink/resolve/plan.hpp>
#include <devlink/resolve/propagation.hpp>
#include <devlink/resolve/ready_queue.hpp>
#include <devlink/resolve/sorted_links.hpp>

namespace devlink {

namespace detail {

/// What `resolve` works in, apart from the plan.
template <std::unsigned_integral Index>
struct working_memory {
    buffer<std::uint8_t> removed; // by device, whether the graph no longer holds it; empty: it holds all
    visit_marks marks;
    needs_table<Index> needs;
    buffer<offset<Index>> cursor;
    buffer<Index> next_of_wave;
    sorted_links<Index, link_end::consumer> by_consumer;
    sorted_links<Index, link_end::supplier> by_supplier;
    buffer<offset<Index>> left;
    peeled_waves<Index> peeled;
    buffer<std::byte> stack;
    buffer<basic_device_id<Index>> demand;
    buffer<std::uint64_t> costs;
    cycle_breaker<Index> cycles;
    components<Index> knots;
    components<Index> late_knots;
    propagation_state<Index> course;
    consumer_lists<Index, Index> consumers;
    fifo_queue<Index> fifo;
    wave_queue<Index> waves;
    registration_queue registration;
    kernel_queue kernel;
    longest_path_queue<Index> longest;
};

struct workspace_access;

} // namespace detail

/// The memory that `resolve` works in, kept from one call to the next: a second call for the same graph and forecast
/// allocates nothing, and one for other graphs of that size at most for longer chains or more cycles. It owns the plan
/// of the last call. Not for two threads at once.
template <std::unsigned_integral Index>
class basic_workspace {
public:
    constexpr basic_workspace() = default;

    /// The plan of the last `resolve` that was given this workspace; the next one overwrites it.
    [[nodiscard]] constexpr const basic_plan<Index>& plan() const& noexcept { return plan_; }
    [[nodiscard]] constexpr basic_plan<Index>&& plan() && noexcept { return static_cast<basic_plan<Index>&&>(plan_); }

private:
    friend struct detail::workspace_access;

    basic_plan<Index> plan_;
    detail::working_memory<Index> memory_;
};

/// The resolver's way into a workspace.
struct detail::workspace_access {
    template <std::unsigned_integral Index>
    static constexpr basic_plan<Index>& plan(basic_workspace<Index>& owner) noexcept {
        return owner.plan_;
    }
    template <std::unsigned_integral Index>
    static constexpr working_memory<Index>& memory(basic_workspace<Index>& owner) noexcept {
        return owner.memory_;
    }
};

} // namespace devlink

#endif
