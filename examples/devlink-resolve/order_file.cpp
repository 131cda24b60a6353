// SPDX-License-Identifier: MIT
#include "order_file.hpp"

#include <devlink/detail/printable.hpp>
#include <devlink/source/boot_log_line.hpp>
#include <devlink/source/log_forecast.hpp>

namespace tool {

using devlink::device_id;
using devlink::result;
using devlink::source::log_line_kind;
using devlink::source::log_line_meaning;

namespace {

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

// Whether one of the lines is a kernel's. A comment of a list may speak of anything.
bool is_log(std::string_view text) {
    while (!text.empty()) {
        const std::string_view line = devlink::source::take_log_line(text);
        if (!trimmed(line).starts_with('#') && devlink::source::read_log_line(line).kind != log_line_kind::other)
            return true;
    }
    return false;
}

// The devices that a log reports as bound, each at the first of the lines that say so.
order_file read_log(const question& asked, std::string_view text) {
    order_file order;
    order.is_log = true;
    std::vector<bool> seen(asked.graph.device_count());
    std::string_view version; // of the kernel: it decides what a probe returns for a bind
    for (std::size_t number = 1; !text.empty(); ++number) {
        const log_line_meaning line = devlink::source::read_log_line(devlink::source::take_log_line(text));
        if (line.kind == log_line_kind::version) version = line.device;
        const bool is_bind =
            line.kind == log_line_kind::bound ||
            (line.kind == log_line_kind::returned &&
             devlink::source::meaning_of_return(line.number, version) == devlink::source::log_probe_return::bound);
        if (!is_bind) continue;
        const device_id d = devlink::source::find_logged_device(asked.machine, asked.aliases, line.device);
        if (!d.valid() || seen[d.index()]) continue;
        seen[d.index()] = true;
        order.devices.push_back(d);
        order.lines.push_back(number);
    }
    return order;
}

// The device that a line of a list names; empty where it names none.
std::string_view listed_device(const question& asked, std::string_view line) {
    const std::string_view whole = trimmed(line);
    if (look_up(asked, whole).valid()) return whole; // whatever it begins with
    if (whole.starts_with('#')) return {};
    const std::size_t tab = whole.find('\t');
    if (tab == std::string_view::npos) return whole;
    if (whole.substr(0, tab) == "-") return {}; // not probed, in the form of `order --format tsv`
    const std::string_view rest = whole.substr(tab + 1);
    return rest.substr(0, rest.find('\t'));
}

} // namespace

result<order_file, std::string> read_order(const question& asked, std::string_view text, std::string_view path) {
    if (is_log(text)) return read_log(asked, text);
    order_file order;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::string_view name = listed_device(asked, devlink::source::take_log_line(text));
        if (name.empty()) continue;
        const auto d = find_device(asked, name);
        if (!d) return devlink::detail::printable(path) + ':' + std::to_string(number) + ": " + d.error();
        order.devices.push_back(*d);
        order.lines.push_back(number);
    }
    return order;
}

} // namespace tool
