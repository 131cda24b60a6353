// SPDX-License-Identifier: MIT
#include <devlink/model/dependency_edges.hpp>
#include <devlink/model/incremental_order.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

using namespace devlink;

namespace {

using number = std::uint32_t;

/// Edges as lists, which count how often they are looked at.
struct counted_edges {
    struct successor_cursor {
        number device;
        std::size_t at;
    };
    struct predecessor_cursor {
        number device;
        std::size_t at;
    };
    std::vector<std::vector<number>> ahead;
    std::vector<std::vector<number>> behind;
    mutable std::size_t looks = 0;

    explicit counted_edges(std::size_t devices)
        : ahead(devices)
        , behind(devices) {}

    [[nodiscard]] std::size_t device_count() const { return ahead.size(); }
    [[nodiscard]] std::size_t edge_count() const { return 4 * ahead.size(); }
    [[nodiscard]] successor_cursor successors(number d) const { return {d, 0}; }
    [[nodiscard]] predecessor_cursor predecessors(number d) const { return {d, 0}; }
    bool next(successor_cursor& c, number& found) const { return step(ahead, c, found); }
    bool next(predecessor_cursor& c, number& found) const { return step(behind, c, found); }

    template <class Cursor>
    bool step(const std::vector<std::vector<number>>& lists, Cursor& c, number& found) const {
        ++looks;
        if (c.at == lists[c.device].size()) return false;
        found = lists[c.device][c.at++];
        return true;
    }
    void add(number before, number after) {
        ahead[before].push_back(after);
        behind[after].push_back(before);
    }
    [[nodiscard]] bool reaches(number from, number to) const {
        std::vector<bool> seen(ahead.size(), false);
        std::vector<number> open{from};
        seen[from] = true;
        while (!open.empty()) {
            const number d = open.back();
            open.pop_back();
            for (const number next : ahead[d]) {
                if (seen[next]) continue;
                seen[next] = true;
                open.push_back(next);
            }
        }
        return seen[to];
    }
};

/// The edges of a graph, which count how often they are looked at.
struct counted_dependencies : basic_dependency_edges<number> {
    using basic_dependency_edges<number>::basic_dependency_edges;
    mutable std::size_t looks = 0;

    bool next(auto& cursor, number& found) const {
        ++looks;
        return basic_dependency_edges<number>::next(cursor, found);
    }
};

} // namespace

TEST_CASE("incremental order: an edge along the numbers costs no look at any other") {
    counted_edges edges{1000};
    incremental_order order;
    for (number d = 1; d < 1000; ++d)
        for (number s = d > 3 ? d - 3 : 0; s < d; ++s) {
            REQUIRE(order.admit(s, d, edges));
            edges.add(s, d);
        }
    CHECK(edges.looks == 0);
}

TEST_CASE("incremental order: answers as a plain search does, and the path is one") {
    std::mt19937 random{5};
    int refused = 0;
    for (int round = 0; round < 400; ++round) {
        CAPTURE(round);
        const std::size_t devices = 2 + random() % 60;
        counted_edges edges{devices};
        incremental_order order;
        for (std::size_t add = 0; add < devices * 3; ++add) {
            const number before = static_cast<number>(random() % devices);
            const number after = static_cast<number>(random() % devices);
            if (before == after) continue;
            const bool taken = order.admit(before, after, edges);
            REQUIRE(taken == !edges.reaches(after, before));
            if (taken) {
                edges.add(before, after);
                continue;
            }
            ++refused;
            const auto& path = order.path();
            REQUIRE(path.size() >= 2);
            REQUIRE(path.front() == after);
            REQUIRE(path.back() == before);
            for (std::size_t at = 1; at < path.size(); ++at) {
                const auto& next = edges.ahead[path[at - 1]];
                REQUIRE(std::find(next.begin(), next.end(), path[at]) != next.end());
            }
        }
    }
    CHECK(refused > 5000);
}

