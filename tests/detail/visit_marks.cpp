// SPDX-License-Identifier: MIT
#include <devlink/detail/visit_marks.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <vector>

namespace {

using devlink::detail::visit;
using devlink::detail::visit_marks;

TEST_CASE("visit_marks: each device goes its way without touching its neighbours") {
    const std::size_t n = 100; // words hold 32
    visit_marks marks;
    marks.reset(n);
    std::vector<visit> right(n, visit::unseen);
    const auto same = [&] {
        for (std::size_t d = 0; d != n; ++d)
            if (marks[d] != right[d]) return false;
        return true;
    };
    CHECK(same());
    for (const std::size_t d : {0U, 31U, 32U, 63U, 64U, 99U, 50U}) {
        marks.open(d);
        right[d] = visit::open;
        CHECK(same());
        if (d % 2 == 0) {
            marks.ask(d);
            right[d] = visit::asked;
            CHECK(same());
        }
        if (d != 99) {
            marks.finish(d);
            right[d] = visit::done;
            CHECK(same());
        }
    }
    marks.finish(1); // also without having been open
    right[1] = visit::done;
    CHECK(same());
    marks.reset(n);
    CHECK(marks[0] == visit::unseen);
    CHECK(marks[99] == visit::unseen);
}

constexpr bool in_a_constant() {
    visit_marks marks;
    marks.reset(40);
    marks.open(39);
    marks.ask(39);
    return marks[39] == visit::asked && marks[38] == visit::unseen;
}
static_assert(in_a_constant());
TEST_CASE("visit_marks: in a constant expression and out of it") { CHECK(in_a_constant()); }

} // namespace
