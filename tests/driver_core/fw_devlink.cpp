// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include <devlink/driver_core/fw_devlink.hpp>
#include <devlink/driver_core/fw_devlink_boot.hpp>

#include "firmware_script.hpp"

using namespace devlink;
using devlink::test::event_text;
using devlink::test::firmware_script;

namespace {

/// A boot by names.
struct played {
    firmware_script script;
    firmware_tree tree;
    event_text events;
    firmware_boot<event_text> boot;

    explicit played(firmware_script written, fw_devlink_options options = {.mode = fw_devlink_mode::on},
                    std::initializer_list<std::string_view> drivers = {})
        : script{std::move(written)}
        , tree{script.made()}
        , events{script}
        , boot{tree, events, options, numbers(drivers)} {}
    played(const played&) = delete;
    played& operator=(const played&) = delete;
    ~played() = default;

    [[nodiscard]] std::vector<std::uint32_t> numbers(std::initializer_list<std::string_view> drivers) const {
        std::vector<std::uint32_t> all(tree.devices().size(), firmware_boot<event_text>::no_driver);
        std::uint32_t next = 0;
        for (const std::string_view name : drivers)
            all[firmware_script::device(tree, script.node(name)).index()] = next++;
        return all;
    }
    [[nodiscard]] device_id device(std::string_view name) const {
        return boot.device_of(firmware_script::device(tree, script.node(name)));
    }
    std::string run() {
        CHECK(boot.run() == errc::ok);
        return events.take();
    }
    [[nodiscard]] bool waits(std::string_view name) const { return boot.links().is_waiting(device(name)); }
    [[nodiscard]] bool bound(std::string_view name) const { return boot.view().is_bound(device(name)); }
    /// The link of a pair: `-`, or its flags without `managed` and `inferred`, which all have.
    [[nodiscard]] std::string link(std::string_view consumer, std::string_view supplier) const {
        const link_id l = boot.view().find_link(device(consumer), device(supplier));
        if (!l.valid()) return "-";
        CHECK(boot.view().link(l).flags.has(link_flag::managed | link_flag::inferred));
        std::string all;
        for (const link_flag_name& known : all_link_flags) {
            if (known.flag == link_flag::managed || known.flag == link_flag::inferred) continue;
            if (boot.view().link(l).flags.has(known.flag)) (all += all.empty() ? "" : "+") += known.name;
        }
        return all;
    }
};

} // namespace

TEST_CASE("a firmware link becomes a device link when both devices are there, newest first") {
    played p{firmware_script{
        {.name = "a", .needs = {"b", "c"}}, {.name = "b"}, {.name = "c"}, {.name = "d", .needs = {"b", "c"}}}};
    CHECK(p.run() == "add a; fwlink a b; fwlink a c; add b; link a b; drop a b; add c; link a c; drop a c; "
                     "add d; fwlink d b; fwlink d c; link d c; drop d c; link d b; drop d b");
    CHECK(p.link("a", "b") == "autoprobe_consumer");
    CHECK_FALSE(p.waits("a"));
    CHECK(p.boot.links().links().size() == 0);
}

TEST_CASE("a supplier without a device is waited for") {
    played p{firmware_script{{.name = "a", .needs = {"x"}},
                             {.name = "x", .is_device = false},
                             {.name = "bus", .needs = {"x"}, .bus = true}}};
    p.run();
    CHECK(p.waits("a"));
    CHECK(p.script.name(p.boot.links().missing_supplier(p.device("a"))) == "x");
    CHECK_FALSE(p.bound("bus"));
    CHECK(p.boot.view().is_pending(p.device("bus")));
    CHECK(p.boot.view().status(p.device("bus")) == device_status::no_driver); // not `probing`
}

TEST_CASE("suppliers that are not available, or below such a node, are none") {
    played p{firmware_script{{.name = "off", .is_device = false, .available = false},
                             {.name = "in-off", .above = "off", .is_device = false},
                             {.name = "ram", .above = "off"},
                             {.name = "a", .needs = {"off", "in-off", "ram"}},
                             {.name = "sub", .above = "a", .is_device = false, .needs = {"ram"}, .available = false}}};
    CHECK(p.run() == "add ram; add a; fwlink a ram; link a ram; drop a ram");
}

