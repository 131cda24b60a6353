// SPDX-License-Identifier: MIT
#include "question.hpp"

#include <optional>
#include <utility>

#include <devlink/detail/printable.hpp>
#include <devlink/resolve/resolve.hpp>
#include <devlink/sink/names.hpp>
#include <devlink/source/log_forecast.hpp>

#include "input.hpp"

namespace tool {

using devlink::cycle_rule;
using devlink::device_id;
using devlink::link_id;
using devlink::order_rule;
using devlink::result;
using devlink::detail::quoted;

adjusted_graph::adjusted_graph(const devlink::graph& g) {
    parents_.reserve(g.device_count());
    first_.reserve(g.device_count() + 1);
    links_.reserve(g.link_count());
    place_.resize(g.link_count());
    for (std::size_t i = 0; i < g.device_count(); ++i) {
        const device_id d(i);
        parents_.push_back(g.parent(d));
        first_.push_back(links_.size());
        for (const devlink::supplier_link& l : g.suppliers(d)) {
            place_[l.link.index()] = links_.size();
            links_.push_back(l);
        }
    }
    first_.push_back(links_.size());
}

bool adjusted_graph::make_optional(link_id l) {
    devlink::link_flags& flags = links_[place_[l.index()]].flags;
    if (!devlink::holds_back(flags)) return false;
    flags |= devlink::link_flag::optional_supplier;
    return true;
}

std::string question::name(device_id d) const { return devlink::sink::name_of(machine.graph, d); }

namespace {

// The library chooses its rules at compile time, the tool at run time: so it holds each combination that makes sense.
template <order_rule Order>
devlink::plan resolve_by(const adjusted_graph& graph, const devlink::forecast& expected, cycle_rule cycles) {
    switch (cycles) {
    case cycle_rule::report:
        return devlink::resolve<devlink::options{.order = Order, .cycles = cycle_rule::report}>(graph, expected);
    case cycle_rule::relax_optional:
        if constexpr (Order != order_rule::kernel)
            return devlink::resolve<devlink::options{.order = Order, .cycles = cycle_rule::relax_optional}>(graph,
                                                                                                            expected);
        break;
    case cycle_rule::relax_inferred:
        break;
    }
    return devlink::resolve<devlink::options{.order = Order, .cycles = cycle_rule::relax_inferred}>(graph, expected);
}

} // namespace

devlink::plan resolve(const adjusted_graph& graph, const devlink::forecast& expected, order_rule order,
                      cycle_rule cycles) {
    switch (order) {
    case order_rule::registration:
        return resolve_by<order_rule::registration>(graph, expected, cycles);
    case order_rule::kernel:
        return resolve_by<order_rule::kernel>(graph, expected, cycles);
    case order_rule::breadth:
        return resolve_by<order_rule::breadth>(graph, expected, cycles);
    case order_rule::longest_path_first:
        return resolve_by<order_rule::longest_path_first>(graph, expected, cycles);
    case order_rule::on_demand:
        break;
    }
    return resolve_by<order_rule::on_demand>(graph, expected, cycles);
}

device_id look_up(const question& asked, std::string_view name) {
    const auto find = [&](std::string_view exactly) {
        const device_id d = asked.machine.graph.find(exactly);
        return d.valid() ? d : asked.aliases.find_exactly(exactly);
    };
    if (const device_id d = find(name); d.valid() || name.find('\\') == std::string_view::npos) return d;
    const std::optional<std::string> meant = devlink::detail::from_printable(name);
    return meant ? find(*meant) : device_id();
}

result<device_id, std::string> find_device(const question& asked, std::string_view name) {
    const devlink::graph& g = asked.machine.graph;
    if (const device_id d = look_up(asked, name); d.valid()) return d;
    std::string message = "no device " + quoted(name) + " in " + devlink::detail::printable(asked.machine.name);
    constexpr std::size_t most_shown = 3;
    std::size_t similar = 0;
    std::string names;
    for (std::size_t i = 0; i < g.device_count() && !name.empty(); ++i) {
        const std::string_view candidate = g.name(device_id(i));
        if (candidate.find(name) == std::string_view::npos || ++similar > most_shown) continue;
        names += (names.empty() ? "" : ", ") + quoted(candidate);
    }
    if (similar != 0) message += "; there is " + names + (similar > most_shown ? ", and more" : "");
    return message;
}

namespace {

std::string set_outcomes(question& asked, const std::vector<std::string_view>& names, devlink::outcome expected) {
    for (const std::string_view name : names) {
        const auto d = find_device(asked, name);
        if (!d) return d.error();
        asked.forecast.set(*d, expected);
    }
    return {};
}

std::string make_optional(question& asked, std::string_view pair) {
    const devlink::graph& g = asked.machine.graph;
    // A name may hold '=' as well, so each place where the pair could be cut is tried.
    for (std::size_t cut = pair.find('='); cut != std::string_view::npos; cut = pair.find('=', cut + 1)) {
        const device_id consumer = look_up(asked, pair.substr(0, cut));
        const device_id supplier = look_up(asked, pair.substr(cut + 1));
        if (!consumer.valid() || !supplier.valid()) continue;
        const link_id l = g.find_link(consumer, supplier);
        if (!l.valid()) return "no link from " + quoted(g.name(consumer)) + " to " + quoted(g.name(supplier));
        if (asked.graph.make_optional(l)) return {};
        return "the link from " + quoted(g.name(consumer)) + " to " + quoted(g.name(supplier)) + " holds nothing back";
    }
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos) return "--optional needs CONSUMER=SUPPLIER, not " + quoted(pair);
    const auto consumer = find_device(asked, pair.substr(0, equals));
    return consumer ? find_device(asked, pair.substr(equals + 1)).error() : consumer.error();
}

} // namespace

