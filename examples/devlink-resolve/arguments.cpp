// SPDX-License-Identifier: MIT
#include "arguments.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <devlink/detail/printable.hpp>
#include <devlink/sink/table.hpp>

namespace tool {

namespace {

struct option_entry {
    option bit;
    std::string_view name;
    std::string_view value; ///< what the value is called; empty if the option has none
    bool repeatable;
    std::string_view help;
};

constexpr std::array<option_entry, 20> all_options{{
    {option_rule, "--rule", "RULE", false, "on_demand (default), registration, kernel, breadth or longest_path_first"},
    {option_cycles, "--cycles", "RULE", false, "report, relax_inferred (default) or relax_optional"},
    {option_fail, "--fail", "DEV", true, "DEV's driver fails for good"},
    {option_absent, "--absent", "DEV", true, "DEV has no driver"},
    {option_defer, "--defer", "DEV", true, "DEV's driver defers for ever"},
    {option_optional, "--optional", "CONSUMER=SUPPLIER", true, "the link from CONSUMER to SUPPLIER is optional"},
    {option_optional_all, "--optional-all", "", false, "every link that holds back a probe is optional"},
    {option_check, "--check", "", false, "exit with status 1 if the answer is bad news"},
    {option_format, "--format", "FORMAT", false, "text (default), or tsv for other programs"},
    {option_graph_format, "--format", "FORMAT", false, "text (default), or tsort, dot or tsv for other programs"},
    {option_quirks, "--quirks", "RULE", false, "kernel (default) or repaired: whether the kernel's mistakes are made"},
    {option_diff, "--diff", "TRACE", false, "print only where the trace first differs from the file TRACE"},
    {option_mode, "--mode", "MODE", false, "off, permissive, on or rpm (default): the kernel's fw_devlink="},
    {option_strict, "--strict", "", false, "a device tree's optional bindings hold back like any: fw_devlink.strict=1"},
    {option_as_linux, "--as-linux", "", false, "a device tree's optional bindings are left out, as Linux does"},
    {option_driver, "--driver", "COMPATIBLE", true, "devices compatible with it have a driver"},
    {option_events, "--events", "", false, "print all events, too"},
    {option_time_out, "--time-out", "", false, "let the time-out for deferred probes pass"},
    {option_log, "--log", "FILE", false, "expect what a boot's log says: who failed, who deferred, what it cost"},
    {option_deferred, "--deferred", "FILE", false, "expect what devices_deferred says"},
}};

template <class Value>
struct choice {
    std::string_view name;
    Value value;
};

template <class Value, std::size_t Count>
constexpr std::array<choice<Value>, Count> by_name(const Value (&values)[Count]) {
    std::array<choice<Value>, Count> choices{};
    for (std::size_t i = 0; i != Count; ++i) choices[i] = {to_string(values[i]), values[i]};
    return choices;
}

using devlink::cycle_rule;
using devlink::fw_devlink_mode;
using devlink::order_rule;
using devlink::quirk_rule;

constexpr auto order_rules = by_name({order_rule::on_demand, order_rule::registration, order_rule::kernel,
                                      order_rule::breadth, order_rule::longest_path_first});
constexpr auto cycle_rules = by_name({cycle_rule::report, cycle_rule::relax_inferred, cycle_rule::relax_optional});
constexpr auto quirk_rules = by_name({quirk_rule::kernel, quirk_rule::repaired});
constexpr auto modes =
    by_name({fw_devlink_mode::off, fw_devlink_mode::permissive, fw_devlink_mode::on, fw_devlink_mode::rpm});
constexpr std::array<choice<output_format>, 2> formats{{
    {"text", output_format::text},
    {"tsv", output_format::tsv},
}};
constexpr std::array<choice<output_format>, 4> graph_formats{{
    {"text", output_format::text},
    {"tsort", output_format::tsort},
    {"dot", output_format::dot},
    {"tsv", output_format::tsv},
}};

template <class Value, std::size_t Count>
bool choose(Value& value, std::string_view word, const std::array<choice<Value>, Count>& choices) {
    const auto chosen = std::ranges::find(choices, word, &choice<Value>::name);
    if (chosen == choices.end()) return false;
    value = chosen->value;
    return true;
}

// Returns whether the value is one that the option takes.
bool set_option(arguments& given, option bit, std::string_view value) {
    switch (bit) {
    case option_rule:
        return choose(given.rule, value, order_rules);
    case option_cycles:
        return choose(given.cycles, value, cycle_rules);
    case option_quirks:
        return choose(given.quirks, value, quirk_rules);
    case option_format:
        return choose(given.format, value, formats);
    case option_graph_format:
        return choose(given.format, value, graph_formats);
    case option_fail:
        given.fail.push_back(value);
        return true;
    case option_absent:
        given.absent.push_back(value);
        return true;
    case option_defer:
        given.defer.push_back(value);
        return true;
    case option_optional:
        given.optional.push_back(value);
        return true;
    case option_optional_all:
        given.optional_all = true;
        return true;
    case option_check:
        given.check = true;
        return true;
    case option_diff:
        given.diff = value;
        return !value.empty();
    case option_mode:
        return choose(given.mode, value, modes);
    case option_strict:
        given.strict = true;
        return true;
    case option_as_linux:
        given.as_linux = true;
        return true;
    case option_driver:
        given.drivers.push_back(value);
        return !value.empty();
    case option_events:
        given.events = true;
        return true;
    case option_time_out:
        given.time_out = true;
        return true;
    case option_log:
        given.log = value;
        return !value.empty();
    case option_deferred:
        given.deferred = value;
        return !value.empty();
    default:
        return false;
    }
}

// The option of that name; null if the sub-command takes none.
const option_entry* find_option(const command& of, std::string_view name) {
    const auto known = std::ranges::find_if(
        all_options, [&](const option_entry& entry) { return entry.name == name && (of.options & entry.bit) != 0; });
    return known == all_options.end() ? nullptr : &*known;
}

// Whether one of the words is the option for help, and not an operand or another one's value.
bool asks_for_help(const command& of, std::span<const char* const> words) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string_view word = words[i];
        if (word == "--") return false;
        if (word == "--help" || word == "-h") return true;
        const option_entry* const known = find_option(of, word);
        if (known != nullptr && !known->value.empty()) ++i;
    }
    return false;
}

