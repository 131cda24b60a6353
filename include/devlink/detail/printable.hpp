// SPDX-License-Identifier: MIT
#ifndef DEVLINK_DETAIL_PRINTABLE_HPP
#define DEVLINK_DETAIL_PRINTABLE_HPP

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace devlink::detail {

/// Whether `c` may go to a terminal or into a line of output as it is: printable ASCII.
[[nodiscard]] constexpr bool is_plain(char c) noexcept { return c >= 0x20 && c <= 0x7e; }

/// Appends `text` such that it stays on its line and can't steer a terminal: a byte that is not printable ASCII becomes
/// `\xNN`, a backslash `\\`. Linear in `text`; allocates what the string needs.
constexpr void append_printable(std::string& out, std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    for (const char c : text) {
        if (c == '\\') {
            out += "\\\\";
        } else if (is_plain(c)) {
            out += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out += "\\x";
            out += digits[byte >> 4U];
            out += digits[byte & 0xfU];
        }
    }
}

/// `text` as append_printable() writes it.
[[nodiscard]] constexpr std::string printable(std::string_view text) {
    std::string out;
    append_printable(out, text);
    return out;
}

/// `text` as one word of a line that is split at blanks and tabs: as printable() has it, and a blank as `\x20`.
[[nodiscard]] constexpr std::string printable_word(std::string_view text) {
    std::string out;
    for (std::size_t blank; (blank = text.find(' ')) != std::string_view::npos; text.remove_prefix(blank + 1)) {
        append_printable(out, text.substr(0, blank));
        out += "\\x20";
    }
    append_printable(out, text);
    return out;
}

/// The text that printable() or printable_word() made `shown` of; nothing if `shown` holds a backslash that neither of
/// them writes. Linear in `shown`; allocates what the string needs.
[[nodiscard]] constexpr std::optional<std::string> from_printable(std::string_view shown) {
    const auto digit = [](char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; };
    std::string out;
    while (!shown.empty()) {
        std::size_t length = 1;
        char c = shown[0];
        if (c == '\\' && shown.substr(1, 1) == "\\") {
            length = 2;
        } else if (c == '\\') {
            if (shown.size() < 4 || shown[1] != 'x' || digit(shown[2]) < 0 || digit(shown[3]) < 0) return std::nullopt;
            length = 4;
            c = static_cast<char>(digit(shown[2]) * 16 + digit(shown[3]));
        }
        out += c;
        shown.remove_prefix(length);
    }
    return out;
}

/// A word of an input for a message: printable, in quotes, and cut where it is longer than a message should be.
[[nodiscard]] constexpr std::string quoted(std::string_view word) {
    constexpr std::size_t longest = 72;
    std::string out = "'";
    append_printable(out, word.substr(0, longest));
    out += word.size() > longest ? "...'" : "'";
    return out;
}

} // namespace devlink::detail

#endif
