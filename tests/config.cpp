// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <devlink/config.hpp>
#include <devlink/model/result.hpp>

#include <string_view>

TEST_CASE("config: a user's DEVLINK_ASSERT is left alone and sees the condition") {
    const auto holds = [](bool condition) {
        DEVLINK_ASSERT(condition);
        return condition;
    };
    CHECK(holds(true));
#ifdef __cpp_exceptions
    std::string_view seen;
    try {
        DEVLINK_ASSERT(2 + 2 == 5);
    } catch (const assertion_failed& failure) {
        seen = failure.condition;
    }
    CHECK(seen == "2 + 2 == 5");
#endif
}

TEST_CASE("config: the library checks its preconditions through it") {
    const devlink::result<int, char> good{7};
    CHECK(good.value() == 7);
#ifdef __cpp_exceptions
    CHECK_THROWS_AS((void)good.error(), assertion_failed);
    const devlink::result<int, char> bad{'e'};
    CHECK_THROWS_AS((void)bad.value(), assertion_failed);
#endif
}

TEST_CASE("config: an assertion may stand in a constant expression") {
    constexpr auto checked = [](int value) {
        DEVLINK_ASSERT(value > 0);
        return value;
    };
    static_assert(checked(3) == 3);
    CHECK(checked(4) == 4);
}
