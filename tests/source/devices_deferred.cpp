// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <devlink/source/devices_deferred.hpp>

using devlink::source::read_devices_deferred;

TEST_CASE("each line is a device and its reason") {
    const auto devices = read_devices_deferred("fe300000.ethernet\tplatform: supplier 1-001b not ready\n"
                                               "\n"
                                               "sound\tasoc-simple-card: parse error\r\n"
                                               "old\n"
                                               "none\t\n"
                                               "last\tplatform: wait for supplier /soc/clk@1");
    REQUIRE(devices);
    REQUIRE(devices->size() == 5);
    CHECK((*devices)[0].name == "fe300000.ethernet");
    CHECK((*devices)[0].reason.supplier == "1-001b");
    CHECK((*devices)[1].reason.text == "parse error");
    CHECK((*devices)[1].line == 3);
    CHECK((*devices)[2].name == "old");
    CHECK((*devices)[2].reason.text.empty());
    CHECK((*devices)[3].name == "none");
    CHECK((*devices)[4].reason.supplier == "/soc/clk@1");
}

TEST_CASE("an empty list is no error, a reason without a device is one") {
    REQUIRE(read_devices_deferred(""));
    CHECK(read_devices_deferred("")->empty());
    const auto broken = read_devices_deferred("a\tx: y\n\tx: y\n");
    REQUIRE_FALSE(broken);
    CHECK(broken.error().to_string() == "line 2: a reason without a device");
}
