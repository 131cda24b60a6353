// SPDX-License-Identifier: MIT
#include <devlink/detail/printable.hpp>
#include <devlink/sink/names.hpp>
#include <devlink/sink/plan_text.hpp>
#include <devlink/sink/table.hpp>

#include "commands.hpp"
#include "output.hpp"
#include "question.hpp"

namespace tool {

namespace {

using devlink::detail::printable;
using devlink::detail::printable_word;

void print_text(const question& asked, const devlink::plan& plan, output& out) {
    const std::vector<bool> relaxed = relaxed_links(asked, plan);
    std::size_t number = 0;
    std::size_t open = 0;
    out.heading(asked.machine.name);
    for (const auto& cycle : plan.cycles()) {
        if (cycle.open) ++open;
        if (++number != 1) out.line("");
        out.heading("cycle " + std::to_string(number) + ": " + devlink::sink::counted(cycle.devices.size(), "device") +
                    (cycle.open ? ", nothing breaks it" : ""));
        devlink::sink::table lines{{"consumer"}, {"supplier"}, {"need"}, {"rule"}};
        for (const devlink::cause_step& step : cycle.path)
            lines.add_row({{asked.name(step.device)},
                           {asked.name(step.supplier)},
                           {describe_need(asked, step.link)},
                           {step.link.valid() && relaxed[step.link.index()] ? "relaxed" : ""}});
        lines.print(out.text, out.colour, 2);
        if (cycle.devices.size() == cycle.path.size()) continue;
        std::string all;
        for (const devlink::device_id d : cycle.devices) all += (all.empty() ? "" : ", ") + printable(asked.name(d));
        out.line("  all that need each other: " + all);
    }
    if (number != 0) out.line("");
    out.line(devlink::sink::counted(number, "cycle") + ", " + std::to_string(open) + " of them open; " +
             devlink::sink::counted(plan.relaxed().size(), "link") + " relaxed.");
}

void print_tsv(const question& asked, const devlink::plan& plan, output& out) {
    std::size_t number = 0;
    for (const auto& cycle : plan.cycles()) {
        ++number;
        for (const devlink::cause_step& step : cycle.path) {
            std::string flags = "populates";
            std::string_view from = "-";
            if (step.link.valid()) {
                flags = devlink::sink::to_text(asked.graph.flags(step.link));
                if (const std::string_view origin = asked.machine.origin(step.link); !origin.empty()) from = origin;
            }
            out.line(std::to_string(number) + '\t' + printable_word(asked.name(step.device)) + '\t' +
                     printable_word(asked.name(step.supplier)) + '\t' + flags + '\t' + printable(from));
        }
    }
}

int run(const arguments& given, output& out) {
    const auto asked = ask(given);
    if (!asked) return out.fail(asked.error());
    const devlink::plan plan = asked->resolve(given.rule, given.cycles);
    if (given.format == output_format::tsv)
        print_tsv(*asked, plan, out);
    else
        print_text(*asked, plan, out);
    return given.check && !plan.cycles().empty() ? bad_news : fine;
}

} // namespace

const command cycles_command{
    .name = "cycles",
    .synopsis = "INPUT",
    .summary = "print each cycle with its whole path",
    .help =
        "Of each set of devices that need each other one shortest cycle is printed.\n"
        "Bad news for --check: any cycle, relaxed or not.\n"
        "Lines of --format tsv: CYCLE, CONSUMER, SUPPLIER, FLAGS, ORIGIN, a line for each step of each path; FLAGS is\n"
        "'populates' where the supplier is the populating parent. A blank in a name is '\\x20'.\n",
    .least_operands = 1,
    .most_operands = 1,
    .options = option_cycles | option_optional | option_optional_all | option_check | option_format | input_options,
    .run = run,
};

} // namespace tool