TEST_CASE("a consumer that is no device yet is stood for by the device above it") {
    played p{firmware_script{
        {.name = "bus"}, {.name = "sub", .above = "bus", .is_device = false, .needs = {"clk"}}, {.name = "clk"}}};
    CHECK(p.run() == "add bus; fwlink sub clk; add clk; sync bus clk");
    CHECK(p.link("bus", "clk") == "sync_state_only");
    CHECK_FALSE(p.waits("bus"));
    CHECK(p.boot.links().links().size() == 1); // the firmware link stays for its own device
}

TEST_CASE("a proxy is not made for what lies below it") {
    played p{firmware_script{{.name = "bus", .bus = true},
                             {.name = "sub", .above = "bus", .is_device = false, .needs = {"clk"}},
                             {.name = "clk", .above = "bus"}}};
    CHECK(p.run() == "add bus; fwlink sub clk; add clk; bound bus");
}

TEST_CASE("a proxy that becomes the device itself hardens") {
    played p{firmware_script{{.name = "clk"},
                             {.name = "bus", .needs = {"clk"}, .bus = true},
                             {.name = "sub", .above = "bus", .is_device = false, .needs = {"clk"}}}};
    CHECK(p.run() == "add clk; add bus; fwlink bus clk; fwlink sub clk; link bus clk; drop bus clk");
    CHECK(p.link("bus", "clk") == "autoprobe_consumer");
}

TEST_CASE("two devices that need each other are a cycle, whose links hold nothing back") {
    played p{firmware_script{{.name = "a", .needs = {"b"}}, {.name = "b", .needs = {"a"}}}};
    CHECK(p.run() == "add a; fwlink a b; add b; fwlink b a; "
                     "cycle b a; cycle a b; fixed a b; sync a b; drop a b; "
                     "cycle a b; cycle b a; fixed b a; sync b a; drop b a");
    CHECK(p.link("a", "b") == "sync_state_only+cycle");
    CHECK(p.link("b", "a") == "sync_state_only+cycle");
}

TEST_CASE("a device link on a cycle is relaxed") {
    played p{
        firmware_script{{.name = "b", .needs = {"c"}}, {.name = "a", .needs = {"b"}}, {.name = "c", .needs = {"a"}}}};
    CHECK(p.run() == "add b; fwlink b c; add a; fwlink a b; link a b; drop a b; add c; fwlink c a; "
                     "cycle a b; relax a b; cycle c a; cycle b c; fixed b c; sync b c; drop b c; "
                     "cycle b c; cycle a b; cycle c a; fixed c a; sync c a; drop c a");
    CHECK(p.link("a", "b") == "sync_state_only+cycle");
}

TEST_CASE("a supplier that is the consumer's child is a cycle through its parent") {
    played p{firmware_script{{.name = "pcie", .needs = {"intc"}}, {.name = "intc", .above = "pcie"}}};
    CHECK(p.run() == "add pcie; fwlink pcie intc; child intc pcie; cycle pcie intc; fixed pcie intc; add intc; "
                     "child intc pcie; cycle pcie intc; fixed pcie intc; sync pcie intc; drop pcie intc");
}

TEST_CASE("a device may need itself, and its parent") {
    played p{firmware_script{{.name = "gic", .needs = {"gic"}}, {.name = "its", .above = "gic", .needs = {"gic"}}}};
    CHECK(p.run() == "add gic; fwlink gic gic; fwlink its gic; cycle gic gic; fixed gic gic; drop gic gic; add its; "
                     "link its gic; drop its gic");
}

