// SPDX-License-Identifier: MIT
#include <devlink/resolve/resolve.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <vector>

#include <devlink/model/frozen_graph.hpp>
#include <devlink/model/graph.hpp>

#include "compare.hpp"
#include "small.hpp"

namespace {

using devlink::link_flag;
using devlink::order_rule;
using small::id;
using small::link;
using small::optional_link;
using small::outcome;

// What a firmware has in its image: a table of components, each with a slice of one table of dependencies. It knows
// nothing of devlink; the class below shows it to `resolve` as it lies there.
namespace firmware {

struct dependency {
    std::uint16_t on;
    bool weak;  // can be done without
    bool guess; // comes from a tool, not from a person
};
struct component {
    const char* name;
    std::uint16_t first_dependency;
    std::uint16_t dependency_count;
    std::uint16_t bus; // its index plus one; 0 for none
};
struct image {
    std::vector<component> components;
    std::vector<dependency> dependencies;
};

} // namespace firmware

class image_graph {
public:
    using index_type = std::uint16_t;
    using device = devlink::basic_device_id<index_type>;

    explicit image_graph(const firmware::image& image)
        : image_{&image} {}

    class iterator {
    public:
        using iterator_concept = std::forward_iterator_tag;
        using difference_type = std::ptrdiff_t;
        using value_type = devlink::basic_supplier_link<index_type>;

        iterator() = default;
        iterator(const firmware::image* image, std::size_t at)
            : image_{image}
            , at_{at} {}
        value_type operator*() const {
            const firmware::dependency& d = image_->dependencies[at_];
            devlink::link_flags flags;
            if (d.weak) flags |= link_flag::optional_supplier;
            if (d.guess) flags |= link_flag::inferred;
            return {device{d.on}, flags, devlink::basic_link_id<index_type>{at_}};
        }
        iterator& operator++() {
            ++at_;
            return *this;
        }
        iterator operator++(int) {
            iterator before = *this;
            ++at_;
            return before;
        }
        friend bool operator==(const iterator&, const iterator&) = default;

    private:
        const firmware::image* image_ = nullptr;
        std::size_t at_ = 0;
    };
    struct list {
        iterator first;
        iterator last;
        [[nodiscard]] iterator begin() const { return first; }
        [[nodiscard]] iterator end() const { return last; }
    };

    [[nodiscard]] std::size_t device_count() const { return image_->components.size(); }
    [[nodiscard]] list suppliers(device d) const {
        const firmware::component& c = image_->components[d.index()];
        return {{image_, c.first_dependency}, {image_, std::size_t{c.first_dependency} + c.dependency_count}};
    }
    [[nodiscard]] devlink::basic_parent<index_type> parent(device d) const {
        const std::uint16_t bus = image_->components[d.index()].bus;
        if (bus == 0) return {};
        return {device{bus - 1}, devlink::parent_kind::populates};
    }

private:
    const firmware::image* image_;
};
static_assert(devlink::device_graph<image_graph>);

} // namespace

// Its iterators outlive the list that they came from, so the resolver may keep them instead of a copy.
template <>
inline constexpr bool std::ranges::enable_borrowed_range<image_graph::list> = true;

