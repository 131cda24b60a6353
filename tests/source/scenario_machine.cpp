// SPDX-License-Identifier: MIT
#include <devlink/source/scenario_machine.hpp>

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

namespace {

using devlink::device_id;
using devlink::link_flag;
using devlink::link_id;
using devlink::outcome;
using devlink::parent_kind;
using devlink::source::machine;

machine machine_of(std::string_view text) {
    const auto file = devlink::source::read_scenario(text, "x.dls");
    REQUIRE(file);
    auto made = devlink::source::machine_of(*file);
    REQUIRE(made);
    return *std::move(made);
}

std::string error_of(std::string_view text) {
    const auto file = devlink::source::read_scenario(text, "x.dls");
    REQUIRE(file);
    const auto made = devlink::source::machine_of(*file);
    return made ? std::string("no error") : made.error().to_string();
}

std::vector<std::string> links_of(const machine& m) {
    std::vector<std::string> all;
    for (const auto& l : m.graph.links())
        all.push_back(std::string(m.graph.name(l.consumer)) + ">" + std::string(m.graph.name(l.supplier)));
    return all;
}

outcome forecast_of(const machine& m, std::string_view name) { return m.forecast[m.graph.find(name)]; }

TEST_CASE("scenario_machine: devices, parents and links of the first scenario") {
    const machine m = machine_of("scenario board\n"
                                 "device soc\n"
                                 "device i2c parent=soc\n"
                                 "device codec parent=i2c populated\n"
                                 "link codec soc inferred from=vdd-supply\n"
                                 "link i2c soc stateless\n"
                                 "link codec soc from=clocks\n"
                                 "scenario other\n"
                                 "device x\n");
    CHECK(m.name == "board");
    REQUIRE(m.graph.device_count() == 3);
    CHECK(m.graph.name(device_id{0}) == "soc");
    CHECK_FALSE(m.graph.parent(device_id{0}).device.valid());
    CHECK(m.graph.parent(device_id{1}).device == device_id{0});
    CHECK(m.graph.parent(device_id{1}).kind == parent_kind::contains);
    CHECK(m.graph.parent(device_id{2}).device == device_id{1});
    CHECK(m.graph.parent(device_id{2}).kind == parent_kind::populates);
    CHECK(links_of(m) == std::vector<std::string>{"codec>soc", "i2c>soc"});
    CHECK(m.origin(link_id{0}) == "vdd-supply+clocks");
    CHECK(m.origin(link_id{1}).empty());
    CHECK_FALSE(m.graph.link(link_id{0}).flags.has(link_flag::inferred));
    CHECK(m.forecast.all_ok());
}

TEST_CASE("scenario_machine: links of drivers, cycles, and suppliers that come later") {
    const machine m = machine_of("scenario a\n"
                                 "device c\n"
                                 "link c s\n"
                                 "device s\n"
                                 "driver s ok link=c:optional_supplier link=t\n"
                                 "driver s ok link=u\n"
                                 "driver nobody link=c\n"
                                 "device t\n"
                                 "device u\n"
                                 "unlink c s\n"
                                 "remove u\n");
    CHECK(links_of(m) == std::vector<std::string>{"c>s", "s>c", "s>t"});
    CHECK(m.graph.link(link_id{1}).flags.has(link_flag::optional_supplier));
    CHECK(m.graph.device_count() == 4);
}

TEST_CASE("scenario_machine: a device that is registered again is one device") {
    const machine m = machine_of("scenario a\ndevice p\ndevice c parent=p\nremove c\ndevice c\nlink c p");
    CHECK(m.graph.device_count() == 2);
    CHECK(m.graph.parent(device_id{1}).device == device_id{0});
}

TEST_CASE("scenario_machine: what drivers are expected to do") {
    const machine m = machine_of("scenario a\n"
                                 "device ok1\ndevice ok2\ndevice ok3\ndevice fails\ndevice defers\ndevice none\n"
                                 "device gone\ndevice again\n"
                                 "driver ok1\n"
                                 "driver ok2 -5 defer ok\n"
                                 "driver ok3\ndriver ok3 -5\n"
                                 "driver fails ok -5\n"
                                 "driver defers -5 defer\n"
                                 "driver gone\nundriver gone\n"
                                 "driver again\nundriver again\ndriver again -19\n");
    CHECK(forecast_of(m, "ok1") == outcome::ok);
    CHECK(forecast_of(m, "ok2") == outcome::ok);
    CHECK(forecast_of(m, "ok3") == outcome::ok);
    CHECK(forecast_of(m, "fails") == outcome::fail);
    CHECK(forecast_of(m, "defers") == outcome::defer);
    CHECK(forecast_of(m, "none") == outcome::absent);
    CHECK(forecast_of(m, "gone") == outcome::absent);
    CHECK(forecast_of(m, "again") == outcome::fail);
}

TEST_CASE("scenario_machine: drivers that are all gone again leave their devices absent") {
    const machine m = machine_of("scenario a\ndevice a\ndriver a defer\nundriver a\ndevice b\nlink b a\n");
    CHECK(forecast_of(m, "a") == outcome::absent);
    CHECK(forecast_of(m, "b") == outcome::absent);
    // Of drivers that match no device nothing is known.
    CHECK(machine_of("scenario a\ndevice a\ndriver nobody\n").forecast.all_ok());
}

TEST_CASE("scenario_machine: a link that no kernel would take is an error with its line") {
    CHECK(error_of("scenario a\ndevice c\nlink c nobody") ==
          "x.dls:3: the supplier 'nobody' is not a device of this scenario");
    CHECK(error_of("scenario a\ndevice c\n\ndriver c link=nobody") ==
          "x.dls:4: the supplier 'nobody' is not a device of this scenario");
    CHECK(error_of("scenario a\ndevice c\nlink c c") ==
          "x.dls:3: the link from 'c' to 'c' is refused: a device can't be its own supplier");
    CHECK(error_of("scenario a\ndevice c\ndevice s\nlink c s stateless inferred") ==
          "x.dls:4: the link from 'c' to 's' is refused: stateless excludes flags that need a managed link");
    for (const std::string link : {"link c s pm_runtime rpm_active", "driver c link=s:pm_runtime+rpm_active"}) {
        CHECK(error_of("scenario a\ndevice c\ndevice s\n" + link) ==
              "x.dls:4: the link from 'c' to 's' is refused: the supplier could not be resumed");
        CHECK(error_of("scenario a\ndevice c\ndevice s rpm\n" + link) == "no error");
        CHECK(error_of("scenario a\ndevice c\ndevice s\nremove s\ndevice s rpm\n" + link) == "no error");
    }
    CHECK(error_of("scenario a\ndevice c\ndevice s\nlink c s rpm_active") == "no error");
    CHECK(error_of("scenario a\ndevice c\nscenario b\ndevice c\nlink c nobody") == "no error");
}

} // namespace
