// SPDX-License-Identifier: MIT
#ifndef DEVLINK_RESOLVE_COMPONENTS_HPP
#define DEVLINK_RESOLVE_COMPONENTS_HPP

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>

#include <devlink/detail/buffer.hpp>
#include <devlink/model/flags.hpp>
#include <devlink/model/link.hpp>
#include <devlink/resolve/needs.hpp>

namespace devlink::detail {

/// Which needs a search follows: those that hold back, less the ones with a flag in `left_out`, and if `marks` are
/// given only between devices that have the mark. One type for every search, so that a program holds the search once.
struct followed_needs {
    link_flags left_out = {};
    const std::uint8_t* marks = nullptr;
    std::uint8_t mark = 0;

    template <std::unsigned_integral Index>
    [[nodiscard]] constexpr bool operator()(std::size_t d, const basic_supplier_link<Index>& need) const noexcept {
        if (!holds_back(need.flags) || need.flags.has_any(left_out)) return false;
        return marks == nullptr || ((marks[d] & mark) != 0 && (marks[need.supplier.index()] & mark) != 0);
    }
};

/// The sets of devices that need each other (strongly connected sets), by Tarjan's algorithm with a stack of its own.
/// O(D + L).
///
/// Only sets that hold a cycle get a label: `nothing` stands for a device that is on none.
template <std::unsigned_integral Index>
class components {
public:
    static constexpr Index nothing = std::numeric_limits<Index>::max();

    /// Labels the devices over the needs that `follow(d, need)` accepts; labels count from 0 in the order of the sets'
    /// first devices.
    template <class Follow>
    constexpr void find(const needs_table<Index>& needs, Follow follow) {
        const std::size_t n = needs.device_count();
        label_.assign(n, nothing);
        number_.assign(n, 0);
        low_.resize(n);
        cursor_.resize(n);
        calls_.resize(n);
        open_.resize(n);
        count_ = 0;
        std::size_t numbered = 0;
        std::size_t opened = 0;
        for (std::size_t root = 0; root != n; ++root) {
            if (number_[root] != 0) continue;
            std::size_t depth = 0;
            // Where the search stands with `d`; with who called it, that is in the arrays.
            std::size_t d = root;
            std::size_t at = 0;
            offset<Index> low = 0;
            const auto enter = [&](std::size_t entered) {
                d = entered;
                at = needs.first(d);
                low = number_[d] = static_cast<offset<Index>>(++numbered);
                open_[opened++] = static_cast<Index>(d);
            };
            enter(root);
            while (true) {
                if (at != needs.first(d + 1)) {
                    const auto& need = needs[at++];
                    if (!follow(d, need)) continue;
                    const std::size_t s = need.supplier.index();
                    if (number_[s] == 0) {
                        low_[d] = low;
                        cursor_[d] = static_cast<offset<Index>>(at);
                        calls_[depth++] = static_cast<Index>(d);
                        enter(s);
                    } else if (number_[s] < low) { // which closed is never
                        low = number_[s];
                    }
                    continue;
                }
                if (low == number_[d]) close(d, opened, needs, follow);
                if (depth == 0) break;
                d = calls_[--depth];
                at = cursor_[d];
                low = std::min(low, low_[d]);
            }
        }
        number_by_first_device();
    }

    [[nodiscard]] constexpr std::size_t count() const noexcept { return count_; }
    [[nodiscard]] constexpr Index operator[](std::size_t d) const noexcept { return label_[d]; }
    [[nodiscard]] constexpr bool together(std::size_t a, std::size_t b) const noexcept {
        return label_[a] != nothing && label_[a] == label_[b];
    }

private:
    static constexpr offset<Index> closed = std::numeric_limits<offset<Index>>::max();

    template <class Follow>
    constexpr void close(std::size_t root, std::size_t& opened, const needs_table<Index>& needs, Follow& follow) {
        bool on_cycle = open_[opened - 1] != root;
        if (!on_cycle)
            for (const auto& need : needs.of(root))
                if (need.supplier.index() == root && follow(root, need)) on_cycle = true;
        std::size_t d = 0;
        do {
            d = open_[--opened];
            number_[d] = closed;
            if (on_cycle) label_[d] = static_cast<Index>(count_);
        } while (d != root);
        if (on_cycle) ++count_;
    }

    constexpr void number_by_first_device() {
        if (count_ == 0) return;
        calls_.assign(count_, nothing);
        Index next = 0;
        for (Index& label : label_) {
            if (label == nothing) continue;
            if (calls_[label] == nothing) calls_[label] = next++;
            label = calls_[label];
        }
    }

    buffer<Index> label_;
    buffer<offset<Index>> number_; // 0: not entered yet
    buffer<offset<Index>> low_;
    buffer<offset<Index>> cursor_;
    buffer<Index> calls_;
    buffer<Index> open_;
    std::size_t count_ = 0;
};

} // namespace devlink::detail

#endif