namespace {

static_assert(devlink::detail::listed_suppliers<image_graph>::possible);

/// The same machine laid out as that firmware would; `places[i]` is the machine's link that dependency i stands for.
firmware::image image_of(const reference::machine& m, std::vector<std::size_t>& places) {
    firmware::image image;
    places.clear();
    for (std::size_t d = 0; d != m.devices; ++d) {
        firmware::component c{"", static_cast<std::uint16_t>(places.size()), 0, 0};
        for (std::size_t l = 0; l != m.links.size(); ++l) {
            const auto& x = m.links[l];
            if (x.consumer != d || !devlink::holds_back(x.flags)) continue;
            image.dependencies.push_back({static_cast<std::uint16_t>(x.supplier),
                                          x.flags.has(link_flag::optional_supplier), x.flags.has(link_flag::inferred)});
            places.push_back(l);
            ++c.dependency_count;
        }
        if (m.parents[d].device != reference::nobody && m.parents[d].populates)
            c.bus = static_cast<std::uint16_t>(m.parents[d].device + 1);
        image.components.push_back(c);
    }
    return image;
}

devlink::graph graph_of(const reference::machine& m) {
    devlink::graph g;
    for (std::size_t d = 0; d != m.devices; ++d) {
        const reference::parent p = m.parents[d];
        if (p.device == reference::nobody)
            g.add_device("");
        else
            g.add_device("", id(p.device),
                         p.populates ? devlink::parent_kind::populates : devlink::parent_kind::contains);
    }
    for (const reference::link& l : m.links)
        REQUIRE(g.add_link(id(l.consumer), id(l.supplier), l.flags, devlink::unchecked).has_value());
    return g;
}

template <devlink::options O, class G>
void check(const G& g, const reference::machine& m, const reference::oracle& truth,
           const std::vector<std::size_t>& places) {
    const auto plan = devlink::resolve<O>(g, reference::forecast_for(g, m));
    CHECK(reference::difference(plan, truth, places) == "");
    CHECK(reference::order_difference(plan, truth, O.order) == "");
}

/// One machine in every form that a graph can have.
template <devlink::options O>
void check_all_forms(std::uint64_t first_seed, std::uint64_t count) {
    for (std::uint64_t seed = first_seed; seed != first_seed + count; ++seed) {
        CAPTURE(seed);
        const reference::machine m = reference::random_machine(seed, reference::wildness::tame);
        const reference::oracle truth{m, O.cycles, O.driverless};
        const std::vector<std::size_t> as_added = reference::as_added(m);

        const devlink::graph g = graph_of(m);
        check<O>(g, m, truth, as_added);
        check<O>(g.freeze(), m, truth, as_added);
        check<O>(reference::adjacency_lists<std::uint64_t>{m}, m, truth, as_added);
        std::vector<std::size_t> places;
        const firmware::image image = image_of(m, places);
        check<O>(image_graph{image}, m, truth, places);

        // A list of links knows no parents.
        const reference::machine flat = reference::without_parents(m);
        const reference::oracle flat_truth{flat, O.cycles, O.driverless};
        const std::vector<std::size_t> grouped = reference::grouped(m);
        const auto grouped_links = reference::link_list<std::uint32_t>(m, grouped);
        check<O>(devlink::link_view{m.devices, grouped_links}, flat, flat_truth, grouped);
        const auto links16 = reference::link_list<std::uint16_t>(m, as_added);
        check<O>(devlink::basic_link_view{m.devices, links16}, flat, flat_truth, as_added);
    }
}

TEST_CASE("resolve: one machine, one answer, in whatever form it comes") {
    check_all_forms<devlink::options{}>(0, 1000);
    check_all_forms<devlink::options{.order = order_rule::kernel}>(1000, 1000);
    check_all_forms<devlink::options{.order = order_rule::breadth, .cycles = devlink::cycle_rule::report}>(2000, 1000);
}

TEST_CASE("resolve: equal input gives equal output, in new memory and in used one") {
    devlink::workspace used;
    for (std::uint64_t seed = 0; seed != 1000; ++seed) {
        CAPTURE(seed);
        const reference::machine m = reference::random_machine(seed, reference::wildness::wild);
        const reference::adjacency_lists<std::uint32_t> g{m};
        const devlink::forecast f = reference::forecast_for(g, m);
        const devlink::plan fresh = devlink::resolve(g, f);
        const devlink::plan& again = devlink::resolve(g, f, used);
        CHECK(small::order(fresh) == small::order(again));
        CHECK(small::verdicts(fresh) == small::verdicts(again));
        bool same = fresh.cycles().size() == again.cycles().size() && fresh.relaxed().size() == again.relaxed().size();
        for (std::size_t c = 0; same && c != fresh.cycles().size(); ++c)
            same = std::equal(fresh.cycles()[c].path.begin(), fresh.cycles()[c].path.end(),
                              again.cycles()[c].path.begin(), again.cycles()[c].path.end());
        CHECK(same);
    }
}

TEST_CASE("resolve: a removed device is absent and not probed, in every order") {
    devlink::graph g;
    for (const char* name : {"a", "b", "c", "d"}) g.add_device(name);
    REQUIRE(g.add_link(id(0), id(3)).has_value());
    REQUIRE(g.add_link(id(2), id(1)).has_value());
    g.remove_device(id(1));
    const auto expect = [](const devlink::plan& p, const small::numbers& right) {
        CHECK(small::verdicts(p) == "bound absent bound bound");
        CHECK(small::order(p) == right);
        CHECK(p.position(id(1)) == 0);
    };
    expect(devlink::resolve(g), {3, 0, 2});
    expect(devlink::resolve(g.freeze()), {3, 0, 2});
    expect(devlink::resolve<devlink::options{.order = order_rule::registration}>(g), {2, 3, 0});
    expect(devlink::resolve<devlink::options{.order = order_rule::kernel}>(g), {2, 3, 0});
    expect(devlink::resolve<devlink::options{.order = order_rule::breadth}>(g), {2, 3, 0});
    expect(devlink::resolve<devlink::options{.order = order_rule::longest_path_first}>(g), {3, 0, 2});
    expect(devlink::resolve<devlink::options{.driverless = devlink::driverless_rule::waits}>(g), {3, 0, 2});
}

TEST_CASE("resolve: a graph of nothing") {
    const std::vector<devlink::link_spec> none;
    CHECK(devlink::resolve(devlink::link_view{0, none}).order().empty());
    CHECK(devlink::resolve<devlink::options{.order = order_rule::breadth}>(devlink::graph{}).order().empty());
    CHECK(devlink::resolve<devlink::options{.order = order_rule::kernel}>(devlink::graph{}).failed_attempts() == 0);
    CHECK(small::order(devlink::resolve(devlink::link_view{3, none})) == small::numbers{0, 1, 2});
}

// The same at compile time and at run time.

constexpr std::array links{link(0, 3), optional_link(0, 1), link(1, 2), link(2, 4), small::inferred_link(4, 1),
                           link(5, 0), optional_link(5, 6)};

template <devlink::options O>
constexpr bool answers(outcome of_four, std::array<devlink::verdict, 7> verdicts, std::size_t relaxed) {
    const devlink::basic_link_view<std::uint32_t> g{7, links};
    devlink::forecast f{g};
    f.set(id(4), of_four);
    f.set(id(6), outcome::defer);
    const devlink::plan p = devlink::resolve<O>(g, f);
    for (std::size_t d = 0; d != 7; ++d)
        if (p.verdict(id(d)) != verdicts[d]) return false;
    std::size_t before = 0;
    for (const devlink::device_id d : p.order())
        if (p.position(d) != ++before) return false;
    return p.relaxed().size() == relaxed && p.cycles().size() == 1 && p.cycles()[0].path.size() == 3 &&
           p.order().size() == p.count(devlink::verdict::bound) + p.count(devlink::verdict::degraded) +
                                   p.count(devlink::verdict::failed) + 1;
}

template <devlink::options O>
constexpr bool relaxed_and_fine() {
    using enum devlink::verdict;
    return answers<O>(outcome::ok, {bound, bound, bound, bound, bound, waiting, waiting}, 1);
}
template <devlink::options O>
constexpr bool relaxed_and_failing() {
    using enum devlink::verdict;
    return answers<O>(outcome::fail, {degraded, blocked, blocked, bound, failed, waiting, waiting}, 1);
}
template <devlink::options O>
constexpr bool reported() {
    using enum devlink::verdict;
    return answers<O>(outcome::ok, {degraded, cyclic, cyclic, bound, cyclic, waiting, waiting}, 0);
}

template <order_rule Order>
constexpr bool all_at_once() {
    return relaxed_and_fine<devlink::options{.order = Order}>() &&
           relaxed_and_failing<devlink::options{.order = Order}>() &&
           reported<devlink::options{.order = Order, .cycles = devlink::cycle_rule::report}>();
}
static_assert(all_at_once<order_rule::on_demand>());
static_assert(all_at_once<order_rule::registration>());
static_assert(all_at_once<order_rule::kernel>());
static_assert(all_at_once<order_rule::breadth>());
static_assert(all_at_once<order_rule::longest_path_first>());

TEST_CASE("resolve: what the compiler finds, the program finds") {
    CHECK(all_at_once<order_rule::on_demand>());
    CHECK(all_at_once<order_rule::registration>());
    CHECK(all_at_once<order_rule::kernel>());
    CHECK(all_at_once<order_rule::breadth>());
    CHECK(all_at_once<order_rule::longest_path_first>());
}

constexpr bool quick_at_compile_time() {
    constexpr std::array list{link(0, 2), link(2, 1)};
    const devlink::basic_link_view<std::uint32_t> g{3, list};
    const devlink::plan p = devlink::resolve(g);
    return p.order().size() == 3 && p.order()[0] == id(1) && p.order()[1] == id(2) && p.order()[2] == id(0);
}
static_assert(quick_at_compile_time());
TEST_CASE("resolve: the quick way, likewise") { CHECK(quick_at_compile_time()); }

/// A list whose type says something of cycles.
template <class Says>
struct ring_that : Says {
    using index_type = std::uint32_t;
    std::array<devlink::link_spec, 2> list{link(0, 1), link(1, 0)};