TEST_CASE("incremental order: a huge search on one side does not matter where the other is small") {
    // A star whose hub comes last by number: each edge asks whether the hub, with all its leaves, leads to a new leaf.
    constexpr number leaves = 20'000;
    counted_edges edges{leaves + 1};
    incremental_order order;
    for (number d = 0; d < leaves; ++d) {
        REQUIRE(order.admit(leaves, d, edges));
        edges.add(leaves, d);
    }
    CHECK(edges.looks < 8 * leaves);
}

TEST_CASE("incremental order: a chain whose numbers say nothing costs little a link") {
    constexpr std::size_t devices = 50'000;
    counted_edges edges{devices};
    incremental_order order;
    std::vector<number> chain(devices);
    for (std::size_t d = 0; d < devices; ++d) chain[d] = static_cast<number>(d);
    std::mt19937 random{9};
    std::shuffle(chain.begin(), chain.end(), random);
    std::vector<std::size_t> adds(devices - 1);
    for (std::size_t at = 0; at < adds.size(); ++at) adds[at] = at;
    std::shuffle(adds.begin(), adds.end(), random);
    for (const std::size_t at : adds) {
        REQUIRE(order.admit(chain[at], chain[at + 1], edges));
        edges.add(chain[at], chain[at + 1]);
    }
    CHECK(edges.looks < 40 * devices);
    CHECK_FALSE(order.admit(chain.back(), chain.front(), edges));
    CHECK(order.path() == chain);
}

TEST_CASE("incremental order: forced edges that contradict it are found again once sorting pays") {
    constexpr number devices = 2000;
    counted_edges edges{devices};
    incremental_order order;
    for (number d = 0; d + 1 < devices; ++d) { // a chain against the numbers, unasked
        order.force(d + 1, d);
        edges.add(d + 1, d);
    }
    edges.looks = 0;
    for (number round = 0; round < 3 * devices; ++round) REQUIRE_FALSE(order.admit(0, devices - 1, edges));
    // Each search walks half the chain from either side. If the order were not found again, that would be for ever.
    const std::size_t searching = edges.looks;
    edges.looks = 0;
    for (number d = 2; d < devices; ++d) REQUIRE(order.admit(d, d - 2, edges));
    CHECK(edges.looks < 20 * devices);
    CHECK(searching > 0);
}

TEST_CASE("incremental order: an order that was lost is found again though a child was removed") {
    constexpr number none = detail::nothing<number>;
    constexpr number devices = 2000;
    detail::graph_storage<number> storage;
    storage.append_device(none, false);
    storage.append_device(0, false);
    for (number d = 2; d < devices; ++d) storage.append_device(none, false);
    storage.unlink_device(1);
    const counted_dependencies edges{storage};
    incremental_order order;
    const auto add = [&](number before, number after) {
        storage.append_link({device_id{after}, device_id{before}, link_flag::managed});
    };
    for (number d = 2; d + 1 < devices; ++d) { // a chain against the numbers, unasked
        order.force(d + 1, d);
        add(d + 1, d);
    }
    for (int round = 0; round < 20; ++round) REQUIRE_FALSE(order.admit(2, devices - 1, edges));
    edges.looks = 0;
    for (int round = 0; round < 200; ++round) REQUIRE_FALSE(order.admit(2, 3, edges));
    for (number d = 4; d < devices; ++d) {
        REQUIRE(order.admit(d, d - 2, edges));
        add(d, d - 2);
    }
    CHECK(edges.looks < 20 * devices);
}

TEST_CASE("incremental order: on a cycle it still answers as a plain search does") {
    counted_edges edges{6};
    incremental_order order;
    for (const auto& [before, after] : {std::pair{0U, 1U}, {1U, 2U}, {2U, 0U}}) {
        order.force(before, after);
        edges.add(before, after);
    }
    for (int round = 0; round < 200; ++round) {
        REQUIRE_FALSE(order.admit(0, 1, edges));
        REQUIRE_FALSE(order.admit(1, 0, edges));
        REQUIRE(order.admit(2, 3, edges));
        REQUIRE(order.admit(4, 5, edges));
    }
}
