// SPDX-License-Identifier: MIT
#include <devlink/model/transition.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <string>

using devlink::device_status;
using devlink::link_event;
using devlink::link_state;

namespace {

constexpr std::array all_states{link_state::none,           link_state::dormant, link_state::available,
                                link_state::consumer_probe, link_state::active,  link_state::supplier_unbind};
constexpr std::array all_statuses{device_status::no_driver, device_status::probing, device_status::driver_bound,
                                  device_status::unbinding};

// The table written a second time, as what each event leaves: a letter for each state from `none` on, first for a
// supplier that is not bound, then for one that is.
struct expected {
    link_event event;
    const char* not_bound;
    const char* bound;
};

constexpr std::array all_expected{
    expected{link_event::supplier_checked, "nppppp", "nppppp"},
    expected{link_event::check_taken_back, "ndadxs", "ndaaxs"},
    expected{link_event::supplier_bound, "aaapxa", "aaapxa"},
    expected{link_event::consumer_bound, "xxxxxx", "xxxxxx"},
    expected{link_event::supplier_failed, "ndadds", "ndadds"},
    expected{link_event::consumer_released, "ndadds", "ndaaas"},
    expected{link_event::supplier_unbinding, "ssspxs", "ssspxs"},
    expected{link_event::consumer_unbinding, "ssspss", "ssspss"},
    expected{link_event::supplier_unbound, "dddddd", "dddddd"},
    expected{link_event::management_dropped, "nnnnnn", "nnnnnn"},
    expected{link_event::supplier_missed, "nddddd", "nddddd"},
};

constexpr char letter(link_state state) {
    switch (state) {
    case link_state::none:
        return 'n';
    case link_state::dormant:
        return 'd';
    case link_state::available:
        return 'a';
    case link_state::consumer_probe:
        return 'p';
    case link_state::active:
        return 'x';
    case link_state::supplier_unbind:
        return 's';
    }
    return '?';
}

} // namespace

TEST_CASE("transition: every event in every state, for every supplier status") {
    static_assert(all_expected.size() == devlink::link_event_count);
    static_assert(all_states.size() == devlink::link_state_count);
    std::size_t visited = 0;
    for (const expected& row : all_expected) {
        for (const device_status supplier : all_statuses) {
            std::string got;
            for (const link_state from : all_states) {
                got += letter(devlink::next_state(from, row.event, supplier));
                ++visited;
            }
            const bool bound = supplier == device_status::driver_bound;
            CHECK_MESSAGE(got == (bound ? row.bound : row.not_bound), to_string(row.event));
        }
    }
    CHECK(visited == 11 * 4 * 6);
}

TEST_CASE("transition: no two rows answer the same question") {
    for (std::size_t a = 0; a < devlink::link_transitions.size(); ++a) {
        for (std::size_t b = a + 1; b < devlink::link_transitions.size(); ++b) {
            const devlink::link_transition& x = devlink::link_transitions[a];
            const devlink::link_transition& y = devlink::link_transitions[b];
            if (x.from != y.from || x.event != y.event) continue;
            for (const device_status supplier : all_statuses)
                CHECK_FALSE((devlink::holds(x.guard, supplier) && devlink::holds(y.guard, supplier)));
        }
    }
}

TEST_CASE("transition: each row is what the look-up answers") {
    for (const devlink::link_transition& row : devlink::link_transitions)
        for (const device_status supplier : all_statuses)
            if (devlink::holds(row.guard, supplier))
                CHECK(devlink::next_state(row.from, row.event, supplier) == row.to);
}

TEST_CASE("transition: the life of a link, at compile time") {
    using enum device_status;
    using enum link_event;
    static_assert(devlink::next_state(link_state::dormant, supplier_bound, driver_bound) == link_state::available);
    static_assert(devlink::next_state(link_state::available, supplier_checked, driver_bound) ==
                  link_state::consumer_probe);
    static_assert(devlink::next_state(link_state::consumer_probe, consumer_bound, driver_bound) == link_state::active);
    static_assert(devlink::next_state(link_state::active, consumer_unbinding, unbinding) ==
                  link_state::supplier_unbind);
    static_assert(devlink::next_state(link_state::supplier_unbind, consumer_released, unbinding) ==
                  link_state::supplier_unbind);
    static_assert(devlink::next_state(link_state::supplier_unbind, supplier_unbound, unbinding) == link_state::dormant);
    CHECK(to_string(link_event::supplier_missed) == "supplier_missed");
    CHECK(to_string(static_cast<link_event>(99)).empty());
}

TEST_CASE("transition: initial states by the states of both ends") {
    // Rows: the supplier no_driver, probing, driver_bound, unbinding; columns: the consumer in the same order.
    const std::array<std::string, 4> expected{"dddd", "dpdd", "apxa", "ssss"};
    for (std::size_t s = 0; s < 4; ++s) {
        std::string got;
        for (std::size_t c = 0; c < 4; ++c) got += letter(devlink::initial_state(all_statuses[s], all_statuses[c]));
        CHECK(got == expected[s]);
    }
}
