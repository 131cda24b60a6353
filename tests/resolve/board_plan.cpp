// SPDX-License-Identifier: MIT
#include <devlink/resolve/board_plan.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>

namespace {

using devlink::link_flag;
using devlink::outcome;
using devlink::verdict;

// What a phone's panel hangs on. The clock controller stands behind its users, as in many trees.
constexpr devlink::board phone{{{"panel"}, {"dsi"}, {"backlight"}, {"clocks"}, {"regulator"}, {"touch"}},
                               {{"panel", "dsi"},
                                {"panel", "backlight", link_flag::optional_supplier},
                                {"dsi", "clocks"},
                                {"backlight", "regulator"},
                                {"touch", "regulator", link_flag::optional_supplier},
                                {"touch", "clocks", link_flag::sync_state_only}}};

constexpr devlink::device_id panel = phone.find("panel");
constexpr devlink::device_id backlight = phone.find("backlight");
constexpr devlink::device_id regulator = phone.find("regulator");
constexpr devlink::device_id touch = phone.find("touch");

constexpr auto all_fine = devlink::resolve(phone);
static_assert(all_fine.order().size() == 6 && all_fine.order()[0] == phone.find("clocks"));
static_assert(all_fine.position(panel) == 5 && all_fine.count(verdict::bound) == 6);

constexpr devlink::forecast regulator_fails() {
    devlink::forecast f{phone};
    f.set(regulator, outcome::fail);
    return f;
}

template <devlink::order_rule Order>
constexpr auto without_regulator = devlink::resolve<devlink::options{.order = Order}>(phone, regulator_fails());

/// The constant plan says what a plan at run time says.
template <devlink::order_rule Order>
void compare() {
    const auto& constant = without_regulator<Order>;
    devlink::workspace memory;
    const devlink::plan& made = devlink::resolve<devlink::options{.order = Order}>(phone, regulator_fails(), memory);
    REQUIRE(constant.device_count() == made.device_count());
    REQUIRE(constant.order().size() == made.order().size());
    for (std::size_t i = 0; i != made.order().size(); ++i) CHECK(constant.order()[i] == made.order()[i]);
    for (std::size_t v = 0; v != devlink::verdict_count; ++v)
        CHECK(constant.count(static_cast<verdict>(v)) == made.count(static_cast<verdict>(v)));
    for (std::size_t i = 0; i != made.device_count(); ++i) {
        const devlink::device_id d{i};
        CHECK(constant.position(d) == made.position(d));
        if constexpr (Order == devlink::order_rule::breadth) CHECK(constant.wave(d) == made.wave(d));
        CHECK(constant.verdict(d) == made.verdict(d));
        CHECK(constant.root(d).index() == made.root(d).index());
        CHECK(constant.cause(d).empty() == made.cause(d).empty());
        REQUIRE(constant.missing(d).size() == made.missing(d).size());
        for (std::size_t k = 0; k != made.missing(d).size(); ++k) CHECK(constant.missing(d)[k] == made.missing(d)[k]);
    }
    CHECK(constant.failed_attempts() == made.failed_attempts());
}

template <class Plan>
concept has_waves = requires(const Plan& p) {
    p.wave(panel);
};

constexpr auto by_waves = devlink::resolve<devlink::options{.order = devlink::order_rule::breadth}>(phone);
static_assert(has_waves<decltype(by_waves)> && !has_waves<decltype(all_fine)>);
static_assert(by_waves.wave(regulator) == 1 && by_waves.wave(backlight) == 2 && by_waves.wave(panel) == 3);
static_assert(sizeof(all_fine) + 6 * sizeof(std::uint32_t) == sizeof(by_waves)); // who has none pays nothing

static_assert(without_regulator<devlink::order_rule::on_demand>.verdict(backlight) == verdict::blocked);
static_assert(without_regulator<devlink::order_rule::on_demand>.root(backlight) == regulator);
static_assert(without_regulator<devlink::order_rule::on_demand>.verdict(panel) == verdict::degraded);
static_assert(without_regulator<devlink::order_rule::on_demand>.missing(panel)[0].supplier == backlight);
static_assert(without_regulator<devlink::order_rule::on_demand>.missing(touch)[0].supplier == regulator);
static_assert(without_regulator<devlink::order_rule::on_demand>.position(backlight) == 0);

TEST_CASE("board_plan: the compiler's plan is the program's, for every order rule") {
    compare<devlink::order_rule::on_demand>();
    compare<devlink::order_rule::registration>();
    compare<devlink::order_rule::kernel>();
    compare<devlink::order_rule::breadth>();
    compare<devlink::order_rule::longest_path_first>();
}

TEST_CASE("board_plan: Linux tries the panel in vain while its suppliers come behind it") {
    // panel, dsi and backlight are tried too early once each; touch is as well, and is released by the regulator's end.
    CHECK(without_regulator<devlink::order_rule::kernel>.failed_attempts() > 0);
    CHECK(all_fine.failed_attempts() == 0);
    for (std::size_t d = 0; d != all_fine.device_count(); ++d) CHECK(all_fine.cause(devlink::device_id{d}).empty());
}

} // namespace
