// SPDX-License-Identifier: MIT
#ifndef DEVLINK_SOURCE_SCENARIO_PARSER_HPP
#define DEVLINK_SOURCE_SCENARIO_PARSER_HPP

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <devlink/detail/printable.hpp>
#include <devlink/model/statement.hpp>
#include <devlink/source/scenario_lexer.hpp>
#include <devlink/source/scenario_names.hpp>
#include <devlink/source/source_error.hpp>

namespace devlink::source {

/// What a scenario file is made of. The statements point into the arrays beside them and into the text.
struct scenario_parts {
    std::vector<statement> statements;
    std::vector<probe_result> outcomes;
    std::vector<probe_link> links;
    std::size_t first_scenario_size = 0; ///< how many statements the first scenario has, its own line included
};

/// The flag that a caller of the scenario format may give by that name; the empty set if there is none. `managed` is
/// the core's own. Constant time.
[[nodiscard]] constexpr link_flags scenario_flag(std::string_view name) noexcept {
    return link_flag_from_name(name).without(link_flag::managed);
}

/// Cuts what follows `link=` into supplier and flags: what follows the last colon are flags if all its words, separated
/// by `+`, are names of flags; otherwise it belongs to the name. Linear in `word`.
[[nodiscard]] constexpr probe_link split_probe_link(std::string_view word) noexcept {
    const std::size_t colon = word.rfind(':');
    if (colon == std::string_view::npos) return {word, {}};
    link_flags flags;
    for (std::string_view rest = word.substr(colon + 1);;) {
        const std::size_t plus = rest.find('+');
        const link_flags flag = scenario_flag(rest.substr(0, plus));
        if (flag.empty()) return {word, {}};
        flags |= flag;
        if (plus == std::string_view::npos) return {word.substr(0, colon), flags};
        rest.remove_prefix(plus + 1);
    }
}

/// The parser behind read_scenario(): statement by statement, one error at most.
class scenario_parser {
public:
    /// Parses `text`, which is worked on in place and outlives the parts.
    explicit scenario_parser(std::span<char> text) noexcept
        : lexer_{text} {}

    /// Parses the whole text. Returns whether that went well: then parts() holds the statements, else error() says what
    /// is wrong. To be called once.
    [[nodiscard]] bool parse() {
        while (lexer_.next())
            if (!parse_statement()) return false;
        if (lexer_.too_long())
            return fail({}, "the line is longer than " + std::to_string(scenario_lexer::longest_line) + " bytes");
        if (parts_.statements.empty()) return fail({}, "no scenario: the file has no statement");
        if (parts_.first_scenario_size == 0) parts_.first_scenario_size = parts_.statements.size();
        point_to_driver_parts();
        return true;
    }

    [[nodiscard]] scenario_parts parts() && { return std::move(parts_); }
    [[nodiscard]] source_error error() && { return std::move(error_); }

private:
    using words = std::span<const scenario_word>;

    // The arrays grow while statements are read, so a driver remembers places and gets its spans at the end.
    struct driver_parts {
        std::size_t statement;
        std::size_t first_outcome;
        std::size_t first_link;
    };

    scenario_lexer lexer_;
    scenario_names names_;
    scenario_parts parts_;
    std::vector<driver_parts> drivers_;
    source_error error_;

    bool fail(scenario_word at, std::string message) {
        error_.message = std::move(message);
        error_.line = std::max<std::size_t>(lexer_.line(), 1);
        error_.column = std::max<std::size_t>(at.column, 1);
        return false;
    }

    // The place right behind the last word, where a missing operand should stand.
    [[nodiscard]] scenario_word end_of_statement() const {
        const scenario_word last = lexer_.words().back();
        return {{}, last.column + last.text.size()};
    }

    [[nodiscard]] static std::optional<statement_kind> kind_of(std::string_view word) noexcept {
        for (auto kind = statement_kind::scenario;; kind = static_cast<statement_kind>(static_cast<int>(kind) + 1)) {
            if (to_string(kind) == word) return kind;
            if (kind == statement_kind::drivers_done) return std::nullopt;
        }
    }

