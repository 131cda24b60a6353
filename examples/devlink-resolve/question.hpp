// SPDX-License-Identifier: MIT
#ifndef DEVLINK_EXAMPLES_DEVLINK_RESOLVE_QUESTION_HPP
#define DEVLINK_EXAMPLES_DEVLINK_RESOLVE_QUESTION_HPP

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <devlink/model/forecast.hpp>
#include <devlink/model/graph.hpp>
#include <devlink/model/result.hpp>
#include <devlink/policy/options.hpp>
#include <devlink/resolve/plan.hpp>
#include <devlink/source/device_aliases.hpp>
#include <devlink/source/machine.hpp>

#include "arguments.hpp"

namespace tool {

/// The links of a graph with flags of our own: what `--optional` changes is not in the graph, and a graph's links only
/// get stricter. A model of devlink::device_graph, so `resolve` takes it as it is; ids are the graph's.
class adjusted_graph {
public:
    using index_type = devlink::graph::index_type;

    adjusted_graph() = default;
    explicit adjusted_graph(const devlink::graph& g);

    [[nodiscard]] std::size_t device_count() const noexcept { return parents_.size(); }
    [[nodiscard]] devlink::parent parent(devlink::device_id d) const { return parents_[d.index()]; }
    [[nodiscard]] std::span<const devlink::supplier_link> suppliers(devlink::device_id d) const {
        return std::span(links_).subspan(first_[d.index()], first_[d.index() + 1] - first_[d.index()]);
    }

    /// The flags of a link. Precondition: the graph has it.
    [[nodiscard]] devlink::link_flags flags(devlink::link_id l) const { return links_[place_[l.index()]].flags; }

    /// Makes a link optional. Returns false, and changes nothing, if it holds back no probe.
    bool make_optional(devlink::link_id l);

    /// Makes a link hold nothing back any more, as fw_devlink does with links on a cycle.
    void relax(devlink::link_id l) {
        links_[place_[l.index()]].flags |= devlink::link_flag::sync_state_only | devlink::link_flag::cycle;
    }

private:
    std::vector<devlink::parent> parents_;
    std::vector<std::size_t> first_;
    std::vector<devlink::supplier_link> links_; // by consumer
    std::vector<std::size_t> place_;            // by link: where it is in links_
};

/// The plan of a graph by rules that are chosen at run time. Precondition: check_options() allows the two together.
devlink::plan resolve(const adjusted_graph& graph, const devlink::forecast& expected, devlink::order_rule order,
                      devlink::cycle_rule cycles);

/// A machine, and what the options make of it.
struct question {
    devlink::source::machine machine;
    devlink::source::device_aliases aliases; ///< what else its devices are called
    adjusted_graph graph;
    devlink::forecast forecast;

    [[nodiscard]] std::string name(devlink::device_id d) const;
    [[nodiscard]] devlink::plan resolve(devlink::order_rule order, devlink::cycle_rule cycles) const {
        return tool::resolve(graph, forecast, order, cycles);
    }
};

/// By link: whether the plan's cycle rule relaxed it, so that it is no need any more.
std::vector<bool> relaxed_links(const question& asked, const devlink::plan& plan);

/// Reads the first operand and applies the options. An error is one line.
devlink::result<question, std::string> ask(const arguments& given);

/// The device of that name, or of the name that answers print so (`\\` and `\xNN`) where the word itself is none; an id
/// that is not valid if there is none either way.
devlink::device_id look_up(const question& asked, std::string_view name);

/// The same for people. The error names the input, and devices whose names contain the word.
devlink::result<devlink::device_id, std::string> find_device(const question& asked, std::string_view name);

/// `link from CONSUMER` in words: what kind of need it is, and where it comes from.
std::string describe_need(const question& asked, devlink::link_id l);

/// How to make a link optional, printable and as words for the shell.
std::string optional_option(const question& asked, devlink::device_id consumer, devlink::device_id supplier);

} // namespace tool

#endif
