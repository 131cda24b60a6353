// SPDX-License-Identifier: MIT

// The forward declarations come first and alone: what follows must be what they announced.
#include <devlink/fwd.hpp>

namespace {

// Each of these needs the names and the default template arguments, and no definition.
struct announced {
    devlink::graph* graph;
    devlink::frozen_graph* frozen;
    devlink::forecast* forecast;
    devlink::link_view* view;
    devlink::board<2, 1>* board;
    devlink::options* options;
    devlink::graph_error* error;
    devlink::cause_chain* cause;
    devlink::cycle_list* cycles;
    devlink::order_violation* violation;
    devlink::board_plan<2, 1>* plan_of_board;
};

} // namespace

#include <devlink/devlink.hpp>

#include <doctest/doctest.h>

#include <concepts>
#include <cstdint>

TEST_CASE("fwd: everyday names are the templates with their default arguments") {
    static_assert(std::same_as<devlink::device_id, devlink::basic_device_id<std::uint32_t>>);
    static_assert(std::same_as<devlink::link_id, devlink::basic_link_id<std::uint32_t>>);
    static_assert(
        std::same_as<devlink::graph, devlink::basic_graph<devlink::graph_policy<std::uint32_t, devlink::with_names>>>);
    static_assert(!std::same_as<devlink::device_id, devlink::link_id>);
    CHECK(devlink::device_id{7}.index() == 7);
}

TEST_CASE("fwd: what was announced is what is defined") {
    devlink::graph graph;
    devlink::forecast forecast{graph};
    devlink::options options;
    const announced all{&graph,  nullptr, &forecast, nullptr, nullptr, &options,
                        nullptr, nullptr, nullptr,   nullptr, nullptr};
    CHECK(all.graph->device_count() == 0);
    CHECK(all.forecast->all_ok());
    CHECK(*all.options == devlink::options{});
    static_assert(std::same_as<devlink::cause_chain, decltype(devlink::plan{}.cause(devlink::device_id{}))>);
    static_assert(std::same_as<devlink::cycle_list, decltype(devlink::plan{}.cycles())>);
    static_assert(std::same_as<devlink::order_violation, devlink::basic_order_violation<std::uint32_t>>);
    static_assert(std::same_as<devlink::board_plan<2, 1>, devlink::board_plan<2, 1, false>>);
}
