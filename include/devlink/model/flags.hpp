// SPDX-License-Identifier: MIT
#ifndef DEVLINK_MODEL_FLAGS_HPP
#define DEVLINK_MODEL_FLAGS_HPP

#include <array>
#include <bit>
#include <cstdint>
#include <string_view>

namespace devlink {

/// What a link can be told: the kernel's DL_FLAG_ values, and the proposed bit 10.
/// Source: include/linux/device.h documentation, Documentation/driver-api/device_link.rst; optional-supplier extension.
enum class link_flag : std::uint32_t {
    stateless = 1U << 0,           ///< the caller owns the link; nobody tracks whether drivers are there
    autoremove_consumer = 1U << 1, ///< dropped when the consumer unbinds or its probe fails
    pm_runtime = 1U << 2,          ///< runtime PM uses the link
    rpm_active = 1U << 3,          ///< with pm_runtime: the supplier is resumed and held at once
    autoremove_supplier = 1U << 4, ///< dropped when the supplier unbinds
    autoprobe_consumer = 1U << 5,  ///< the consumer is queued for probing when the supplier binds
    managed = 1U << 6,             ///< set by the core on every link that is not stateless; callers may not give it
    sync_state_only = 1U << 7,     ///< delays the supplier's sync_state and nothing else
    inferred = 1U << 8,            ///< comes from firmware, not from a driver
    cycle = 1U << 9,               ///< was relaxed because it lies on a cycle
    optional_supplier = 1U << 10,  ///< waits for the supplier while that may still bind, and no longer
};

/// A set of link_flag: four bytes, passed by value.
class link_flags {
public:
    constexpr link_flags() noexcept = default;
    constexpr link_flags(link_flag flag) noexcept
        : bits_{static_cast<std::uint32_t>(flag)} {} // NOLINT(*-explicit-*)

    /// The set with exactly these bits, known or not.
    [[nodiscard]] static constexpr link_flags from_bits(std::uint32_t bits) noexcept {
        link_flags flags;
        flags.bits_ = bits;
        return flags;
    }

    [[nodiscard]] constexpr std::uint32_t bits() const noexcept { return bits_; }
    [[nodiscard]] constexpr bool empty() const noexcept { return bits_ == 0; }
    [[nodiscard]] constexpr int count() const noexcept { return std::popcount(bits_); }

    /// Whether all of `flags` are in this set.
    [[nodiscard]] constexpr bool has(link_flags flags) const noexcept { return (bits_ & flags.bits_) == flags.bits_; }
    /// Whether at least one of `flags` is in this set.
    [[nodiscard]] constexpr bool has_any(link_flags flags) const noexcept { return (bits_ & flags.bits_) != 0; }
    /// This set less all of `flags`.
    [[nodiscard]] constexpr link_flags without(link_flags flags) const noexcept {
        return from_bits(bits_ & ~flags.bits_);
    }

    constexpr link_flags& operator|=(link_flags other) noexcept {
        bits_ |= other.bits_;
        return *this;
    }
    constexpr link_flags& operator&=(link_flags other) noexcept {
        bits_ &= other.bits_;
        return *this;
    }
    friend constexpr link_flags operator|(link_flags a, link_flags b) noexcept { return a |= b; }
    friend constexpr link_flags operator&(link_flags a, link_flags b) noexcept { return a &= b; }
    friend constexpr bool operator==(link_flags, link_flags) noexcept = default;

private:
    std::uint32_t bits_ = 0;
};

[[nodiscard]] constexpr link_flags operator|(link_flag a, link_flag b) noexcept { return link_flags{a} | b; }

/// A flag with its name.
struct link_flag_name {
    link_flag flag;
    std::string_view name;
};

/// All flags in the order of their bits.
inline constexpr std::array<link_flag_name, 11> all_link_flags{{
    {link_flag::stateless, "stateless"},
    {link_flag::autoremove_consumer, "autoremove_consumer"},
    {link_flag::pm_runtime, "pm_runtime"},
    {link_flag::rpm_active, "rpm_active"},
    {link_flag::autoremove_supplier, "autoremove_supplier"},
    {link_flag::autoprobe_consumer, "autoprobe_consumer"},
    {link_flag::managed, "managed"},
    {link_flag::sync_state_only, "sync_state_only"},
    {link_flag::inferred, "inferred"},
    {link_flag::cycle, "cycle"},
    {link_flag::optional_supplier, "optional_supplier"},
}};

/// The name of one flag; empty for a value that is none. Constant time.
[[nodiscard]] constexpr std::string_view to_string(link_flag flag) noexcept {
    for (const link_flag_name& known : all_link_flags)
        if (known.flag == flag) return known.name;
    return {};
}

/// The flag of that name, as a set; the empty set if there is none. Constant time.
[[nodiscard]] constexpr link_flags link_flag_from_name(std::string_view name) noexcept {
    for (const link_flag_name& known : all_link_flags)
        if (known.name == name) return known.flag;
    return {};
}

/// Whether a link with these recorded flags is ignored by dependency checks and order: with `inferred`, `cycle` and
/// `managed` set aside it is exactly `sync_state_only`. Source: device_link_flag_is_sync_state_only().
[[nodiscard]] constexpr bool is_soft(link_flags flags) noexcept {
    return flags.without(link_flag::inferred | link_flag::cycle | link_flag::managed) == link_flag::sync_state_only;
}

/// Whether a link given or recorded with these flags can hold back its consumer's probe: it is managed and not
/// `sync_state_only`. A recorded link may be stateless and managed at once, so `managed` decides where it is given.
/// Source: device_links_check_suppliers().
[[nodiscard]] constexpr bool holds_back(link_flags flags) noexcept {
    // One comparison, as it is asked of every link at least twice: with `managed` turned over, those sets of the three
    // that hold something back, and no others, are numbers up to `managed` alone.
    constexpr link_flags deciding = link_flag::stateless | link_flag::managed | link_flag::sync_state_only;
    constexpr link_flags turned_over = link_flag::managed;
    return ((flags & deciding).bits() ^ turned_over.bits()) <= turned_over.bits();
}

} // namespace devlink

#endif
