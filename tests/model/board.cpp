// SPDX-License-Identifier: MIT
#include <devlink/model/board.hpp>
#include <devlink/model/graph.hpp>

#include <doctest/doctest.h>

#include <string_view>

using namespace devlink;

namespace {

constexpr board pci{{{"port"}, {"nic", "port"}, {"iommu"}, {"codec", "nic", parent_kind::populates}},
                    {{"nic", "port", link_flag::autoprobe_consumer | link_flag::optional_supplier},
                     {"port", "iommu", link_flag::inferred},
                     {"nic", "iommu"},
                     {"iommu", "nic", link_flag::sync_state_only}}};

constexpr board_spec listed{{{"clock"}, {"uart"}}, {{"uart", "clock", link_flag::stateless}}};

template <class Graph>
constexpr bool is_the_pci_board(const Graph& g) {
    bool right = g.device_count() == 4 && g.name(device_id{1}) == "nic" && g.find("codec").index() == 3;
    right = right && !g.find("cod").valid() && !g.find("").valid();
    right = right && g.parent(device_id{1}).device == device_id{0} && !g.parent(device_id{2}).device.valid();
    right = right && g.parent(device_id{3}).kind == parent_kind::populates;
    std::size_t links = 0;
    for (std::size_t d = 0; d < 4; ++d)
        for (const auto& l : g.suppliers(device_id{d})) links += l.supplier.valid() ? 1U : 0U;
    const auto of_nic = g.suppliers(device_id{1});
    right = right && (*of_nic.begin()).supplier == device_id{0} && (*of_nic.begin()).link == link_id{0};
    right = right && (*of_nic.begin()).flags.has(link_flag::managed | link_flag::optional_supplier);
    return right && links == 4 && g.link_count() == 4;
}

} // namespace

TEST_CASE("board: what it says, at compile time and at run time") {
    static_assert(is_the_pci_board(pci));
    CHECK(is_the_pci_board(pci));
    static_assert(pci.links().size() == 4 &&
                  pci.links()[2] == link_spec{device_id{1}, device_id{2}, link_flag::managed});
    CHECK(pci.suppliers(device_id{3}).empty());
}

TEST_CASE("board: a growing graph of the same adds says the same") {
    graph g;
    const auto port = g.add_device("port");
    const auto nic = g.add_device("nic", port);
    const auto iommu = g.add_device("iommu");
    g.add_device("codec", nic, parent_kind::populates);
    REQUIRE(g.add_link(nic, port, link_flag::autoprobe_consumer | link_flag::optional_supplier));
    REQUIRE(g.add_link(port, iommu, link_flag::inferred));
    REQUIRE(g.add_link(nic, iommu));
    REQUIRE(g.add_link(iommu, nic, link_flag::sync_state_only));
    CHECK(is_the_pci_board(g));
}

TEST_CASE("board: devices alone") {
    constexpr board alone{{{"a"}, {"b", "a"}}};
    static_assert(alone.link_count() == 0 && alone.links().empty() && alone.suppliers(device_id{1}).empty());
    CHECK(alone.parent(device_id{1}).device == device_id{0});
}

TEST_CASE("board: checked from a list of static storage duration") {
    constexpr auto checked = checked_board<listed>;
    static_assert(checked.device_count() == 2);
    CHECK(checked.links()[0].flags == link_flag::stateless);
}

TEST_CASE("board: freezes like any graph") {
    const basic_frozen_graph<graph_policy<>> frozen{pci};
    CHECK(frozen.find("iommu") == device_id{2});
    CHECK(frozen.mandatory_consumers(device_id{2}).size() == 2);
}

#ifdef __cpp_exceptions
TEST_CASE("board: broken preconditions are noticed") {
    constexpr devlink::board b{{{"port"}, {"nic", "port"}}, {{"nic", "port"}}};
    for (const devlink::device_id unknown : {devlink::device_id{2}, devlink::device_id{}}) {
        CHECK_THROWS_AS((void)b.name(unknown), assertion_failed);
        CHECK_THROWS_AS((void)b.parent(unknown), assertion_failed);
        CHECK_THROWS_AS((void)b.suppliers(unknown), assertion_failed);
    }
}
#endif
