// SPDX-License-Identifier: MIT
#ifndef DEVLINK_MODEL_FORECAST_HPP
#define DEVLINK_MODEL_FORECAST_HPP

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include <devlink/config.hpp>
#include <devlink/detail/reset_when_moved.hpp>
#include <devlink/fwd.hpp>
#include <devlink/model/device_graph.hpp>
#include <devlink/model/id.hpp>

namespace devlink {

/// What a device's probe is expected to do.
enum class outcome : std::uint8_t {
    ok,     ///< it binds
    fail,   ///< it fails for good: any error but -EPROBE_DEFER
    absent, ///< it has no driver
    defer,  ///< it defers for ever
};

[[nodiscard]] constexpr std::string_view to_string(outcome expected) noexcept {
    switch (expected) {
    case outcome::ok:
        return "ok";
    case outcome::fail:
        return "fail";
    case outcome::absent:
        return "absent";
    case outcome::defer:
        return "defer";
    }
    return {};
}

/// What each device of a graph is expected to do when it is probed, and what its probe costs. Says `ok` and 1 until
/// told otherwise. A moved-from forecast is as a default one.
template <std::unsigned_integral Index>
class basic_forecast {
public:
    using device_type = basic_device_id<Index>;

    /// Expects every driver to succeed, whatever the graph.
    constexpr basic_forecast() = default;

    constexpr basic_forecast(const basic_forecast&) = default;
    constexpr basic_forecast(basic_forecast&&) noexcept = default;
    /// Changes nothing if memory runs out.
    constexpr basic_forecast& operator=(const basic_forecast& other) { return *this = basic_forecast{other}; }
    constexpr basic_forecast& operator=(basic_forecast&&) noexcept = default;
    constexpr ~basic_forecast() = default;

    /// Expects every driver of `g` to succeed. Allocates nothing until something else is said.
    template <device_graph G>
        requires std::same_as<typename G::index_type, Index>
    constexpr explicit basic_forecast(const G& g)
        : device_count_{device_count_of(g)} {}

    /// Says what `d` will do. Precondition: `d` is a device of the graph. Constant time; the first call allocates O(D).
    constexpr void set(device_type d, outcome expected) {
        DEVLINK_ASSERT(d.index() < device_count_);
        if (outcomes_.empty()) outcomes_.assign(device_count_, outcome::ok);
        if (outcomes_[d.index()] == outcome::ok) ++exceptions_;
        if (expected == outcome::ok) --exceptions_;
        outcomes_[d.index()] = expected;
    }

    /// Says what probing `d` costs, in any unit. Precondition: `d` is a device of the graph. Constant time; the first
    /// call allocates O(D).
    constexpr void set_cost(device_type d, std::uint64_t cost) {
        DEVLINK_ASSERT(d.index() < device_count_);
        if (costs_.empty()) costs_.assign(device_count_, 1);
        costs_[d.index()] = cost;
    }

    /// What `d` will do. Constant time, no allocation.
    [[nodiscard]] constexpr outcome operator[](device_type d) const noexcept {
        return d.index() < outcomes_.size() ? outcomes_[d.index()] : outcome::ok;
    }

    /// What probing `d` costs. Constant time, no allocation.
    [[nodiscard]] constexpr std::uint64_t cost(device_type d) const noexcept {
        return d.index() < costs_.size() ? costs_[d.index()] : 1;
    }

    /// Whether every driver is expected to succeed. Constant time.
    [[nodiscard]] constexpr bool all_ok() const noexcept { return exceptions_ == 0; }

private:
    std::vector<outcome> outcomes_;
    std::vector<std::uint64_t> costs_;
    detail::reset_when_moved<std::size_t, 0> device_count_;
    detail::reset_when_moved<std::size_t, 0> exceptions_;
};

template <device_graph G>
basic_forecast(const G&) -> basic_forecast<typename G::index_type>;

} // namespace devlink

#endif
