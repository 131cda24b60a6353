// SPDX-License-Identifier: MIT
#include <devlink/model/board_spec.hpp>
#include <devlink/model/graph.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <random>
#include <string_view>

using namespace devlink;

namespace {

constexpr std::string_view name(const board_fault& fault, std::size_t at) {
    return fault.names[at] == nullptr ? std::string_view{} : fault.names[at];
}

constexpr board_fault ring =
    check_board(board_spec{{{"port"}, {"nic", "port"}, {"clock"}}, {{"clock", "nic"}, {"port", "clock"}}});
static_assert(ring.code == errc::would_close_cycle && ring.count() == 4);

} // namespace

TEST_CASE("board spec: a right one has no fault") {
    constexpr board_fault none = check_board(board_spec{{{"a"}, {"b", "a"}}, {{"b", "a"}}});
    static_assert(none.code == errc::ok && none.count() == 0);
    CHECK(check_board(board_spec{{{"a"}}}).code == errc::ok);
    CHECK(check_board(board_spec{{{"a"}, {"b"}}, {{"b", "a"}, {"a", "b", link_flag::sync_state_only}}}).code ==
          errc::ok);
}

TEST_CASE("board spec: a cycle through a child edge, each device depending on the next") {
    std::size_t port = 0;
    while (name(ring, port) != "port") ++port;
    CHECK(name(ring, (port + 1) % 3) == "clock");
    CHECK(name(ring, (port + 2) % 3) == "nic");
    CHECK(name(ring, 0) == name(ring, 3));
}

TEST_CASE("board spec: names that are not there, or there twice") {
    const auto twice = check_board(board_spec{{{"a"}, {"b"}, {"a"}}});
    CHECK(twice.code == errc::duplicate_name);
    CHECK(name(twice, 0) == "a");
    const auto consumer = check_board(board_spec{{{"a"}, {"b"}}, {{"c", "a"}}});
    CHECK(consumer.code == errc::unknown_device);
    CHECK(name(consumer, 0) == "c");
    const auto supplier = check_board(board_spec{{{"a"}, {"b"}}, {{"a", "d"}}});
    CHECK(supplier.code == errc::unknown_device);
    CHECK(name(supplier, 0) == "d");
    const auto late_parent = check_board(board_spec{{{"a", "b"}, {"b"}}});
    CHECK(late_parent.code == errc::unknown_device);
    CHECK(name(late_parent, 0) == "b");
    CHECK(check_board(board_spec{{{"a", "a"}}}).code == errc::unknown_device);
}

TEST_CASE("board spec: links that are refused") {
    const auto self = check_board(board_spec{{{"a"}, {"b"}}, {{"b", "b"}}});
    CHECK(self.code == errc::self_link);
    CHECK(name(self, 0) == "b");
    const auto flags =
        check_board(board_spec{{{"a"}, {"b"}}, {{"b", "a", link_flag::stateless | link_flag::autoprobe_consumer}}});
    CHECK(flags.code == errc::stateless_with_managed_flag);
    CHECK(name(flags, 0) == "b");
    CHECK(name(flags, 1) == "a");
    const auto twice = check_board(board_spec{{{"a"}, {"b"}}, {{"b", "a"}, {"b", "a", link_flag::stateless}}});
    CHECK(twice.code == errc::duplicate_link);
    CHECK(name(twice, 0) == "b");
    CHECK(name(twice, 1) == "a");
}

TEST_CASE("board spec: a cycle longer than what is shown is cut off") {
    static constexpr std::array<const char*, 20> names{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j",
                                                       "k", "l", "m", "n", "o", "p", "q", "r", "s", "t"};
    board_link links[20]{};
    board_device list[20]{};
    for (std::size_t d = 0; d < 20; ++d) {
        list[d].name = names[d];
        links[d] = {names[(d + 1) % 20], names[d], {}};
    }
    const auto fault = check_board(board_spec{list, links});
    CHECK(fault.code == errc::would_close_cycle);
    CHECK(fault.count() == board_fault::shown - 1);
}

TEST_CASE("board spec: finds a cycle exactly where a graph refuses the adds") {
    static constexpr std::array<const char*, 7> names{"a", "b", "c", "d", "e", "f", "g"};
    std::mt19937 random{3};
    int cyclic = 0;
    for (int round = 0; round < 3000; ++round) {
        CAPTURE(round);
        board_device devices[7]{};
        board_link links[7]{};
        graph g;
        for (std::size_t d = 0; d < 7; ++d) {
            devices[d].name = names[d];
            if (d > 0 && random() % 3 == 0) devices[d].parent = names[random() % d];
            if (devices[d].parent != nullptr)
                g.add_device(names[d], g.find(devices[d].parent));
            else
                g.add_device(names[d]);
        }
        bool refused = false;
        for (board_link& l : links) {
            const char* pair[2]{names[random() % 7], names[random() % 7]};
            if (random() % 2 == 0 && std::string_view{pair[0]} < pair[1]) std::swap(pair[0], pair[1]);
            while (pair[0] == pair[1] || g.find_link(g.find(pair[0]), g.find(pair[1])).valid()) {
                pair[0] = names[random() % 7];
                pair[1] = names[random() % 7];
            }
            l = {pair[0], pair[1], random() % 5 == 0 ? link_flags{link_flag::sync_state_only} : link_flags{}};
            if (!g.add_link(g.find(l.consumer), g.find(l.supplier), l.flags)) {
                refused = true;
                REQUIRE(g.add_link(g.find(l.consumer), g.find(l.supplier), l.flags, unchecked));
            }
        }
        const auto fault = check_board(board_spec{devices, links});
        REQUIRE((fault.code == errc::would_close_cycle) == refused);
        if (!refused) continue;
        ++cyclic;
        REQUIRE(fault.count() >= 3);
        REQUIRE(name(fault, 0) == name(fault, fault.count() - 1));
        for (std::size_t at = 1; at < fault.count(); ++at) {
            const device_id one = g.find(name(fault, at - 1));
            const device_id needed = g.find(name(fault, at));
            const link_id l = g.find_link(one, needed);
            REQUIRE((g.parent(one).device == needed || (l.valid() && !is_soft(g.link(l).flags))));
        }
    }
    CHECK(cyclic > 300);
    CHECK(cyclic < 2700);
}

TEST_CASE("board spec: names are found by number") {
    constexpr board_names<3> known{std::array<board_device, 3>{{{"uart"}, {"clock"}, {"bus"}}}};
    static_assert(known.find("uart") == 0 && known.find("clock") == 1 && known.find("bus") == 2);
    static_assert(known.find("clo") == known.none && known.find("") == known.none && known.find("zzz") == known.none);
    CHECK(known.duplicate() == known.none);
}
