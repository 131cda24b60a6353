// SPDX-License-Identifier: MIT
#include <devlink/driver_core/host.hpp>

#include <devlink/driver_core/driver_core.hpp>

#include <doctest/doctest.h>

#include <set>
#include <string_view>

namespace {

using devlink::device_id;
using devlink::probe_result;

struct smallest {
    probe_result probe(device_id) { return probe_result::ok(); }
};
struct returns_int {
    int probe(device_id) { return 0; }
};
struct takes_index {
    probe_result probe(const char*) { return probe_result::ok(); }
};

static_assert(devlink::core_host<smallest>);
static_assert(!devlink::core_host<returns_int>);
static_assert(!devlink::core_host<takes_index>);

// A bus on which -EAGAIN means: ask again.
struct patient {
    int calls = 0;
    static constexpr bool is_deferral(probe_result outcome) { return outcome.is_defer() || outcome.code() == -11; }
    probe_result probe(device_id) {
        ++calls;
        return calls == 1 ? probe_result::error(-11) : probe_result::ok();
    }
};

struct impatient {
    probe_result probe(device_id) { return probe_result::error(-11); }
};

} // namespace

TEST_CASE("host: what is missing costs nothing") {
    smallest host;
    devlink::driver_core core(host);
    const device_id s = *core.add_device({.sync_state = true, .runtime_pm = true, .has_driver = true});
    CHECK(core.view().is_bound(s));
    CHECK(core.view().state_synced(s));
    CHECK(core.unbind(s) == devlink::errc::ok);
    static_assert(sizeof(devlink::detail::core::core_machine<smallest, devlink::options{}>) ==
                  sizeof(devlink::detail::core::core_state) + sizeof(smallest*));
}

TEST_CASE("host: the host decides at compile time which errors are permanent") {
    patient host;
    devlink::driver_core core(host);
    const device_id d = *core.add_device({.has_driver = true});
    CHECK(core.view().is_pending(d));
    CHECK_FALSE(core.view().last_attempt_failed(d));
    core.trigger_deferred_probe();
    CHECK(core.settle() == devlink::errc::ok);
    CHECK(core.view().is_bound(d));

    impatient other;
    devlink::driver_core strict(other);
    const device_id e = *strict.add_device({.has_driver = true});
    CHECK_FALSE(strict.view().is_pending(e));
    CHECK(strict.view().last_attempt_failed(e));
}

TEST_CASE("host: success is never a deferral, whatever the classifier says") {
    struct muddled {
        static constexpr bool is_deferral(probe_result) { return true; }
    };
    static_assert(!devlink::detail::core::is_deferral<muddled>(probe_result::ok()));
    static_assert(devlink::detail::core::is_deferral<muddled>(probe_result::error(-5)));
    static_assert(devlink::detail::core::is_deferral<smallest>(probe_result::defer()));
    static_assert(!devlink::detail::core::is_deferral<smallest>(probe_result::error(-5)));
    CHECK(devlink::detail::core::is_deferral<muddled>(probe_result::defer()));
}

TEST_CASE("host: each warning has its sentence") {
    std::set<std::string_view> sentences;
    for (int value = 0; value <= static_cast<int>(devlink::core_warning::removed_with_live_link); ++value)
        sentences.insert(to_string(static_cast<devlink::core_warning>(value)));
    CHECK(sentences.size() == 7);
    CHECK(sentences.count("") == 0);
}
