// SPDX-License-Identifier: MIT
#include <devlink/model/flag_rules.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstdint>

using devlink::check_flags;
using devlink::check_flags_before_effects;
using devlink::errc;
using devlink::link_flag;
using devlink::link_flags;

namespace {

// The rules once more, as sentences about bits, each with the numbers that the documents give them.
struct rule {
    errc code;
    bool (*broken)(std::uint32_t bits);
};

constexpr bool bit(std::uint32_t bits, unsigned number) { return ((bits >> number) & 1U) != 0; }

constexpr std::array<rule, 7> rules{{
    {errc::unknown_flag, [](std::uint32_t bits) { return bits >= 1U << 11; }},
    {errc::managed_given, [](std::uint32_t bits) { return bit(bits, 6); }},
    {errc::stateless_with_managed_flag,
     [](std::uint32_t bits) {
         return bit(bits, 0) &&
                (bit(bits, 1) || bit(bits, 4) || bit(bits, 5) || bit(bits, 7) || bit(bits, 8) || bit(bits, 9));
     }},
    {errc::autoprobe_with_autoremove,
     [](std::uint32_t bits) { return bit(bits, 5) && (bit(bits, 1) || bit(bits, 4)); }},
    {errc::optional_with_stateless, [](std::uint32_t bits) { return bit(bits, 10) && bit(bits, 0); }},
    {errc::optional_with_sync_state_only, [](std::uint32_t bits) { return bit(bits, 10) && bit(bits, 7); }},
    {errc::sync_state_only_with_other,
     [](std::uint32_t bits) {
         if (!bit(bits, 7)) return false;
         for (unsigned number = 0; number < 11; ++number)
             if (number != 7 && number != 8 && number != 9 && bit(bits, number)) return true;
         return false;
     }},
}};

constexpr errc expected(std::uint32_t bits, std::size_t rules_asked = rules.size()) {
    for (std::size_t r = 0; r < rules_asked; ++r)
        if (rules[r].broken(bits)) return rules[r].code;
    return errc::ok;
}

consteval int legal_sets() {
    int legal = 0;
    for (std::uint32_t bits = 0; bits < 1U << 11; ++bits)
        if (check_flags(link_flags::from_bits(bits)) == errc::ok) ++legal;
    return legal;
}

} // namespace

TEST_CASE("flag rules: all 2^11 combinations, and bits that no flag has") {
    for (std::uint32_t bits = 0; bits < 1U << 13; ++bits) {
        CAPTURE(bits);
        REQUIRE(check_flags(link_flags::from_bits(bits)) == expected(bits));
        REQUIRE(check_flags_before_effects(link_flags::from_bits(bits)) == expected(bits, rules.size() - 1));
    }
    CHECK(check_flags(link_flags::from_bits(1U << 31)) == errc::unknown_flag);
}

TEST_CASE("flag rules: how many sets are legal, at compile time and at run time") {
    // stateless with pm_runtime and rpm_active free: 4; sync_state_only with inferred and cycle free: 4; of the rest
    // pm_runtime, rpm_active, inferred, cycle and optional_supplier are free (32), with one of: neither autoremove nor
    // autoprobe, three ways of autoremove, autoprobe (5).
    static_assert(legal_sets() == 4 + 4 + 32 * 5);
    int legal = 0;
    for (std::uint32_t bits = 0; bits < 1U << 11; ++bits)
        legal += check_flags(link_flags::from_bits(bits)) == errc::ok ? 1 : 0;
    CHECK(legal == 168);
}

TEST_CASE("flag rules: each rule is the first broken one of some set") {
    std::array<int, rules.size()> met{};
    for (std::uint32_t bits = 0; bits < 1U << 12; ++bits)
        for (std::size_t r = 0; r < rules.size(); ++r)
            if (check_flags(link_flags::from_bits(bits)) == rules[r].code) ++met[r];
    for (const int count : met) CHECK(count > 0);
}
