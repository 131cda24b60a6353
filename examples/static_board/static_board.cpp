// SPDX-License-Identifier: MIT
// A camera board that the compiler resolves: the order in which its drivers are started is a constant, a wrong board
// does not compile, and the program holds neither a graph nor a resolver.

#include <iostream>
#include <string_view>

#include <devlink/model/board.hpp>
#include <devlink/model/forecast.hpp>
#include <devlink/resolve/board_plan.hpp>

namespace {

using devlink::device_id;
using devlink::link_flag;
using devlink::outcome;
using devlink::verdict;

constexpr devlink::board_spec camera_spec{
    {{"sensor"}, {"flash"}, {"encoder"}, {"i2c"}, {"regulator"}, {"clock"}, {"power"}},
    {{"sensor", "i2c"},
     {"sensor", "regulator"},
     {"sensor", "flash", link_flag::optional_supplier}, // without a flash it still takes pictures
     {"encoder", "sensor"},
     {"flash", "regulator"},
     {"i2c", "clock"},
     {"regulator", "power"},
     {"clock", "power"}}};
constexpr auto camera = devlink::checked_board<camera_spec>;

constexpr auto plan = devlink::resolve(camera);
static_assert(plan.count(verdict::bound) == camera.device_count());
static_assert(camera.name(plan.order().front()) == "power");

// The same board with a broken flash: proved, before anything runs, to lose nothing but the flash.
constexpr auto without_flash = [] {
    devlink::forecast expected{camera};
    expected.set(camera.find("flash"), outcome::fail);
    return devlink::resolve(camera, expected);
}();
static_assert(without_flash.verdict(camera.find("sensor")) == verdict::degraded);
static_assert(without_flash.verdict(camera.find("encoder")) == verdict::bound);
static_assert(without_flash.count(verdict::blocked) == 0);

// What a firmware would have instead: one function a device, in the board's order.
void start(std::string_view name) { std::cout << "start " << name << '\n'; }

} // namespace

int main() {
    for (const device_id d : plan.order()) start(camera.name(d));
}
