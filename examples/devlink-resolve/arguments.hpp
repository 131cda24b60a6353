// SPDX-License-Identifier: MIT
#ifndef DEVLINK_EXAMPLES_DEVLINK_RESOLVE_ARGUMENTS_HPP
#define DEVLINK_EXAMPLES_DEVLINK_RESOLVE_ARGUMENTS_HPP

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <devlink/driver_core/fw_devlink_options.hpp>
#include <devlink/model/result.hpp>
#include <devlink/policy/options.hpp>

namespace tool {

enum class output_format : std::uint8_t { text, tsv, tsort, dot };

/// What a sub-command was called with.
struct arguments {
    std::vector<std::string_view> operands;
    devlink::order_rule rule = devlink::order_rule::on_demand;
    devlink::cycle_rule cycles = devlink::cycle_rule::relax_inferred;
    devlink::quirk_rule quirks = devlink::quirk_rule::kernel;
    output_format format = output_format::text;
    std::vector<std::string_view> fail;
    std::vector<std::string_view> absent;
    std::vector<std::string_view> defer;
    std::vector<std::string_view> optional; ///< CONSUMER=SUPPLIER each
    bool optional_all = false;
    bool check = false;
    bool help = false;
    std::string_view diff;
    devlink::fw_devlink_mode mode = devlink::fw_devlink_mode::rpm;
    bool strict = false;
    bool as_linux = false;
    bool events = false;
    bool time_out = false;
    std::vector<std::string_view> drivers; ///< compatible strings
    std::string_view log;
    std::string_view deferred;
};

/// One bit for each option, so that a sub-command can say which it takes.
enum option : std::uint32_t {
    option_rule = 1U << 0,
    option_cycles = 1U << 1,
    option_fail = 1U << 2,
    option_absent = 1U << 3,
    option_defer = 1U << 4,
    option_optional = 1U << 5,
    option_optional_all = 1U << 6,
    option_check = 1U << 7,
    option_format = 1U << 8,
    option_quirks = 1U << 9,
    option_diff = 1U << 10,
    option_mode = 1U << 11,
    option_strict = 1U << 12,
    option_as_linux = 1U << 13,
    option_driver = 1U << 14,
    option_events = 1U << 15,
    option_time_out = 1U << 16,
    option_log = 1U << 17,
    option_deferred = 1U << 18,
    option_graph_format = 1U << 19, ///< --format as well: that of a graph
    /// What a device tree's bindings that Linux calls optional become.
    input_options = option_strict | option_as_linux,
    /// What changes the question: which links hold, and what drivers do.
    question_options = option_cycles | option_fail | option_absent | option_defer | option_optional |
                       option_optional_all | option_log | option_deferred | input_options,
};

struct output;

/// A sub-command: what it takes, and what it does. `run` returns the exit status.
struct command {
    std::string_view name;
    std::string_view synopsis; ///< its operands
    std::string_view summary;  ///< one line
    std::string_view help;     ///< more than that; may be empty
    std::size_t least_operands;
    std::size_t most_operands;
    std::uint32_t options;
    std::size_t files = 1; ///< how many of the operands, from the first one on, are files to read
    int (*run)(const arguments&, output&);
};

/// Reads what follows the sub-command's name. Returns the arguments, or what is wrong with them in one line. With
/// `--help` or `-h` among its options nothing else is checked.
devlink::result<arguments, std::string> parse_arguments(const command& of, std::span<const char* const> words);

/// The options of a sub-command, a line or more each.
std::string help_on_options(const command& of);

} // namespace tool

#endif
