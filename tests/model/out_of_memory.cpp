// SPDX-License-Identifier: MIT
// A program of its own: it lets allocations fail.
#include <devlink/model/forecast.hpp>
#include <devlink/model/frozen_graph.hpp>
#include <devlink/model/graph.hpp>

#include "naive_graph.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <new>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

using namespace devlink;

namespace {
constexpr std::size_t any_number = static_cast<std::size_t>(-1);
std::size_t allowed = any_number; ///< so many allocations succeed
} // namespace

// The sanitizers watch malloc() and free() under these, so nothing is lost to them but the mix-up of new and free().
[[gnu::noinline]] void* operator new(std::size_t size) {
    if (allowed == 0) throw std::bad_alloc{};
    if (allowed != any_number) --allowed;
    if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
    throw std::bad_alloc{};
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace {

/// Calls with room for `count` allocations; nothing if that was too little.
template <class Call>
auto call_with(std::size_t count, Call call) -> std::optional<decltype(call())> {
    allowed = count;
    try {
        auto answer = call();
        allowed = any_number;
        return answer;
    } catch (const std::bad_alloc&) {
        allowed = any_number;
        return std::nullopt;
    }
}

/// All that a graph tells of itself.
template <class Graph>
std::vector<std::size_t> told_by(const Graph& g) {
    using device = typename Graph::device_type;
    std::vector<std::size_t> told{g.device_count(), g.link_count(), g.as_link_view().has_value() ? 1U : 0U};
    const auto tell = [&](auto id) { told.push_back(id.valid() ? id.index() : any_number); };
    for (std::size_t d = 0; d < g.device_count(); ++d) {
        const device id{d};
        told.push_back(g.contains(id) ? 1 : 0);
        tell(g.parent(id).device);
        told.push_back(static_cast<std::size_t>(g.parent(id).kind));
        if constexpr (Graph::named) {
            told.push_back(g.name(id).size());
            for (const char c : g.name(id)) told.push_back(static_cast<unsigned char>(c));
            tell(g.find(g.name(id)));
        }
        for (const device child : g.children(id)) tell(child);
        for (const auto& l : g.suppliers(id)) tell(l.link);
        for (const auto& l : g.consumers(id)) tell(l.link);
        for (std::size_t s = 0; s < g.device_count(); ++s) tell(g.find_link(id, device{s}));
    }
    for (const auto& l : g.links()) {
        tell(l.consumer);
        tell(l.supplier);
        told.push_back(l.flags.bits());
        tell(l.link);
    }
    return told;
}

/// A graph beside a naive one. Each call is made again and again, with memory for one allocation more each time, until
/// it goes through; those that failed must have changed nothing.
template <class Graph>
struct short_of_memory {
    using device = typename Graph::device_type;

    Graph g;
    naive_graph naive;
    std::map<std::pair<std::size_t, std::size_t>, int> references;
    int failures = 0;

    template <class Call>
    auto at_last(Call call) {
        const Graph before = g;
        for (std::size_t count = 0;; ++count) {
            auto answer = call_with(count, call);
            if (answer) return *answer;
            ++failures;
            REQUIRE(told_by(g) == told_by(before));
        }
    }

    void add_device(std::size_t parent) {
        const bool populates = parent % 5 == 4;
        const auto kind = populates ? parent_kind::populates : parent_kind::contains;
        const std::string name = naive.parents.size() % 7 == 6 ? "" : "dev" + std::to_string(naive.parents.size());
        const auto d = at_last([&] {
            if constexpr (Graph::named)
                return parent == naive.none ? g.add_device(name) : g.add_device(name, device{parent}, kind);
            else
                return parent == naive.none ? g.add_device() : g.add_device(device{parent}, kind);
        });
        REQUIRE(d.index() == naive.add_device(parent));
        if constexpr (Graph::named) REQUIRE(g.name(d) == name);
    }

    void add_link(std::size_t c, std::size_t s, link_flags flags, bool checked) {
        const auto* known = naive.find(c, s);
        const bool takes_reference = known != nullptr && merge_link_flags(known->flags, flags).takes_reference;
        const auto made = at_last([&] {
            return checked ? g.add_link(device{c}, device{s}, flags)
                           : g.add_link(device{c}, device{s}, flags, unchecked);
        });
        const errc expected = naive.add_link(c, s, flags, checked);
        REQUIRE((made ? errc::ok : made.error().code) == expected);
        if (!made) return;
        REQUIRE(made->index() == naive.find(c, s)->id);
        REQUIRE(g.link(*made).flags == naive.find(c, s)->flags);
        if (known == nullptr)
            references[{c, s}] = 1;
        else if (takes_reference)
            ++references[{c, s}];
    }

    /// What removes must not need any memory.
    void drop_reference(std::size_t c, std::size_t s) {
        auto* known = naive.find(c, s);
        const auto dropped = call_with(0, [&] { return g.drop_link_reference(device{c}, device{s}); });
        const bool there = known != nullptr && known->flags.has(link_flag::stateless);
        REQUIRE(dropped == (there ? errc::ok : errc::unknown_link));
        if (there && --references[{c, s}] == 0) known->there = false;
    }
    void remove_link(std::size_t c, std::size_t s) {
        auto* known = naive.find(c, s);
        const auto l = g.find_link(device{c}, device{s});
        REQUIRE(l.valid() == (known != nullptr));
        if (known == nullptr) return;
        known->there = false;
        REQUIRE(call_with(0, [&] { return g.remove_link(l), true; }).has_value());
    }
    void remove_device(std::size_t d) {
        if (!naive.there[d] || naive.has_children(d)) return;
        naive.remove_device(d);
        REQUIRE(call_with(0, [&] { return g.remove_device(device{d}), true; }).has_value());
    }
};

} // namespace

TEST_CASE_TEMPLATE("out of memory: a call that fails has changed nothing, whichever allocation it was", Graph, graph,
                   basic_graph<graph_policy<std::uint16_t, no_names>>) {
    // So few devices and so many links that pairs are looked up in the index: most links go from the second half to the
    // first one, or the other way round.
    constexpr std::size_t devices = 80;
    int failures = 0;
    for (unsigned seed = 0; seed < 4; ++seed) {
        CAPTURE(seed);
        std::mt19937 random{seed};
        short_of_memory<Graph> both;
        const auto some_device = [&] { return random() % both.naive.parents.size(); };
        for (int step = 0; step < 4000; ++step) {
            CAPTURE(step);
            const std::size_t count = both.naive.parents.size();
            if (count < 3 || (count < devices && step % 4 == 0)) {
                const std::size_t parent = count < 9 || random() % 2 == 0 ? naive_graph::none : some_device();
                if (parent == naive_graph::none || both.naive.there[parent]) both.add_device(parent);
                continue;
            }
            const bool any_pair = random() % 16 == 0;
            std::size_t c = any_pair ? some_device() : count / 2 + random() % (count - count / 2);
            std::size_t s = any_pair ? some_device() : random() % (count / 2);
            if (seed % 2 != 0) std::swap(c, s);
            const auto what = random() % 200;
            if (what == 0 && seed > 1)
                both.remove_device(some_device());
            else if (what < 10)
                both.remove_link(c, s);
            else if (what < 20)
                both.drop_reference(c, s);
            else if (what < 40)
                both.add_link(c, s, link_flag::stateless, what != 20);
            else if (what < 50)
                both.add_link(c, s, link_flag::sync_state_only, true);
            else
                both.add_link(c, s, {}, what != 50);
        }
        failures += both.failures;
    }
    CHECK(failures > 300);
}

TEST_CASE("out of memory: the index of pairs grows, by many links at once and by one") {
    // Supplier 0 and the last consumer have many links each, so to look for their pair fills the index.
    constexpr std::size_t many = 40;
    constexpr std::size_t suppliers = 300;
    constexpr std::size_t hub = suppliers + many;
    short_of_memory<graph> both;
    for (std::size_t d = 0; d <= hub; ++d) both.add_device(naive_graph::none);
    for (std::size_t c = suppliers; c < hub; ++c) both.add_link(c, 0, {}, true);
    for (std::size_t s = 1; s <= many; ++s) both.add_link(hub, s, {}, true);
    both.failures = 0;
    both.add_link(hub, 0, {}, true);
    CHECK(both.failures > 0);
    for (std::size_t s = many + 1; s < suppliers; ++s) both.add_link(hub, s, {}, true);
}

TEST_CASE("out of memory: an assignment that fails has changed nothing") {
    graph small;
    small.add_device("small");
    graph large;
    for (int d = 0; d < 50; ++d) large.add_device("large " + std::to_string(d));
    for (int d = 0; d < 49; ++d) REQUIRE(large.add_link(device_id{d}, device_id{d + 1}));
    const auto before = told_by(small);
    const frozen_graph large_frozen = large.freeze();
    frozen_graph small_frozen = small.freeze();
    forecast expected_large{large};
    expected_large.set(device_id{30}, outcome::fail);
    expected_large.set_cost(device_id{30}, 2);
    forecast expected_small{small};
    int failures = 0;
    const auto assign = [&failures](auto& to, const auto& from, auto unchanged) {
        for (std::size_t count = 0; !call_with(count, [&] { return to = from, true; }); ++count) {
            ++failures;
            REQUIRE(unchanged());
        }
    };
    assign(small_frozen, large_frozen, [&] {
        return small_frozen.device_count() == 1 && small_frozen.name(device_id{0}) == "small" &&
               small_frozen.suppliers(device_id{0}).empty();
    });
    CHECK(small_frozen.name(device_id{49}) == "large 49");
    assign(expected_small, expected_large, [&] { return expected_small.all_ok(); });
    CHECK(expected_small[device_id{30}] == outcome::fail);
    assign(small, large, [&] { return told_by(small) == before; });
    CHECK(told_by(small) == told_by(large));
    CHECK(failures > 12);
}
