// SPDX-License-Identifier: MIT
#ifndef DEVLINK_SINK_SCENARIO_TEXT_HPP
#define DEVLINK_SINK_SCENARIO_TEXT_HPP

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include <devlink/model/flags.hpp>
#include <devlink/model/graph.hpp>
#include <devlink/model/link.hpp>

namespace devlink::sink {

/// A word as a name of the scenario format: 1 to 63 characters out of `A-Z a-z 0-9 _ . : @ , + -`, the first a letter
/// or a digit. What is none of these becomes `_`, a word that begins otherwise gets an `x` in front. Allocates.
[[nodiscard]] inline std::string scenario_name(std::string_view word) {
    constexpr std::size_t longest = 63;
    const auto is_alphanumeric = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    };
    std::string name;
    if (word.empty() || !is_alphanumeric(word.front())) name += 'x';
    for (const char c : word.substr(0, longest - name.size()))
        name += is_alphanumeric(c) || std::string_view{"_.:@,+-"}.find(c) != std::string_view::npos ? c : '_';
    return name;
}

/// Appends a machine as a scenario file: its devices, in the order of registration, and its links, in the order of
/// adds.
///
/// Names that are none of the format are changed as scenario_name() does it, and get a number where another device has
/// the result. `origin(link_id)` says where a link comes from, or nothing. Removed devices and links are left out. Each
/// link is written with the flags that it has by now. Expected linear; allocates the names.
template <class Policy, class Origin>
void append_scenario(std::string& out, const basic_graph<Policy>& g, std::string_view name, const Origin& origin) {
    using device_type = typename basic_graph<Policy>::device_type;
    std::vector<std::string> names(g.device_count());
    std::unordered_set<std::string_view> taken;
    taken.reserve(g.device_count());
    for (std::size_t i = 0; i < g.device_count(); ++i) {
        std::string_view word;
        if constexpr (Policy::names::named) word = g.name(device_type{i});
        names[i] = scenario_name(word);
        for (std::size_t number = i; !taken.insert(names[i]).second; number += g.device_count()) {
            const std::string suffix = '.' + std::to_string(number);
            names[i] = scenario_name(word).substr(0, 63 - suffix.size()) + suffix;
        }
    }

    (out += "scenario ") += scenario_name(name) + '\n';
    for (std::size_t i = 0; i < g.device_count(); ++i) {
        const device_type d{i};
        if (!g.contains(d)) continue;
        (out += "device ") += names[i];
        if (const auto parent = g.parent(d); parent.device.valid()) {
            (out += " parent=") += names[parent.device.index()];
            if (parent.kind == parent_kind::populates) out += " populated";
        }
        out += '\n';
    }
    for (const auto& l : g.links()) {
        ((out += "link ") += names[l.consumer.index()]) += ' ' + names[l.supplier.index()];
        // `managed` is the core's to set. Where a link comes from is said first, as people look for that.
        if (l.flags.has(link_flag::inferred)) out += " inferred";
        for (const link_flag_name& known : all_link_flags)
            if (l.flags.has(known.flag) && known.flag != link_flag::managed && known.flag != link_flag::inferred)
                (out += ' ') += known.name;
        if (const std::string_view from = origin(l.link); !from.empty()) (out += " from=") += from;
        out += '\n';
    }
}

} // namespace devlink::sink

#endif
