// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include <devlink/detail/printable.hpp>
#include <devlink/sink/plan_text.hpp>
#include <devlink/sink/roots.hpp>
#include <devlink/sink/table.hpp>

#include "changes.hpp"
#include "commands.hpp"
#include "cycle_text.hpp"
#include "output.hpp"
#include "question.hpp"

namespace tool {

namespace {

using devlink::device_id;
using devlink::verdict;
using devlink::detail::printable;

// What a device's own driver does, if that is why it does not come up.
std::string_view own_reason(devlink::outcome expected) {
    switch (expected) {
    case devlink::outcome::fail:
        return "its driver fails";
    case devlink::outcome::absent:
        return "it has no driver";
    case devlink::outcome::defer:
        return "its driver defers for ever";
    case devlink::outcome::ok:
        break;
    }
    return {};
}

// What would have to be different about a device's own driver.
std::string repair_of_driver(const question& asked, device_id d) {
    const std::string name = printable(asked.name(d));
    switch (asked.forecast[d]) {
    case devlink::outcome::fail:
        return "the driver of " + name + " would have to work";
    case devlink::outcome::absent:
        return name + " would have to have a driver";
    case devlink::outcome::defer:
        return "the driver of " + name + " would have to stop deferring";
    case devlink::outcome::ok:
        break;
    }
    return {};
}

// The chain of the plan, each step with the need that makes it, and the root's own reason at its end.
void print_chain(const question& asked, const devlink::plan& plan, device_id d, output& out) {
    devlink::sink::table lines{{"device"}, {"verdict"}, {"needs"}, {"by"}};
    device_id last = d;
    const auto verdict_cell = [&](device_id of) {
        return devlink::sink::table::cell{to_string(plan.verdict(of)), devlink::sink::tone_of(plan.verdict(of))};
    };
    for (const devlink::cause_step& step : plan.cause(d)) {
        lines.add_row({{asked.name(step.device)},
                       verdict_cell(step.device),
                       {asked.name(step.supplier)},
                       {describe_need(asked, step.link)}});
        last = step.supplier;
    }
    if (plan.verdict(last) == verdict::cyclic)
        lines.add_row({{asked.name(last)}, verdict_cell(last), {"itself"}, {"a cycle"}});
    else
        lines.add_row({{asked.name(last)}, verdict_cell(last), {""}, {own_reason(asked.forecast[last])}});
    lines.print(out.text, out.colour, 2);
}

void print_missing(const question& asked, const devlink::plan& plan, device_id d, output& out) {
    devlink::sink::table lines{{"runs without"}, {"verdict"}, {"root"}, {"by"}};
    const std::vector<device_id> roots = devlink::sink::all_roots(plan);
    for (const devlink::missing_supplier& missing : plan.missing(d)) {
        const device_id root = roots[missing.supplier.index()];
        lines.add_row(
            {{asked.name(missing.supplier)},
             {to_string(plan.verdict(missing.supplier)), devlink::sink::tone_of(plan.verdict(missing.supplier))},
             {root.valid() ? asked.name(root) : ""},
             {describe_need(asked, missing.link)}});
    }
    lines.print(out.text, out.colour, 2);
}

void print_suppliers(const question& asked, const devlink::plan& plan, device_id d, output& out) {
    devlink::sink::table lines{{"needs"}, {"verdict"}, {"by"}};
    const std::vector<bool> relaxed = relaxed_links(asked, plan);
    const auto add = [&](device_id supplier, devlink::link_id l) {
        lines.add_row(
            {{asked.name(supplier)},
             {to_string(plan.verdict(supplier)), devlink::sink::tone_of(plan.verdict(supplier))},
             {describe_need(asked, l) + (l.valid() && relaxed[l.index()] ? ", relaxed: it lies on a cycle" : "")}});
    };
    const devlink::parent parent = asked.graph.parent(d);
    if (parent.device.valid() && parent.kind == devlink::parent_kind::populates) add(parent.device, {});
    for (const devlink::supplier_link& l : asked.graph.suppliers(d))
        if (devlink::holds_back(l.flags)) add(l.supplier, l.link);
    if (lines.size() != 0) lines.print(out.text, out.colour, 2);
}

// The single changes that would be enough, nearest first; then what would have to change together, if that is several.
void print_changes(const question& asked, const changes& found, output& out) {
    std::vector<std::string> single;
    for (const link_ends& l : found.links)
        single.push_back("the link from " + printable(asked.name(l.consumer)) + " to " +
                         printable(asked.name(l.supplier)) + " would have to be optional (" +
                         optional_option(asked, l.consumer, l.supplier) + ")");
    std::vector<std::string> together;
    for (const repair& wanted : found.repairs) {
        if (wanted.driver) together.push_back(repair_of_driver(asked, wanted.device));
        if (wanted.cycle)
            together.push_back("the cycle through " + printable(asked.name(wanted.device)) +
                               " would have to be broken");
    }
    if (together.size() == 1) single.push_back(together.front());
    if (!single.empty()) {
        out.heading(single.size() > 1 ? "what would change it, each by itself" : "what would change it");
        for (const std::string& change : single) out.line("  " + change);
    }
    if (together.size() < 2) return;
    out.heading(single.empty() ? "what would change it, all of these together" : "or all of these together");
    for (const std::string& change : together) out.line("  " + change);
}

int run(const arguments& given, output& out) {
    const auto asked = ask(given);
    if (!asked) return out.fail(asked.error());
    const auto found = find_device(*asked, given.operands[1]);
    if (!found) return out.fail(found.error());
    const device_id d = *found;
    const devlink::plan plan = asked->resolve(given.rule, given.cycles);
    const verdict v = plan.verdict(d);

    out.heading(asked->name(d) + " is " + std::string(to_string(v)));
    std::string sentence = "It " + std::string(devlink::sink::explain(v));
    if (plan.position(d) != 0)
        sentence += ", as number " + std::to_string(plan.position(d)) + " of " + std::to_string(plan.order().size());
    out.line(sentence + ".");
    out.line("");
    if (v == verdict::bound) {
        print_suppliers(*asked, plan, d, out);
    } else if (v == verdict::degraded) {
        print_missing(*asked, plan, d, out);
        out.line("");
        print_changes(*asked, find_changes(*asked, plan, given.cycles, d), out);
    } else {
        print_chain(*asked, plan, d, out);
        print_open_cycles(*asked, plan, out);
        out.line("");
        print_changes(*asked, find_changes(*asked, plan, given.cycles, d), out);
    }
    return given.check && !devlink::is_up(v) ? bad_news : fine;
}

} // namespace

const command why_command{
    .name = "why",
    .synopsis = "INPUT DEV",
    .summary = "explain DEV's verdict: the chain to the root cause, and what would change it",
    .help = "Bad news for --check: DEV is neither bound nor degraded.\n",
    .least_operands = 2,
    .most_operands = 2,
    .options = question_options | option_rule | option_check,
    .run = run,
};

} // namespace tool
