// SPDX-License-Identifier: MIT
#ifndef DEVLINK_SINK_NAMES_HPP
#define DEVLINK_SINK_NAMES_HPP

#include <string>
#include <string_view>

#include <devlink/model/flags.hpp>
#include <devlink/model/graph.hpp>

namespace devlink::sink {

/// The names of all flags of a set in the order of their bits, joined by `+`; `-` for none. Allocates.
/// Source: examples/SCENARIOS.md, `state` lines.
[[nodiscard]] inline std::string to_text(link_flags flags) {
    std::string text;
    for (const link_flag_name& known : all_link_flags) {
        if (!flags.has(known.flag)) continue;
        if (!text.empty()) text += '+';
        text += known.name;
    }
    return text.empty() ? "-" : text;
}

/// What a device is called in answers: its name, or `#INDEX` where it has none, or `-` for no device. Allocates.
template <class Policy>
[[nodiscard]] std::string name_of(const basic_graph<Policy>& g, typename basic_graph<Policy>::device_type d) {
    if (!d.valid()) return "-";
    if constexpr (Policy::names::named)
        if (const std::string_view name = g.name(d); !name.empty()) return std::string(name);
    std::string number = "#";
    number += std::to_string(d.index());
    return number;
}

} // namespace devlink::sink

#endif
