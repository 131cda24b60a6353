// SPDX-License-Identifier: MIT

// The umbrella alone, before any other header.
#include <devlink/devlink.hpp>

#if defined(DEVLINK_SOURCE_SOURCE_ERROR_HPP) || defined(DEVLINK_SINK_TRACE_HPP)
#error "the umbrella is without source/ and sink/: who embeds the library pays for neither"
#endif

#include <doctest/doctest.h>

#include <array>

TEST_CASE("devlink: one include is enough") {
    const std::array links{devlink::link_spec{devlink::device_id{1}, devlink::device_id{0}, {}}};
    const devlink::link_view view{2, links};
    CHECK(view.device_count() == 2);
    CHECK(view.links().size() == 1);
}
