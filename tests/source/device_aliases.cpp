// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <devlink/source/device_aliases.hpp>

using namespace devlink;
using devlink::source::device_aliases;

TEST_CASE("a name belongs to the first device that has it") {
    device_aliases aliases;
    CHECK(aliases.add("a", device_id{1}));
    CHECK(aliases.add("a", device_id{1}));
    CHECK_FALSE(aliases.add("a", device_id{2}));
    CHECK(aliases.add("b", device_id{1}));
    CHECK(aliases.find("a") == device_id{1});
    CHECK(aliases.find("b") == device_id{1});
    CHECK_FALSE(aliases.find("c").valid());
    CHECK_FALSE(aliases.find("").valid());
    CHECK(aliases.size() == 2);
}

TEST_CASE("a path that no device has stands for the device above") {
    device_aliases aliases;
    aliases.add("/soc/phy@1", device_id{3});
    aliases.add("0000:00", device_id{4});
    CHECK(aliases.find("/soc/phy@1/usb/port") == device_id{3});
    CHECK(aliases.find("/soc/phy@1") == device_id{3});
    CHECK_FALSE(aliases.find("/soc/phy@12").valid());
    CHECK(aliases.find_exactly("/soc/phy@1") == device_id{3});
    CHECK_FALSE(aliases.find_exactly("/soc/phy@1/usb/port").valid());
    CHECK_FALSE(aliases.find("/soc").valid());
    CHECK_FALSE(aliases.find("/").valid());
    CHECK_FALSE(aliases.find("0000:00/x").valid()); // no path
}