// How many of the files that are to be read are standard input.
std::size_t count_standard_inputs(const command& of, const arguments& given) {
    const std::span operands = std::span(given.operands).first(std::min(of.files, given.operands.size()));
    std::size_t count = static_cast<std::size_t>(std::ranges::count(operands, "-"));
    for (const std::string_view file : {given.diff, given.log, given.deferred})
        if (file == "-") ++count;
    return count;
}

std::string check_whole(const command& of, const arguments& given) {
    using devlink::detail::quoted;
    if (given.operands.size() < of.least_operands) return "too few operands: expected " + std::string(of.synopsis);
    if (given.operands.size() > of.most_operands)
        return "unexpected operand " + quoted(given.operands[of.most_operands]) + ": expected " +
               std::string(of.synopsis);
    const devlink::options chosen{.order = given.rule, .cycles = given.cycles};
    if (devlink::check_options(chosen) == devlink::options_fault::kernel_order_with_relax_optional)
        return "--rule kernel is the order of a kernel that relaxes inferred links only: use --cycles relax_inferred "
               "or report with it";
    if (count_standard_inputs(of, given) > 1) return "'-', the standard input, can be read only once";
    if (given.strict && given.as_linux) return "--strict and --as-linux exclude each other";
    return {};
}

} // namespace

devlink::result<arguments, std::string> parse_arguments(const command& of, std::span<const char* const> words) {
    using devlink::detail::quoted;
    arguments given;
    given.help = asks_for_help(of, words);
    if (given.help) return given;
    std::uint32_t seen = 0;
    bool only_operands = false;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string_view word = words[i];
        if (only_operands || !word.starts_with('-') || word == "-") {
            given.operands.push_back(word);
            continue;
        }
        if (word == "--") {
            only_operands = true;
            continue;
        }
        const std::size_t equals = word.find('=');
        const std::string_view name = word.substr(0, equals);
        const option_entry* const known = find_option(of, name);
        if (known == nullptr)
            return "unknown option " + quoted(name) + ": see 'devlink-resolve " + std::string(of.name) + " --help'";
        if (!known->repeatable && (seen & known->bit) != 0) return "option " + std::string(name) + " is given twice";
        seen |= known->bit;
        std::string_view value;
        if (known->value.empty()) {
            if (equals != std::string_view::npos) return "option " + std::string(name) + " takes no value";
        } else if (equals != std::string_view::npos) {
            value = word.substr(equals + 1);
        } else {
            if (++i == words.size()) return "option " + std::string(name) + " needs " + std::string(known->value);
            value = words[i];
        }
        if (!set_option(given, known->bit, value))
            return "option " + std::string(name) + " can't be " + quoted(value) + ": " + std::string(known->help);
    }
    if (std::string fault = check_whole(of, given); !fault.empty()) return fault;
    return given;
}

std::string help_on_options(const command& of) {
    devlink::sink::table lines{{"option"}, {"meaning"}};
    for (const option_entry& known : all_options) {
        if ((of.options & known.bit) == 0) continue;
        std::string call(known.name);
        if (!known.value.empty()) call += ' ' + std::string(known.value);
        lines.add_row({{call}, {std::string(known.help) + (known.repeatable ? "; may be given again" : "")}});
    }
    std::string out;
    if (lines.size() != 0) lines.print(out, devlink::sink::colour::off, 2);
    return out;
}

} // namespace tool