TEST_CASE("when a device binds it stands for what is below it and no device") {
    played p{firmware_script{{.name = "user", .needs = {"phy"}},
                             {.name = "clk"},
                             {.name = "bus", .needs = {"clk"}},
                             {.name = "phy", .above = "bus", .is_device = false, .needs = {"clk"}},
                             {.name = "dev", .above = "bus"},
                             {.name = "in-dev", .above = "dev", .is_device = false}},
             {.mode = fw_devlink_mode::on},
             {"clk", "bus"}};
    CHECK(p.run() == "add user; fwlink user phy; add clk; add bus; fwlink bus clk; fwlink phy clk; "
                     "link bus clk; drop bus clk; add dev; bound clk; "
                     "bound bus; fwlink user bus; drop user phy; link user bus; drop user bus");
    CHECK(p.bound("bus"));
    CHECK_FALSE(p.waits("user"));
    CHECK(p.link("user", "bus") == "autoprobe_consumer");
    CHECK(p.boot.view().link(p.boot.view().find_link(p.device("bus"), p.device("clk"))).state == link_state::active);
}

TEST_CASE("what a bound device still names is dropped, as are its proxies") {
    played p{firmware_script{{.name = "clk"},
                             {.name = "bus", .bus = true},
                             {.name = "sub", .above = "bus", .is_device = false, .needs = {"clk", "late"}},
                             {.name = "late", .is_device = false}}};
    CHECK(p.run() == "add clk; add bus; fwlink sub clk; fwlink sub late; sync bus clk; bound bus; unlink bus clk");
}

TEST_CASE("a device that early code has set up is not waited for") {
    played p{firmware_script{{.name = "clk", .initialised = true},
                             {.name = "sub", .above = "clk", .is_device = false},
                             {.name = "a", .needs = {"clk", "sub"}}}};
    CHECK(p.run() == "add a; fwlink a clk; fwlink a sub; never a sub; drop a sub; never a clk; drop a clk");
    CHECK_FALSE(p.waits("a"));
}

TEST_CASE("post-init-providers are not waited for, and no cycle goes through them") {
    played p{firmware_script{{.name = "a", .needs = {"b", "!b"}}, {.name = "b", .needs = {"a"}}}};
    CHECK(p.run() == "add a; fwlink a b; drop a b; add b; fwlink b a; link b a; drop b a");
    CHECK(p.link("a", "b") == "-");
    CHECK(p.link("b", "a") == "autoprobe_consumer");
    CHECK_FALSE(p.waits("a"));

    // The other one waits for its supplier when the first one comes.
    played q{firmware_script{{.name = "b", .needs = {"a"}}, {.name = "a", .needs = {"b", "!b"}}}};
    CHECK(q.run() == "add b; fwlink b a; add a; fwlink a b; link b a; drop b a; drop a b");
    CHECK(q.link("b", "a") == "autoprobe_consumer");
}

TEST_CASE("optional bindings count in strict mode, unless it is permissive") {
    const firmware_script script{{.name = "iommu"}, {.name = "a", .needs = {"?iommu"}}};
    const auto link = [&](fw_devlink_mode mode, bool strict) {
        played p{script, {.mode = mode, .strict = strict}};
        p.run();
        return p.link("a", "iommu");
    };
    CHECK(link(fw_devlink_mode::on, false) == "-");
    CHECK(link(fw_devlink_mode::on, true) == "autoprobe_consumer");
    CHECK(link(fw_devlink_mode::permissive, true) == "-");
}

TEST_CASE("modes") {
    const firmware_script script{
        {.name = "clk"}, {.name = "a", .needs = {"clk", "x"}}, {.name = "x", .is_device = false}};
    played off{script, {.mode = fw_devlink_mode::off}, {"a"}};
    CHECK(off.run() == "add clk; add a; bound a");
    CHECK(off.link("a", "clk") == "-");
    played permissive{script, {.mode = fw_devlink_mode::permissive}, {"a"}};
    CHECK(permissive.run() ==
          "add clk; add a; fwlink a clk; fwlink a x; sync a clk; drop a clk; bound a; drop a x; unlink a clk");
    played rpm{script, {}, {"a"}};
    rpm.run();
    CHECK(rpm.link("a", "clk") == "pm_runtime+autoprobe_consumer");
    CHECK_FALSE(rpm.bound("a"));
    CHECK_FALSE(permissive.boot.links().has_waiting_attribute());
    CHECK(rpm.boot.links().has_waiting_attribute());
}

