// SPDX-License-Identifier: MIT

// The umbrella alone, before any other header.
#include <devlink/devlink.hpp>

#if defined(DEVLINK_SOURCE_SOURCE_ERROR_HPP) || defined(DEVLINK_SINK_TRACE_HPP)
#error "the umbrella is without source/ and sink/: who embeds the library pays for neither"
#endif

#include <doctest/doctest.h>

#include <algorithm>
#include <array>

namespace {

constexpr devlink::link_flags optional = devlink::link_flag::autoprobe_consumer | devlink::link_flag::optional_supplier;

} // namespace

TEST_CASE("devlink: one include is enough to grow a graph and resolve it") {
    devlink::graph g;
    const devlink::device_id nic = g.add_device("nic");
    const devlink::device_id port = g.add_device("port");
    REQUIRE(g.add_link(nic, port, optional));

    devlink::forecast f{g};
    CHECK(devlink::resolve(g, f).verdict(nic) == devlink::verdict::bound);
    f.set(port, devlink::outcome::fail);
    const auto plan = devlink::resolve(g, f);
    CHECK(plan.verdict(nic) == devlink::verdict::degraded);
    CHECK(std::ranges::equal(plan.order(), std::array{port, nic}));
}

TEST_CASE("devlink: a caller's list of links is a graph") {
    const std::array links{devlink::link_spec{devlink::device_id{0}, devlink::device_id{1}, {}}};
    const auto plan = devlink::resolve(devlink::link_view{2, links});
    CHECK(std::ranges::equal(plan.order(), std::array{devlink::device_id{1}, devlink::device_id{0}}));
}

TEST_CASE("devlink: what is lost if a device fails") {
    const std::array links{devlink::link_spec{devlink::device_id{0}, devlink::device_id{1}, {}},
                           devlink::link_spec{devlink::device_id{2}, devlink::device_id{1}, optional}};
    devlink::impact impact{devlink::graph::from_links(3, links)};
    CHECK(std::ranges::equal(impact.of(devlink::device_id{1}), std::array{devlink::device_id{0}}));
}
