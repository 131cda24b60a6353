// SPDX-License-Identifier: MIT
#include <devlink/resolve/needs.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <string>

#include "small.hpp"

namespace {

using devlink::link_flag;
using small::link;

TEST_CASE("needs: the populating parent first, then managed links that are not sync_state_only, as they were added") {
    small::machine m{4,
                     {link(3, 1), link(3, 0, link_flag::stateless), link(3, 2, link_flag::sync_state_only),
                      link(3, 0, link_flag::stateless | link_flag::managed), link(2, 0),
                      link(3, 1, link_flag::optional_supplier)}};
    m.populates(2, 3);
    m.parents[2] = {small::id(0), devlink::parent_kind::contains};
    devlink::detail::needs_table<std::uint32_t> needs;
    needs.build(m);
    REQUIRE(needs.device_count() == 4);
    CHECK(needs.size() == 5);
    CHECK(needs.of(0).empty());
    CHECK(needs.of(1).empty());
    REQUIRE(needs.of(2).size() == 1);
    CHECK(needs.of(2)[0].link == devlink::link_id{4});
    std::string of3;
    for (const auto& need : needs.of(3))
        of3 += std::to_string(need.supplier.index()) + (need.link.valid() ? " by " : " parent") +
               (need.link.valid() ? std::to_string(need.link.index()) : "") + "; ";
    CHECK(of3 == "2 parent; 1 by 0; 0 by 3; 1 by 5; ");
    CHECK(needs[needs.first(3)].supplier == small::id(2));
}

TEST_CASE("needs: a link is optional only where the extension is there") {
    constexpr devlink::options with{};
    constexpr devlink::options without{.extension = devlink::extension_rule::none};
    CHECK(devlink::detail::is_optional<with>(link_flag::optional_supplier | link_flag::managed));
    CHECK_FALSE(devlink::detail::is_optional<with>(link_flag::managed));
    CHECK_FALSE(devlink::detail::is_optional<without>(link_flag::optional_supplier | link_flag::managed));
}

static_assert(sizeof(devlink::detail::offset<std::uint16_t>) == 4);
static_assert(sizeof(devlink::detail::offset<std::uint64_t>) == 8);

} // namespace
