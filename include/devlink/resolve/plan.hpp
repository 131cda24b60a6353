// SPDX-License-Identifier: MIT
#ifndef DEVLINK_RESOLVE_PLAN_HPP
#define DEVLINK_RESOLVE_PLAN_HPP

#include <array>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <ranges>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <devlink/config.hpp>
#include <devlink/detail/buffer.hpp>
#include <devlink/fwd.hpp>
#include <devlink/model/id.hpp>
#include <devlink/resolve/cause.hpp>
#include <devlink/resolve/needs.hpp>
#include <devlink/resolve/verdict.hpp>

namespace devlink {

/// Why a link that lies on a cycle stopped holding back its consumer.
enum class relax_reason : std::uint8_t {
    inferred, ///< it comes from firmware, not from a driver
    optional, ///< its consumer can do without its supplier
};

[[nodiscard]] constexpr std::string_view to_string(relax_reason reason) noexcept {
    return reason == relax_reason::inferred ? "inferred" : "optional";
}

/// A link that a cycle rule relaxed, with the cycle that it lay on (an index into the plan's cycles).
template <std::unsigned_integral Index>
struct basic_relaxed_link {
    basic_link_id<Index> link;
    basic_device_id<Index> consumer;
    basic_device_id<Index> supplier;
    std::size_t cycle;
    relax_reason reason;

    friend constexpr bool operator==(const basic_relaxed_link&, const basic_relaxed_link&) noexcept = default;
};

/// A set of devices of which each needs each other one, directly or not, and one shortest way round in it (in sets of
/// many hundreds of devices one that may be longer, as to find the shortest takes quadratic time). Must not outlive the
/// plan.
template <std::unsigned_integral Index>
struct basic_cycle {
    std::span<const basic_device_id<Index>> devices; ///< the whole set, in registration order
    std::span<const basic_cause_step<Index>>
        path;  ///< each step's supplier is the next one's device, the last one's the first's
    bool open; ///< no rule broke it: some of its devices are `cyclic`
};

namespace detail {

/// What a plan is made of; filled in by the resolver, read through basic_plan. An empty array means the answer that it
/// would hold throughout.
template <std::unsigned_integral Index>
struct plan_data {
    struct cycle_entry {
        std::size_t first_device;
        std::size_t device_count;
        std::size_t first_step;
        std::size_t step_count;
        bool open;
    };

    std::size_t device_count = 0;
    std::uint64_t failed_attempts = 0;
    std::array<std::size_t, verdict_count> counts{};
    buffer<basic_device_id<Index>> order;
    buffer<Index> positions;                       // empty: the order is that of registration, complete
    buffer<Index> waves;                           // empty: not order_rule::breadth
    buffer<verdict> verdicts;                      // empty: all are bound
    buffer<basic_missing_supplier<Index>> held_by; // empty: nobody is held
    buffer<offset<Index>> missing_first;           // empty: nobody is degraded
    buffer<basic_missing_supplier<Index>> missing;
    std::vector<cycle_entry> cycles;
    std::vector<basic_device_id<Index>> cycle_devices;
    std::vector<basic_cause_step<Index>> cycle_steps;
    std::vector<basic_relaxed_link<Index>> relaxed;

    constexpr void clear(std::size_t devices) {
        device_count = devices;
        failed_attempts = 0;
        counts = {};
        order.clear();
        positions.clear();
        waves.clear();
        verdicts.clear();
        held_by.clear();
        missing_first.clear();
        missing.clear();
        cycles.clear();
        cycle_devices.clear();
        cycle_steps.clear();
        relaxed.clear();
    }
};

struct plan_access;

} // namespace detail

/// The cycles of a plan: a random-access range of basic_cycle, made as it is walked. Must not outlive the plan.
template <std::unsigned_integral Index>
class basic_cycle_list {
public:
    class iterator {
    public:
        using value_type = basic_cycle<Index>;
        using difference_type = std::ptrdiff_t;
        using iterator_concept = std::random_access_iterator_tag;
        using iterator_category = std::input_iterator_tag; // values are made on the fly
        using reference = value_type;
        using pointer = void;

