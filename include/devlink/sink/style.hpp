// SPDX-License-Identifier: MIT
#ifndef DEVLINK_SINK_STYLE_HPP
#define DEVLINK_SINK_STYLE_HPP

#include <cstdint>
#include <string>
#include <string_view>

#include <devlink/detail/printable.hpp>
#include <devlink/resolve/verdict.hpp>

namespace devlink::sink {

/// How a piece of text is meant.
enum class tone : std::uint8_t { plain, good, warning, bad, faint, strong };

/// Whether text for people is coloured, with the escape sequences that every terminal of today knows.
enum class colour : std::uint8_t { off, on };

/// The sequence that starts a tone; empty for plain.
[[nodiscard]] constexpr std::string_view start_of(tone t) noexcept {
    switch (t) {
    case tone::plain:
        return {};
    case tone::good:
        return "\x1b[32m";
    case tone::warning:
        return "\x1b[33m";
    case tone::bad:
        return "\x1b[31m";
    case tone::faint:
        return "\x1b[2m";
    case tone::strong:
        return "\x1b[1m";
    }
    return {};
}

/// How good a verdict is.
[[nodiscard]] constexpr tone tone_of(verdict v) noexcept {
    switch (v) {
    case verdict::bound:
        return tone::good;
    case verdict::degraded:
    case verdict::waiting:
        return tone::warning;
    case verdict::failed:
    case verdict::blocked:
    case verdict::cyclic:
        return tone::bad;
    case verdict::absent:
        return tone::faint;
    }
    return tone::plain;
}

/// Appends `text` in its tone, made printable: whatever a device is called, it can't steer the terminal.
/// Linear in `text`; allocates what the string needs.
constexpr void paint(std::string& out, std::string_view text, tone t, colour c) {
    const std::string_view start = c == colour::on ? start_of(t) : std::string_view();
    out += start;
    detail::append_printable(out, text);
    if (!start.empty()) out += "\x1b[0m";
}

} // namespace devlink::sink

#endif
