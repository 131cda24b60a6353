// SPDX-License-Identifier: MIT
#include <devlink/model/forecast.hpp>
#include <devlink/model/graph.hpp>

#include <doctest/doctest.h>

#include <utility>

#include <concepts>
#include <cstdint>
#include <set>
#include <string_view>

using devlink::device_id;
using devlink::forecast;
using devlink::outcome;

namespace {

// The same at compile time and at run time.
constexpr bool says_what_it_was_told() {
    const devlink::link_view machine{3, std::span<const devlink::link_spec>{}};
    forecast f{machine};
    bool right = f.all_ok() && f[device_id{2}] == outcome::ok && f.cost(device_id{2}) == 1;
    f.set(device_id{1}, outcome::fail);
    f.set_cost(device_id{2}, 9);
    right = right && !f.all_ok() && f[device_id{1}] == outcome::fail && f[device_id{0}] == outcome::ok;
    right = right && f.cost(device_id{2}) == 9 && f.cost(device_id{0}) == 1;
    f.set(device_id{1}, outcome::defer);
    right = right && !f.all_ok() && f[device_id{1}] == outcome::defer;
    f.set(device_id{1}, outcome::ok);
    f.set(device_id{1}, outcome::ok);
    return right && f.all_ok();
}
#if !defined(__clang__) || __clang_major__ > 14 // clang 14 can't resize libstdc++'s vectors in constant expressions
static_assert(says_what_it_was_told());
#endif

} // namespace

TEST_CASE("forecast: says ok and 1 until told otherwise") { CHECK(says_what_it_was_told()); }

TEST_CASE("forecast: without a graph everything is fine, for any device") {
    constexpr forecast none;
    static_assert(none.all_ok());
    CHECK(none[device_id{12345}] == outcome::ok);
    CHECK(none.cost(device_id{12345}) == 1);
}

TEST_CASE("forecast: counts what is not ok, however often it is set") {
    devlink::graph g;
    const device_id d = g.add_device("d");
    const device_id other = g.add_device("other");
    forecast f{g};
    f.set(d, outcome::ok);
    CHECK(f.all_ok());
    f.set(d, outcome::fail);
    f.set(d, outcome::absent);
    f.set(other, outcome::fail);
    f.set(d, outcome::ok);
    CHECK_FALSE(f.all_ok());
    f.set(other, outcome::ok);
    CHECK(f.all_ok());
}

TEST_CASE("forecast: takes the index type of its graph") {
    const devlink::basic_graph<devlink::graph_policy<std::uint16_t, devlink::no_names>> g;
    const devlink::basic_forecast f{g};
    static_assert(std::same_as<decltype(f)::device_type, devlink::basic_device_id<std::uint16_t>>);
    CHECK(f.all_ok());
}

TEST_CASE("forecast: outcomes have names and take a byte") {
    static_assert(sizeof(outcome) == 1);
    CHECK(std::set<std::string_view>{to_string(outcome::ok), to_string(outcome::fail), to_string(outcome::absent),
                                     to_string(outcome::defer)} ==
          std::set<std::string_view>{"ok", "fail", "absent", "defer"});
    CHECK(to_string(static_cast<outcome>(4)).empty());
}

TEST_CASE("forecast: a moved-from one expects success, whatever the graph") {
    const devlink::link_view g{2, {}};
    forecast f{g};
    f.set(device_id{1}, outcome::fail);
    f.set_cost(device_id{1}, 5);
    const forecast moved = std::move(f);
    CHECK(moved[device_id{1}] == outcome::fail);
    CHECK_FALSE(moved.all_ok());
    CHECK(f.all_ok());
    CHECK(f[device_id{1}] == outcome::ok);
    CHECK(f.cost(device_id{1}) == 1);
    f = moved;
    f.set(device_id{0}, outcome::defer);
    CHECK(f[device_id{0}] == outcome::defer);
    CHECK(moved[device_id{0}] == outcome::ok);
}

#ifdef __cpp_exceptions
TEST_CASE("forecast: knows the devices of its graph only") {
    devlink::graph g;
    g.add_device("d");
    forecast f{g};
    CHECK_THROWS_AS(f.set(device_id{1}, outcome::fail), assertion_failed);
    CHECK_THROWS_AS(f.set_cost(device_id{1}, 2), assertion_failed);
    CHECK_THROWS_AS(f.set(device_id{}, outcome::fail), assertion_failed);
}
#endif
