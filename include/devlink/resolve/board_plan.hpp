// SPDX-License-Identifier: MIT
#ifndef DEVLINK_RESOLVE_BOARD_PLAN_HPP
#define DEVLINK_RESOLVE_BOARD_PLAN_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

#include <devlink/config.hpp>
#include <devlink/model/board.hpp>
#include <devlink/model/forecast.hpp>
#include <devlink/policy/options.hpp>
#include <devlink/resolve/plan.hpp>
#include <devlink/resolve/resolve.hpp>

namespace devlink {

/// The plan of a board as a constant: what basic_plan answers, in arrays of the board's size, so that the compiler can
/// keep it. A board has no cycles, so there are none to ask for, and no links that a rule relaxed. All other queries
/// are as basic_plan's; wave() is there with order_rule::breadth only.
template <std::size_t Devices, std::size_t Links, bool HasWaves>
class board_plan {
public:
    /// Copies a plan of a board of that size. Precondition: it has no cycles, and waves if HasWaves.
    constexpr explicit board_plan(const plan& made)
        : failed_attempts_{made.failed_attempts()} {
        DEVLINK_ASSERT(made.device_count() == Devices && made.cycles().empty());
        // Every element is written: of constants of one type GCC 12 keeps those that were not as zeros.
        order_.fill({});
        missing_.fill({});
        for (const device_id d : made.order()) order_[probed_++] = d;
        std::uint32_t missing = 0;
        for (std::size_t i = 0; i != Devices; ++i) {
            const device_id d{i};
            positions_[i] = static_cast<std::uint32_t>(made.position(d));
            if constexpr (HasWaves) waves_[i] = static_cast<std::uint32_t>(made.wave(d));
            verdicts_[i] = made.verdict(d);
            const auto chain = made.cause(d);
            const cause_step first = chain.empty() ? cause_step{} : *chain.begin();
            held_by_[i] = {first.supplier, first.link};
            missing_first_[i] = missing;
            for (const missing_supplier& m : made.missing(d)) missing_[missing++] = m;
        }
        missing_first_[Devices] = missing;
    }

    [[nodiscard]] constexpr std::span<const device_id> order() const noexcept DEVLINK_LIFETIMEBOUND {
        return {order_.data(), probed_};
    }
    [[nodiscard]] constexpr std::size_t position(device_id d) const noexcept { return positions_[d.index()]; }
    [[nodiscard]] constexpr devlink::verdict verdict(device_id d) const noexcept { return verdicts_[d.index()]; }
    [[nodiscard]] constexpr std::size_t count(devlink::verdict v) const noexcept {
        std::size_t count = 0;
        for (const devlink::verdict of_device : verdicts_) count += of_device == v ? 1 : 0;
        return count;
    }
    [[nodiscard]] constexpr basic_cause_chain<std::uint32_t> cause(device_id d) const noexcept DEVLINK_LIFETIMEBOUND {
        return {held_by_, verdicts_, d};
    }
    [[nodiscard]] constexpr device_id root(device_id d) const noexcept {
        device_id last;
        for (const cause_step step : cause(d)) last = step.supplier;
        return last;
    }
    [[nodiscard]] constexpr std::span<const missing_supplier>
    missing(device_id d) const noexcept DEVLINK_LIFETIMEBOUND {
        return std::span<const missing_supplier>{missing_.data(), Links}.subspan(
            missing_first_[d.index()], missing_first_[d.index() + 1] - missing_first_[d.index()]);
    }
    [[nodiscard]] constexpr std::size_t wave(device_id d) const noexcept requires HasWaves { return waves_[d.index()]; }
    [[nodiscard]] constexpr std::uint64_t failed_attempts() const noexcept { return failed_attempts_; }
    [[nodiscard]] constexpr std::size_t device_count() const noexcept { return Devices; }

private:
    struct no_waves {};

    std::array<device_id, Devices> order_{};
    std::array<std::uint32_t, Devices> positions_{};
    std::array<devlink::verdict, Devices> verdicts_{};
    std::array<missing_supplier, Devices> held_by_{};
    std::array<std::uint32_t, Devices + 1> missing_first_{};
    std::array<missing_supplier, Links> missing_{};
    [[no_unique_address]] std::conditional_t<HasWaves, std::array<std::uint32_t, Devices>, no_waves> waves_{};
    std::size_t probed_ = 0;
    std::uint64_t failed_attempts_ = 0;
};

/// Resolves a board. In a constant expression the compiler does it all, and only the plan is left in the program:
///
///     constexpr auto plan = devlink::resolve(b);
///     static_assert(plan.order()[0] == b.find("port"));
template <options O = options{}, std::size_t Devices, std::size_t Links>
[[nodiscard]] constexpr board_plan<Devices, Links, O.order == order_rule::breadth>
resolve(const board<Devices, Links>& b, const forecast& expected = {}) {
    workspace memory;
    return board_plan<Devices, Links, O.order == order_rule::breadth>{resolve<O>(b, expected, memory)};
}

} // namespace devlink

#endif
