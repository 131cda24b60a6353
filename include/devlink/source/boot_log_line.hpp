// SPDX-License-Identifier: MIT
#ifndef DEVLINK_SOURCE_BOOT_LOG_LINE_HPP
#define DEVLINK_SOURCE_BOOT_LOG_LINE_HPP

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <devlink/source/deferral_reason.hpp>

namespace devlink::source {

enum class log_line_kind : std::uint8_t {
    other,
    version,            ///< device: the version
    bound,              ///< device, driver
    failed,             ///< device, driver, number: the errno
    deferred,           ///< device, driver: the driver asks to be tried again
    added_to_list,      ///< device: is on the list of deferred devices
    pending,            ///< device, reason: still waits, or says why
    returned,           ///< device, number, microseconds: a timed attempt is over
    link,               ///< device: the consumer; other: the supplier
    cycle,              ///< device: the consumer; other: the supplier; names or node paths
    pending_sync_state, ///< device: the supplier; other: the consumer that it waits for
};

/// What a line of a kernel's log says. All text is views into the line.
struct log_line_meaning {
    log_line_kind kind = log_line_kind::other;
    std::string_view device;
    std::string_view driver;
    std::string_view other;
    int number = 0;
    std::uint64_t microseconds = 0;
    deferral_reason reason;
};

/// How an attempt ended, as far as the number it returned tells.
enum class log_probe_return : std::uint8_t { bound, deferred, failed, not_bound };

} // namespace devlink::source

namespace devlink::detail::log_text {

using source::log_line_kind;
using source::log_line_meaning;

/// A number at the start of `text`.
template <class Number>
[[nodiscard]] std::optional<Number> number_at(std::string_view text) {
    Number number{};
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc{}) return std::nullopt;
    return number;
}

[[nodiscard]] constexpr std::string_view last_word(std::string_view text) {
    const std::size_t blank = text.find_last_of(" \t");
    return blank == std::string_view::npos ? text : text.substr(blank + 1);
}

[[nodiscard]] constexpr std::string_view first_word(std::string_view text) {
    return text.substr(0, text.find_first_of(" \t"));
}

/// `DRIVER DEVICE: `, as what dev_info() and its kin print begins: the device, and before it the driver. A time stamp
/// in front is no driver.
constexpr void set_device(log_line_meaning& meaning, std::string_view head) {
    meaning.device = last_word(head);
    head.remove_suffix(meaning.device.size());
    while (!head.empty() && head.back() == ' ') head.remove_suffix(1);
    meaning.driver = last_word(head);
    if (meaning.driver.ends_with(']') || meaning.driver.ends_with(':') || meaning.driver.ends_with('>'))
        meaning.driver = {};
}

/// The message of a line as dev_info() prints it, if it begins with `begin`: sets device and driver.
[[nodiscard]] constexpr std::optional<std::string_view> device_message(std::string_view line, std::string_view begin,
                                                                       log_line_meaning& meaning) {
    for (std::size_t at = line.find(begin); at != std::string_view::npos; at = line.find(begin, at + 1)) {
        if (at < 3 || line.substr(at - 2, 2) != ": ") continue;
        set_device(meaning, line.substr(0, at - 2));
        if (meaning.device.empty()) return std::nullopt;
        return line.substr(at + begin.size());
    }
    return std::nullopt;
}

/// `-19` or `19`, and what is behind it: the errno, above 0.
[[nodiscard]] inline std::optional<int> errno_at(std::string_view text) {
    const std::optional<int> number = number_at<int>(text);
    if (!number || *number < -4095 || *number > 4095 || *number == 0) return std::nullopt;
    return *number < 0 ? -*number : *number;
}

constexpr int probe_defer = 517; // EPROBE_DEFER

/// Gives the failed attempt its kind: some drivers' deferrals are printed as errors.
inline log_line_meaning failed_with(log_line_meaning meaning, std::string_view number) {
    const std::optional<int> error = errno_at(number);
    if (!error || meaning.device.empty()) return {};
    meaning.kind = *error == probe_defer ? log_line_kind::deferred : log_line_kind::failed;
    meaning.number = *error;
    return meaning;
}

/// The lines that begin with words of the driver core itself: `probe of`, `bound to`...
[[nodiscard]] inline log_line_meaning read_core_line(std::string_view line) {
    log_line_meaning meaning;
    const auto between = [](std::string_view text, std::string_view end) -> std::optional<std::string_view> {
        const std::size_t at = text.find(end);
        return at == std::string_view::npos || at == 0 ? std::nullopt : std::optional{text.substr(0, at)};
    };
    if (const std::size_t at = line.find("probe of "); at != std::string_view::npos) {
        const std::string_view rest = line.substr(at + 9);
        if (const auto name = between(rest, " returned ")) {
            const std::string_view numbers = rest.substr(name->size() + 10);
            const std::size_t after = numbers.find(" after ");
            if (after == std::string_view::npos || first_word(*name) != *name) return {};
            const auto result = number_at<int>(numbers);
            const auto duration = number_at<std::uint64_t>(numbers.substr(after + 7));
            if (!result || *result < -4095 || *result > 4095 || !duration) return {};
            meaning.kind = log_line_kind::returned;
            meaning.device = *name;
            meaning.number = *result;
            meaning.microseconds = *duration;
            return meaning;
        }
        if (at >= 3 && line.substr(at - 2, 2) == ": ") meaning.driver = last_word(line.substr(0, at - 2));
        for (const std::string_view verb :
             {std::string_view{" failed with error "}, std::string_view{" rejects match "}})
            if (const auto name = between(rest, verb)) {
                meaning.device = *name;
                return failed_with(meaning, rest.substr(name->size() + verb.size()));
            }
        return {};
    }
    if (const std::size_t at = line.find("driver_bound: bound to device '"); at != std::string_view::npos) {
        const auto name = between(line.substr(at + 31), "'");
        if (!name) return {};
        meaning.kind = log_line_kind::bound;
        meaning.device = *name;
        const std::size_t driver = line.rfind("driver: '", at);
        if (driver != std::string_view::npos)
            meaning.driver = between(line.substr(driver + 9), "'").value_or(std::string_view{});
        return meaning;
    }
    if (const std::size_t at = line.find("really_probe: bound device "); at != std::string_view::npos) {
        const std::string_view rest = line.substr(at + 27);
        const auto name = between(rest, " to driver ");
        if (!name) return {};
        meaning.kind = log_line_kind::bound;
        meaning.device = *name;
        meaning.driver = first_word(rest.substr(name->size() + 11));
        return meaning;
    }
    if (const std::size_t at = line.find("Linux version "); at != std::string_view::npos) {
        meaning.device = first_word(line.substr(at + 14));
        if (!meaning.device.empty() && meaning.device[0] >= '0' && meaning.device[0] <= '9')
            meaning.kind = log_line_kind::version;
    }
    return meaning;
}

} // namespace devlink::detail::log_text

