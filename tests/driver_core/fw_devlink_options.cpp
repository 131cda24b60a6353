// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <devlink/driver_core/fw_devlink_options.hpp>

using namespace devlink;

namespace {

struct watcher {
    void on_fw_devlink(fw_devlink_event, node_id, node_id) {}
};
struct wrong_watcher {
    void on_fw_devlink(fw_devlink_event, node_id) {}
};

static_assert(fw_devlink_observer<watcher>);
static_assert(fw_devlink_observer<no_fw_devlink_observer>);
static_assert(!fw_devlink_observer<wrong_watcher>);

} // namespace

TEST_CASE("flags by mode, and on a cycle the same in every mode") {
    using enum link_flag;
    CHECK(fw_devlink_flags(fw_devlink_mode::permissive, false) == (inferred | sync_state_only));
    CHECK(fw_devlink_flags(fw_devlink_mode::on, false) == (inferred | autoprobe_consumer));
    CHECK(fw_devlink_flags(fw_devlink_mode::rpm, false) == (inferred | autoprobe_consumer | pm_runtime));
    for (const fw_devlink_mode mode : {fw_devlink_mode::permissive, fw_devlink_mode::on, fw_devlink_mode::rpm})
        CHECK(fw_devlink_flags(mode, true) == (inferred | sync_state_only | cycle));
}

TEST_CASE("names") {
    CHECK(to_string(fw_devlink_mode::off) == "off");
    CHECK(to_string(fw_devlink_mode::rpm) == "rpm");
    CHECK(to_string(fw_devlink_event::add) == "add");
    CHECK(to_string(fw_devlink_event::fwlink) == "fwlink");
    CHECK(to_string(fw_devlink_event::moved) == "fwlink");
    CHECK(to_string(fw_devlink_event::drop) == "drop");
    CHECK(to_string(fw_devlink_event::relax) == "relax");
    CHECK(to_string(fw_devlink_event::noprobe) == "noprobe");
    CHECK(to_string(static_cast<fw_devlink_event>(99)).empty());
    CHECK(to_string(static_cast<fw_devlink_mode>(99)).empty());
}

TEST_CASE("the defaults are the kernel's") {
    constexpr fw_devlink_options options;
    CHECK(options.mode == fw_devlink_mode::rpm);
    CHECK_FALSE(options.strict);
}
