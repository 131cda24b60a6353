// SPDX-License-Identifier: MIT
#ifndef DEVLINK_TESTS_RESOLVE_SMALL_HPP
#define DEVLINK_TESTS_RESOLVE_SMALL_HPP

// Machines of a few devices, written down by number.

#include <cstddef>
#include <initializer_list>
#include <string>
#include <vector>

#include <devlink/model/flags.hpp>
#include <devlink/model/forecast.hpp>
#include <devlink/model/link.hpp>
#include <devlink/resolve/plan.hpp>

namespace small {

using devlink::link_flag;
using devlink::outcome;
using devlink::verdict;

constexpr devlink::device_id id(std::size_t d) { return devlink::device_id{d}; }

/// A link from consumer to supplier.
constexpr devlink::link_spec link(std::size_t c, std::size_t s, devlink::link_flags flags = {}) {
    return {id(c), id(s), flags};
}
constexpr devlink::link_spec optional_link(std::size_t c, std::size_t s) {
    return link(c, s, link_flag::optional_supplier);
}
constexpr devlink::link_spec inferred_link(std::size_t c, std::size_t s) { return link(c, s, link_flag::inferred); }

/// A list of links with parents: the other things that a link_list_graph can say.
struct machine {
    using index_type = std::uint32_t;

    std::size_t devices;
    std::vector<devlink::link_spec> list;
    std::vector<devlink::parent> parents = std::vector<devlink::parent>(devices);

    [[nodiscard]] constexpr std::size_t device_count() const { return devices; }
    [[nodiscard]] constexpr const std::vector<devlink::link_spec>& links() const { return list; }
    [[nodiscard]] constexpr devlink::parent parent(devlink::device_id d) const { return parents[d.index()]; }
    constexpr machine& populates(std::size_t parent, std::size_t child) {
        parents[child] = {id(parent), devlink::parent_kind::populates};
        return *this;
    }
};

struct expectation {
    std::size_t device;
    outcome expected;
};

template <class G>
constexpr devlink::forecast forecast(const G& g, std::initializer_list<expectation> what) {
    devlink::forecast f{g};
    for (const expectation& e : what) f.set(id(e.device), e.expected);
    return f;
}

inline std::vector<std::size_t> order(const devlink::plan& p) {
    std::vector<std::size_t> list;
    for (const devlink::device_id d : p.order()) list.push_back(d.index());
    return list;
}
using numbers = std::vector<std::size_t>;

/// The verdicts of all devices in a row.
inline std::string verdicts(const devlink::plan& p) {
    std::string text;
    for (std::size_t d = 0; d != p.device_count(); ++d) {
        if (d != 0) text += ' ';
        text += to_string(p.verdict(id(d)));
    }
    return text;
}

/// A cause as the devices that it goes through, the device itself first.
inline numbers cause(const devlink::plan& p, std::size_t d) {
    numbers list;
    for (const devlink::cause_step s : p.cause(id(d))) {
        if (list.empty()) list.push_back(s.device.index());
        list.push_back(s.supplier.index());
    }
    return list;
}

} // namespace small

#endif