    [[nodiscard]] int device_count() const { return 2; }
    [[nodiscard]] const std::array<devlink::link_spec, 2>& links() const { return list; }
};
struct says_in_a_number {
    static constexpr int is_acyclic = 1;
};
struct says_no {
    static constexpr bool is_acyclic = false;
};
struct says_of_each {
    bool is_acyclic = true;
};
struct says_at_run_time {
    static inline const bool is_acyclic = std::string{"x"}.empty();
};
struct says_when_asked {
    [[nodiscard]] static constexpr bool is_acyclic() { return true; }
};

template <class Says, order_rule... Orders>
void finds_the_ring() {
    constexpr devlink::cycle_rule report = devlink::cycle_rule::report;
    CHECK(((devlink::resolve<devlink::options{.order = Orders, .cycles = report}>(ring_that<Says>{}).cycles().size() ==
            1) &&
           ...));
}

TEST_CASE_TEMPLATE("resolve: only a constant of type bool says that there are no cycles", Says, says_in_a_number,
                   says_no, says_of_each, says_at_run_time, says_when_asked) {
    finds_the_ring<Says, order_rule::on_demand, order_rule::registration, order_rule::kernel, order_rule::breadth,
                   order_rule::longest_path_first>();
}

/// Links in an array, a count of another type, and gaps.
struct array_with_gaps {
    using index_type = std::uint16_t;
    using device = devlink::basic_device_id<std::uint16_t>;
    std::array<devlink::basic_link_spec<std::uint16_t>, 2> list{
        {{device{3}, device{1}, link_flag::managed}, {device{0}, device{3}, link_flag::managed}}};

