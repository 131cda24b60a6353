// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <string>

#include <devlink/source/boot_log.hpp>

using namespace devlink::source;

namespace {

const logged_device& device(const boot_log& log, std::string_view name) {
    const logged_device* found = log.find(name);
    REQUIRE(found != nullptr);
    return *found;
}

} // namespace

TEST_CASE("a boot of 6.x with initcall_debug") {
    const boot_log log =
        read_boot_log("[    0.000000] Linux version 6.12.1 (x@y) #1\n"
                      "[    0.050000] /vop@1: Fixed dependency cycle(s) with /hdmi@2\n"
                      "[    0.100000] probe of clk returned 0 after 100 usecs\n"
                      "[    0.200000] probe of eth returned -517 after 5 usecs\n"
                      "[    0.300000] probe of gpu returned 517 after 7 usecs\n"
                      "[    0.400000] probe of phy returned 0 after 20 usecs\n"
                      "[    0.500000] probe of eth returned 0 after 900 usecs\n"
                      "[    0.600000] rk_iommu iommu: probe with driver rk_iommu failed with error -110\n"
                      "[    0.600001] probe of iommu returned 110 after 40 usecs\n"
                      "[   10.000000] platform gpu: deferred probe pending: platform: supplier iommu not ready\n"
                      "[   10.000001] qnoc noc: sync_state() pending due to gpu\n");
    CHECK(log.version == "6.12.1");
    CHECK(device(log, "clk").state == logged_state::bound);
    CHECK(device(log, "eth").state == logged_state::bound);
    CHECK(device(log, "eth").deferrals == 1);
    CHECK(device(log, "eth").timed_attempts == 2);
    CHECK(device(log, "eth").last_microseconds == 900);
    CHECK(device(log, "eth").all_microseconds == 905);
    CHECK(device(log, "gpu").state == logged_state::deferred);
    CHECK(device(log, "gpu").reason.supplier == "iommu");
    CHECK(device(log, "gpu").line == 10);
    CHECK(device(log, "iommu").state == logged_state::failed);
    CHECK(device(log, "iommu").error == 110);
    CHECK(device(log, "iommu").driver == "rk_iommu");
    CHECK(device(log, "noc").state == logged_state::mentioned);
    CHECK(log.find("nobody") == nullptr);

    std::string order;
    for (const std::size_t number : log.bound) (order += log.devices[number].name) += ' ';
    CHECK(order == "clk phy eth ");
    REQUIRE(log.cycles.size() == 1);
    CHECK(log.cycles[0].consumer == "/vop@1");
    CHECK(log.cycles[0].supplier == "/hdmi@2");
    CHECK(log.cycles[0].line == 2);
    REQUIRE(log.pending_sync_states.size() == 1);
    CHECK(log.pending_sync_states[0].consumer == "gpu");
    CHECK(log.pending_sync_states[0].supplier == "noc");
}

TEST_CASE("a boot of 5.4, whose numbers mean something else") {
    const boot_log log = read_boot_log("Linux version 5.4.200\n"
                                       "probe of clk returned 1 after 10 usecs\n"
                                       "probe of quiet returned 0 after 10 usecs\n"
                                       "d: probe of bad failed with error -22\n"
                                       "probe of bad returned 0 after 10 usecs\n"
                                       "platform late: Driver x requests probe deferral\n"
                                       "probe of late returned 0 after 10 usecs\n"
                                       "platform a: Linked as a consumer to b\n");
    CHECK(device(log, "clk").state == logged_state::bound);
    CHECK(device(log, "quiet").state == logged_state::failed);
    CHECK(device(log, "quiet").error == 0);
    CHECK(device(log, "bad").error == 22);
    CHECK(device(log, "late").state == logged_state::deferred);
    CHECK(device(log, "late").driver == "x");
    REQUIRE(log.links.size() == 1);
    CHECK(log.links[0].supplier == "b");
    CHECK(device(log, "b").state == logged_state::mentioned);
}

TEST_CASE("a deferral counts once, however many lines tell it") {
    const std::string once = "platform a: Driver d requests probe deferral\n"
                             "platform a: Added to deferred list\n"
                             "probe of a returned 517 after 3 usecs\n";
    CHECK(device(read_boot_log(once), "a").deferrals == 1);
    CHECK(device(read_boot_log(once + once + once), "a").deferrals == 3);
    CHECK(device(read_boot_log("platform a: Added to deferred list\nprobe of a returned -517 after 3 usecs\n" + once),
                 "a")
              .deferrals == 2);
    CHECK(device(read_boot_log("platform a: deferred probe pending\n"), "a").deferrals == 0);
}

TEST_CASE("a bind counts once, however many lines tell it, and again after an unbind that failed to bind") {
    const std::string once = "driver: 'd': driver_bound: bound to device 'a'\n"
                             "bus: 'platform': really_probe: bound device a to driver d\n"
                             "probe of a returned 0 after 3 usecs\n";
    CHECK(read_boot_log(once).bound.size() == 1);
    CHECK(read_boot_log(once + "d: probe of a failed with error -5\n" + once).bound.size() == 2);
    CHECK(device(read_boot_log(once + "d: probe of a failed with error -5\n"), "a").state == logged_state::failed);
}

TEST_CASE("text that is no log is an empty one") {
    CHECK(read_boot_log("").devices.empty());
    CHECK(read_boot_log("hello\nworld: how are you\n").devices.empty());
    CHECK(read_boot_log(std::string(100'000, '\n')).devices.empty());
    CHECK(read_boot_log(std::string(100'000, ':')).devices.empty());
}
