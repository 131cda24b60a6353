// SPDX-License-Identifier: MIT
#ifndef DEVLINK_EXAMPLES_DEVLINK_RESOLVE_OUTPUT_HPP
#define DEVLINK_EXAMPLES_DEVLINK_RESOLVE_OUTPUT_HPP

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

    void line(std::string_view words) { text.append(words).append(1, '\n'); }
    void heading(std::string_view words) {
        devlink::sink::paint(text, words, devlink::sink::tone::strong, colour);
        text += '\n';
    }
    /// Records what is wrong; returns the exit status that goes with it.
    int fail(std::string_view what) {
        error = what;
        return bad_input;
    }
};

} // namespace tool

#endif
