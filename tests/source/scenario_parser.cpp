// SPDX-License-Identifier: MIT
#include <devlink/source/scenario_parser.hpp>

#include <doctest/doctest.h>

#include <string>

namespace {

using devlink::link_flag;
using devlink::link_flags;
using devlink::source::scenario_parser;
using devlink::source::split_probe_link;

TEST_CASE("scenario_parser: what follows the last colon is flags only if all of it is") {
    const auto is = [](const char* word, const char* supplier, link_flags flags) {
        const devlink::probe_link link = split_probe_link(word);
        return link.supplier == supplier && link.flags == flags;
    };
    CHECK(is("s", "s", {}));
    CHECK(is("s:cycle", "s", link_flag::cycle));
    CHECK(is("a:b:stateless+pm_runtime", "a:b", link_flag::stateless | link_flag::pm_runtime));
    CHECK(is("s:optional_supplier", "s", link_flag::optional_supplier));
    CHECK(is("s:", "s:", {}));
    CHECK(is("s:cycle+", "s:cycle+", {}));
    CHECK(is("s:+cycle", "s:+cycle", {}));
    CHECK(is("s:cycle+fast", "s:cycle+fast", {}));
    CHECK(is("s:managed", "s:managed", {}));
    CHECK(is("s:cycle:x", "s:cycle:x", {}));
    CHECK(is(":cycle", "", link_flag::cycle));
    static_assert(split_probe_link("s:inferred").flags == link_flag::inferred);
}

TEST_CASE("scenario_parser: every flag of the format by its name, and no other") {
    for (const devlink::link_flag_name& known : devlink::all_link_flags) {
        CAPTURE(known.name);
        const bool given = known.flag != link_flag::managed;
        CHECK((devlink::source::scenario_flag(known.name) == known.flag) == given);
    }
    CHECK(devlink::source::scenario_flag("Cycle").empty());
    CHECK(devlink::source::scenario_flag("").empty());
}

TEST_CASE("scenario_parser: drivers share the arrays without mixing") {
    std::string text = "scenario a\ndriver x ok -5\ndriver y\ndriver z link=q defer link=r\n";
    scenario_parser parser(text);
    REQUIRE(parser.parse());
    const auto parts = std::move(parser).parts();
    REQUIRE(parts.statements.size() == 4);
    CHECK(parts.statements[1].outcomes.size() == 2);
    CHECK(parts.statements[1].links.empty());
    CHECK(parts.statements[2].outcomes.empty());
    CHECK(parts.statements[3].outcomes.size() == 1);
    REQUIRE(parts.statements[3].links.size() == 2);
    CHECK(parts.statements[3].links[1].supplier == "r");
}

TEST_CASE("scenario_parser: the error is in the line where it stands") {
    std::string text = "scenario a\n\n probe  x";
    scenario_parser parser(text);
    REQUIRE_FALSE(parser.parse());
    const auto error = std::move(parser).error();
    CHECK(error.line == 3);
    CHECK(error.column == 9);
    CHECK(error.message == "device 'x' is not registered");
}

} // namespace
