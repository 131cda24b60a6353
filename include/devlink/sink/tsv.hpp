// SPDX-License-Identifier: MIT
#ifndef DEVLINK_SINK_TSV_HPP
#define DEVLINK_SINK_TSV_HPP

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <devlink/detail/printable.hpp>
#include <devlink/model/graph.hpp>
#include <devlink/resolve/plan.hpp>
#include <devlink/sink/names.hpp>
#include <devlink/sink/roots.hpp>

namespace devlink::sink {

// Answers for other programs: a line each, fields separated by tabs, `-` for nothing. Names are made printable words,
// so that none holds a tab or a blank or ends a line.

/// Appends a plan: `POSITION DEVICE VERDICT CAUSE ROOT`, first the devices that are probed, in probe order, then the
/// others in registration order. CAUSE is what holds the device, ROOT the end of that chain; for a degraded device
/// CAUSE is its missing suppliers, joined by single blanks. Precondition: `plan` was made for `g` or a graph with its
/// devices. O(D + L) and the text; allocates.
template <class Policy>
void append_plan_tsv(std::string& out, const basic_graph<Policy>& g,
                     const basic_plan<typename Policy::index_type>& plan) {
    using device_type = basic_device_id<typename Policy::index_type>;
    const std::vector<device_type> roots = all_roots(plan);
    const auto append_line = [&](device_type d) {
        const std::size_t position = plan.position(d);
        std::string cause;
        for (const auto& missing : plan.missing(d)) {
            if (!cause.empty()) cause += ' ';
            cause += detail::printable_word(name_of(g, missing.supplier));
        }
        const auto chain = plan.cause(d);
        if (cause.empty()) cause = chain.empty() ? "-" : detail::printable_word(name_of(g, (*chain.begin()).supplier));
        out += position == 0 ? "-" : std::to_string(position);
        out += '\t';
        out += detail::printable_word(name_of(g, d));
        out += '\t';
        out += to_string(plan.verdict(d));
        out += '\t';
        out += cause;
        out += '\t';
        out += detail::printable_word(name_of(g, roots[d.index()]));
        out += '\n';
    };
    for (const device_type d : plan.order()) append_line(d);
    for (std::size_t i = 0; i < g.device_count(); ++i)
        if (const device_type d(i); g.contains(d) && plan.position(d) == 0) append_line(d);
}

/// Appends all links in the order in which they were added: `CONSUMER SUPPLIER FLAGS ORIGIN`. `origin(link)` gives a
/// text that may be empty. O(L) and what `origin` takes; allocates.
template <class Policy, class Origin>
void append_links_tsv(std::string& out, const basic_graph<Policy>& g, Origin&& origin) {
    for (const auto& l : g.links()) {
        out += detail::printable_word(name_of(g, l.consumer));
        out += '\t';
        out += detail::printable_word(name_of(g, l.supplier));
        out += '\t';
        out += to_text(l.flags);
        out += '\t';
        const std::string_view from = origin(l.link);
        detail::append_printable(out, from.empty() ? std::string_view("-") : from);
        out += '\n';
    }
}

} // namespace devlink::sink

#endif
