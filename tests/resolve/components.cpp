// SPDX-License-Identifier: MIT
#include <devlink/resolve/components.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <vector>

#include "small.hpp"

namespace {

using devlink::detail::components;
using devlink::detail::needs_table;

std::vector<int> labels(const small::machine& m, bool with_optional = true) {
    needs_table<std::uint32_t> needs;
    needs.build(m);
    components<std::uint32_t> sets;
    sets.find(needs, [&](std::size_t, const auto& need) {
        return with_optional || !need.flags.has(devlink::link_flag::optional_supplier);
    });
    std::vector<int> list;
    for (std::size_t d = 0; d != m.devices; ++d)
        list.push_back(sets[d] == components<std::uint32_t>::nothing ? -1 : static_cast<int>(sets[d]));
    return list;
}

using small::link;

TEST_CASE("components: sets that hold a cycle are numbered by their first devices") {
    // 5 <-> 1, and 2 -> 4 -> 3 -> 2; 0 and 6 only look at them.
    const small::machine m{
        7, {link(2, 4), link(0, 2), link(5, 1), link(4, 3), link(1, 5), link(3, 2), link(4, 1), link(6, 0)}};
    CHECK(labels(m) == std::vector<int>{-1, 0, 1, 1, 1, 0, -1});
}

TEST_CASE("components: a device alone is a set only if it needs itself") {
    CHECK(labels({3, {link(1, 1), link(2, 1)}}) == std::vector<int>{-1, 0, -1});
}

TEST_CASE("components: only needs that are followed count") {
    const small::machine m{3, {link(0, 1), small::optional_link(1, 0), link(1, 2), link(2, 1)}};
    CHECK(labels(m) == std::vector<int>{0, 0, 0});
    CHECK(labels(m, false) == std::vector<int>{-1, 0, 0});
}

TEST_CASE("components: two devices on no cycle are not together") {
    needs_table<std::uint32_t> needs;
    needs.build(small::machine{3, {link(0, 1)}});
    components<std::uint32_t> sets;
    sets.find(needs, [](std::size_t, const auto&) { return true; });
    CHECK(sets.count() == 0);
    CHECK_FALSE(sets.together(0, 1));
    CHECK_FALSE(sets.together(2, 2));
}

} // namespace
