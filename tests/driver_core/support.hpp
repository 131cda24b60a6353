// SPDX-License-Identifier: MIT
#ifndef DEVLINK_TESTS_DRIVER_CORE_SUPPORT_HPP
#define DEVLINK_TESTS_DRIVER_CORE_SUPPORT_HPP

// What the tests of the driver core share: text in, trace out; a host whose drivers do as they are told.

#include <devlink/driver_core/driver_core.hpp>
#include <devlink/driver_core/player.hpp>
#include <devlink/sink/trace.hpp>
#include <devlink/source/scenario.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace testing {

using devlink::device_id;
using devlink::errc;
using devlink::link_flag;
using devlink::link_flags;
using devlink::link_id;
using devlink::link_state;
using devlink::probe_result;

inline constexpr devlink::options kernel_rules{};
inline constexpr devlink::options repaired_rules{.quirks = devlink::quirk_rule::repaired};

/// The trace of a scenario file; a broken one fails the test.
template <devlink::options O = kernel_rules>
std::string replay(std::string_view text) {
    const auto file = devlink::source::read_scenario(text);
    if (!file) {
        FAIL(file.error().to_string());
        return {};
    }
    devlink::sink::trace_writer trace;
    devlink::player<devlink::sink::trace_writer, O> player(trace);
    for (const devlink::statement& played : file->statements()) REQUIRE(player.play(played) == errc::ok);
    return trace.text();
}

/// The lines of a trace from the last statement on, without the lists that every statement ends with.
inline std::string last_events(std::string_view trace) {
    const std::size_t start = trace.rfind("\n> ") + 1;
    std::string kept;
    for (std::size_t at = start; at < trace.size();) {
        const std::size_t end = trace.find('\n', at);
        const std::string_view line = trace.substr(at, end - at);
        if (!line.starts_with("dpm") && !line.starts_with("kset")) kept.append(line).append("\n");
        at = end + 1;
    }
    return kept;
}

/// What a trace says of the world in the end: its last `state`, `deferred` and order lines.
inline bool has_line(std::string_view trace, std::string_view line) {
    std::string whole("\n");
    whole.append(line).append("\n");
    return trace.starts_with(std::string_view(whole).substr(1)) || trace.find(whole) != std::string_view::npos;
}

/// A host whose drivers return what they are told to, and which writes down what is asked of it.
template <devlink::options O = kernel_rules>
struct scripted_host {
    devlink::driver_core<scripted_host, O>* core = nullptr;
    std::vector<std::vector<int>> outcomes; ///< by device: what its probe returns, the last one for ever
    std::vector<std::string> log;

    probe_result probe(device_id d) {
        int code = 0;
        if (d.index() < outcomes.size() && !outcomes[d.index()].empty()) {
            code = outcomes[d.index()].front();
            if (outcomes[d.index()].size() > 1) outcomes[d.index()].erase(outcomes[d.index()].begin());
        }
        note("probe", d);
        return code == 0 ? probe_result::ok() : probe_result::error(code);
    }
    void unbind(device_id d) { note("unbind", d); }
    void sync_state(device_id d) { note("sync_state", d); }
    void suspend(device_id d) { note("suspend", d); }
    void resume(device_id d) { note("resume", d); }
    void late_supplier(device_id c, device_id s) {
        log.push_back("late_supplier " + std::to_string(c.index()) + " " + std::to_string(s.index()));
    }
    void on_doomed(device_id d) { note("doomed", d); }
    void on_released(device_id c, device_id s) {
        log.push_back("released " + std::to_string(c.index()) + " " + std::to_string(s.index()));
    }

    void note(std::string_view what, device_id d) {
        log.push_back(std::string(what) + " " + std::to_string(d.index()));
    }
    [[nodiscard]] std::vector<std::string> take_log() { return std::exchange(log, {}); }
};

/// A core with its scripted host.
template <devlink::options O = kernel_rules>
struct scripted_core {
    scripted_host<O> host;
    devlink::driver_core<scripted_host<O>, O> core{host};

    scripted_core() { host.core = &core; }
    scripted_core(const scripted_core&) = delete;
    scripted_core& operator=(const scripted_core&) = delete;
    ~scripted_core() = default;

    device_id add(devlink::device_options wanted = {}) {
        auto added = core.add_device(wanted);
        REQUIRE(added.has_value());
        return *added;
    }
    link_id link(device_id c, device_id s, link_flags flags = {}) {
        auto added = core.add_link(c, s, flags);
        REQUIRE(added.has_value());
        return *added;
    }
};

/// A host that does nothing but what a host must.
struct plain_host {
    probe_result probe(device_id) { return probe_result::ok(); }
};

/// The internal state alone, for tests of the functions below driver_core.
using plain_machine = devlink::detail::core::core_machine<plain_host, kernel_rules>;

inline device_id raw_device(devlink::detail::core::core_state& core, device_id above = {}) {
    const device_id d{core.devices.size()};
    devlink::detail::core::device_record record;
    record.parent = above;
    core.devices.push_back(record);
    return d;
}

} // namespace testing

#endif
