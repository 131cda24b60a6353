// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include <devlink/source/boot_log_line.hpp>

using namespace devlink::source;

namespace {

/// KIND DEVICE [driver=D] [other=O] [number] [usecs] [supplier=S] [text=T]
std::string meaning(std::string_view line) {
    constexpr std::string_view kinds[] = {"other",   "version",  "bound", "failed", "deferred",          "added",
                                          "pending", "returned", "link",  "cycle",  "pending_sync_state"};
    const log_line_meaning read = read_log_line(line);
    std::string all{kinds[static_cast<std::size_t>(read.kind)]};
    if (read.kind == log_line_kind::other) return all;
    (all += ' ') += read.device;
    if (!read.driver.empty()) (all += " driver=") += read.driver;
    if (!read.other.empty()) (all += " other=") += read.other;
    if (read.number != 0) all += ' ' + std::to_string(read.number);
    if (read.kind == log_line_kind::returned) all += " after " + std::to_string(read.microseconds);
    if (!read.reason.supplier.empty())
        (all += " supplier=") += read.reason.supplier;
    else if (!read.reason.text.empty())
        (all += " text=") += read.reason.text;
    return all;
}

} // namespace

TEST_CASE("failures, in the words of each version") {
    CHECK(meaning("[    3.2] rk_iommu: probe of ff914000.iommu failed with error -110") ==
          "failed ff914000.iommu driver=rk_iommu 110");
    CHECK(meaning("[    9.39][  T186] ath11k_pci 0000:01:00.0: probe with driver ath11k_pci failed with error -110") ==
          "failed 0000:01:00.0 driver=ath11k_pci 110");
    CHECK(meaning("dwmmc: probe of fe320000.mmc rejects match -19") == "failed fe320000.mmc driver=dwmmc 19");
    CHECK(meaning("x fe320000.mmc: probe with driver dwmmc rejects match -6") == "failed fe320000.mmc driver=dwmmc 6");
    // Some drivers' deferrals were printed as failures.
    CHECK(meaning("a: probe of b failed with error -517") == "deferred b driver=a 517");
}

TEST_CASE("binds") {
    CHECK(meaning("[    0.5] driver: 'clk': driver_bound: bound to device 'ff760000.clock-controller'") ==
          "bound ff760000.clock-controller driver=clk");
    CHECK(meaning("[    0.5] bus: 'platform': really_probe: bound device ff180000.serial to driver dw-apb-uart") ==
          "bound ff180000.serial driver=dw-apb-uart");
}

TEST_CASE("timed attempts") {
    CHECK(meaning("[    6.888776] probe of 2b300050.target-module returned 517 after 258 usecs") ==
          "returned 2b300050.target-module 517 after 258");
    CHECK(meaning("probe of a returned 0 after 18446744073709551615 usecs") == "returned a after 18446744073709551615");
    CHECK(meaning("probe of a returned -517 after 3 usecs") == "returned a -517 after 3");
    CHECK(meaning("probe of a returned 0 after 99999999999999999999 usecs") == "other");
    CHECK(meaning("probe of a returned x after 1 usecs") == "other");
    CHECK(meaning("probe of a returned 8888 after 1 usecs") == "other");
    CHECK(meaning("probe of a b returned 0 after 1 usecs") == "other");
    CHECK(meaning("initcall foo_init+0x0/0x10 returned 0 after 5 usecs") == "other");
}

TEST_CASE("deferral") {
    CHECK(meaning("[   22.27] platform dwc3.0.auto: Driver dwc3 requests probe deferral") ==
          "deferred dwc3.0.auto driver=dwc3");
    CHECK(meaning("[   22.28] platform dwc3.0.auto: Added to deferred list") == "added dwc3.0.auto");
    CHECK(meaning("[   13.79][   T10] platform th1520-wdt: deferred probe pending") == "pending th1520-wdt");
    CHECK(meaning("platform axi:gpu: deferred probe pending: (reason unknown)") == "pending axi:gpu");
    CHECK(meaning("platform fe800000.usb: deferred probe pending: platform: wait for supplier /phy@1/usb3-port") ==
          "pending fe800000.usb supplier=/phy@1/usb3-port");
    CHECK(meaning("platform fdab0000.npu: deferred probe pending: platform: supplier 2-0042 not ready") ==
          "pending fdab0000.npu supplier=2-0042");
    CHECK(meaning("platform 1401b000.dsi: deferred probe pending: mtk-dsi: Failed to get hs clock") ==
          "pending 1401b000.dsi text=Failed to get hs clock");
    CHECK(meaning("platform a: probe deferral - supplier b not ready") == "pending a supplier=b");
    CHECK(meaning("platform a: error -EPROBE_DEFER: supplier b not ready") == "pending a supplier=b");
    CHECK(meaning("platform a: error -EPROBE_DEFER: wait for supplier /b") == "pending a supplier=/b");
    CHECK(meaning("drv a: error -517: no clock: yet") == "pending a text=no clock: yet");
}

