// SPDX-License-Identifier: MIT
#ifndef DEVLINK_SOURCE_SCENARIO_HPP
#define DEVLINK_SOURCE_SCENARIO_HPP

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <devlink/model/result.hpp>
#include <devlink/model/statement.hpp>
#include <devlink/source/scenario_parser.hpp>
#include <devlink/source/source_error.hpp>

namespace devlink::source {

/// The statements of a scenario file, with all that they point to. Moved, not copied.
class scenario_file {
public:
    scenario_file() = default;
    scenario_file(scenario_file&&) noexcept = default;
    scenario_file& operator=(scenario_file&&) noexcept = default;
    scenario_file(const scenario_file&) = delete;
    scenario_file& operator=(const scenario_file&) = delete;
    ~scenario_file() = default;

    /// All statements in the order of the file, the first one being a `scenario`. Valid as long as this object or the
    /// one that it is moved to. `statement::text` is the statement with single blanks and without its comment.
    [[nodiscard]] std::span<const statement> statements() const noexcept { return parts_.statements; }

    /// The statements of the file's first scenario. Constant time.
    [[nodiscard]] std::span<const statement> first_scenario() const noexcept {
        return statements().first(parts_.first_scenario_size);
    }

    /// What the file was called when it was read; may be empty.
    [[nodiscard]] const std::string& path() const noexcept { return path_; }

private:
    friend result<scenario_file, source_error> read_scenario(std::string_view text, std::string path);

    std::vector<char> text_; // a vector, as a moved string may take its characters elsewhere
    scenario_parts parts_;
    std::string path_;
};

/// Reads a scenario file: one statement a line, as examples/SCENARIOS.md has it. `path` is for messages alone.
///
/// Returns the statements, or the first error with its line and column. An error is what no world can play: an unknown
/// statement, word or flag, a bad name, a missing or surplus operand, a device that is not registered where it has to
/// be or that is registered twice, the removal of a device that has children, a driver unregistered that is not there,
/// a line above scenario_lexer::longest_line, a file without a scenario. What the kernel merely refuses (flags that
/// exclude each other, a link that closes a cycle, a supplier that is not registered) is no error.
/// Linear in the text, times the logarithm of the number of names; memory is a constant factor of the text's size.
inline result<scenario_file, source_error> read_scenario(std::string_view text, std::string path = {}) {
    scenario_file file;
    file.text_.assign(text.begin(), text.end());
    file.path_ = std::move(path);
    scenario_parser parser(file.text_);
    if (!parser.parse()) {
        source_error error = std::move(parser).error();
        error.path = std::move(file.path_);
        return error;
    }
    file.parts_ = std::move(parser).parts();
    return file;
}

} // namespace devlink::source

#endif
