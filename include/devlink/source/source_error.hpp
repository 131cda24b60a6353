// SPDX-License-Identifier: MIT
#ifndef DEVLINK_SOURCE_SOURCE_ERROR_HPP
#define DEVLINK_SOURCE_SOURCE_ERROR_HPP

#include <cstddef>
#include <string>

namespace devlink::source {

/// What is wrong with an input, and where. Fields that mean nothing for the kind of input are left at their defaults.
struct source_error {
    static constexpr std::size_t no_offset = static_cast<std::size_t>(-1);

    std::string message;    ///< one clause for people: no full stop, no place, no control character from the input
    std::string path;       ///< the file, or the place inside of a tree of files
    std::size_t line = 0;   ///< from 1; 0 where lines mean nothing
    std::size_t column = 0; ///< from 1; 0 where columns mean nothing
    std::size_t offset = no_offset; ///< from 0: the byte of a binary input

    /// The whole on one line, as compilers print it: `path:line:column: message` or `path: byte offset: message`.
    /// Allocates.
    [[nodiscard]] std::string to_string() const {
        std::string text = path;
        if (line != 0) (text += text.empty() ? "line " : ":") += std::to_string(line);
        if (column != 0) (text += ':') += std::to_string(column);
        if (offset != no_offset) (text += text.empty() ? "byte " : ": byte ") += std::to_string(offset);
        return text.empty() ? message : text + ": " + message;
    }
};

} // namespace devlink::source

#endif
