// SPDX-License-Identifier: MIT
#include <devlink/detail/printable.hpp>
#include <devlink/resolve/required.hpp>

#include "commands.hpp"
#include "output.hpp"
#include "question.hpp"

namespace tool {

namespace {

using devlink::cycle_rule;
using devlink::device_id;

template <cycle_rule Cycles>
std::vector<device_id> required(const question& asked, std::span<const device_id> wanted) {
    return devlink::required_by<devlink::options{.cycles = Cycles}>(asked.graph, wanted);
}

int run(const arguments& given, output& out) {
    const auto asked = ask(given);
    if (!asked) return out.fail(asked.error());
    std::vector<device_id> wanted;
    for (std::size_t i = 1; i < given.operands.size(); ++i) {
        const auto d = find_device(*asked, given.operands[i]);
        if (!d) return out.fail(d.error());
        wanted.push_back(*d);
    }
    const std::vector<device_id> all = given.cycles == cycle_rule::report ? required<cycle_rule::report>(*asked, wanted)
                                       : given.cycles == cycle_rule::relax_optional
                                           ? required<cycle_rule::relax_optional>(*asked, wanted)
                                           : required<cycle_rule::relax_inferred>(*asked, wanted);
    for (const device_id d : all) out.line(devlink::detail::printable(asked->name(d)));
    return fine;
}

} // namespace

const command needs_command{
    .name = "needs",
    .synopsis = "INPUT DEV...",
    .summary = "print all that DEV needs, transitively, in probe order",
    .help =
        "A device a line, the given ones among them: suppliers of links that hold back a probe, optional ones too,\n"
        "and parents. What an initramfs has to bring up for these devices.\n",
    .least_operands = 2,
    .most_operands = static_cast<std::size_t>(-1),
    .options = option_cycles | input_options,
    .run = run,
};

} // namespace tool
