// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include <devlink/sink/scenario_text.hpp>
#include <devlink/source/scenario.hpp>
#include <devlink/source/scenario_machine.hpp>

using namespace devlink;

namespace {

std::string text_of(const source::machine& m) {
    std::string out;
    sink::append_scenario(out, m.graph, m.name, [&](link_id l) { return m.origin(l); });
    return out;
}

} // namespace

TEST_CASE("what is written is read as what it was") {
    constexpr std::string_view text = "scenario small\n"
                                      "device bus\n"
                                      "device clk@1 parent=bus\n"
                                      "device eeprom parent=clk@1 populated\n"
                                      "device lone\n"
                                      "link lone clk@1 inferred autoprobe_consumer from=clocks+resets\n"
                                      "link eeprom lone pm_runtime optional_supplier\n"
                                      "link lone bus stateless\n"
                                      "link clk@1 lone inferred sync_state_only cycle from=x\n";
    const auto file = source::read_scenario(text);
    REQUIRE(file);
    const auto m = source::machine_of(*file);
    REQUIRE(m);
    CHECK(text_of(*m) == text);
}

TEST_CASE("names become names of the format, each its own") {
    source::machine m;
    m.name = "Pine64 RockPro64 v2.1";
    for (const std::string_view name : {"/soc/a b", "x/soc/a_b", "", "x", "a\nb", "a_b"})
        (void)m.graph.add_device(name);
    (void)m.graph.add_device(std::string(100, 'n'));
    (void)m.graph.add_device(std::string(99, 'n'));
    const std::string out = text_of(m);
    CHECK(out == "scenario Pine64_RockPro64_v2.1\n"
                 "device x_soc_a_b\n"
                 "device x_soc_a_b.1\n"
                 "device x\n"
                 "device x.3\n"
                 "device a_b\n"
                 "device a_b.5\n"
                 "device " +
                     std::string(63, 'n') + "\ndevice " + std::string(61, 'n') + ".7\n");
    CHECK(source::read_scenario(out));
}

TEST_CASE("devices and links that are gone are not written") {
    graph g;
    const device_id a = g.add_device("a");
    const device_id b = g.add_device("b");
    const device_id c = g.add_device("c");
    REQUIRE(g.add_link(b, a));
    REQUIRE(g.add_link(c, b));
    g.remove_device(a);
    std::string out;
    sink::append_scenario(out, g, "x", [](link_id) { return std::string_view{}; });
    CHECK(out == "scenario x\ndevice b\ndevice c\nlink c b\n");
}

TEST_CASE("a graph without names is numbered") {
    basic_graph<graph_policy<std::uint16_t, no_names>> g;
    const auto a = g.add_device();
    const auto b = g.add_device();
    REQUIRE(g.add_link(b, a));
    std::string out;
    sink::append_scenario(out, g, "n", [](auto) { return std::string_view{}; });
    CHECK(out == "scenario n\ndevice x\ndevice x.1\nlink x.1 x\n");
}
