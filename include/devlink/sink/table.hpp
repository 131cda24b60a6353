// SPDX-License-Identifier: MIT
#ifndef DEVLINK_SINK_TABLE_HPP
#define DEVLINK_SINK_TABLE_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <devlink/config.hpp>
#include <devlink/detail/printable.hpp>
#include <devlink/sink/style.hpp>

namespace devlink::sink {

/// Where a column's cells are put.
enum class align : std::uint8_t { left, right };

/// Rows of cells, printed so that the columns stand under each other: two blanks between them, none at the end of a
/// line. A column of which all cells below its head are empty is left out.
class table {
public:
    struct cell {
        std::string_view text;
        sink::tone tone = sink::tone::plain;
    };
    struct column {
        std::string_view head;
        sink::align align = sink::align::left;
    };

    /// A table with these columns; at least one. Heads are copied.
    explicit table(std::initializer_list<column> columns) {
        for (const column& c : columns) {
            columns_.push_back({c.align, 0, false});
            append({c.head, tone::faint});
        }
    }

    /// Appends a row. Precondition: as many cells as there are columns. Texts are copied, made printable.
    void add_row(std::initializer_list<cell> cells) {
        DEVLINK_ASSERT(cells.size() == columns_.size());
        for (const cell& c : cells) append(c);
    }

    /// How many rows there are, the heads not counted.
    [[nodiscard]] std::size_t size() const noexcept { return cells_.size() / columns_.size() - 1; }

    /// Appends all lines to `out`, each behind `indent` blanks. O(cells and their text); allocates what the string
    /// needs.
    void print(std::string& out, colour c, std::size_t indent = 0) const {
        for (std::size_t row = 0; row < cells_.size(); row += columns_.size()) print_row(out, row, c, indent);
    }

private:
    struct column_state {
        sink::align align;
        std::size_t width;
        bool used;
    };
    struct stored_cell {
        std::size_t end; // in text_; it begins where the cell before ends
        sink::tone tone;
    };

    std::vector<column_state> columns_;
    std::vector<stored_cell> cells_;
    std::string text_;

    void append(const cell& c) {
        const std::size_t begin = text_.size();
        detail::append_printable(text_, c.text);
        const bool is_head = cells_.size() < columns_.size();
        column_state& state = columns_[is_head ? columns_.size() - 1 : cells_.size() % columns_.size()];
        state.width = std::max(state.width, text_.size() - begin);
        state.used = state.used || (!is_head && text_.size() != begin);
        cells_.push_back({text_.size(), c.tone});
    }

    [[nodiscard]] std::string_view text_of(std::size_t at) const {
        const std::size_t begin = at == 0 ? 0 : cells_[at - 1].end;
        return std::string_view(text_).substr(begin, cells_[at].end - begin);
    }

    void print_row(std::string& out, std::size_t row, colour c, std::size_t indent) const {
        std::size_t pending = indent; // blanks that are owed before the next text
        bool first = true;
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const column_state& state = columns_[i];
            if (!state.used) continue;
            if (!std::exchange(first, false)) pending += 2;
            const std::string_view text = text_of(row + i);
            const std::size_t padding = state.width - text.size();
            if (state.align == align::right) pending += padding;
            if (!text.empty()) {
                out.append(std::exchange(pending, 0), ' ');
                paint_as_is(out, text, cells_[row + i].tone, c);
            }
            if (state.align == align::left) pending += padding;
        }
        out += '\n';
    }

    static void paint_as_is(std::string& out, std::string_view text, sink::tone t, colour c) {
        const std::string_view start = c == colour::on ? start_of(t) : std::string_view();
        out += start;
        out += text;
        if (!start.empty()) out += "\x1b[0m";
    }
};

} // namespace devlink::sink

#endif
