// SPDX-License-Identifier: MIT
#ifndef DEVLINK_SINK_PLAN_TEXT_HPP
#define DEVLINK_SINK_PLAN_TEXT_HPP

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include <devlink/model/graph.hpp>
#include <devlink/resolve/plan.hpp>
#include <devlink/sink/names.hpp>
#include <devlink/sink/roots.hpp>
#include <devlink/sink/style.hpp>
#include <devlink/sink/table.hpp>

namespace devlink::sink {

/// `1 device`, `2 devices`. Allocates.
[[nodiscard]] inline std::string counted(std::size_t count, std::string_view thing) {
    return std::to_string(count) + ' ' + std::string(thing) + (count == 1 ? "" : "s");
}

/// What a verdict says of a device, as the end of a sentence that begins with its name.
[[nodiscard]] constexpr std::string_view explain(verdict v) noexcept {
    switch (v) {
    case verdict::bound:
        return "binds";
    case verdict::degraded:
        return "binds, but without all of its optional suppliers";
    case verdict::failed:
        return "is probed, and fails for good";
    case verdict::absent:
        return "has no driver";
    case verdict::blocked:
        return "is never probed: something that it needs never binds";
    case verdict::waiting:
        return "waits for ever";
    case verdict::cyclic:
        return "is never probed: it needs itself";
    }
    return {};
}

/// Appends a plan for people, as a table: a line for each device, first those that are probed, in probe order, then the
/// others in registration order; what holds a device or is missing, and the root of that with its verdict.
/// Precondition: `plan` was made for `g` or a graph with its devices. O(D + L) and the text; allocates.
template <class Policy>
void append_plan_text(std::string& out, const basic_graph<Policy>& g,
                      const basic_plan<typename Policy::index_type>& plan, colour c) {
    using device_type = basic_device_id<typename Policy::index_type>;
    const std::vector<device_type> roots = all_roots(plan);
    table lines{{"#", align::right}, {"device"}, {"verdict"}, {"needs"}, {"root"}};
    const auto add = [&](device_type d) {
        const std::size_t position = plan.position(d);
        const verdict v = plan.verdict(d);
        std::string needs;
        for (const auto& missing : plan.missing(d))
            needs += (needs.empty() ? "runs without " : ", ") + name_of(g, missing.supplier);
        if (const auto chain = plan.cause(d); needs.empty() && !chain.empty())
            needs = name_of(g, (*chain.begin()).supplier);
        std::string root;
        if (const device_type r = roots[d.index()]; r.valid())
            root = name_of(g, r) + " (" + std::string(to_string(plan.verdict(r))) + ")";
        lines.add_row({{position == 0 ? "-" : std::to_string(position), tone::faint},
                       {name_of(g, d), is_up(v) ? tone::plain : tone::strong},
                       {to_string(v), tone_of(v)},
                       {needs},
                       {root}});
    };
    for (const device_type d : plan.order()) add(d);
    for (std::size_t i = 0; i < g.device_count(); ++i)
        if (const device_type d(i); g.contains(d) && plan.position(d) == 0) add(d);
    lines.print(out, c);
}

/// Appends `171 devices: 168 bound, 1 failed, 2 blocked`, without an end of the line. Constant time; allocates.
template <std::unsigned_integral Index>
void append_counts(std::string& out, const basic_plan<Index>& plan, colour c) {
    out += counted(plan.device_count(), "device");
    std::string_view before = ": ";
    for (std::size_t i = 0; i < verdict_count; ++i) {
        const auto v = static_cast<verdict>(i);
        if (plan.count(v) == 0) continue;
        out += before;
        paint(out, std::to_string(plan.count(v)) + ' ' + std::string(to_string(v)), tone_of(v), c);
        before = ", ";
    }
}

} // namespace devlink::sink

#endif
