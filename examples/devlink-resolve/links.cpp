// SPDX-License-Identifier: MIT
#include <devlink/sink/names.hpp>
#include <devlink/sink/plan_text.hpp>
#include <devlink/sink/table.hpp>
#include <devlink/sink/tsv.hpp>

#include "commands.hpp"
#include "input.hpp"
#include "output.hpp"

namespace tool {

namespace {

void print_text(const devlink::source::machine& machine, output& out) {
    using devlink::link_flag;
    const devlink::graph& g = machine.graph;
    devlink::sink::table lines{{"consumer"}, {"supplier"}, {"flags"}, {"from"}};
    std::size_t all = 0;
    std::size_t holding = 0;
    std::size_t optional = 0;
    for (const auto& l : g.links()) {
        ++all;
        if (devlink::holds_back(l.flags)) ++holding;
        if (l.flags.has(link_flag::optional_supplier)) ++optional;
        // Nearly every link is managed: what people want to see is the rest.
        lines.add_row({{devlink::sink::name_of(g, l.consumer)},
                       {devlink::sink::name_of(g, l.supplier)},
                       {devlink::sink::to_text(l.flags.without(link_flag::managed))},
                       {machine.origin(l.link)}});
    }
    out.heading(machine.name);
    if (all != 0) lines.print(out.text, out.colour);
    out.line("");
    out.line(devlink::sink::counted(all, "link") + " between " + devlink::sink::counted(g.device_count(), "device") +
             ": " + std::to_string(holding) + " hold back a probe, " + std::to_string(optional) + " of them optional.");
}

int run(const arguments& given, output& out) {
    const auto machine = read_machine(std::string(given.operands.front()), given);
    if (!machine) return out.fail(machine.error().to_string());
    if (given.format == output_format::tsv)
        devlink::sink::append_links_tsv(out.text, machine->graph,
                                        [&](devlink::link_id l) { return machine->origin(l); });
    else
        print_text(*machine, out);
    return fine;
}

} // namespace

const command links_command{
    .name = "links",
    .synopsis = "INPUT",
    .summary = "print the links, their flags and where they come from",
    .help = "Lines of --format tsv: CONSUMER, SUPPLIER, FLAGS, ORIGIN, in the order in which the links were added.\n"
            "A blank in a name is '\\x20'.\n",
    .least_operands = 1,
    .most_operands = 1,
    .options = option_format | input_options,
    .run = run,
};

} // namespace tool
