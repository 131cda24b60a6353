// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include <devlink/source/log_forecast.hpp>

using namespace devlink;
using namespace devlink::source;

namespace {

struct small_machine {
    machine m;
    device_id clk = m.graph.add_device("/clk");
    device_id phy = m.graph.add_device("/phy");
    device_id usb = m.graph.add_device("/usb");
    device_id gpu = m.graph.add_device("/gpu");
    device_aliases aliases;

    small_machine() {
        REQUIRE(m.graph.add_link(usb, phy));
        m.forecast = forecast(m.graph);
        aliases.add("/phy", phy);
        aliases.add("1000.clk", clk);
        aliases.add("2000.usb", usb);
    }
};

} // namespace

TEST_CASE("who failed fails, who waits for its supplier waits for that, who waits for something else for ever") {
    small_machine b;
    const boot_log log =
        read_boot_log("clk 1000.clk: probe with driver clk failed with error -5\n"
                      "platform 2000.usb: deferred probe pending: platform: wait for supplier /phy/port\n"
                      "platform /gpu: deferred probe pending: gpu: no firmware\n"
                      "probe of /phy returned 0 after 77 usecs\n"
                      "probe of unknown returned 0 after 7 usecs\n");
    const log_match match = apply_log(b.m, log, b.aliases);
    CHECK(match.matched == 4);
    CHECK(match.unknown == 1);
    CHECK(match.bound == std::vector<device_id>{b.phy});
    CHECK(b.m.forecast[b.clk] == outcome::fail);
    CHECK(b.m.forecast[b.usb] == outcome::ok);
    CHECK(b.m.forecast[b.gpu] == outcome::defer);
    CHECK(b.m.forecast[b.phy] == outcome::ok);
    CHECK(b.m.forecast.cost(b.phy) == 77);
    CHECK(b.m.forecast.cost(b.gpu) == 1);
}

TEST_CASE("a supplier that the graph knows nothing of does not explain a deferral") {
    small_machine b;
    apply_log(b.m, read_boot_log("platform /gpu: deferred probe pending: platform: supplier /phy not ready\n"),
              b.aliases);
    CHECK(b.m.forecast[b.gpu] == outcome::defer);
}

TEST_CASE(
    "a supplier that is waited for and not told of defers for ever, unless its forecast says why it is not there") {
    constexpr std::string_view text =
        "platform 2000.usb: deferred probe pending: platform: wait for supplier /phy/port\n"
        "probe of 1000.clk returned 0 after 5 usecs\n";
    small_machine b;
    apply_log(b.m, read_boot_log(text), b.aliases);
    CHECK(b.m.forecast[b.usb] == outcome::ok);
    CHECK(b.m.forecast[b.phy] == outcome::defer);
    CHECK(b.m.forecast[b.clk] == outcome::ok);
    for (const outcome known : {outcome::fail, outcome::absent}) {
        small_machine c;
        c.m.forecast.set(c.phy, known);
        apply_log(c.m, read_boot_log(text), c.aliases);
        CHECK(c.m.forecast[c.usb] == outcome::ok);
        CHECK(c.m.forecast[c.phy] == known);
    }
}

TEST_CASE("a supplier that is waited for is what the file says itself, wherever it says so") {
    const std::string waits = "platform 2000.usb: deferred probe pending: platform: supplier /phy not ready\n";
    const auto phy_after = [](const std::string& text) {
        small_machine b;
        apply_log(b.m, read_boot_log(text), b.aliases);
        CHECK(b.m.forecast[b.usb] == outcome::ok);
        return b.m.forecast[b.phy];
    };
    CHECK(phy_after("probe of /phy returned 0 after 5 usecs\n" + waits) == outcome::ok);
    CHECK(phy_after(waits + "probe of /phy returned 0 after 5 usecs\n") == outcome::ok);
    CHECK(phy_after(waits + "x /phy: probe with driver x failed with error -5\n") == outcome::fail);
    CHECK(phy_after(waits + "platform /phy: deferred probe pending: x: no clock\n") == outcome::defer);
    // A log that names a device without a word on its probe tells nothing.
    CHECK(phy_after(waits + "/phy: Linked as a consumer to 1000.clk\n") == outcome::defer);
}

TEST_CASE("a deferral is passed on along the chain that the file tells") {
    small_machine b;
    REQUIRE(b.m.graph.add_link(b.phy, b.clk));
    const auto deferred = read_devices_deferred("2000.usb\tplatform: supplier /phy not ready\n"
                                                "/phy\tplatform: supplier 1000.clk not ready\n");
    REQUIRE(deferred);
    apply_deferred(b.m, *deferred, b.aliases);
    CHECK(b.m.forecast[b.usb] == outcome::ok);
    CHECK(b.m.forecast[b.phy] == outcome::ok);
    CHECK(b.m.forecast[b.clk] == outcome::defer);
}

TEST_CASE("a link that holds nothing back explains no deferral") {
    small_machine b;
    REQUIRE(b.m.graph.add_link(b.gpu, b.phy, link_flag::sync_state_only));
    apply_log(b.m, read_boot_log("platform /gpu: deferred probe pending: platform: supplier /phy not ready\n"),
              b.aliases);
    CHECK(b.m.forecast[b.gpu] == outcome::defer);
    CHECK(b.m.forecast[b.phy] == outcome::ok);
}

TEST_CASE("of what a log does not speak nothing is changed; a bind takes an older forecast back") {
    small_machine b;
    b.m.forecast.set(b.gpu, outcome::fail);
    b.m.forecast.set(b.clk, outcome::absent);
    apply_log(b.m, read_boot_log("probe of 1000.clk returned 0 after 5 usecs\n"), b.aliases);
    CHECK(b.m.forecast[b.gpu] == outcome::fail);
    CHECK(b.m.forecast[b.clk] == outcome::ok);
}

TEST_CASE("devices_deferred is joined the same way") {
    small_machine b;
    const auto deferred = read_devices_deferred("2000.usb\tplatform: supplier /phy not ready\n"
                                                "/gpu\tgpu: no firmware\n"
                                                "sound\tx: y\n");
    REQUIRE(deferred);
    const log_match match = apply_deferred(b.m, *deferred, b.aliases);
    CHECK(match.matched == 2);
    CHECK(match.unknown == 1);
    CHECK(b.m.forecast[b.usb] == outcome::ok);
    CHECK(b.m.forecast[b.phy] == outcome::defer);
    CHECK(b.m.forecast[b.gpu] == outcome::defer);
    CHECK(find_logged_device(b.m, b.aliases, "/clk") == b.clk);
    CHECK_FALSE(find_logged_device(b.m, b.aliases, "nobody").valid());
}
