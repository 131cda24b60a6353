// SPDX-License-Identifier: MIT
#include <devlink/model/flag_rules.hpp>
#include <devlink/model/link_merge.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <vector>

using namespace devlink;

namespace {

constexpr std::uint32_t stateless = 0x1, autoremove_consumer = 0x2, pm_runtime = 0x4, autoremove_supplier = 0x10,
                        managed = 0x40, sync_state_only = 0x80, inferred = 0x100, optional_supplier = 0x400;

/// The merge once more, as the specification's steps a to f read, bit by bit. `given` has `managed` unless stateless.
std::uint32_t naive_merge(std::uint32_t recorded, std::uint32_t given) {
    std::uint32_t link = recorded;
    // a
    if ((link & inferred) != 0 && (given & inferred) == 0) link &= ~inferred;
    // b
    if ((given & pm_runtime) != 0) link |= pm_runtime;
    // c
    if ((given & stateless) != 0) return link | stateless;
    // d
    if ((given & autoremove_supplier) != 0) {
        if ((link & autoremove_consumer) != 0) link = (link & ~autoremove_consumer) | autoremove_supplier;
    } else if ((given & autoremove_consumer) == 0) {
        link &= ~(autoremove_consumer | autoremove_supplier);
    }
    // e
    link |= managed;
    // f
    if ((recorded & sync_state_only) != 0 && (given & sync_state_only) == 0) link &= ~sync_state_only;
    // The flag: only managed, hard adds count; the first one sets it or not, later ones can only clear it.
    if ((given & sync_state_only) == 0) {
        const bool counted_before = (recorded & managed) != 0 && (recorded & sync_state_only) == 0;
        const bool had = (recorded & optional_supplier) != 0;
        const bool wants = (given & optional_supplier) != 0;
        const bool keeps = counted_before ? had && wants : wants;
        link = (link & ~optional_supplier) | (keeps ? optional_supplier : 0);
    }
    return link;
}

std::vector<link_flags> legal_sets() {
    std::vector<link_flags> legal;
    for (std::uint32_t bits = 0; bits < 1U << 11; ++bits)
        if (check_flags(link_flags::from_bits(bits)) == errc::ok) legal.push_back(link_flags::from_bits(bits));
    return legal;
}

} // namespace

TEST_CASE("link merge: what a new link records, for each legal set") {
    for (const link_flags given : legal_sets()) {
        const link_flags recorded = recorded_flags(given);
        REQUIRE(recorded.has(link_flag::managed) == !given.has(link_flag::stateless));
        const bool both = given.has(link_flag::autoremove_consumer | link_flag::autoremove_supplier);
        REQUIRE(recorded.has(link_flag::autoremove_consumer) == (given.has(link_flag::autoremove_consumer) && !both));
        const link_flags may_differ = link_flag::managed | link_flag::autoremove_consumer;
        REQUIRE(recorded.without(may_differ) == given.without(may_differ));
    }
}

TEST_CASE("link merge: every legal add into what every pair of legal adds can have left") {
    const auto legal = legal_sets();
    int merges = 0;
    for (const link_flags first : legal) {
        for (const link_flags second : legal) {
            const link_flags once = merge_link_flags(recorded_flags(first), second).flags;
            REQUIRE(once.bits() == naive_merge(recorded_flags(first).bits(), recorded_flags(second).bits()));
            for (const link_flags third :
                 {link_flags{}, link_flags{link_flag::stateless}, link_flags{link_flag::sync_state_only},
                  link_flags{link_flag::optional_supplier}, link_flags{link_flag::autoremove_supplier},
                  link_flag::autoremove_consumer | link_flag::inferred}) {
                const link_merge twice = merge_link_flags(once, third);
                REQUIRE(twice.flags.bits() == naive_merge(once.bits(), recorded_flags(third).bits()));
                REQUIRE(twice.becomes_managed ==
                        (!once.has(link_flag::managed) && twice.flags.has(link_flag::managed)));
                REQUIRE(twice.takes_reference == (third.has(link_flag::stateless) || twice.becomes_managed));
                ++merges;
            }
        }
    }
    CHECK(merges == 168 * 168 * 6);
}

TEST_CASE("link merge: consequences that the specification names") {
    const link_flags plain = recorded_flags({});
    // A plain add makes an autoremove link permanent; so does a sync_state_only add.
    CHECK(merge_link_flags(recorded_flags(link_flag::autoremove_consumer), {}).flags == plain);
    CHECK(merge_link_flags(recorded_flags(link_flag::autoremove_supplier), link_flag::sync_state_only).flags == plain);
    // An autoremove_consumer add on a stateless link gives a permanent managed part.
    CHECK(merge_link_flags(link_flag::stateless, link_flag::autoremove_consumer).flags ==
          (link_flag::stateless | link_flag::managed));
    // A sync_state_only add on a stateless link gives a full managed link.
    CHECK(merge_link_flags(link_flag::stateless, link_flag::sync_state_only).flags ==
          (link_flag::stateless | link_flag::managed));
    // `cycle` survives the hardening of a soft link.
    CHECK(merge_link_flags(recorded_flags(link_flag::sync_state_only | link_flag::cycle), {}).flags ==
          (link_flag::managed | link_flag::cycle));
    // A stateless add to an inferred link clears `inferred`.
    CHECK_FALSE(
        merge_link_flags(recorded_flags(link_flag::inferred), link_flag::stateless).flags.has(link_flag::inferred));
}

TEST_CASE("link merge: when a link comes to order its ends") {
    const link_flags soft = recorded_flags(link_flag::sync_state_only);
    CHECK(merge_link_flags(soft, {}).becomes_hard);
    CHECK(merge_link_flags(soft, link_flag::stateless).becomes_hard);
    CHECK_FALSE(merge_link_flags(soft, link_flag::sync_state_only).becomes_hard);
    CHECK_FALSE(merge_link_flags(recorded_flags({}), {}).becomes_hard);
    // It had ordered them as a stateless one; the kernel reorders all the same when the bit goes.
    CHECK(merge_link_flags(soft | link_flag::stateless, {}).becomes_hard);
    CHECK_FALSE(merge_link_flags(soft | link_flag::stateless, link_flag::stateless).becomes_hard);
}

TEST_CASE("link merge: of optional_supplier the stricter wish wins") {
    const link_flags optional = link_flag::optional_supplier;
    CHECK(merge_link_flags(recorded_flags(optional), optional).flags.has(optional));
    CHECK_FALSE(merge_link_flags(recorded_flags(optional), {}).flags.has(optional));
    CHECK_FALSE(merge_link_flags(recorded_flags({}), optional).flags.has(optional));
    CHECK(merge_link_flags(recorded_flags(optional), link_flag::stateless).flags.has(optional));
    CHECK(merge_link_flags(recorded_flags(optional), link_flag::sync_state_only).flags.has(optional));
    CHECK(merge_link_flags(link_flag::stateless, optional).flags.has(optional));
    CHECK(merge_link_flags(recorded_flags(link_flag::sync_state_only), optional).flags.has(optional));
    static_assert(merge_link_flags(recorded_flags(link_flag::optional_supplier), {}).flags == link_flag::managed);
}
