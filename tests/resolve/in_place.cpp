// SPDX-License-Identifier: MIT
#include <devlink/resolve/in_place.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "compare.hpp"
#include "small.hpp"

namespace {

using devlink::order_rule;
using small::link;

/// The quick way gives what the whole way gives, or says that it can't.
template <order_rule Order, class G>
void compare(const G& g) {
    constexpr devlink::options o{.order = Order, .cycles = devlink::cycle_rule::report};
    devlink::plan quick;
    devlink::plan whole;
    const devlink::forecast fine;
    devlink::detail::working_memory<typename G::index_type> memory;
    devlink::detail::plan_access::data(quick).clear(devlink::device_count_of(g));
    devlink::detail::plan_access::data(whole).clear(devlink::device_count_of(g));
    const bool done = devlink::detail::in_place_resolution<o, G>{g, memory, quick}.run();
    devlink::detail::resolution<o, typename G::index_type, false>{fine, memory, whole}.run(g, false);
    CHECK(done == whole.cycles().empty());
    if (!done) {
        CHECK(quick.order().empty());
        return;
    }
    CHECK(small::order(quick) == small::order(whole));
    CHECK(quick.failed_attempts() == whole.failed_attempts());
    CHECK(quick.count(devlink::verdict::bound) == devlink::device_count_of(g));
    for (std::size_t d = 0; d != devlink::device_count_of(g); ++d) {
        CHECK(quick.position(small::id(d)) == whole.position(small::id(d)));
        if constexpr (Order == order_rule::breadth) CHECK(quick.wave(small::id(d)) == whole.wave(small::id(d)));
    }
}

template <class G>
void compare_all(const G& g) {
    compare<order_rule::on_demand>(g);
    compare<order_rule::registration>(g);
    compare<order_rule::kernel>(g);
    compare<order_rule::breadth>(g);
}

// It takes what the consumers cost.
static_assert(!devlink::detail::in_place_resolution<devlink::options{.order = order_rule::longest_path_first},
                                                    devlink::link_view>::possible);

TEST_CASE("in_place: the quick way to a plan is no other plan") {
    for (std::uint64_t seed = 0; seed != 400; ++seed) {
        CAPTURE(seed);
        const reference::machine m = reference::random_machine(seed, reference::wildness::wild);
        const auto grouped = reference::link_list<std::uint32_t>(m, reference::grouped(m));
        const auto shuffled = reference::link_list<std::uint32_t>(m, reference::as_added(m));
        compare_all(reference::adjacency_lists<std::uint32_t>{m});
        compare_all(devlink::link_view{m.devices, grouped});
        compare_all(devlink::link_view{m.devices, shuffled});
        small::machine with_parents{m.devices, shuffled};
        for (std::size_t d = 0; d != m.devices; ++d)
            if (m.parents[d].device != reference::nobody && m.parents[d].populates)
                with_parents.populates(m.parents[d].device, d);
        compare_all(with_parents);
    }
}

TEST_CASE("in_place: a list so large that its waves are peeled off gives the plan that the whole way gives") {
    reference::random_numbers random{17};
    const std::size_t n = 20'000;
    std::vector<devlink::link_spec> list;
    for (std::size_t i = 0; i != n; ++i) {
        const std::size_t d = random.below(n);
        const std::size_t e = random.below(n);
        if (d != e) list.push_back(link(std::max(d, e) * 7919 % n, std::min(d, e) * 7919 % n));
    }
    compare<order_rule::breadth>(devlink::link_view{n, list});
    // Behind it a chain, of which each wave frees one link.
    const std::size_t longest = n + 2'000;
    for (std::size_t d = n; d != longest; ++d) list.push_back(link(d, d - 1));
    compare<order_rule::breadth>(devlink::link_view{longest, list});
    // And at its end a circle.
    list.push_back(link(longest - 7, longest - 1));
    compare<order_rule::breadth>(devlink::link_view{longest, list});
}

TEST_CASE("in_place: a link against the order of registration is found wherever it stands in the list") {
    // The list is read in blocks of thousands of links.
    const std::size_t n = 20'000;
    for (const std::size_t turned : {1U, 4095U, 4096U, 4097U, 12'000U, 19'999U}) {
        std::vector<devlink::link_spec> links;
        for (std::size_t d = 1; d != n; ++d) links.push_back(link(d, d - 1));
        std::swap(links[turned - 1].consumer, links[turned - 1].supplier);
        const devlink::plan p = devlink::resolve(devlink::link_view{n, links});
        // Only the two devices change places; but the first can be probed as it stands.
        CHECK(p.position(small::id(turned)) == turned);
        CHECK(p.position(small::id(turned - 1)) == turned + 1);
    }
}

} // namespace

namespace {

/// A caller's own types, and no more of the library's than they must have.
struct fixed_list {
    using index_type = std::uint32_t;
    std::array<devlink::link_spec, 4> list{link(0, 2), link(2, 1), link(0, 3), link(3, 1)};

    [[nodiscard]] int device_count() const { return 4; }
    [[nodiscard]] const std::array<devlink::link_spec, 4>& links() const { return list; }
};
struct fixed_list_with_parents : fixed_list {
    [[nodiscard]] devlink::parent parent(devlink::device_id d) const {
        return d.index() == 2 ? devlink::parent{small::id(3), devlink::parent_kind::populates} : devlink::parent{};
    }
};

} // namespace

TEST_CASE("in_place: links in an array of fixed size, and a count that is an int") {
    compare_all(fixed_list{});
    compare_all(fixed_list_with_parents{});
}
