// SPDX-License-Identifier: MIT
#include <devlink/detail/printable.hpp>
#include <devlink/sink/plan_text.hpp>
#include <devlink/sink/table.hpp>

#include "commands.hpp"
#include "hold_tree.hpp"
#include "output.hpp"
#include "question.hpp"

namespace tool {

namespace {

using devlink::device_id;
using devlink::verdict;
using devlink::detail::printable;

// Both tables say only what the failures change: what was lost or degraded before is not news.
struct change {
    std::vector<bool> lost;
    std::size_t lost_count = 0;
    devlink::sink::table blocked{{"blocked"}, {"needs"}, {"by"}};
    devlink::sink::table degraded{{"degraded"}, {"runs without"}};
};

change compare(const question& asked, const devlink::plan& before, const devlink::plan& after,
               const std::vector<bool>& failing) {
    change found;
    found.lost.resize(asked.graph.device_count());
    for (std::size_t i = 0; i < asked.graph.device_count(); ++i) {
        const device_id d(i);
        const bool was_up = devlink::is_up(before.verdict(d));
        if (failing[i] || after.verdict(d) == before.verdict(d) || !was_up) continue;
        if (after.verdict(d) == verdict::degraded) {
            std::string missing;
            for (const devlink::missing_supplier& m : after.missing(d))
                missing += (missing.empty() ? "" : ", ") + asked.name(m.supplier);
            found.degraded.add_row({{asked.name(d)}, {missing}});
        } else if (!devlink::is_up(after.verdict(d))) {
            found.lost[i] = true;
            ++found.lost_count;
            const devlink::cause_step step = *after.cause(d).begin();
            found.blocked.add_row({{asked.name(d)}, {asked.name(step.supplier)}, {describe_need(asked, step.link)}});
        }
    }
    return found;
}

// Of the links that alone hold their consumers, the one with the most lost devices behind it. How many it saves is
// tried, as a saved device may do harm elsewhere: one that could do without it may have to wait for it.
void print_best_link(const question& asked, const devlink::forecast& failing, const devlink::plan& after,
                     devlink::cycle_rule cycles, const change& found, output& out) {
    const hold_tree holds(asked, failing, after);
    const std::vector<std::size_t> behind = holds.weight_below(found.lost);
    device_id best;
    for (std::size_t i = 0; i < behind.size(); ++i)
        if (behind[i] > (best.valid() ? behind[best.index()] : 0) && holds.only_link(device_id(i)).valid())
            best = device_id(i);
    std::size_t saved = 0;
    if (best.valid()) {
        adjusted_graph changed = asked.graph;
        changed.make_optional(holds.only_link(best));
        const devlink::plan better = resolve(changed, failing, devlink::order_rule::on_demand, cycles);
        for (std::size_t i = 0; i < found.lost.size(); ++i)
            if (found.lost[i] && devlink::is_up(better.verdict(device_id(i)))) ++saved;
    }
    if (saved == 0) {
        out.line("No single link, made optional, saves any of them.");
        return;
    }
    const device_id supplier = holds.only_supplier(best);
    out.line("Made optional, the link from " + printable(asked.name(best)) + " to " + printable(asked.name(supplier)) +
             " saves most: " + std::to_string(saved) + " of " + std::to_string(found.lost_count) + " (" +
             optional_option(asked, best, supplier) + ").");
}

int run(const arguments& given, output& out) {
    const auto asked = ask(given);
    if (!asked) return out.fail(asked.error());
    devlink::forecast expected = asked->forecast;
    std::vector<bool> failing(asked->graph.device_count());
    std::string names;
    for (std::size_t i = 1; i < given.operands.size(); ++i) {
        const auto d = find_device(*asked, given.operands[i]);
        if (!d) return out.fail(d.error());
        if (failing[d->index()]) continue;
        failing[d->index()] = true;
        expected.set(*d, devlink::outcome::fail);
        names += (names.empty() ? "" : ", ") + asked->name(*d);
    }
    const devlink::plan before = asked->resolve(given.rule, given.cycles);
    const devlink::plan after = resolve(asked->graph, expected, given.rule, given.cycles);
    const change found = compare(*asked, before, after, failing);

    out.heading("if the driver of " + names + " fails");
    if (found.lost_count != 0) {
        found.blocked.print(out.text, out.colour);
        out.line("");
    }
    if (found.degraded.size() != 0) {
        found.degraded.print(out.text, out.colour);
        out.line("");
    }
    std::string sum = found.lost_count == 0 ? "No other device is lost"
                                            : devlink::sink::counted(found.lost_count, "other device") +
                                                  (found.lost_count == 1 ? " is lost" : " are lost");
    if (found.degraded.size() != 0)
        sum += ", " + std::to_string(found.degraded.size()) + (found.degraded.size() == 1 ? " runs" : " run") +
               " degraded";
    out.line(sum + '.');
    if (found.lost_count != 0) print_best_link(*asked, expected, after, given.cycles, found, out);
    return given.check && found.lost_count != 0 ? bad_news : fine;
}

} // namespace

const command whatif_command{
    .name = "whatif",
    .synopsis = "INPUT DEV...",
    .summary = "print what is lost if these fail, and which link, made optional, saves most",
    .help = "Bad news for --check: any other device is lost.\n",
    .least_operands = 2,
    .most_operands = static_cast<std::size_t>(-1),
    .options = question_options | option_check,
    .run = run,
};

} // namespace tool
