// SPDX-License-Identifier: MIT
// The directed scenarios of the optional supplier, beside their expected traces.
#include "../driver_core/support.hpp"
#include "read_file.hpp"

namespace {

std::string read_file(const std::string& name) {
    return devlink::test::read_file(DEVLINK_TESTS_DIR "/extension/" + name);
}

// Scenario by scenario, so that a failure names the one that differs.
void compare(std::string_view ours, std::string_view expected) {
    const auto next_scenario = [](std::string_view text) {
        const std::size_t at = text.find("\n> scenario ");
        return at == std::string_view::npos ? text.size() : at + 1;
    };
    std::size_t scenarios = 0;
    while (!ours.empty() || !expected.empty()) {
        const std::size_t a = next_scenario(ours);
        const std::size_t b = next_scenario(expected);
        CHECK(ours.substr(0, a) == expected.substr(0, b));
        ours.remove_prefix(a);
        expected.remove_prefix(b);
        ++scenarios;
    }
    CHECK(scenarios > 40);
}

constexpr devlink::options reprobe{.late_supplier = devlink::late_supplier_rule::reprobe};
constexpr devlink::options notify{.late_supplier = devlink::late_supplier_rule::notify};
constexpr devlink::options none{.extension = devlink::extension_rule::none};

} // namespace

TEST_CASE("extension: every rule and every interplay, with late_supplier_rule::keep") {
    compare(testing::replay(read_file("optional.dls")), read_file("optional.keep.trace"));
}

TEST_CASE("extension: the same with late_supplier_rule::reprobe") {
    compare(testing::replay<reprobe>(read_file("optional.dls")), read_file("optional.reprobe.trace"));
}

TEST_CASE("extension: late_supplier_rule::notify does what keep does, and tells the host") {
    compare(testing::replay<notify>(read_file("optional.dls")), read_file("optional.keep.trace"));

    testing::scripted_core<notify> t;
    t.host.outcomes = {{-5, 0}};
    const auto s = t.add();
    const auto c = t.add();
    const auto l = t.link(c, s, testing::link_flag::optional_supplier);
    CHECK(t.core.register_driver(s) == testing::errc::ok);
    CHECK(t.core.register_driver(c) == testing::errc::ok);
    CHECK(t.core.view().is_degraded(c));
    CHECK_FALSE(t.core.view().is_supplier_present(l));
    (void)t.host.take_log();
    CHECK(t.core.probe(s) == testing::errc::ok);
    CHECK(t.host.take_log() == std::vector<std::string>{"probe 0", "late_supplier 1 0"});
    // It is there, but its consumer runs without it until it next unbinds.
    CHECK_FALSE(t.core.view().is_supplier_present(l));
}

TEST_CASE("extension: without it the flag is refused and drivers_done does nothing") {
    const std::string trace = testing::replay<none>("scenario s\ndevice s\ndevice c\nlink c s optional_supplier\n"
                                                    "driver c\ndrivers_done\n");
    CHECK(trace.find("link c s refused") != std::string::npos);
    CHECK(trace.find("doomed") == std::string::npos);
    CHECK(testing::last_events(trace) == "> drivers_done\n");
}

TEST_CASE("extension: a consumer asks during its probe which suppliers are there") {
    struct asking_host {
        devlink::driver_core<asking_host>* core = nullptr;
        std::vector<bool> present;
        testing::probe_result probe(testing::device_id d) {
            if (d.index() == 1) return testing::probe_result::error(-5);
            for (const auto l : core->view().suppliers(d)) present.push_back(core->view().is_supplier_present(l));
            return testing::probe_result::ok();
        }
    };
    asking_host host;
    devlink::driver_core core(host);
    host.core = &core;
    for (int index = 0; index < 2; ++index) (void)core.add_device({.has_driver = true});
    const auto c = *core.add_device();
    for (int index = 0; index < 2; ++index)
        CHECK(core.add_link(c, testing::device_id{index}, testing::link_flag::optional_supplier).has_value());
    CHECK(core.register_driver(c) == testing::errc::ok);
    CHECK(host.present == std::vector<bool>{true, false});
    CHECK(core.view().is_degraded(c));
}

TEST_CASE("extension: who is deferred for a doomed supplier while that is asked again is released all the same") {
    // The supplier's probe registers a child that needs it optionally, then fails once more.
    struct nesting_host {
        devlink::driver_core<nesting_host>* core = nullptr;
        int calls = 0;
        std::vector<std::string> log;
        testing::probe_result probe(testing::device_id d) {
            log.push_back("probe " + std::to_string(d.index()));
            if (d.index() != 0) return testing::probe_result::ok();
            if (++calls == 2) (void)core->register_driver(testing::device_id{1});
            return testing::probe_result::error(-5);
        }
        void on_doomed(testing::device_id d) { log.push_back("doomed " + std::to_string(d.index())); }
    };
    nesting_host host;
    devlink::driver_core core(host);
    host.core = &core;
    const auto s = *core.add_device();
    const auto c = *core.add_device();
    CHECK(core.add_link(c, s, testing::link_flag::optional_supplier).has_value());
    CHECK(core.register_driver(s) == testing::errc::ok);
    CHECK(core.probe(s) == testing::errc::ok);
    CHECK(core.settle() == testing::errc::ok);
    CHECK(host.log == std::vector<std::string>{"probe 0", "doomed 0", "probe 0", "doomed 0", "probe 1"});
    CHECK(core.view().is_degraded(c));
}
