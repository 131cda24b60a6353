// SPDX-License-Identifier: MIT
#include <devlink/driver_core/deferral.hpp>

#include "support.hpp"

using namespace devlink::detail::core;
using testing::device_id;

TEST_CASE("deferral: only what matched a driver once is queued, and it keeps its place") {
    core_state core;
    const device_id a = testing::raw_device(core);
    const device_id b = testing::raw_device(core);
    CHECK_FALSE(add_deferred(core, a));
    CHECK_FALSE(is_pending(core, a));
    core.device(a).can_match = true;
    core.device(b).can_match = true;
    CHECK(add_deferred(core, a));
    CHECK(add_deferred(core, b));
    CHECK_FALSE(add_deferred(core, a));
    CHECK(core.deferred.front() == a);
    CHECK(is_pending(core, a));
    CHECK_FALSE(has_active(core));
}

TEST_CASE("deferral: a trigger moves all that is pending, in order") {
    core_state core;
    const device_id a = testing::raw_device(core);
    const device_id b = testing::raw_device(core);
    core.device(a).can_match = core.device(b).can_match = true;
    (void)add_deferred(core, a);
    trigger_deferred(core);
    CHECK(core.trigger_count == 1);
    (void)add_deferred(core, b);
    CHECK(has_active(core));
    CHECK_FALSE(is_pending(core, a));
    CHECK(is_deferred(core.device(a)));
    CHECK(is_pending(core, b));
    CHECK(core.deferred.pop(core.devices) == a);
    CHECK_FALSE(has_active(core));
}

TEST_CASE("deferral: held back, a trigger neither moves nor counts") {
    core_state core;
    const device_id a = testing::raw_device(core);
    core.device(a).can_match = true;
    core.deferred_enabled = false;
    (void)add_deferred(core, a);
    trigger_deferred(core);
    CHECK(core.trigger_count == 0);
    CHECK(is_pending(core, a));
}

TEST_CASE("deferral: leaving either list clears the reason") {
    core_state core;
    const device_id a = testing::raw_device(core);
    const device_id b = testing::raw_device(core);
    core.device(a).can_match = true;
    (void)add_deferred(core, a);
    core.device(a).reason = b;
    delete_deferred(core, a);
    CHECK(!core.device(a).reason.valid());
    CHECK(core.deferred.empty());
    delete_deferred(core, a);
    CHECK(core.deferred.empty());
}
