// SPDX-License-Identifier: MIT
#ifndef DEVLINK_RESOLVE_CAUSE_HPP
#define DEVLINK_RESOLVE_CAUSE_HPP

#include <concepts>
#include <cstddef>
#include <iterator>
#include <ranges>
#include <span>

#include <devlink/fwd.hpp>
#include <devlink/model/id.hpp>
#include <devlink/resolve/verdict.hpp>

namespace devlink {

/// One link of a chain: `device` is held by `supplier` over `link`; an invalid link means that `supplier` is its
/// populating parent.
template <std::unsigned_integral Index>
struct basic_cause_step {
    basic_device_id<Index> device;
    basic_device_id<Index> supplier;
    basic_link_id<Index> link;

    friend constexpr bool operator==(const basic_cause_step&, const basic_cause_step&) noexcept = default;
};

/// A supplier seen from a device that lacks it, and the link to it; an invalid link means the populating parent.
template <std::unsigned_integral Index>
struct basic_missing_supplier {
    basic_device_id<Index> supplier;
    basic_link_id<Index> link;

    friend constexpr bool operator==(const basic_missing_supplier&, const basic_missing_supplier&) noexcept = default;
};

/// The chain of links that explains a verdict: from the device down to the one that is the root of it all, or to a
/// cycle. A forward range of basic_cause_step, made as it is walked; empty where nothing holds the device. Must not
/// outlive the plan.
template <std::unsigned_integral Index>
class basic_cause_chain {
public:
    class iterator {
    public:
        using value_type = basic_cause_step<Index>;
        using difference_type = std::ptrdiff_t;
        using iterator_concept = std::forward_iterator_tag;
        using iterator_category = std::input_iterator_tag; // values are made on the fly
        using reference = value_type;
        using pointer = void;

        constexpr iterator() noexcept = default;
        constexpr iterator(const basic_cause_chain& chain, basic_device_id<Index> d) noexcept
            : held_by_{chain.held_by_}
            , verdicts_{chain.verdicts_}
            , at_{d} {
            stop_where_nothing_holds();
        }

        constexpr value_type operator*() const noexcept {
            const auto& held = held_by_[at_.index()];
            return {at_, held.supplier, held.link};
        }
        constexpr iterator& operator++() noexcept {
            at_ = held_by_[at_.index()].supplier;
            // On a cycle each device is held by the next one for ever: the chain ends where it gets there.
            if (verdicts_[at_.index()] == verdict::cyclic) at_ = {};
            stop_where_nothing_holds();
            return *this;
        }
        constexpr iterator operator++(int) noexcept {
            iterator before = *this;
            ++*this;
            return before;
        }
        friend constexpr bool operator==(const iterator& a, const iterator& b) noexcept { return a.at_ == b.at_; }

    private:
        constexpr void stop_where_nothing_holds() noexcept {
            if (at_.valid() && !held_by_[at_.index()].supplier.valid()) at_ = {};
        }

        std::span<const basic_missing_supplier<Index>> held_by_;
        std::span<const verdict> verdicts_;
        basic_device_id<Index> at_;
    };

    constexpr basic_cause_chain() noexcept = default;
    constexpr basic_cause_chain(std::span<const basic_missing_supplier<Index>> held_by,
                                std::span<const verdict> verdicts, basic_device_id<Index> d) noexcept
        : held_by_{held_by}
        , verdicts_{verdicts}
        , device_{d} {}

    [[nodiscard]] constexpr iterator begin() const noexcept {
        return held_by_.empty() ? iterator{} : iterator{*this, device_};
    }
    [[nodiscard]] constexpr iterator end() const noexcept { return {}; }
    [[nodiscard]] constexpr bool empty() const noexcept { return begin() == end(); }

private:
    std::span<const basic_missing_supplier<Index>> held_by_;
    std::span<const verdict> verdicts_;
    basic_device_id<Index> device_;
};

} // namespace devlink

// Its iterators look at the plan, not at the chain.
template <std::unsigned_integral Index>
inline constexpr bool std::ranges::enable_borrowed_range<devlink::basic_cause_chain<Index>> = true;

#endif
