// SPDX-License-Identifier: MIT
#include <devlink/sink/trace.hpp>

#include "../driver_core/support.hpp"

using testing::replay;

TEST_CASE("trace: each kind of line") {
    CHECK(replay("scenario s # a comment\n  device   p   rpm # more\ndevice d parent=p rpm sync_state\n"
                 "driver d ok\nunbind d\n") ==
          "> scenario s\ndpm\nkset\n"
          "> device p rpm\ndpm p\nkset p\n"
          "> device d parent=p rpm sync_state\nresume p\nsuspend p\ndpm p d\nkset p d\n"
          "> driver d ok\nresume p\nprobe d ok\nsync_state d\nsuspend p\ndpm p d\nkset p d\n"
          "> unbind d\nresume p\nresume d\nsuspend d\nunbound d\nsuspend p\ndpm p d\nkset p d\n");
}

TEST_CASE("trace: outcomes, refusals, states, reasons and warnings") {
    CHECK(replay("scenario s\ndevice s\ndevice c\ndevice z\nlink c s inferred\nlink s c\ndriver c\nunlink c s\n"
                 "driver z defer -12\n") ==
          "> scenario s\ndpm\nkset\n"
          "> device s\ndpm s\nkset s\n"
          "> device c\ndpm s c\nkset s c\n"
          "> device z\ndpm s c z\nkset s c z\n"
          "> link c s inferred\nlink c s ok\nstate s c dormant managed+inferred\ndpm s z c\nkset s z c\n"
          "> link s c\nlink s c refused\nstate s c dormant managed+inferred\ndpm s z c\nkset s z c\n"
          "> driver c\nstate s c dormant managed+inferred\ndeferred c s\ndpm s z c\nkset s z c\n"
          "> unlink c s\nstate s c dormant managed+inferred\ndeferred c s\ndpm s z c\nkset s z c\nwarn\n"
          "> driver z defer -12\nprobe z defer\nstate s c dormant managed+inferred\ndeferred c s\ndeferred z\n"
          "dpm s z c\nkset s z c\n");
}

TEST_CASE("trace: the lines of the extension, and the smallest number") {
    devlink::sink::trace_writer trace;
    devlink::player player(trace);
    trace.clear();
    CHECK(trace.text().empty());
    trace.hang();
    CHECK(trace.text() == "hang\n");
    trace.clear();
    trace.doomed("d");
    trace.released("c", "s");
    trace.late("c", "s");
    trace.probe("d", devlink::probe_result::error(-2147483647));
    CHECK(trace.text() == "doomed d\nrelease c s\nlate c s\nprobe d -2147483647\n");
}