namespace {

// A log that speaks of another machine is a mistake, not an answer.
std::string expect_what_is_logged(question& asked, const arguments& given) {
    const auto check = [&](std::string_view path, const devlink::source::log_match& match) {
        if (match.matched != 0 || match.unknown == 0) return std::string();
        return devlink::detail::printable(path) + ": none of its devices is one of the machine";
    };
    if (!given.log.empty()) {
        const auto text = read_file(std::string(given.log));
        if (!text) return text.error().to_string();
        const auto log = devlink::source::read_boot_log(*text);
        const auto match = devlink::source::apply_log(asked.machine, log, asked.aliases);
        if (std::string error = check(given.log, match); !error.empty()) return error;
    }
    if (!given.deferred.empty()) {
        const auto text = read_file(std::string(given.deferred));
        if (!text) return text.error().to_string();
        auto deferred = devlink::source::read_devices_deferred(*text);
        if (!deferred) {
            devlink::source::source_error error = deferred.error();
            error.path = devlink::detail::printable(given.deferred);
            return error.to_string();
        }
        const auto match = devlink::source::apply_deferred(asked.machine, *deferred, asked.aliases);
        if (std::string error = check(given.deferred, match); !error.empty()) return error;
    }
    return {};
}

} // namespace

std::vector<bool> relaxed_links(const question& asked, const devlink::plan& plan) {
    std::vector<bool> relaxed(asked.machine.graph.link_count());
    for (const devlink::relaxed_link& l : plan.relaxed()) relaxed[l.link.index()] = true;
    return relaxed;
}

result<question, std::string> ask(const arguments& given) {
    question asked;
    auto read = read_machine(std::string(given.operands.front()), given, &asked.aliases);
    if (!read) return read.error().to_string();
    asked.machine = std::move(*read);
    if (std::string error = expect_what_is_logged(asked, given); !error.empty()) return error;
    asked.graph = adjusted_graph(asked.machine.graph);
    asked.forecast = asked.machine.forecast;
    for (const auto& [names, expected] : {std::pair{&given.fail, devlink::outcome::fail},
                                          {&given.absent, devlink::outcome::absent},
                                          {&given.defer, devlink::outcome::defer}})
        if (std::string error = set_outcomes(asked, *names, expected); !error.empty()) return error;
    for (const std::string_view pair : given.optional)
        if (std::string error = make_optional(asked, pair); !error.empty()) return error;
    if (given.optional_all)
        for (const auto& l : asked.machine.graph.links()) asked.graph.make_optional(l.link);
    return asked;
}

namespace {

// What a shell takes for that very word.
std::string shell_word(const std::string& text) {
    constexpr std::string_view safe = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789@%_+=:,./-";
    if (!text.empty() && text.find_first_not_of(safe) == std::string::npos) return text;
    std::string out = "'";
    for (const char c : text) {
        if (c == '\'')
            out += "'\\''"; // no escape counts between quotes
        else
            out += c;
    }
    return out + '\'';
}

} // namespace

std::string describe_need(const question& asked, link_id l) {
    if (!l.valid()) return "the parent, which populates it";
    const devlink::link_flags flags = asked.graph.flags(l);
    std::string text = flags.has(devlink::link_flag::optional_supplier) ? "optional" : "mandatory";
    if (flags.has(devlink::link_flag::inferred)) text += ", inferred";
    text += " link";
    if (const std::string_view from = asked.machine.origin(l); !from.empty()) text += ", from " + std::string(from);
    return text;
}

std::string optional_option(const question& asked, device_id consumer, device_id supplier) {
    return "--optional " + shell_word(devlink::detail::printable(asked.name(consumer) + '=' + asked.name(supplier)));
}

} // namespace tool
