// SPDX-License-Identifier: MIT
#include <devlink/driver_core/player.hpp>

#include "read_file.hpp"
#include "support.hpp"

#include <utility>

namespace {

using devlink::test::read_file;

// The statement and the line at which two traces part; empty if they don't.
std::string first_difference(std::string_view ours, std::string_view recorded) {
    std::size_t at = 0;
    while (at < ours.size() && at < recorded.size() && ours[at] == recorded[at]) ++at;
    if (at == ours.size() && at == recorded.size()) return {};
    const std::size_t scenario = recorded.rfind("> scenario", at);
    const std::size_t line = recorded.rfind('\n', at == 0 ? 0 : at - 1) + 1;
    return std::string(recorded.substr(scenario, recorded.find('\n', scenario) - scenario)) + ": recorded \"" +
           std::string(recorded.substr(line, recorded.find('\n', line) - line)) + "\", played \"" +
           std::string(ours.substr(line, ours.find('\n', line) - line)) + "\"";
}

template <devlink::options O>
void compare(const std::string& name) {
    const std::string folder = DEVLINK_TESTS_DIR "/conformance/";
    const std::string recorded = read_file(folder + name + ".linux-6.12.trace");
    const std::string ours = testing::replay<O>(read_file(folder + name + ".dls"));
    CHECK(first_difference(ours, recorded) == "");
    CHECK(ours.size() == recorded.size());
}

} // namespace

TEST_CASE("player: every recorded scenario is played as the kernel played it") {
    compare<testing::kernel_rules>("directed");
    compare<testing::kernel_rules>("random");
}

TEST_CASE("player: without the extension the traces are the same") {
    constexpr devlink::options none{.extension = devlink::extension_rule::none};
    compare<none>("directed");
    compare<none>("random");
}

TEST_CASE("player: whatever late_supplier_rule is chosen the recorded traces are the same") {
    constexpr devlink::options reprobe{.late_supplier = devlink::late_supplier_rule::reprobe};
    compare<reprobe>("directed");
    constexpr devlink::options notify{.late_supplier = devlink::late_supplier_rule::notify};
    compare<notify>("directed");
}

TEST_CASE("player: a driver's outcomes come in turn, and the last one repeats") {
    const std::string trace =
        testing::replay("scenario s\ndevice d\ndriver d -5 defer -6\nprobe d\nprobe d\nprobe d\n");
    CHECK(testing::has_line(trace, "probe d -5"));
    CHECK(testing::has_line(trace, "probe d defer"));
    CHECK(testing::last_events(trace) == "> probe d\nprobe d -6\ndeferred d\n");
}

TEST_CASE("player: a new driver statement starts its list anew, a second driver is refused") {
    const std::string trace =
        testing::replay("scenario s\ndevice d\ndriver d -5 -6\ndriver d ok\nprobe d\nundriver d\ndriver d -7\n");
    CHECK(trace.find("probe d ok") == std::string::npos);
    CHECK(testing::has_line(trace, "probe d -6"));
    CHECK(testing::last_events(trace) == "> driver d -7\nprobe d -7\n");
}

TEST_CASE("player: a driver may be there before its device, and outlives it") {
    const std::string trace =
        testing::replay("scenario s\ndriver d\ndevice d\nremove d\ndevice d sync_state\nundriver d\n");
    CHECK(testing::has_line(trace, "sync_state d"));
    CHECK(testing::last_events(trace) == "> undriver d\nunbound d\n");
}

TEST_CASE("player: a supplier without a device is a refused link") {
    CHECK(testing::last_events(testing::replay("scenario s\ndevice c\nlink c nobody\n")) ==
          "> link c nobody\nlink c nobody refused\n");
}

TEST_CASE("player: a hang ends the scenario and not the file") {
    const std::string hangs = "scenario hangs\ndevice x\ndevice s\ndevice c\ndriver s\nlink c x\ndriver c\nlink c s\n"
                              "unbind s\nunbind s\nscenario next\ndevice d\n";
    const std::string trace = testing::replay(hangs);
    CHECK(trace.find("> unbind s\nhang\n> scenario next\n") != std::string::npos);
    CHECK(trace.find("> device d\n") != std::string::npos);
}

TEST_CASE("player: what no world can play is an error, and nothing happens") {
    devlink::sink::trace_writer trace;
    devlink::player player(trace);
    using enum devlink::statement_kind;
    const auto play = [&](devlink::statement_kind kind, std::string_view name, std::string_view other = {}) {
        devlink::statement played;
        played.kind = kind;
        played.name = name;
        played.other = other;
        return player.play(played);
    };
    using testing::errc;
    CHECK(play(scenario, "s") == errc::ok);
    CHECK(play(device, "p") == errc::ok);
    CHECK(play(device, "c", "p") == errc::ok);
    const std::string before = trace.text();
    CHECK(play(device, "p") == errc::duplicate_name);
    CHECK(play(device, "x", "nobody") == errc::unknown_device);
    CHECK(play(remove, "p") == errc::has_children);
    CHECK(play(remove, "nobody") == errc::unknown_device);
    CHECK(play(undriver, "p") == errc::no_driver);
    CHECK(play(link, "nobody", "p") == errc::unknown_device);
    CHECK(play(unlink, "c", "nobody") == errc::unknown_device);
    CHECK(play(probe, "nobody") == errc::unknown_device);
    CHECK(play(unbind, "nobody") == errc::unknown_device);
    CHECK(play(get, "nobody") == errc::unknown_device);
    CHECK(play(put, "nobody") == errc::unknown_device);
    devlink::statement populated;
    populated.kind = device;
    populated.name = "i2c";
    populated.other = "p";
    populated.populated = true;
    CHECK(player.play(populated) == errc::populated_device);
    CHECK(trace.text() == before);
    CHECK(player.find("c") == devlink::device_id{1});
    CHECK(!player.find("i2c").valid());
}
