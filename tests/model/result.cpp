// SPDX-License-Identifier: MIT
#include <devlink/model/error.hpp>
#include <devlink/model/result.hpp>

#include <doctest/doctest.h>

#include <string>
#include <utility>

using devlink::errc;

namespace {

devlink::result<int> half(int number) {
    if (number % 2 != 0) return devlink::graph_error{errc::unknown_flag, {}};
    return number / 2;
}

struct plain_error {
    int code = 0;
};

constexpr int checked() {
    const devlink::result<int, plain_error> good{4};
    const devlink::result<int, plain_error> bad{plain_error{7}};
    return (good ? *good : 0) * 10 + (bad ? 0 : bad.error().code);
}
static_assert(checked() == 47);

} // namespace

TEST_CASE("result: holds a value or why there is none") {
    const auto four = half(8);
    REQUIRE(four.has_value());
    CHECK(*four == 4);
    CHECK(four.value() == 4);
    const auto none = half(7);
    REQUIRE_FALSE(none);
    CHECK(none.error().code == errc::unknown_flag);
}

TEST_CASE("result: the value can be changed and moved out") {
    devlink::result<std::string, plain_error> text{std::string(40, 'x')};
    text->push_back('y');
    CHECK(text->size() == 41);
    const std::string taken = std::move(text).value();
    CHECK(taken.back() == 'y');
    const std::string moved = *devlink::result<std::string, plain_error>{std::string{"z"}};
    CHECK(moved == "z");
}

#ifdef __cpp_exceptions
TEST_CASE("result: asking for what it does not hold breaks the precondition") {
    CHECK_THROWS_AS((void)half(7).value(), assertion_failed);
    CHECK_THROWS_AS((void)half(8).error(), assertion_failed);
}
#endif
