// SPDX-License-Identifier: MIT
// A program of its own: it counts what is allocated.
#include <devlink/resolve/workspace.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdlib>
#include <new>
#include <vector>

#include <devlink/resolve/impact.hpp>
#include <devlink/resolve/resolve.hpp>

#include "compare.hpp"

namespace {
std::size_t allocations = 0;
} // namespace

// The sanitizers watch malloc() and free() under these, so nothing is lost to them but the mix-up of new and free().
[[gnu::noinline]] void* operator new(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
    std::abort();
}
[[gnu::noinline]] void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return operator new(size); }
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }

namespace {

template <devlink::order_rule Order>
void resolve_twice() {
    std::size_t cold = 0;
    std::size_t warm = 0;
    for (std::uint64_t seed = 0; seed != 300; ++seed) {
        const reference::machine m = reference::random_machine(seed, reference::wildness::wild);
        const reference::adjacency_lists<std::uint32_t> g{m};
        const devlink::forecast f = reference::forecast_for(g, m);
        const devlink::forecast fine;
        reference::for_each_rule<Order>([&]<devlink::options O>() {
            devlink::workspace memory;
            const std::size_t before = allocations;
            devlink::resolve<O>(g, f, memory);
            devlink::resolve<O>(g, fine, memory);
            const std::size_t between = allocations;
            devlink::resolve<O>(g, f, memory);
            devlink::resolve<O>(g, fine, memory);
            cold += between - before;
            warm += allocations - between;
        });
    }
    CHECK(cold > 0);
    CHECK(warm == 0);
}

TEST_CASE("workspace: what ran once allocates nothing the second time") {
    resolve_twice<devlink::order_rule::on_demand>();
    resolve_twice<devlink::order_rule::registration>();
    resolve_twice<devlink::order_rule::kernel>();
    resolve_twice<devlink::order_rule::breadth>();
    resolve_twice<devlink::order_rule::longest_path_first>();
}

TEST_CASE("workspace: a list of links likewise, grouped or not") {
    for (std::uint64_t seed = 0; seed != 300; ++seed) {
        const reference::machine m = reference::random_machine(seed, reference::wildness::tame);
        for (const auto& numbers : {reference::grouped(m), reference::as_added(m)}) {
            const auto links = reference::link_list<std::uint32_t>(m, numbers);
            const devlink::link_view g{m.devices, links};
            devlink::workspace memory;
            devlink::resolve(g, {}, memory);
            const std::size_t before = allocations;
            devlink::resolve(g, {}, memory);
            CHECK(allocations == before);
        }
    }
}

TEST_CASE("workspace: questions about impact need none, for they allocate nothing") {
    std::vector<devlink::link_spec> links;
    for (std::size_t d = 1; d != 5000; ++d) links.push_back({devlink::device_id{d}, devlink::device_id{0}, {}});
    links.back().flags = devlink::link_flag::optional_supplier;
    devlink::impact impact{devlink::link_view{5000, links}};
    const std::size_t before = allocations;
    CHECK(impact.of(devlink::device_id{1}).empty());
    CHECK(impact.of(devlink::device_id{0}).size() == 4998); // swept
    CHECK(impact.degraded().size() == 1);
    CHECK(allocations == before);
}

TEST_CASE("workspace: holds the plan of the last call, and gives it away") {
    const reference::machine m = reference::random_machine(4, reference::wildness::tame);
    const reference::adjacency_lists<std::uint32_t> g{m};
    devlink::workspace memory;
    const devlink::plan& made = devlink::resolve(g, {}, memory);
    CHECK(&made == &memory.plan());
    const std::size_t devices = made.device_count();
    const std::size_t before = allocations;
    const devlink::plan kept = std::move(memory).plan();
    CHECK(allocations == before);
    CHECK(kept.device_count() == devices);
    CHECK(devlink::resolve(g, {}, memory).device_count() == devices);
}

} // namespace
