// SPDX-License-Identifier: MIT
#ifndef DEVLINK_TESTS_TOOL_RANDOM_QUESTION_HPP
#define DEVLINK_TESTS_TOOL_RANDOM_QUESTION_HPP

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <random>
#include <string>

#include "question.hpp"

namespace tool {

/// What a random question may hold.
struct question_kind {
    bool cycles = true;
    bool deferrals = true;
};

/// A small machine with parents and links of all kinds, and a forecast for it.
inline question random_question(std::mt19937& random, question_kind may_hold = {}) {
    using devlink::device_id;
    using devlink::link_flag;
    question asked;
    devlink::graph& g = asked.machine.graph;
    const std::size_t devices = 2 + random() % 14;
    for (std::size_t i = 0; i < devices; ++i) {
        const std::string name = "d" + std::to_string(i);
        if (i != 0 && random() % 5 == 0)
            g.add_device(name, device_id(random() % i),
                         random() % 2 == 0 ? devlink::parent_kind::populates : devlink::parent_kind::contains);
        else
            g.add_device(name);
    }
    for (std::size_t i = 0; i < devices + random() % (2 * devices); ++i) {
        std::size_t consumer = random() % devices;
        std::size_t supplier = random() % devices;
        if (!may_hold.cycles && consumer < supplier) std::swap(consumer, supplier);
        constexpr devlink::link_flags kinds[] = {{},
                                                 {},
                                                 {},
                                                 link_flag::optional_supplier,
                                                 link_flag::optional_supplier,
                                                 link_flag::sync_state_only,
                                                 link_flag::stateless,
                                                 link_flag::inferred};
        if (consumer != supplier)
            CHECK(g.add_link(device_id(consumer), device_id(supplier), kinds[random() % 8], devlink::unchecked));
    }
    asked.graph = adjusted_graph(g);
    asked.forecast = devlink::forecast(g);
    for (std::size_t i = 0; i < devices; ++i) {
        if (random() % 4 != 0) continue;
        constexpr devlink::outcome outcomes[] = {devlink::outcome::fail, devlink::outcome::absent,
                                                 devlink::outcome::defer};
        asked.forecast.set(device_id(i), outcomes[random() % (may_hold.deferrals ? 3 : 2)]);
    }
    return asked;
}

} // namespace tool

#endif
