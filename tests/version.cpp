// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <devlink/version.hpp>

#include <string>

using devlink::version_number;

TEST_CASE("version: the header and the build system agree") {
    const std::string text = std::to_string(devlink::version.major) + "." + std::to_string(devlink::version.minor) +
                             "." + std::to_string(devlink::version.patch);
    CHECK(text == DEVLINK_CMAKE_VERSION);
}

TEST_CASE("version: usable in the preprocessor and in constant expressions") {
#if DEVLINK_VERSION_MAJOR * 1000000 + DEVLINK_VERSION_MINOR * 1000 + DEVLINK_VERSION_PATCH > 0
    static_assert(devlink::version > version_number{0, 0, 0});
    CHECK(devlink::version.major == DEVLINK_VERSION_MAJOR);
    CHECK(devlink::version.minor == DEVLINK_VERSION_MINOR);
    CHECK(devlink::version.patch == DEVLINK_VERSION_PATCH);
#else
    FAIL("the version's macros are not numbers");
#endif
}

TEST_CASE("version: ordered by major, then minor, then patch") {
    static_assert(version_number{1, 0, 0} > version_number{0, 9, 9});
    static_assert(version_number{0, 2, 0} > version_number{0, 1, 9});
    static_assert(version_number{0, 1, 1} > version_number{0, 1, 0});
    CHECK(version_number{1, 2, 3} == version_number{1, 2, 3});
}
