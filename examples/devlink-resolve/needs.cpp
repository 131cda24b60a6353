// SPDX-License-Identifier: MIT
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

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

// Why one device of the list is in it: another one needs it.
struct need {
    enum class kind : std::uint8_t { mandatory, optional, populating_parent, plain_parent };

    device_id consumer;
    device_id supplier;
    kind by;

    /// A plain parent may be probed after its children.
    [[nodiscard]] bool gives_order() const { return by != kind::plain_parent; }
};

// The needs of all devices of the list, consumer by consumer, without the links that the rule for cycles relaxed.
std::vector<need> needs_of(const question& asked, const devlink::plan& plan, std::span<const device_id> all) {
    const std::vector<bool> relaxed = relaxed_links(asked, plan);
    std::vector<need> found;
    for (const device_id d : all) {
        const devlink::parent parent = asked.graph.parent(d);
        if (parent.device.valid())
            found.push_back({d, parent.device,
                             parent.kind == devlink::parent_kind::populates ? need::kind::populating_parent
                                                                            : need::kind::plain_parent});
        for (const devlink::supplier_link& l : asked.graph.suppliers(d))
            if (devlink::holds_back(l.flags) && !relaxed[l.link.index()])
                found.push_back({d, l.supplier,
                                 l.flags.has(devlink::link_flag::optional_supplier) ? need::kind::optional
                                                                                    : need::kind::mandatory});
    }
    return found;
}

std::string word(const question& asked, device_id d) { return devlink::detail::printable_word(asked.name(d)); }

// A name in Graphviz's quotes. A backslash steers its labels, so each is doubled.
std::string dot_name(const question& asked, device_id d) {
    std::string out = "\"";
    for (const char c : devlink::detail::printable(asked.name(d))) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

void print_tsort(const question& asked, std::span<const device_id> all, std::span<const need> needs, output& out) {
    std::vector<bool> waits(asked.graph.device_count());
    for (const need& n : needs)
        if (n.gives_order()) waits[n.consumer.index()] = true;
    for (const device_id d : all)
        if (!waits[d.index()]) out.line(word(asked, d) + ' ' + word(asked, d));
    for (const need& n : needs)
        if (n.gives_order()) out.line(word(asked, n.supplier) + ' ' + word(asked, n.consumer));
}

void print_dot(const question& asked, std::span<const device_id> all, std::span<const need> needs, output& out) {
    out.line("digraph needs {");
    for (const device_id d : all) out.line("    " + dot_name(asked, d) + ';');
    for (const need& n : needs) {
        const std::string_view style = n.by == need::kind::optional       ? " [style=dashed]"
                                       : n.by == need::kind::plain_parent ? " [style=dotted]"
                                                                          : "";
        out.line("    " + dot_name(asked, n.consumer) + " -> " + dot_name(asked, n.supplier) + std::string(style) +
                 ';');
    }
    out.line("}");
}

void print_tsv(const question& asked, const devlink::plan& plan, std::span<const device_id> all,
               std::span<const need> needs, output& out) {
    std::vector<std::string> needed_by(asked.graph.device_count());
    std::vector<device_id> last(asked.graph.device_count());
    for (const need& n : needs) {
        // A parent may be a supplier as well.
        if (last[n.supplier.index()] == n.consumer) continue;
        last[n.supplier.index()] = n.consumer;
        std::string& names = needed_by[n.supplier.index()];
        if (!names.empty()) names += ' ';
        names += word(asked, n.consumer);
    }
    std::size_t position = 0;
    for (const device_id d : all) {
        ++position;
        const std::string& names = needed_by[d.index()];
        out.line((plan.position(d) == 0 ? "-" : std::to_string(position)) + '\t' + word(asked, d) + '\t' +
                 (names.empty() ? "-" : names));
    }
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
    if (given.format == output_format::text) {
        for (const device_id d : all) out.line(devlink::detail::printable(asked->name(d)));
        return fine;
    }
    // What is needed does not depend on what drivers are expected to do.
    const devlink::plan plan =
        resolve(asked->graph, devlink::forecast(asked->machine.graph), devlink::order_rule::on_demand, given.cycles);
    const std::vector<need> needs = needs_of(*asked, plan, all);
    if (given.format == output_format::tsort)
        print_tsort(*asked, all, needs, out);
    else if (given.format == output_format::dot)
        print_dot(*asked, all, needs, out);
    else
        print_tsv(*asked, plan, all, needs, out);
    return fine;
}

} // namespace

const command needs_command{
    .name = "needs",
    .synopsis = "INPUT DEV...",
    .summary = "print all that DEV needs, transitively, in probe order",
    .help =
        "A device a line, the given ones among them: suppliers of links that hold back a probe, optional ones too,\n"
        "and parents. What an initramfs has to bring up for these devices. All formats leave out links that were\n"
        "relaxed.\n"
        "\n"
        "Lines of --format tsort: SUPPLIER CONSUMER, and a device that waits for none twice, so that tsort(1) gives a\n"
        "probe order; it finds a loop only where a cycle is not broken. --format dot: an arrow from each device to\n"
        "what it needs, dashed if optional, dotted to a parent that may come later. Lines of --format tsv: POSITION,\n"
        "DEVICE, NEEDED-BY; POSITION is '-' on a cycle that is not broken, NEEDED-BY joined by blanks or '-'. A blank\n"
        "in a name is '\\x20' in tsort and tsv.\n",
    .least_operands = 2,
    .most_operands = static_cast<std::size_t>(-1),
    .options = option_cycles | option_graph_format | input_options,
    .run = run,
};

} // namespace tool
