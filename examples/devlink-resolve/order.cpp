// SPDX-License-Identifier: MIT
#include <devlink/sink/plan_text.hpp>
#include <devlink/sink/tsv.hpp>

#include "commands.hpp"
#include "cycle_text.hpp"
#include "output.hpp"
#include "question.hpp"

namespace tool {

namespace {

// Linux finds its order by trying: how many tries it takes for the same machine.
void print_attempts(const question& asked, const arguments& given, output& out) {
    if (given.cycles == devlink::cycle_rule::relax_optional) return; // no kernel does that
    const std::uint64_t failed = asked.resolve(devlink::order_rule::kernel, given.cycles).failed_attempts();
    out.line("Linux would make " + devlink::sink::counted(failed, "probe attempt") + " in vain on the way.");
}

void print_text(const question& asked, const arguments& given, const devlink::plan& plan, output& out) {
    const devlink::graph& g = asked.machine.graph;
    out.heading(asked.machine.name);
    devlink::sink::append_plan_text(out.text, g, plan, out.colour);
    print_relaxed(asked, plan, out);
    print_open_cycles(asked, plan, out);
    out.line("");
    devlink::sink::append_counts(out.text, plan, out.colour);
    out.line(".");
    if (!plan.cycles().empty())
        out.line(devlink::sink::counted(plan.cycles().size(), "cycle") + ", " +
                 devlink::sink::counted(plan.relaxed().size(), "link") + " relaxed.");
    print_attempts(asked, given, out);
}

int run(const arguments& given, output& out) {
    const auto asked = ask(given);
    if (!asked) return out.fail(asked.error());
    const devlink::plan plan = asked->resolve(given.rule, given.cycles);
    if (given.format == output_format::tsv)
        devlink::sink::append_plan_tsv(out.text, asked->machine.graph, plan);
    else
        print_text(*asked, given, plan, out);
    const std::size_t lost = plan.count(devlink::verdict::blocked) + plan.count(devlink::verdict::waiting) +
                             plan.count(devlink::verdict::cyclic);
    return given.check && lost != 0 ? bad_news : fine;
}

} // namespace

const command order_command{
    .name = "order",
    .synopsis = "INPUT",
    .summary = "print the probe order and each device's verdict",
    .help = "Bad news for --check: a device that is blocked, waiting or cyclic.\n"
            "Lines of --format tsv: POSITION, DEVICE, VERDICT, CAUSE, ROOT; first the devices that are probed. CAUSE\n"
            "of a degraded device is its missing suppliers, joined by blanks; a blank in a name is '\\x20'.\n",
    .least_operands = 1,
    .most_operands = 1,
    .options = question_options | option_rule | option_check | option_format,
    .run = run,
};

} // namespace tool
