// SPDX-License-Identifier: MIT
#ifndef DEVLINK_DETAIL_PRINTABLE_HPP
#define DEVLINK_DETAIL_PRINTABLE_HPP

#include <cstddef>
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