TEST_CASE("links, cycles, sync_state") {
    CHECK(meaning("platform a: Linked as a consumer to b") == "link a other=b");
    CHECK(meaning("platform a: Linked as a sync state only consumer to b") == "link a other=b");
    CHECK(meaning("[    0.051496] /vop@fdd90000: Fixed dependency cycle(s) with /hdmi@fde80000") ==
          "cycle /vop@fdd90000 other=/hdmi@fde80000");
    CHECK(meaning("platform soc: Fixed dependency cycle(s) with /soc/gpc@20dc000") ==
          "cycle soc other=/soc/gpc@20dc000");
    CHECK(meaning("i2c 2-0010: Fixing up cyclic dependency with 32e30000.mipi-csi") ==
          "cycle 2-0010 other=32e30000.mipi-csi");
    CHECK(meaning("qnoc-x1e80100 interconnect-1: sync_state() pending due to a88000.spi") ==
          "pending_sync_state interconnect-1 other=a88000.spi");
}

TEST_CASE("the version") {
    CHECK(meaning("[    0.000000] Linux version 6.12.1-arm64 (x@y) (gcc 12) #1 SMP") == "version 6.12.1-arm64");
    CHECK(meaning("Booting Linux version x") == "other");
}

TEST_CASE("whatever stands in front of a line") {
    for (const std::string_view front : {"", "[    1.234567] ", "[    1.234567][    T1] ", "<6>[    1.234567] ",
                                         "Nov 24 05:57:01 host kernel: ", "[Mon Nov 24 05:57:01 2026] ",
                                         "kern  :info  : [    0.1] ", "2026-11-24T05:57:01,123456+00:00 "}) {
        CAPTURE(front);
        const std::string line{front};
        CHECK(meaning(line + "platform a.b: deferred probe pending") == "pending a.b");
        CHECK(meaning(line + "/x: Fixed dependency cycle(s) with /y") == "cycle /x other=/y");
        CHECK(meaning(line + "probe of a.b returned 0 after 5 usecs") == "returned a.b after 5");
        CHECK(meaning(line + "d: probe of a.b failed with error -5") == "failed a.b driver=d 5");
        CHECK(meaning(line + "d a.b: probe with driver d failed with error -5") == "failed a.b driver=d 5");
    }
}

TEST_CASE("lines that only look like it") {
    for (const std::string_view line :
         {"", " ", ":", ": deferred probe pending", "deferred probe pending", "probe of ", "probe of x",
          "probe of  returned 0 after 1 usecs", "d: probe of x failed with error", "d: probe of x failed with error -0",
          "d: probe of x failed with error -99999", "d: probe of  failed with error -5", "x: Linked as a consumer to ",
          "bus: 'b': really_probe: bound device", "driver: 'd': driver_bound: bound to device 'x", "x: y: Driver z",
          "Driver d requests probe deferral", "x d: probe with driver d failed"}) {
        CAPTURE(line);
        CHECK(meaning(line) == "other");
    }
}

TEST_CASE("lines end as they may") {
    std::string_view text = "a\r\nb \n\nc";
    CHECK(take_log_line(text) == "a");
    CHECK(take_log_line(text) == "b");
    CHECK(take_log_line(text).empty());
    CHECK(take_log_line(text) == "c");
    CHECK(text.empty());
}

TEST_CASE("what a returned number means depends on the version") {
    using enum log_probe_return;
    for (const std::string_view version : {"", "5.4.0", "5.13.19", "5.14.0", "6.12.1"}) {
        CAPTURE(version);
        CHECK(meaning_of_return(517, version) == deferred);
        CHECK(meaning_of_return(-517, version) == deferred);
        CHECK(meaning_of_return(19, version) == failed);
        CHECK(meaning_of_return(-19, version) == failed);
    }
    for (const std::string_view version : {"5.4.0", "5.13.19", "4.19"}) {
        CHECK(meaning_of_return(1, version) == bound);
        CHECK(meaning_of_return(0, version) == not_bound);
    }
    for (const std::string_view version : {"5.14.0", "5.15", "6.1"}) {
        CHECK(meaning_of_return(1, version) == failed);
        CHECK(meaning_of_return(0, version) == bound);
    }
    CHECK(meaning_of_return(1, "") == bound);
    CHECK(meaning_of_return(0, "") == bound);
}
