// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <random>
#include <utility>
#include <vector>

#include <devlink/driver_core/fw_devlink_cycles.hpp>

using namespace devlink;
using devlink::detail::fw::cycle_search;
using devlink::detail::fw::need;
using devlink::detail::fw::need_kind;

namespace {

/// Needs as plain lists; writes down what is found.
struct world {
    std::vector<std::vector<std::size_t>> needs;
    std::vector<std::pair<std::size_t, std::size_t>> marked;

    template <class Visit>
    void for_each_need(node_id n, Visit&& visit) const {
        for (const std::size_t to : needs[n.index()]) visit(need{need_kind::parent, node_id{to}, {}, {}});
    }
    void on_cycle(node_id n, const need& found) { marked.emplace_back(n.index(), found.node.index()); }

    /// As the kernel does it: every simple path, by recursion.
    bool naive(std::size_t n, std::size_t goal, std::vector<bool>& on_path) {
        if (on_path[n]) return false;
        if (n == goal) return true;
        on_path[n] = true;
        bool found = false;
        for (const std::size_t to : needs[n]) {
            if (!naive(to, goal, on_path)) continue;
            marked.emplace_back(n, to);
            found = true;
        }
        on_path[n] = false;
        return found;
    }
};

} // namespace

TEST_CASE("a node that needs nobody is on no cycle, and one that is the goal is") {
    world w{{{}, {}}, {}};
    cycle_search search{2};
    cycle_search::budget left{100, 10'000'000};
    CHECK(search.run(w, node_id{0}, node_id{1}, left) == cycle_search::answer::none);
    CHECK(search.run(w, node_id{0}, node_id{0}, left) == cycle_search::answer::found);
    CHECK(w.marked.empty());
    CHECK(left.calls == 100);
}

TEST_CASE("only what leads to the goal is marked, the end of the path first") {
    // 0 needs 1 and 3; 1 needs 2, the goal, and 4; 3 and 4 need nobody.
    world w{{{1, 3}, {4, 2}, {0}, {}, {}}, {}};
    cycle_search search{5};
    cycle_search::budget left{100, 10'000'000};
    CHECK(search.run(w, node_id{0}, node_id{2}, left) == cycle_search::answer::found);
    CHECK(w.marked == std::vector<std::pair<std::size_t, std::size_t>>{{1, 2}, {0, 1}});
    CHECK(left.calls == 98);
}

TEST_CASE("what the search marks, and in which order, is what following every path marks") {
    std::mt19937 random{11};
    std::size_t found = 0;
    std::size_t marks = 0;
    for (int round = 0; round < 20000; ++round) {
        const std::size_t nodes = 1 + random() % 7;
        world w;
        w.needs.resize(nodes);
        const std::size_t edges = random() % (nodes * 3);
        for (std::size_t e = 0; e < edges; ++e) w.needs[random() % nodes].push_back(random() % nodes);
        world reference = w;
        const std::size_t start = random() % nodes;
        const std::size_t goal = random() % nodes;
        std::vector<bool> on_path(nodes, false);
        const bool expected = reference.naive(start, goal, on_path);
        cycle_search search{nodes};
        cycle_search::budget left{1'000'000, 10'000'000};
        const auto answer = search.run(w, node_id{start}, node_id{goal}, left);
        REQUIRE(answer == (expected ? cycle_search::answer::found : cycle_search::answer::none));
        REQUIRE(w.marked == reference.marked);
        // The same object again: nothing is left over from the run before.
        w.marked.clear();
        REQUIRE(search.run(w, node_id{start}, node_id{goal}, left) == answer);
        REQUIRE(w.marked == reference.marked);
        found += expected ? 1 : 0;
        marks += w.marked.size();
    }
    CHECK(found > 5000);
    CHECK(marks > 15000);
}

TEST_CASE("where there is no cycle the search is linear, however many paths there are") {
    constexpr std::size_t diamonds = 1000;
    world w;
    w.needs.resize(diamonds * 3 + 2);
    for (std::size_t i = 0; i < diamonds; ++i) {
        w.needs[i * 3] = {i * 3 + 1, i * 3 + 2};
        w.needs[i * 3 + 1] = w.needs[i * 3 + 2] = {i * 3 + 3};
    }
    cycle_search search{w.needs.size()};
    cycle_search::budget left{0, 10'000'000};
    CHECK(search.run(w, node_id{0}, node_id{w.needs.size() - 1}, left) == cycle_search::answer::none);
    CHECK(left.steps == 10'000'000 - diamonds * 4);
    left.steps = diamonds * 4 - 1;
    CHECK(search.run(w, node_id{0}, node_id{w.needs.size() - 1}, left) == cycle_search::answer::too_long);
}

TEST_CASE("a chain of any length takes no recursion") {
    constexpr std::size_t length = 200'000;
    world w;
    w.needs.resize(length);
    for (std::size_t i = 0; i + 1 < length; ++i) w.needs[i] = {i + 1};
    cycle_search search{length};
    cycle_search::budget left{length, 10'000'000};
    CHECK(search.run(w, node_id{0}, node_id{length - 1}, left) == cycle_search::answer::found);
    CHECK(w.marked.size() == length - 1);
}

TEST_CASE("nodes that all need each other take too long, and leave the search usable") {
    constexpr std::size_t nodes = 12;
    world w;
    w.needs.resize(nodes);
    for (std::size_t i = 0; i < nodes; ++i)
        for (std::size_t j = 0; j < nodes; ++j) w.needs[i].push_back(j);
    cycle_search search{nodes};
    cycle_search::budget left{10'000, 10'000'000};
    CHECK(search.run(w, node_id{0}, node_id{1}, left) == cycle_search::answer::too_long);
    CHECK(left.calls == 0);
    w.needs = std::vector<std::vector<std::size_t>>(nodes);
    w.needs[0] = {2};
    w.needs[2] = {1};
    w.marked.clear();
    left.calls = 10;
    CHECK(search.run(w, node_id{0}, node_id{1}, left) == cycle_search::answer::found);
    CHECK(w.marked.size() == 2);
}
