// SPDX-License-Identifier: MIT
#include <devlink/model/device_graph.hpp>
#include <devlink/model/link.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <span>
#include <type_traits>
#include <vector>

using devlink::basic_link_spec;
using devlink::device_id;
using devlink::link_flag;
using devlink::link_spec;
using devlink::link_view;

namespace {

constexpr std::array<link_spec, 2> two_links{
    {{device_id{1}, device_id{0}, link_flag::pm_runtime}, {device_id{2}, device_id{1}, {}}}};
constexpr link_view at_compile_time{3, two_links};
static_assert(at_compile_time.device_count() == 3 && at_compile_time.links().size() == 2);
static_assert(at_compile_time.links()[0].flags.has(link_flag::pm_runtime));

} // namespace

TEST_CASE("link: sizes") {
    static_assert(sizeof(link_spec) == 12);
    static_assert(sizeof(basic_link_spec<std::uint16_t>) == 8);
    static_assert(sizeof(devlink::supplier_link) == 12);
    static_assert(sizeof(devlink::consumer_link) == 12);
    static_assert(sizeof(devlink::link_entry) == 16);
    CHECK(sizeof(devlink::parent) == 8);
}

TEST_CASE("link: flags and ids can be left out, without a warning") {
    constexpr link_spec plain{device_id{1}, device_id{0}};
    static_assert(plain.flags == devlink::link_flags{});
    constexpr devlink::supplier_link without_id{device_id{0}, link_flag::managed};
    static_assert(!without_id.link.valid());
    constexpr devlink::consumer_link consumer{device_id{1}};
    static_assert(consumer.flags == devlink::link_flags{} && !consumer.link.valid());
    static_assert(std::is_aggregate_v<link_spec> && std::is_trivially_copyable_v<link_spec>);
    CHECK(plain == link_spec{device_id{1}, device_id{0}, {}});
}

TEST_CASE("link: an entry is a specification with an id") {
    const devlink::link_entry entry{{device_id{1}, device_id{0}, {}}, devlink::link_id{5}};
    const link_spec& spec = entry;
    CHECK(spec == link_spec{device_id{1}, device_id{0}, {}});
    CHECK(entry.link.index() == 5);
    CHECK_FALSE(entry == devlink::link_entry{spec, devlink::link_id{6}});
}

TEST_CASE("link: a view looks at the caller's list") {
    std::vector<link_spec> list(two_links.begin(), two_links.end());
    const link_view view{3, list};
    CHECK(view.links().data() == list.data());
    CHECK(view.device_count() == 3);
    list[0].supplier = device_id{2};
    CHECK(view.links()[0].supplier == device_id{2});
}

TEST_CASE("link: a view takes the index type of its list") {
    const std::vector<basic_link_spec<std::uint16_t>> narrow(4);
    const devlink::basic_link_view view{7, narrow};
    static_assert(std::same_as<decltype(view)::index_type, std::uint16_t>);
    CHECK(view.links().size() == 4);
}

TEST_CASE("link: a view has no more links than ids can number") {
    using narrow_view = devlink::basic_link_view<std::uint8_t>;
    const std::vector<basic_link_spec<std::uint8_t>> list(256);
    const std::span<const basic_link_spec<std::uint8_t>> links{list};
    CHECK(narrow_view{2, links.first(255)}.links().size() == 255);
#ifdef __cpp_exceptions
    CHECK_THROWS_AS((narrow_view{2, links}), assertion_failed);
#endif
}

TEST_CASE("link: no parent by default, and containing by default") {
    constexpr devlink::parent none;
    static_assert(!none.device.valid());
    CHECK(none.kind == devlink::parent_kind::contains);
}
