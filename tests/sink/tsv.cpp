// SPDX-License-Identifier: MIT
#include <devlink/sink/tsv.hpp>

#include <doctest/doctest.h>

#include <devlink/model/forecast.hpp>
#include <devlink/resolve/resolve.hpp>

#include <string>
#include <string_view>

namespace {

using devlink::device_id;
using devlink::link_flag;
using devlink::outcome;

TEST_CASE("tsv: a plan, probed devices first") {
    devlink::graph g;
    const device_id consumer = g.add_device("consumer");
    const device_id broken = g.add_device("broken");
    const device_id none = g.add_device("none");
    const device_id late = g.add_device("late");
    const device_id behind = g.add_device("behind");
    const device_id tab = g.add_device("a\tb\n");
    REQUIRE(g.add_link(consumer, none, link_flag::optional_supplier));
    REQUIRE(g.add_link(consumer, broken, link_flag::optional_supplier));
    REQUIRE(g.add_link(late, broken, {}));
    REQUIRE(g.add_link(behind, late, {}));
    REQUIRE(g.add_link(tab, broken, link_flag::stateless));
    devlink::forecast expected(g);
    expected.set(broken, outcome::fail);
    expected.set(none, outcome::absent);
    std::string out;
    devlink::sink::append_plan_tsv(out, g, devlink::resolve(g, expected));
    CHECK(out == "1\tbroken\tfailed\t-\t-\n"
                 "2\tconsumer\tdegraded\tnone broken\t-\n"
                 "3\ta\\x09b\\x0a\tbound\t-\t-\n"
                 "-\tnone\tabsent\t-\t-\n"
                 "-\tlate\tblocked\tbroken\tbroken\n"
                 "-\tbehind\tblocked\tlate\tbroken\n");
}

TEST_CASE("tsv: a blank in a name separates nothing") {
    devlink::graph g;
    const device_id consumer = g.add_device("the consumer");
    const device_id broken = g.add_device("a broken one");
    const device_id none = g.add_device("none");
    const device_id late = g.add_device("late");
    REQUIRE(g.add_link(consumer, broken, link_flag::optional_supplier));
    REQUIRE(g.add_link(consumer, none, link_flag::optional_supplier));
    REQUIRE(g.add_link(late, broken, {}));
    devlink::forecast expected(g);
    expected.set(broken, outcome::fail);
    expected.set(none, outcome::absent);
    std::string out;
    devlink::sink::append_plan_tsv(out, g, devlink::resolve(g, expected));
    CHECK(out == "1\ta\\x20broken\\x20one\tfailed\t-\t-\n"
                 "2\tthe\\x20consumer\tdegraded\ta\\x20broken\\x20one none\t-\n"
                 "-\tnone\tabsent\t-\t-\n"
                 "-\tlate\tblocked\ta\\x20broken\\x20one\ta\\x20broken\\x20one\n");
    out.clear();
    devlink::sink::append_links_tsv(out, g, [](devlink::link_id) { return std::string_view("a source"); });
    CHECK(out.starts_with("the\\x20consumer\ta\\x20broken\\x20one\tmanaged+optional_supplier\ta source\n"));
}

TEST_CASE("tsv: links in the order of adds, with flags and origin") {
    devlink::graph g;
    const device_id a = g.add_device("a");
    const device_id b = g.add_device("b");
    const device_id c = g.add_device("c");
    REQUIRE(g.add_link(c, a, link_flag::stateless));
    REQUIRE(g.add_link(b, a, link_flag::inferred | link_flag::autoprobe_consumer));
    std::string out;
    devlink::sink::append_links_tsv(
        out, g, [](devlink::link_id l) { return l.index() == 0 ? std::string_view() : std::string_view("clocks"); });
    CHECK(out == "c\ta\tstateless\t-\n"
                 "b\ta\tautoprobe_consumer+managed+inferred\tclocks\n");
}

} // namespace
