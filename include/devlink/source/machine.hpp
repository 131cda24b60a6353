// SPDX-License-Identifier: MIT
#ifndef DEVLINK_SOURCE_MACHINE_HPP
#define DEVLINK_SOURCE_MACHINE_HPP

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <devlink/model/forecast.hpp>
#include <devlink/model/graph.hpp>
#include <devlink/model/id.hpp>

namespace devlink::source {

/// What a source makes of its input: the devices and links of one machine, what its drivers are expected to do, and
/// where each link comes from.
struct machine {
    std::string name; ///< what the machine calls itself; may be empty
    devlink::graph graph;
    devlink::forecast forecast; ///< made for `graph`
    /// By the index of its link: ORIGIN[+ORIGIN...], as a property or a file that the link came from; empty where it is
    /// unknown. May be shorter than the list of links.
    std::vector<std::string> origins;

    /// Where a link comes from; empty where that is unknown. Constant time, no allocation.
    [[nodiscard]] std::string_view origin(link_id l) const noexcept {
        return l.index() < origins.size() ? std::string_view(origins[l.index()]) : std::string_view();
    }

    /// No more is added to the origins of a link that are as long as this: they are for people, and a link that is
    /// added over and over must not make each add slower than the one before.
    static constexpr std::size_t enough_origin = 4096;

    /// Adds to the origins of a link. What it names already is left alone, so origins given twice stand once.
    /// Linear in `origin` and enough_origin; allocates.
    void add_origin(link_id l, std::string_view origin) {
        if (origin.empty()) return;
        if (l.index() >= origins.size()) origins.resize(l.index() + 1);
        std::string& known = origins[l.index()];
        if (known.size() >= enough_origin) return;
        const std::string all = '+' + known + '+';
        if (!known.empty() && all.find('+' + std::string(origin) + '+') != std::string::npos) return;
        if (!known.empty()) known += '+';
        known += origin;
    }
};

} // namespace devlink::source

#endif
