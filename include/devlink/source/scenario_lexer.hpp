// SPDX-License-Identifier: MIT
#ifndef DEVLINK_SOURCE_SCENARIO_LEXER_HPP
#define DEVLINK_SOURCE_SCENARIO_LEXER_HPP

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace devlink::source {

/// A word of a scenario file and where it stood.
struct scenario_word {
    std::string_view text;
    std::size_t column = 0; ///< from 1, in bytes
};

/// Cuts scenario text into statements and these into words.
///
/// A statement is a line; words are separated by spaces and tabs; `#` starts a comment anywhere; a carriage return
/// right before the end of a line belongs to that end; lines without words are skipped. The text is worked on in place:
/// each statement's words are moved together so that one blank separates them, as traces print them. The words and the
/// statement's text stay valid as long as the buffer does.
class scenario_lexer {
public:
    /// A longer line, comment included, is refused: no statement that a person or a tool writes comes near it.
    static constexpr std::size_t longest_line = 65536;

    /// Reads `text`, which outlives the lexer and everything that it gives out.
    constexpr explicit scenario_lexer(std::span<char> text) noexcept
        : text_{text} {}

    /// Goes on to the next statement. Returns whether there is one; there is none after a line that is too long.
    /// Linear in the bytes passed over; allocates only when a statement has more words than any before it.
    constexpr bool next() {
        words_.clear();
        while (words_.empty() && position_ < text_.size() && !too_long_) read_line();
        return !words_.empty();
    }

    /// The statement's words; at least one. Valid until the next call of next(), the text of the words longer.
    [[nodiscard]] constexpr std::span<const scenario_word> words() const noexcept { return words_; }

    /// The statement, its words separated by single blanks.
    [[nodiscard]] constexpr std::string_view statement() const noexcept { return statement_; }

    /// The number of the last line read, from 1; 0 before the first.
    [[nodiscard]] constexpr std::size_t line() const noexcept { return line_; }

    /// Whether next() stopped at a line that is longer than longest_line.
    [[nodiscard]] constexpr bool too_long() const noexcept { return too_long_; }

private:
    std::span<char> text_;
    std::size_t position_ = 0;
    std::size_t line_ = 0;
    bool too_long_ = false;
    std::string_view statement_;
    std::vector<scenario_word> words_;

    [[nodiscard]] static constexpr bool is_blank(char c) noexcept { return c == ' ' || c == '\t'; }

    constexpr void read_line() {
        const std::size_t begin = position_;
        const std::string_view rest(text_.data() + begin, text_.size() - begin);
        const std::size_t newline = rest.find('\n');
        const std::size_t length = newline == std::string_view::npos ? rest.size() : newline;
        position_ = begin + length + (newline == std::string_view::npos ? 0 : 1);
        ++line_;
        if (length > longest_line) {
            too_long_ = true;
            return;
        }
        std::string_view line = rest.substr(0, length);
        if (line.ends_with('\r')) line.remove_suffix(1);
        line = line.substr(0, line.find('#'));
        split(text_.subspan(begin, line.size()));
    }

    constexpr void split(std::span<char> line) {
        std::size_t to = 0;
        for (std::size_t from = 0; from < line.size();) {
            if (is_blank(line[from])) {
                ++from;
                continue;
            }
            if (to != 0) line[to++] = ' ';
            const std::size_t column = from + 1;
            const std::size_t word = to;
            while (from < line.size() && !is_blank(line[from])) line[to++] = line[from++];
            words_.push_back({std::string_view(line.data() + word, to - word), column});
        }
        statement_ = std::string_view(line.data(), to);
    }
};

} // namespace devlink::source

#endif