        constexpr iterator() noexcept = default;
        constexpr iterator(const detail::plan_data<Index>* data, std::size_t at) noexcept
            : data_{data}
            , at_{at} {}

        constexpr value_type operator*() const noexcept { return basic_cycle_list{data_}[at_]; }
        constexpr value_type operator[](difference_type by) const noexcept { return *(*this + by); }
        constexpr iterator& operator+=(difference_type by) noexcept {
            at_ += static_cast<std::size_t>(by);
            return *this;
        }
        constexpr iterator& operator-=(difference_type by) noexcept { return *this += -by; }
        constexpr iterator& operator++() noexcept { return *this += 1; }
        constexpr iterator& operator--() noexcept { return *this -= 1; }
        constexpr iterator operator++(int) noexcept { return std::exchange(*this, *this + 1); }
        constexpr iterator operator--(int) noexcept { return std::exchange(*this, *this - 1); }
        friend constexpr iterator operator+(iterator it, difference_type by) noexcept { return it += by; }
        friend constexpr iterator operator+(difference_type by, iterator it) noexcept { return it += by; }
        friend constexpr iterator operator-(iterator it, difference_type by) noexcept { return it -= by; }
        friend constexpr difference_type operator-(const iterator& a, const iterator& b) noexcept {
            return static_cast<difference_type>(a.at_ - b.at_);
        }
        friend constexpr bool operator==(const iterator&, const iterator&) noexcept = default;
        friend constexpr auto operator<=>(const iterator& a, const iterator& b) noexcept { return a.at_ <=> b.at_; }

    private:
        const detail::plan_data<Index>* data_ = nullptr;
        std::size_t at_ = 0;
    };

    constexpr basic_cycle_list() noexcept = default;
    constexpr explicit basic_cycle_list(const detail::plan_data<Index>* data) noexcept
        : data_{data} {}

    [[nodiscard]] constexpr std::size_t size() const noexcept { return data_ == nullptr ? 0 : data_->cycles.size(); }
    [[nodiscard]] constexpr bool empty() const noexcept { return size() == 0; }
    [[nodiscard]] constexpr basic_cycle<Index> operator[](std::size_t i) const noexcept {
        DEVLINK_ASSERT(i < size());
        const auto& c = data_->cycles[i];
        return {std::span{data_->cycle_devices}.subspan(c.first_device, c.device_count),
                std::span{data_->cycle_steps}.subspan(c.first_step, c.step_count), c.open};
    }
    [[nodiscard]] constexpr iterator begin() const noexcept { return {data_, 0}; }
    [[nodiscard]] constexpr iterator end() const noexcept { return {data_, size()}; }

private:
    const detail::plan_data<Index>* data_ = nullptr;
};

/// The resolver's answer for one graph and one forecast. It keeps no reference to either.
///
/// All queries take constant time unless said otherwise, and allocate nothing. Precondition of all: `d` is a device of
/// the graph.
template <std::unsigned_integral Index>
class basic_plan {
public:
    using index_type = Index;
    using device_type = basic_device_id<Index>;

    constexpr basic_plan() = default;

    /// The devices that are probed, in the order of their first probe that gets past its suppliers: ready to be probed
    /// as written.
    [[nodiscard]] constexpr std::span<const device_type> order() const noexcept DEVLINK_LIFETIMEBOUND {
        return data_.order.span();
    }

    /// The place of `d` in order(), from 1; 0 where it is not probed.
    [[nodiscard]] constexpr std::size_t position(device_type d) const noexcept {
        DEVLINK_ASSERT(d.index() < data_.device_count);
        return data_.positions.empty() ? d.index() + 1 : static_cast<std::size_t>(data_.positions[d.index()]);
    }