    [[nodiscard]] long device_count() const { return 4; }
    [[nodiscard]] const auto& links() const { return list; }
    [[nodiscard]] int contains(device d) const { return d.index() == 2 ? 0 : 1; }
};

template <order_rule... Orders>
void resolves_array() {
    const array_with_gaps g;
    devlink::basic_forecast failing{g};
    failing.set(array_with_gaps::device{1}, outcome::fail);
    const auto check = [&]<order_rule Order>() {
        const auto p = devlink::resolve<devlink::options{.order = Order}>(g);
        CHECK(p.order().size() == 3);
        CHECK(p.position(array_with_gaps::device{1}) < p.position(array_with_gaps::device{3}));
        CHECK(p.verdict(array_with_gaps::device{2}) == devlink::verdict::absent);
        const auto f = devlink::resolve<devlink::options{.order = Order}>(g, failing);
        CHECK(f.verdict(array_with_gaps::device{0}) == devlink::verdict::blocked);
    };
    (check.template operator()<Orders>(), ...);
}

TEST_CASE("resolve: links in an array, a count that is signed, and gaps, by every order rule") {
    resolves_array<order_rule::on_demand, order_rule::registration, order_rule::kernel, order_rule::breadth,
                   order_rule::longest_path_first>();
}

} // namespace
