// SPDX-License-Identifier: MIT
#include <devlink/resolve/check_order.hpp>
#include <devlink/sink/plan_text.hpp>
#include <devlink/sink/table.hpp>

#include "commands.hpp"
#include "input.hpp"
#include "order_file.hpp"
#include "output.hpp"
#include "question.hpp"

namespace tool {

namespace {

int run(const arguments& given, output& out) {
    const auto asked = ask(given);
    if (!asked) return out.fail(asked.error());
    const std::string path(given.operands[1]);
    const auto text = read_file(path);
    if (!text) return out.fail(text.error().to_string());
    const auto order = read_order(*asked, *text, path);
    if (!order) return out.fail(order.error());

    // A link that a cycle rule relaxed is one that no order has to respect.
    const devlink::plan plan = asked->resolve(devlink::order_rule::on_demand, given.cycles);
    const auto violations = devlink::check_order(asked->graph, std::span(order->devices), plan.relaxed());

    devlink::sink::table lines{
        {"line", devlink::sink::align::right}, {"device"}, {"fault"}, {"supplier"}, {"needed by"}};
    for (const auto& violation : violations)
        lines.add_row({{std::to_string(order->lines[violation.place]), devlink::sink::tone::faint},
                       {asked->name(violation.device)},
                       {to_string(violation.fault), devlink::sink::tone::bad},
                       {violation.supplier.valid() ? asked->name(violation.supplier) : ""},
                       {violation.supplier.valid() ? describe_need(*asked, violation.link) : ""}});
    if (lines.size() != 0) {
        lines.print(out.text, out.colour);
        out.line("");
    }
    std::string sum = devlink::sink::counted(order->devices.size(), "device") +
                      (order->is_log ? " found bound in the log, " : " in the order, ") +
                      devlink::sink::counted(violations.size(), "violation");
    if (!plan.relaxed().empty())
        sum += "; not held against it: " + devlink::sink::counted(plan.relaxed().size(), "link") + " relaxed on cycles";
    out.line(sum + '.');
    return given.check && !violations.empty() ? bad_news : fine;
}

} // namespace

const command verify_command{
    .name = "verify",
    .synopsis = "INPUT ORDER",
    .summary = "hold an order against every link, and print each violation",
    .help =
        "ORDER is a file: a device a line, '#' before comments; or the output of 'order --format tsv'; or a kernel's\n"
        "log, in which the lines 'probe of DEV returned 0 after' (initcall_debug; 1 before Linux 5.14) and \"bound to\n"
        "device 'DEV'\" (dynamic debug) count.\n"
        "Bad news for --check: any violation.\n",
    .least_operands = 2,
    .most_operands = 2,
    .options = option_cycles | option_optional | option_optional_all | option_check | input_options,
    .files = 2,
    .run = run,
};

} // namespace tool