    bool parse_statement() {
        const words all = lexer_.words();
        const std::optional<statement_kind> kind = kind_of(all.front().text);
        if (!kind) return fail(all.front(), "unknown statement " + detail::quoted(all.front().text));
        if (parts_.statements.empty() && *kind != statement_kind::scenario)
            return fail(all.front(), "no scenario: the file has to start with 'scenario NAME'");
        statement s;
        s.kind = *kind;
        s.text = lexer_.statement();
        s.line = lexer_.line();
        if (!parse_operands(s, all.subspan(1))) return false;
        if (*kind == statement_kind::scenario && !parts_.statements.empty() && parts_.first_scenario_size == 0)
            parts_.first_scenario_size = parts_.statements.size();
        parts_.statements.push_back(s);
        return true;
    }

    bool parse_operands(statement& s, words operands) {
        switch (s.kind) {
        case statement_kind::scenario:
            names_.start_scenario();
            return parse_name(s.name, operands, "a name") && nothing_more(operands, 1);
        case statement_kind::device:
            return parse_device(s, operands);
        case statement_kind::driver:
            return parse_driver(s, operands);
        case statement_kind::link:
            return parse_link(s, operands);
        case statement_kind::unlink:
            return parse_registered(s.name, operands, "a consumer") &&
                   parse_registered(s.other, after(operands, 1), "a supplier") && nothing_more(operands, 2);
        case statement_kind::undriver:
            return parse_undriver(s, operands);
        case statement_kind::remove:
            return parse_remove(s, operands);
        case statement_kind::probe:
        case statement_kind::unbind:
        case statement_kind::get:
        case statement_kind::put:
            return parse_registered(s.name, operands, "a device") && nothing_more(operands, 1);
        case statement_kind::drivers_done:
            return nothing_more(operands, 0);
        }
        return false;
    }

    [[nodiscard]] static words after(words operands, std::size_t count) {
        return operands.subspan(std::min(count, operands.size()));
    }

    bool nothing_more(words operands, std::size_t expected) {
        if (operands.size() <= expected) return true;
        return fail(operands[expected], "unexpected word " + detail::quoted(operands[expected].text));
    }

    bool check_name(std::string_view name, scenario_word at) {
        if (is_scenario_name(name)) return true;
        return fail(at, "bad name " + detail::quoted(name) +
                            ": a name is 1 to 63 of A-Z a-z 0-9 _ . : @ , + - and starts with a letter or a digit");
    }

    bool parse_name(std::string_view& name, words operands, std::string_view what) {
        if (operands.empty())
            return fail(end_of_statement(),
                        std::string(what) + " is missing after " + detail::quoted(lexer_.words().back().text));
        name = operands.front().text;
        return check_name(name, operands.front());
    }

    bool check_registered(std::string_view name, scenario_word at) {
        if (names_[name].device_line != 0) return true;
        return fail(at, "device " + detail::quoted(name) + " is not registered");
    }

    bool parse_registered(std::string_view& name, words operands, std::string_view what) {
        return parse_name(name, operands, what) && check_registered(name, operands.front());
    }

    bool parse_device(statement& s, words operands) {
        if (!parse_name(s.name, operands, "a device")) return false;
        scenario_names::entry& device = names_[s.name];
        if (device.device_line != 0)
            return fail(operands.front(), "device " + detail::quoted(s.name) + " is registered already, on line " +
                                              std::to_string(device.device_line));
        scenario_word populated;
        for (const scenario_word& word : after(operands, 1)) {
            if (word.text == "sync_state") {
                s.sync_state = true;
            } else if (word.text == "rpm") {
                s.runtime_pm = true;
            } else if (word.text == "populated") {
                s.populated = true;
                populated = word;
            } else if (word.text.starts_with("parent=")) {
                if (!s.other.empty()) return fail(word, "a second parent");
                s.other = word.text.substr(7);
                const scenario_word at{s.other, word.column + 7};
                if (!check_name(s.other, at) || !check_registered(s.other, at)) return false;
            } else {
                return fail(word, "unknown word " + detail::quoted(word.text) +
                                      ": a device takes parent=DEV, sync_state, rpm and populated");
            }
        }
        if (s.populated && s.other.empty())
            return fail(populated, "'populated' needs parent=DEV: the parent populates");
        names_.add_device(device, s.other.empty() ? nullptr : &names_[s.other], s.line);
        return true;
    }

