// SPDX-License-Identifier: MIT
#include "order_file.hpp"

#include <algorithm>
#include <optional>

#include <devlink/detail/printable.hpp>
#include <devlink/source/log_forecast.hpp>

namespace tool {

using devlink::device_id;
using devlink::result;

namespace {

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

// What stands between two texts on a line; nothing if they don't.
std::optional<std::string_view> between(std::string_view line, std::string_view before, std::string_view after) {
    const std::size_t found = line.find(before);
    if (found == std::string_view::npos) return std::nullopt;
    const std::size_t begin = found + before.size();
    const std::size_t end = line.find(after, begin);
    if (end == std::string_view::npos) return std::nullopt;
    return line.substr(begin, end - begin);
}

// The device that a line of a kernel's log reports as bound. The first of these lines is printed for every probe, with
// its result; the second one only for those that went well.
std::optional<std::string_view> bound_device(std::string_view line) {
    if (const auto device = between(line, "probe of ", " returned 0 after ")) return device;
    if (const auto device = between(line, "probe of ", " returned 1 after ")) return device; // older kernels
    return between(line, "bound to device '", "'");
}

template <class Visit>
void for_each_line(std::string_view text, Visit&& visit) {
    std::size_t number = 0;
    while (!text.empty()) {
        const std::size_t newline = std::min(text.find('\n'), text.size());
        if (!visit(text.substr(0, newline), ++number)) return;
        text.remove_prefix(std::min(newline + 1, text.size()));
    }
}

order_file read_log(const question& asked, std::string_view text) {
    order_file order;
    order.is_log = true;
    std::vector<bool> seen(asked.graph.device_count());
    for_each_line(text, [&](std::string_view line, std::size_t number) {
        const auto name = bound_device(line);
        const device_id d =
            name ? devlink::source::find_logged_device(asked.machine, asked.aliases, *name) : device_id();
        if (!d.valid() || seen[d.index()]) return true;
        seen[d.index()] = true;
        order.devices.push_back(d);
        order.lines.push_back(number);
        return true;
    });
    return order;
}

// The device that a line of a list names; empty where it names none.
std::string_view listed_device(std::string_view line) {
    const std::string_view whole = trimmed(line);
    if (whole.starts_with('#')) return {};
    const std::size_t tab = whole.find('\t');
    if (tab == std::string_view::npos) return whole;
    if (whole.substr(0, tab) == "-") return {}; // not probed, in the form of `order --format tsv`
    const std::string_view rest = whole.substr(tab + 1);
    return rest.substr(0, rest.find('\t'));
}

} // namespace

result<order_file, std::string> read_order(const question& asked, std::string_view text, std::string_view path) {
    bool is_log = false;
    for_each_line(text, [&](std::string_view line, std::size_t) {
        is_log = bound_device(line).has_value();
        return !is_log;
    });
    if (is_log) return read_log(asked, text);
    order_file order;
    std::string error;
    for_each_line(text, [&](std::string_view line, std::size_t number) {
        const std::string_view name = listed_device(line);
        if (name.empty()) return true;
        const auto d = find_device(asked, name);
        if (!d) {
            error = devlink::detail::printable(path) + ':' + std::to_string(number) + ": " + d.error();
            return false;
        }
        order.devices.push_back(*d);
        order.lines.push_back(number);
        return true;
    });
    if (!error.empty()) return error;
    return order;
}

} // namespace tool
