// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <devlink/source/deferral_reason.hpp>

using devlink::source::read_deferral_reason;

TEST_CASE("suppliers are named in every version's words") {
    static_assert(read_deferral_reason("platform: supplier 2-0042 not ready").supplier == "2-0042");
    CHECK(read_deferral_reason("platform: supplier 2-0042 not ready").driver == "platform");
    CHECK(read_deferral_reason("supplier 0000:00:1c.0 not ready").supplier == "0000:00:1c.0");
    CHECK(read_deferral_reason("probe deferral - supplier a.b not ready\n").supplier == "a.b");
    CHECK(read_deferral_reason("platform: wait for supplier /phy@ff7c0000/usb3-port\n").supplier ==
          "/phy@ff7c0000/usb3-port");
    CHECK(read_deferral_reason("probe deferral - wait for supplier phy").supplier == "phy");
}

TEST_CASE("a driver's own words name no supplier") {
    const auto reason = read_deferral_reason("dwc2: error getting phy");
    CHECK(reason.driver == "dwc2");
    CHECK(reason.text == "error getting phy");
    CHECK(reason.supplier.empty());
    CHECK(read_deferral_reason("snd-sc8280xp: WCD Playback: codec dai not found").text ==
          "WCD Playback: codec dai not found");
}

TEST_CASE("nothing is nothing") {
    CHECK(read_deferral_reason("").text.empty());
    CHECK(read_deferral_reason("(reason unknown)").text.empty());
    CHECK(read_deferral_reason("\r\n").text.empty());
    CHECK(read_deferral_reason("supplier  not ready").supplier.empty());
}
