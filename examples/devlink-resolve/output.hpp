// SPDX-License-Identifier: MIT
#ifndef DEVLINK_EXAMPLES_DEVLINK_RESOLVE_OUTPUT_HPP
#define DEVLINK_EXAMPLES_DEVLINK_RESOLVE_OUTPUT_HPP

#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>

#include <devlink/sink/style.hpp>

namespace tool {

/// Exit statuses.
inline constexpr int fine = 0;
inline constexpr int bad_news = 1; ///< only with --check
inline constexpr int bad_input = 2;

/// What a sub-command prints: the answer on one side, what went wrong on the other.
struct output {
    std::string text;
    std::string error; ///< one line, without its end
    devlink::sink::colour colour = devlink::sink::colour::off;
    bool is_written = true;

    void line(std::string_view words) { text.append(words).append(1, '\n'); }
    void heading(std::string_view words) {
        devlink::sink::paint(text, words, devlink::sink::tone::strong, colour);
        text += '\n';
    }
    /// Writes what there is of the answer to standard output; whatever could not be written shows in `is_written`.
    void flush() {
        is_written = is_written && std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
        text.clear();
    }
    /// The same where the answer has grown large. Returns whether everything could be written so far.
    bool flush_large() {
        constexpr std::size_t large = std::size_t{1} << 20;
        if (text.size() >= large) flush();
        return is_written;
    }
    /// Records what is wrong; returns the exit status that goes with it.
    int fail(std::string_view what) {
        error = what;
        return bad_input;
    }
};

} // namespace tool

#endif