TEST_CASE("the end of the time-out lets go of suppliers that no driver ever matched") {
    played p{firmware_script{{.name = "clk"},
                             {.name = "failed", .bus = true},
                             {.name = "a", .needs = {"clk"}},
                             {.name = "b", .needs = {"a"}}},
             {.mode = fw_devlink_mode::on},
             {"a"}};
    p.run();
    CHECK_FALSE(p.bound("a"));
    CHECK(p.boot.time_out() == errc::ok);
    CHECK(p.events.take() == "relax a clk; bound a; unlink a clk");
    CHECK(p.bound("a"));
    CHECK(p.link("b", "a") == "autoprobe_consumer"); // a has a driver: it matched
}

TEST_CASE("nothing below a device whose probe binds its children waits for it") {
    const firmware_script script{
        {.name = "mdio"}, {.name = "phy", .above = "mdio", .needs = {"mdio"}}, {.name = "other", .needs = {"mdio"}}};
    const firmware_tree tree = script.made();
    event_text events{script};
    struct host {
        fw_devlink<driver_core<host>, event_text>* links = nullptr;
        std::vector<node_id> nodes;
        probe_result probe(device_id) { return probe_result::ok(); }
        void on_device_added(device_id d) { links->device_added(d, nodes[d.index()]); }
        void on_bound(device_id d) { links->driver_bound(d); }
        bool waits_for_firmware(device_id d) { return links->is_waiting(d); }
    } drivers;
    driver_core<host> core{drivers};
    fw_devlink<driver_core<host>, event_text> links{tree, core, events, {.mode = fw_devlink_mode::on}};
    drivers.links = &links;
    drivers.nodes = {script.node("mdio"), script.node("phy"), script.node("other")};
    links.binds_children_in_probe(script.node("mdio"));
    REQUIRE(core.add_device());
    REQUIRE(core.add_device({.parent = device_id{0}}));
    REQUIRE(core.add_device());
    CHECK(events.take() == "add mdio; fwlink phy mdio; add phy; drop phy mdio; add other; fwlink other mdio; "
                           "link other mdio; drop other mdio");
    // After the time-out a device that matches no driver holds nobody back.
    links.drivers_done();
    CHECK(events.take() == "relax other mdio");
    REQUIRE(core.add_link(device_id{2}, device_id{1}, link_flag::inferred));
    links.device_attached(device_id{1});
    CHECK(events.take() == "relax other phy");
}

TEST_CASE("ten devices that all need each other are an error by name, eight are an answer") {
    const auto run = [](std::size_t devices) {
        firmware_tree tree;
        tree.add_node({});
        for (std::size_t i = 1; i <= devices; ++i) {
            const node_id self = tree.add_node(node_id{0});
            for (std::size_t j = 1; j <= devices; ++j)
                if (j != i) tree.add_reference({self, node_id{j}});
        }
        for (std::size_t i = 1; i <= devices; ++i) {
            firmware_device device;
            device.node = node_id{i};
            tree.add_device(device);
        }
        no_fw_devlink_observer nobody;
        firmware_boot boot{tree, nobody};
        const errc code = boot.run();
        CHECK(boot.time_out() == code);
        return code;
    };
    CHECK(run(8) == errc::ok);
    CHECK(run(10) == errc::search_too_long);
    CHECK(run(30) == errc::search_too_long);
}

TEST_CASE("limits on links and on the steps of searches are errors by name") {
    firmware_tree tree;
    tree.add_node({});
    for (std::size_t i = 1; i <= 20; ++i) {
        const node_id self = tree.add_node(node_id{0});
        for (std::size_t j = 1; j < i; ++j) tree.add_reference({self, node_id{j}});
    }
    for (std::size_t i = 1; i <= 20; ++i) {
        firmware_device device;
        device.node = node_id{i};
        tree.add_device(device);
    }
    const auto run = [&](fw_devlink_options options) {
        no_fw_devlink_observer nobody;
        firmware_boot boot{tree, nobody, options};
        return boot.run();
    };
    CHECK(run({}) == errc::ok);
    CHECK(run({.device_link_limit = 190}) == errc::ok);
    CHECK(run({.device_link_limit = 189}) == errc::too_many);
    CHECK(run({.cycle_step_limit = 1000}) == errc::search_too_long);
}