    bool parse_driver(statement& s, words operands) {
        if (!parse_name(s.name, operands, "a device")) return false;
        drivers_.push_back({parts_.statements.size(), parts_.outcomes.size(), parts_.links.size()});
        for (const scenario_word& word : after(operands, 1))
            if (!(word.text.starts_with("link=") ? parse_probe_link(word) : parse_outcome(word))) return false;
        scenario_names::entry& known = names_[s.name];
        if (known.driver_line == 0) known.driver_line = s.line; // a second driver is refused and changes nothing
        return true;
    }

    bool parse_probe_link(scenario_word word) {
        const probe_link link = split_probe_link(word.text.substr(5));
        if (!check_name(link.supplier, {link.supplier, word.column + 5})) return false;
        parts_.links.push_back(link);
        return true;
    }

    bool parse_outcome(scenario_word word) {
        constexpr int largest_errno = 4095;
        constexpr int probe_defer = -517;
        int code = 0;
        if (word.text == "ok") {
            parts_.outcomes.push_back(probe_result::ok());
            return true;
        }
        if (word.text == "defer") {
            parts_.outcomes.push_back(probe_result::defer());
            return true;
        }
        const char* const end = word.text.data() + word.text.size();
        const auto parsed = std::from_chars(word.text.data(), end, code);
        const bool canonical = word.text.size() >= 2 && word.text[0] == '-' && word.text[1] != '0';
        if (parsed.ec != std::errc{} || parsed.ptr != end || !canonical || code < -largest_errno)
            return fail(word, "unknown outcome " + detail::quoted(word.text) +
                                  ": a driver takes ok, defer, a negative errno from -1 to -4095, and link=SUPPLIER");
        if (code == probe_defer) return fail(word, "-517 is -EPROBE_DEFER: write 'defer'");
        parts_.outcomes.push_back(probe_result::error(code));
        return true;
    }

    bool parse_link(statement& s, words operands) {
        if (!parse_registered(s.name, operands, "a consumer")) return false;
        if (!parse_name(s.other, after(operands, 1), "a supplier")) return false;
        for (const scenario_word& word : after(operands, 2)) {
            if (word.text.starts_with("from=")) {
                if (!s.origin.empty()) return fail(word, "a second origin");
                s.origin = word.text.substr(5);
                if (!is_origin(s.origin))
                    return fail({s.origin, word.column + 5},
                                "bad origin " + detail::quoted(s.origin) + ": expected ORIGIN[+ORIGIN...]");
                continue;
            }
            const link_flags flag = scenario_flag(word.text);
            if (word.text == to_string(link_flag::managed))
                return fail(word, "the flag 'managed' is the core's to set and can't be given");
            if (flag.empty()) return fail(word, "unknown flag " + detail::quoted(word.text));
            s.flags |= flag;
        }
        return true;
    }

    // For people only, so any printable words will do; none of them empty.
    [[nodiscard]] static bool is_origin(std::string_view text) noexcept {
        return !text.empty() && std::ranges::all_of(text, detail::is_plain) && !text.starts_with('+') &&
               !text.ends_with('+') && text.find("++") == std::string_view::npos;
    }

    bool parse_undriver(statement& s, words operands) {
        if (!parse_name(s.name, operands, "a device")) return false;
        scenario_names::entry& known = names_[s.name];
        if (known.driver_line == 0)
            return fail(operands.front(), "device " + detail::quoted(s.name) + " has no driver registered");
        known.driver_line = 0;
        return nothing_more(operands, 1);
    }

    bool parse_remove(statement& s, words operands) {
        if (!parse_registered(s.name, operands, "a device")) return false;
        scenario_names::entry& device = names_[s.name];
        if (device.children != 0)
            return fail(operands.front(), "device " + detail::quoted(s.name) + " still has children");
        names_.remove_device(device);
        return nothing_more(operands, 1);
    }

    void point_to_driver_parts() {
        std::size_t outcomes_end = parts_.outcomes.size();
        std::size_t links_end = parts_.links.size();
        for (std::size_t i = drivers_.size(); i-- > 0;) {
            const driver_parts& driver = drivers_[i];
            statement& s = parts_.statements[driver.statement];
            s.outcomes = std::span<const probe_result>(parts_.outcomes)
                             .subspan(driver.first_outcome, outcomes_end - driver.first_outcome);
            s.links =
                std::span<const probe_link>(parts_.links).subspan(driver.first_link, links_end - driver.first_link);
            outcomes_end = driver.first_outcome;
            links_end = driver.first_link;
        }
    }
};

} // namespace devlink::source

#endif
