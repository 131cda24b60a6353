// SPDX-License-Identifier: MIT
#ifndef DEVLINK_SOURCE_BOOT_LOG_HPP
#define DEVLINK_SOURCE_BOOT_LOG_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <devlink/source/boot_log_line.hpp>
#include <devlink/source/deferral_reason.hpp>

namespace devlink::source {

/// How a device stood when the log ended.
enum class logged_state : std::uint8_t {
    mentioned, ///< nothing is said of its probe
    bound,
    deferred, ///< it was to be tried again
    failed,
};

/// What a log says of a device.
struct logged_device {
    std::string_view name;
    std::string_view driver; ///< who was asked last; empty if the log doesn't say
    logged_state state = logged_state::mentioned;
    int error = 0; ///< failed: the errno, above 0; 0 where the log doesn't tell
    std::uint32_t deferrals = 0;
    std::uint32_t timed_attempts = 0;    ///< attempts whose duration is known
    std::uint64_t last_microseconds = 0; ///< of the last one
    std::uint64_t all_microseconds = 0;
    deferral_reason reason; ///< deferred: as it was said last
    std::size_t line = 0;   ///< where it got its state, from 1
};

/// Two names that a log puts together.
struct logged_pair {
    std::string_view consumer;
    std::string_view supplier;
    std::size_t line = 0;
};

/// What a kernel's log says of devices and their links. All text is views into the log.
struct boot_log {
    std::vector<logged_device> devices; ///< in the order in which they are first mentioned
    std::vector<std::size_t>
        bound; ///< numbers of devices, in the order of binds; one that was bound twice stands twice
    std::vector<logged_pair> links;               ///< device links added
    std::vector<logged_pair> cycles;              ///< dependency cycles that were fixed
    std::vector<logged_pair> pending_sync_states; ///< who holds whose sync_state back
    std::string_view version;                     ///< `6.12.1-custom`; empty if the log doesn't begin at the beginning

    /// The device of that name; null if there is none. Linear.
    [[nodiscard]] const logged_device* find(std::string_view name) const {
        for (const logged_device& device : devices)
            if (device.name == name) return &device;
        return nullptr;
    }
};

/// Reads a kernel's log: `dmesg` with time stamps of any kind or none, `journalctl -k`, a serial console's. What it
/// does not know it passes over, so there are no errors. Knows the lines of 5.4 to 6.12 about probes (also those of
/// initcall_debug and of dynamic debugging), deferral, links, cycles and sync_state.
///
/// The views are into `text`, which must outlive the result. Expected linear; allocates what is found.
[[nodiscard]] inline boot_log read_boot_log(std::string_view text) {
    boot_log log;
    std::unordered_map<std::string_view, std::size_t> numbers;
    // One deferral has up to three lines, some of which a log may lack: the most that any of them says is how many.
    struct deferral_lines {
        std::uint32_t wishes = 0;
        std::uint32_t additions = 0;
        std::uint32_t returns = 0;
    };
    std::vector<deferral_lines> deferrals;
    std::size_t number = 0;
    const auto device = [&](std::string_view name) -> std::size_t {
        const auto [place, added] = numbers.emplace(name, log.devices.size());
        if (added) {
            log.devices.emplace_back();
            deferrals.emplace_back();
            log.devices.back().name = name;
        }
        return place->second;
    };
    const auto set_state = [&](logged_device& of, logged_state state) {
        of.state = state;
        of.line = number;
        of.error = 0;
    };
    const auto set_bound = [&](std::size_t index) {
        logged_device& of = log.devices[index];
        // Two lines tell the same bind: what was bound already was not bound again in between.
        if (of.state != logged_state::bound) log.bound.push_back(index);
        set_state(of, logged_state::bound);
        of.reason = {};
    };
    const auto set_failed = [&](logged_device& of, int error) {
        if (error == 0 && of.state == logged_state::failed) return;
        set_state(of, logged_state::failed);
        of.error = error;
    };

    while (!text.empty()) {
        const std::string_view line = take_log_line(text);
        ++number;
        const log_line_meaning meaning = read_log_line(line);
        if (meaning.kind == log_line_kind::other) continue;
        if (meaning.kind == log_line_kind::version) {
            log.version = meaning.device;
            continue;
        }
        if (meaning.kind == log_line_kind::cycle) {
            log.cycles.push_back({meaning.device, meaning.other, number});
            continue;
        }
        const std::size_t index = device(meaning.device);
        if (!meaning.driver.empty()) log.devices[index].driver = meaning.driver;
        switch (meaning.kind) {
        case log_line_kind::bound:
            set_bound(index);
            break;
        case log_line_kind::failed:
            set_failed(log.devices[index], meaning.number);
            break;
        case log_line_kind::deferred:
            ++deferrals[index].wishes;
            set_state(log.devices[index], logged_state::deferred);
            break;
        case log_line_kind::added_to_list:
            ++deferrals[index].additions;
            set_state(log.devices[index], logged_state::deferred);
            break;
        case log_line_kind::pending:
            set_state(log.devices[index], logged_state::deferred);
            if (!meaning.reason.text.empty() || !meaning.reason.supplier.empty())
                log.devices[index].reason = meaning.reason;
            break;
        case log_line_kind::returned: {
            logged_device& of = log.devices[index];
            ++of.timed_attempts;
            of.last_microseconds = meaning.microseconds;
            of.all_microseconds += meaning.microseconds;
            const log_probe_return result = meaning_of_return(meaning.number, log.version);
            if (result == log_probe_return::bound) {
                set_bound(index);
            } else if (result == log_probe_return::deferred) {
                ++deferrals[index].returns;
                set_state(of, logged_state::deferred);
            } else if (result == log_probe_return::failed) {
                set_failed(of, meaning.number < 0 ? -meaning.number : meaning.number);
            } else if (of.state == logged_state::mentioned) {
                set_failed(of, 0);
            }
            break;
        }
        case log_line_kind::link:
            log.links.push_back({meaning.device, meaning.other, number});
            device(meaning.other);
            break;
        case log_line_kind::pending_sync_state:
            log.pending_sync_states.push_back({meaning.other, meaning.device, number});
            device(meaning.other);
            break;
        default:
            break;
        }
    }
    for (std::size_t i = 0; i < log.devices.size(); ++i) {
        const deferral_lines& lines = deferrals[i];
        log.devices[i].deferrals = std::max({lines.wishes, lines.additions, lines.returns});
    }
    return log;
}

} // namespace devlink::source

#endif
