// SPDX-License-Identifier: MIT
#include "cycle_text.hpp"

#include <algorithm>
#include <vector>

#include <devlink/detail/printable.hpp>
#include <devlink/sink/plan_text.hpp>
#include <devlink/sink/table.hpp>

namespace tool {

void print_relaxed(const question& asked, const devlink::plan& plan, output& out) {
    if (plan.relaxed().empty()) return;
    out.line("");
    out.heading("relaxed, as they lie on cycles");
    devlink::sink::table lines{{"cycle", devlink::sink::align::right}, {"consumer"}, {"supplier"}, {"link"}, {"from"}};
    std::vector<devlink::relaxed_link> relaxed(plan.relaxed().begin(), plan.relaxed().end());
    std::ranges::stable_sort(relaxed, {}, &devlink::relaxed_link::cycle);
    for (const devlink::relaxed_link& l : relaxed)
        lines.add_row({{std::to_string(l.cycle + 1), devlink::sink::tone::faint},
                       {asked.name(l.consumer)},
                       {asked.name(l.supplier)},
                       {to_string(l.reason)},
                       {asked.machine.origin(l.link)}});
    lines.print(out.text, out.colour);
}

void print_open_cycles(const question& asked, const devlink::plan& plan, output& out) {
    bool first = true;
    for (const auto& cycle : plan.cycles()) {
        if (!cycle.open) continue;
        if (first) {
            out.line("");
            out.heading("cycles that nothing breaks");
        }
        first = false;
        for (const devlink::cause_step& step : cycle.path)
            out.text += devlink::detail::printable(asked.name(step.device)) + " -> ";
        out.line(devlink::detail::printable(asked.name(cycle.path.front().device)));
    }
}

} // namespace tool
