// SPDX-License-Identifier: MIT
#include <devlink/model/flags.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <string_view>

using devlink::all_link_flags;
using devlink::holds_back;
using devlink::is_soft;
using devlink::link_flag;
using devlink::link_flags;

TEST_CASE("flags: values are the kernel's, and the proposed bit 10") {
    static_assert(static_cast<std::uint32_t>(link_flag::stateless) == 0x1);
    static_assert(static_cast<std::uint32_t>(link_flag::autoremove_consumer) == 0x2);
    static_assert(static_cast<std::uint32_t>(link_flag::pm_runtime) == 0x4);
    static_assert(static_cast<std::uint32_t>(link_flag::rpm_active) == 0x8);
    static_assert(static_cast<std::uint32_t>(link_flag::autoremove_supplier) == 0x10);
    static_assert(static_cast<std::uint32_t>(link_flag::autoprobe_consumer) == 0x20);
    static_assert(static_cast<std::uint32_t>(link_flag::managed) == 0x40);
    static_assert(static_cast<std::uint32_t>(link_flag::sync_state_only) == 0x80);
    static_assert(static_cast<std::uint32_t>(link_flag::inferred) == 0x100);
    static_assert(static_cast<std::uint32_t>(link_flag::cycle) == 0x200);
    static_assert(static_cast<std::uint32_t>(link_flag::optional_supplier) == 0x400);
    CHECK(all_link_flags.size() == 11);
}

TEST_CASE("flags: a set is four bytes") {
    static_assert(sizeof(link_flags) == 4);
    CHECK(sizeof(link_flag) == 4);
}

TEST_CASE("flags: set operations, for each of the 2^11 sets with each flag") {
    for (std::uint32_t bits = 0; bits < 1U << 11; ++bits) {
        const link_flags set = link_flags::from_bits(bits);
        CHECK(set.bits() == bits);
        int members = 0;
        for (const auto& known : all_link_flags) {
            const bool member = (bits & static_cast<std::uint32_t>(known.flag)) != 0;
            members += member ? 1 : 0;
            REQUIRE(set.has(known.flag) == member);
            REQUIRE(set.has_any(known.flag) == member);
            REQUIRE((set | known.flag).has(known.flag));
            REQUIRE_FALSE(set.without(known.flag).has_any(known.flag));
            REQUIRE((set.without(known.flag) | (set & known.flag)) == set);
        }
        REQUIRE(set.count() == members);
        REQUIRE(set.empty() == (members == 0));
    }
}

TEST_CASE("flags: has asks for all, has_any for one") {
    constexpr link_flags both = link_flag::pm_runtime | link_flag::rpm_active;
    static_assert(both.has(link_flag::pm_runtime | link_flag::rpm_active));
    static_assert(!both.has(link_flag::pm_runtime | link_flag::cycle));
    static_assert(both.has_any(link_flag::pm_runtime | link_flag::cycle));
    static_assert(!both.has_any(link_flag::inferred | link_flag::cycle));
    CHECK(both.count() == 2);
}

TEST_CASE("flags: names go both ways and are each of one flag") {
    for (const auto& known : all_link_flags) {
        CHECK(to_string(known.flag) == known.name);
        CHECK(devlink::link_flag_from_name(known.name) == link_flags{known.flag});
    }
    CHECK(to_string(static_cast<link_flag>(1U << 11)).empty());
    CHECK(devlink::link_flag_from_name("").empty());
    CHECK(devlink::link_flag_from_name("Stateless").empty());
    CHECK(devlink::link_flag_from_name("stateless ").empty());
}

TEST_CASE("flags: soft is exactly sync_state_only with inferred, cycle and managed set aside") {
    int soft = 0;
    for (std::uint32_t bits = 0; bits < 1U << 11; ++bits) {
        const bool expected = (bits & ~0x340U) == 0x80;
        soft += expected ? 1 : 0;
        REQUIRE(is_soft(link_flags::from_bits(bits)) == expected);
    }
    CHECK(soft == 8);
    static_assert(!is_soft(link_flag::sync_state_only | link_flag::stateless));
    static_assert(!is_soft(link_flag::sync_state_only | link_flag::optional_supplier));
}

TEST_CASE("flags: a link holds back if it is managed, given or recorded, and not sync_state_only") {
    for (std::uint32_t bits = 0; bits < 1U << 11; ++bits) {
        const bool is_managed = (bits & 0x40U) != 0 || (bits & 0x1U) == 0;
        REQUIRE(holds_back(link_flags::from_bits(bits)) == (is_managed && (bits & 0x80U) == 0));
    }
    static_assert(holds_back(link_flags{}));
    static_assert(!holds_back(link_flag::stateless));
    static_assert(holds_back(link_flag::stateless | link_flag::managed));
}
