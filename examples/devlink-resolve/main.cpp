// SPDX-License-Identifier: MIT
// devlink-resolve: probe order, verdicts and explanations for the devices of a machine, on the command line.

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>

#include <unistd.h>

#include <devlink/detail/printable.hpp>
#include <devlink/sink/table.hpp>
#include <devlink/version.hpp>

#include "commands.hpp"
#include "output.hpp"

namespace {

using tool::command;

constexpr std::array all_commands{
    &tool::order_command,  &tool::why_command,   &tool::whatif_command, &tool::links_command, &tool::cycles_command,
    &tool::verify_command, &tool::needs_command, &tool::replay_command, &tool::boot_command,
};

// Colour is for people at a terminal who have not asked for none: https://no-color.org.
devlink::sink::colour choose_colour() {
    const char* const no_colour = std::getenv("NO_COLOR");
    const char* const terminal = std::getenv("TERM");
    const bool wanted = no_colour == nullptr || *no_colour == '\0';
    const bool able = terminal != nullptr && std::string_view(terminal) != "dumb" && ::isatty(STDOUT_FILENO) == 1;
    return wanted && able ? devlink::sink::colour::on : devlink::sink::colour::off;
}

std::string help_on_all() {
    std::string out = "usage: devlink-resolve COMMAND ...\n\n"
                      "Probe order, verdicts and explanations for the devices of a machine.\n\n";
    devlink::sink::table lines{{"command"}, {""}};
    for (const command* c : all_commands)
        lines.add_row({{std::string(c->name) + ' ' + std::string(c->synopsis)}, {c->summary}});
    lines.print(out, devlink::sink::colour::off, 2);
    out +=
        "\nINPUT is a scenario file (its first scenario), a device tree blob, or a folder laid out like /sys: the\n"
        "content tells which. '-' is standard input. In names, a byte that can't be printed is shown as '\\xNN' and a\n"
        "backslash as '\\\\'; they are understood so, too. Exit status: 0 fine, 1 bad news and --check was given,\n"
        "2 usage or bad input. 'devlink-resolve COMMAND --help' has each command's options.\n";
    return out;
}

std::string help_on(const command& c) {
    const std::string options = tool::help_on_options(c);
    std::string out = "usage: devlink-resolve " + std::string(c.name) + ' ' + std::string(c.synopsis) +
                      (options.empty() ? "" : " [OPTION]...") + "\n\n" + std::string(c.summary) + ".\n";
    out += c.help;
    return options.empty() ? out : out + '\n' + options;
}

// Errors are one line, and never steer the terminal either: whoever made them has made the input's words printable.
int report(int status, tool::output& out) {
    if (!out.error.empty()) std::fprintf(stderr, "devlink-resolve: %s\n", out.error.c_str());
    out.flush();
    if (out.is_written && std::fflush(stdout) == 0) return status;
    std::perror("devlink-resolve: the answer can't be written");
    return tool::bad_input;
}

} // namespace

int main(int count, char** words) {
    const std::span<const char* const> given(words, static_cast<std::size_t>(std::max(count, 1)));
    tool::output out;
    out.colour = choose_colour();
    if (given.size() < 2) {
        out.fail("a command is missing: see 'devlink-resolve --help'");
        return report(tool::bad_input, out);
    }
    const std::string_view name = given[1];
    if (name == "--help" || name == "-h") {
        out.text = help_on_all();
        return report(tool::fine, out);
    }
    if (name == "--version") {
        out.line("devlink-resolve " + std::to_string(devlink::version.major) + '.' +
                 std::to_string(devlink::version.minor) + '.' + std::to_string(devlink::version.patch));
        return report(tool::fine, out);
    }
    const auto found = std::ranges::find(all_commands, name, &command::name);
    if (found == all_commands.end()) {
        out.fail("unknown command " + devlink::detail::quoted(name) + ": see 'devlink-resolve --help'");
        return report(tool::bad_input, out);
    }
    const command& chosen = **found;
    const auto arguments = tool::parse_arguments(chosen, given.subspan(2));
    if (!arguments) {
        out.fail(arguments.error());
        return report(tool::bad_input, out);
    }
    if (arguments->help) {
        out.text = help_on(chosen);
        return report(tool::fine, out);
    }
    const int status = chosen.run(*arguments, out);
    return report(status, out);
}