namespace devlink::source {

/// Cuts the first line off `text`, without its end. Linear in the line.
[[nodiscard]] constexpr std::string_view take_log_line(std::string_view& text) noexcept {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
    return line;
}

/// What a line says, whatever time stamps stand in front of it. Linear in the line, no allocation.
/// Source: drivers/base/dd.c, drivers/base/core.c, 5.4 to 6.12.
[[nodiscard]] inline log_line_meaning read_log_line(std::string_view line) {
    using namespace devlink::detail::log_text;
    log_line_meaning meaning = read_core_line(line);
    if (meaning.kind != log_line_kind::other) return meaning;
    meaning = {};
    const auto is = [&](log_line_kind kind) {
        meaning.kind = kind;
        return meaning;
    };
    const auto names_other = [&](log_line_kind kind, std::string_view rest) {
        meaning.other = first_word(rest);
        return meaning.other.empty() ? log_line_meaning{} : is(kind);
    };

    if (const auto rest = device_message(line, "probe with driver ", meaning)) {
        meaning.driver = first_word(*rest);
        for (const std::string_view verb :
             {std::string_view{" failed with error "}, std::string_view{" rejects match "}})
            if (const std::size_t at = rest->find(verb); at != std::string_view::npos)
                return failed_with(meaning, rest->substr(at + verb.size()));
        return {};
    }
    if (const auto rest = device_message(line, "Driver ", meaning);
        rest && rest->ends_with(" requests probe deferral")) {
        meaning.driver = first_word(*rest);
        return is(log_line_kind::deferred);
    }
    meaning = {};
    if (device_message(line, "Added to deferred list", meaning)) {
        meaning.driver = {};
        return is(log_line_kind::added_to_list);
    }
    if (const auto rest = device_message(line, "deferred probe pending", meaning)) {
        meaning.driver = {};
        if (rest->starts_with(": ")) meaning.reason = read_deferral_reason(rest->substr(2));
        return is(log_line_kind::pending);
    }
    for (const std::string_view begin : {std::string_view{"error -EPROBE_DEFER: "}, std::string_view{"error -517: "},
                                         std::string_view{"probe deferral - "}})
        if (const auto rest = device_message(line, begin, meaning)) {
            meaning.reason = read_deferral_reason(*rest);
            meaning.reason.text = *rest;
            meaning.reason.driver = meaning.driver;
            meaning.driver = {};
            return is(log_line_kind::pending);
        }
    for (const std::string_view begin :
         {std::string_view{"Linked as a consumer to "}, std::string_view{"Linked as a sync state only consumer to "}})
        if (const auto rest = device_message(line, begin, meaning)) {
            meaning.driver = {};
            return names_other(log_line_kind::link, *rest);
        }
    for (const std::string_view begin :
         {std::string_view{"Fixed dependency cycle(s) with "}, std::string_view{"Fixing up cyclic dependency with "}})
        if (const auto rest = device_message(line, begin, meaning)) {
            meaning.driver = {};
            return names_other(log_line_kind::cycle, *rest);
        }
    if (const auto rest = device_message(line, "sync_state() pending due to ", meaning)) {
        meaning.driver = {};
        return names_other(log_line_kind::pending_sync_state, *rest);
    }
    return {};
}

/// What the number means that a timed attempt (`initcall_debug`) returned. Up to 5.13 it is 1 for a bind and 0 for
/// anything that the driver did not do; from 5.14 on it is 0 for a bind and an errno, above or below 0, for the rest.
/// Without a version a 1 is taken for a bind: hardly any driver fails with EPERM.
[[nodiscard]] inline log_probe_return meaning_of_return(int number, std::string_view version) {
    using devlink::detail::log_text::number_at;
    const int major = number_at<int>(version).value_or(0);
    const std::size_t dot = version.find('.');
    const int minor = dot == std::string_view::npos ? 0 : number_at<int>(version.substr(dot + 1)).value_or(0);
    const bool known = major > 0;
    const bool counts_binds = known && (major < 5 || (major == 5 && minor < 14));
    if (number == devlink::detail::log_text::probe_defer || number == -devlink::detail::log_text::probe_defer)
        return log_probe_return::deferred;
    if (number == 0) return counts_binds ? log_probe_return::not_bound : log_probe_return::bound;
    if (number == 1 && (counts_binds || !known)) return log_probe_return::bound;
    return log_probe_return::failed;
}

} // namespace devlink::source

#endif