    /// What becomes of `d`.
    [[nodiscard]] constexpr devlink::verdict verdict(device_type d) const noexcept {
        DEVLINK_ASSERT(d.index() < data_.device_count);
        return data_.verdicts.empty() ? devlink::verdict::bound : data_.verdicts[d.index()];
    }

    /// How many devices have that verdict.
    [[nodiscard]] constexpr std::size_t count(devlink::verdict v) const noexcept {
        if (data_.verdicts.empty()) return v == devlink::verdict::bound ? data_.device_count : 0;
        return data_.counts[static_cast<std::size_t>(v)];
    }

    /// Why `d` is held: of its unready suppliers the first one, its populating parent before its links, and so on down
    /// to a device that nothing holds but its own driver, or to a cycle. Empty if nothing holds `d`. Walking it takes
    /// time linear in its length.
    [[nodiscard]] constexpr basic_cause_chain<Index> cause(device_type d) const noexcept DEVLINK_LIFETIMEBOUND {
        DEVLINK_ASSERT(d.index() < data_.device_count);
        return {data_.held_by.span(), data_.verdicts.span(), d};
    }

    /// The device at the end of cause(d); invalid where that is empty. Linear in the length of the chain.
    [[nodiscard]] constexpr device_type root(device_type d) const noexcept {
        device_type last;
        for (const basic_cause_step<Index> step : cause(d)) last = step.supplier;
        return last;
    }

    /// The optional suppliers that `d`, which is degraded, runs without, in the order of its links. Empty for other
    /// devices.
    [[nodiscard]] constexpr std::span<const basic_missing_supplier<Index>>
    missing(device_type d) const noexcept DEVLINK_LIFETIMEBOUND {
        DEVLINK_ASSERT(d.index() < data_.device_count);
        if (data_.missing_first.empty()) return {};
        const std::size_t first = static_cast<std::size_t>(data_.missing_first[d.index()]);
        const std::size_t last = static_cast<std::size_t>(data_.missing_first[d.index() + 1]);
        return data_.missing.span().subspan(first, last - first);
    }

    /// The sets of devices that wait for each other as the graph stands, before any rule broke one, by their first
    /// devices.
    [[nodiscard]] constexpr basic_cycle_list<Index> cycles() const noexcept DEVLINK_LIFETIMEBOUND {
        return basic_cycle_list<Index>{&data_};
    }

    /// The links that the cycle rule relaxed, in the order of their consumers and of each consumer's links.
    [[nodiscard]] constexpr std::span<const basic_relaxed_link<Index>> relaxed() const noexcept DEVLINK_LIFETIMEBOUND {
        return data_.relaxed;
    }

    /// The wave in which `d` is probed, from 1; 0 where it is not. Precondition: the order rule is breadth.
    [[nodiscard]] constexpr std::size_t wave(device_type d) const noexcept {
        DEVLINK_ASSERT(d.index() < data_.waves.size());
        return static_cast<std::size_t>(data_.waves[d.index()]);
    }

    /// How many probe attempts would have ended in a deferral; counted only with order_rule::kernel, else 0.
    [[nodiscard]] constexpr std::uint64_t failed_attempts() const noexcept { return data_.failed_attempts; }

    /// How many devices the graph has given ids to: all indices are below it.
    [[nodiscard]] constexpr std::size_t device_count() const noexcept { return data_.device_count; }

private:
    friend struct detail::plan_access;

    detail::plan_data<Index> data_;
};

/// The resolver's way into a plan.
struct detail::plan_access {
    template <std::unsigned_integral Index>
    static constexpr plan_data<Index>& data(basic_plan<Index>& answer) noexcept {
        return answer.data_;
    }
};

} // namespace devlink

// Its iterators look at the plan, not at the list.
template <std::unsigned_integral Index>
inline constexpr bool std::ranges::enable_borrowed_range<devlink::basic_cycle_list<Index>> = true;

#endif
