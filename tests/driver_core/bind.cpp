// SPDX-License-Identifier: MIT
#include <devlink/driver_core/bind.hpp>

#include "support.hpp"

using testing::has_line;
using testing::last_events;
using testing::replay;

TEST_CASE("bind: a link that the probe added to a driverless supplier is active, repaired it is dormant") {
    const std::string text = "scenario s\ndevice s\ndevice c\ndriver c link=s\n";
    CHECK(last_events(replay(text)) == "> driver c link=s\nlink c s ok\nprobe c ok\nstate s c active managed\nwarn\n");
    CHECK(last_events(replay<testing::repaired_rules>(text)) ==
          "> driver c link=s\nlink c s ok\nprobe c ok\nstate s c dormant managed\nwarn\n");
    // With the supplier's failure the kernel turns an active link of a bound consumer into a dormant one.
    CHECK(has_line(replay(text + "driver s -5\n"), "state s c dormant managed"));
}

TEST_CASE("bind: a soft link is dropped when its consumer binds") {
    const std::string trace = replay("scenario s\ndevice s\ndevice c\nlink c s sync_state_only\ndriver c\n");
    CHECK(last_events(trace) == "> driver c\nprobe c ok\n");
}

TEST_CASE("bind: autoprobe_consumer queues the consumer, also a bound one, which then only moves") {
    const std::string trace = replay("scenario s\ndevice s\ndevice c\ndevice z\ndriver c\n"
                                     "link c s autoprobe_consumer\ndriver s\n");
    CHECK(has_line(trace, "dpm s z c"));
    const std::string again = replay("scenario s\ndevice s\ndevice c\nlink c s autoprobe_consumer\ndriver s\ndriver c\n"
                                     "unbind s\nprobe s\n");
    CHECK(last_events(again) == "> probe s\nprobe s ok\nprobe c ok\nstate s c active autoprobe_consumer+managed\n");
}

TEST_CASE("bind: sync_state of the device itself, then of its suppliers in list order, before any retry") {
    const std::string trace =
        replay("scenario s\ndevice a sync_state\ndevice b sync_state\ndevice c sync_state\ndevice w\nlink c b\n"
               "link c a\ndriver w defer ok\ndriver a\ndriver b defer ok\ndriver c\nprobe b\n");
    CHECK(trace.find("probe c ok\nsync_state c\nsync_state b\nsync_state a\n") != std::string::npos);
}

TEST_CASE("bind: a stale consumer_probe link is skipped: not made available, and nobody is queued over it") {
    // Both wait, so their link says consumer_probe; the supplier is retried first and binds. The consumer, which is on
    // the active list still, is deferred once more, and only then its link is available.
    const std::string trace =
        replay("scenario s\ndevice y\ndevice x\ndevice s\ndevice c\nlink s y\nlink c x\ndriver s\n"
               "driver c\nlink c s autoprobe_consumer\ndriver y\n");
    CHECK(last_events(trace) == "> driver y\nprobe y ok\nprobe s ok\nstate y s active managed\n"
                                "state x c dormant managed\nstate s c available autoprobe_consumer+managed\n"
                                "deferred c x\n");
}
