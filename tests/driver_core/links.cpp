// SPDX-License-Identifier: MIT
#include <devlink/driver_core/links.hpp>

#include "support.hpp"

using testing::device_id;
using testing::errc;
using testing::link_flag;
using testing::link_flags;
using testing::link_state;
using strings = std::vector<std::string>;

namespace {

template <devlink::options O = testing::kernel_rules>
errc refused(testing::scripted_core<O>& t, device_id c, device_id s, link_flags flags) {
    const auto added = t.core.add_link(c, s, flags);
    return added ? errc::ok : added.error().code;
}

} // namespace

TEST_CASE("links: what is refused, and why") {
    testing::scripted_core<> t;
    const device_id s = t.add();
    const device_id c = t.add();
    CHECK(refused(t, c, s, link_flags::from_bits(1U << 20)) == errc::unknown_flag);
    CHECK(refused(t, c, s, link_flag::managed) == errc::managed_given);
    CHECK(refused(t, c, s, link_flag::stateless | link_flag::cycle) == errc::stateless_with_managed_flag);
    CHECK(refused(t, c, s, link_flag::autoprobe_consumer | link_flag::autoremove_consumer) ==
          errc::autoprobe_with_autoremove);
    CHECK(refused(t, c, s, link_flag::optional_supplier | link_flag::stateless) == errc::optional_with_stateless);
    CHECK(refused(t, c, s, link_flag::optional_supplier | link_flag::sync_state_only) ==
          errc::optional_with_sync_state_only);
    CHECK(refused(t, c, s, link_flag::sync_state_only | link_flag::autoprobe_consumer) ==
          errc::sync_state_only_with_other);
    CHECK(refused(t, c, c, {}) == errc::self_link);
    CHECK(refused(t, c, device_id{}, {}) == errc::unknown_device);
    CHECK(refused(t, device_id{}, s, {}) == errc::unknown_device);
    CHECK(t.core.view().link_count() == 0);
    CHECK(refused(t, c, s, {}) == errc::ok);
    CHECK(refused(t, s, c, {}) == errc::would_close_cycle);
    CHECK(refused(t, s, c, link_flag::sync_state_only) == errc::ok);
    CHECK(t.core.register_driver(s) == errc::ok);
    CHECK(refused(t, s, c, link_flag::sync_state_only) == errc::consumer_bound);
}

TEST_CASE("links: a refused cycle comes with its whole path") {
    testing::scripted_core<> t;
    const device_id a = t.add();
    const device_id b = t.add();
    const device_id child = t.add({.parent = b});
    t.link(b, a);
    const auto closing = t.core.add_link(a, child, {});
    REQUIRE(!closing);
    CHECK(closing.error().code == errc::would_close_cycle);
    CHECK(closing.error().path == std::vector<device_id>{a, b, child});
}

TEST_CASE("links: without the extension its flag is an unknown one") {
    testing::scripted_core<devlink::options{.extension = devlink::extension_rule::none}> t;
    const device_id s = t.add();
    const device_id c = t.add();
    CHECK(refused(t, c, s, link_flag::optional_supplier) == errc::unknown_flag);
}

TEST_CASE("links: references of stateless adds, and the last one") {
    testing::scripted_core<> t;
    const device_id s = t.add();
    const device_id c = t.add();
    const auto l = t.link(c, s, link_flag::stateless);
    CHECK(t.core.view().link(l).state == link_state::none);
    t.link(c, s, link_flag::stateless);
    t.link(c, s);
    CHECK(t.core.view().link(l).references == 3);
    CHECK(t.core.view().link(l).flags == (link_flag::stateless | link_flag::managed));
    CHECK(t.core.remove_link(c, s) == errc::ok);
    CHECK(t.core.remove_link(c, s) == errc::ok);
    CHECK(t.core.view().contains(l));
    // Quirk: one more eats the core's own reference.
    CHECK(t.core.remove_link(c, s) == errc::ok);
    CHECK_FALSE(t.core.view().contains(l));
    CHECK(t.core.remove_link(c, s) == errc::unknown_link);
    CHECK(t.core.remove_link(c, device_id{}) == errc::unknown_device);
}

TEST_CASE("links: repaired, the managed part outlives one call too many") {
    testing::scripted_core<testing::repaired_rules> t;
    const device_id s = t.add();
    const device_id c = t.add();
    const auto l = t.link(c, s, link_flag::stateless);
    t.link(c, s);
    CHECK(t.core.remove_link(c, s) == errc::ok);
    CHECK(t.core.view().link(l).flags == link_flags{link_flag::managed});
    CHECK(t.core.remove_link(c, s) == errc::ok);
    CHECK(t.core.view().contains(l));
}

TEST_CASE("links: a refusal after the supplier was resumed leaks its count, repaired it does not") {
    const link_flags odd = link_flag::sync_state_only | link_flag::pm_runtime | link_flag::rpm_active;
    const auto run = [&](auto& t) {
        const device_id s = t.add({.runtime_pm = true});
        const device_id c = t.add();
        CHECK(refused(t, c, s, odd) == errc::sync_state_only_with_other);
        CHECK(t.core.settle() == errc::ok);
        return t.core.view().usage(s);
    };
    testing::scripted_core<> kernel;
    CHECK(run(kernel) == 1);
    CHECK(kernel.host.take_log() == strings{"resume 0"});
    testing::scripted_core<testing::repaired_rules> repaired;
    CHECK(run(repaired) == 0);
    CHECK(repaired.host.take_log() == strings{"resume 0", "suspend 0"});
}

TEST_CASE("links: a relaxed link only delays sync_state") {
    testing::scripted_core<> t;
    const device_id s = t.add({.sync_state = true, .runtime_pm = true});
    const device_id c = t.add({.runtime_pm = true});
    const auto l = t.link(c, s, link_flag::inferred | link_flag::autoprobe_consumer | link_flag::pm_runtime);
    CHECK(t.core.register_driver(c) == errc::ok);
    CHECK(t.core.view().is_pending(c));
    CHECK(t.core.get_power(c) == errc::ok);
    t.core.relax_link(l);
    CHECK(t.core.view().link(l).flags == (link_flag::managed | link_flag::inferred | link_flag::sync_state_only));
    CHECK(t.core.view().link(l).held == 0);
    CHECK(t.core.view().usage(s) == 0);
    CHECK(t.core.probe(c) == errc::ok);
    CHECK(t.core.view().is_bound(c));
    CHECK(t.core.view().link_count() == 0);
}

TEST_CASE("links: a slot is used again only once the object is released") {
    testing::scripted_core<> t;
    const device_id s = t.add();
    const device_id c = t.add();
    const auto first = t.link(c, s);
    t.core.delete_link(first);
    const auto second = t.link(c, s);
    CHECK(second != first);
    t.core.delete_link(second);
    CHECK(t.core.settle() == errc::ok);
    CHECK(t.link(c, s).index() <= 1);
    CHECK_THROWS(t.core.delete_link(devlink::link_id{7}));
}

TEST_CASE("links: looking for a pair is as long as the shorter list") {
    testing::scripted_core<> t;
    const device_id hub = t.add();
    constexpr std::size_t many = 30000;
    for (std::size_t index = 0; index < many; ++index) t.link(t.add(), hub);
    CHECK(t.core.view().link_count() == many);
    CHECK(t.core.view().find_link(device_id{many}, hub).valid());
}
