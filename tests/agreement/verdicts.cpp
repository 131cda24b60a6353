// SPDX-License-Identifier: MIT
// The two ways to an answer agree: what `resolve` says of a graph, and where the driver core ends when the same graph
// boots: all devices, all links, then the drivers in registration order with retries held back, then retries, and last
// no more drivers.
#include <devlink/devlink.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <random>
#include <string>
#include <vector>

namespace {

using devlink::device_id;
using devlink::link_flag;
using devlink::link_flags;
using devlink::outcome;
using devlink::verdict;

struct boot_host {
    std::vector<outcome> expected;
    std::vector<bool> asked;
    std::vector<device_id> first_probes;

    devlink::probe_result probe(device_id d) {
        if (!asked[d.index()]) first_probes.push_back(d);
        asked[d.index()] = true;
        switch (expected[d.index()]) {
        case outcome::ok:
        case outcome::absent:
            break;
        case outcome::fail:
            return devlink::probe_result::error(-19);
        case outcome::defer:
            return devlink::probe_result::defer();
        }
        return devlink::probe_result::ok();
    }
};

struct boot_case {
    std::vector<device_id> parents;
    std::vector<devlink::link_spec> links;
    std::vector<outcome> expected;

    [[nodiscard]] std::string text() const {
        std::string said;
        for (std::size_t d = 0; d < expected.size(); ++d) {
            said += "\n" + std::to_string(d) + " " + std::string(to_string(expected[d]));
            if (parents[d].valid()) said += " parent " + std::to_string(parents[d].index());
        }
        for (const devlink::link_spec& link : links) {
            said += "\nlink " + std::to_string(link.consumer.index()) + " " + std::to_string(link.supplier.index());
            for (const auto& known : devlink::all_link_flags)
                if (link.flags.has(known.flag)) said += " " + std::string(known.name);
        }
        return said;
    }
};

verdict final_state(const devlink::core_view& view, device_id d) {
    if (view.is_bound(d)) return view.is_degraded(d) ? verdict::degraded : verdict::bound;
    if (!view.has_driver(d)) return verdict::absent;
    if (view.last_attempt_failed(d)) return verdict::failed;
    return view.is_doomed(d) ? verdict::blocked : verdict::waiting;
}

link_flags some_flags(std::mt19937& random) {
    switch (random() % 8) {
    case 0:
        return link_flag::stateless;
    case 1:
        return link_flag::sync_state_only;
    case 2:
        return link_flag::autoprobe_consumer;
    case 3:
        return link_flag::inferred | link_flag::autoprobe_consumer;
    case 4:
    case 5:
        return link_flag::optional_supplier;
    case 6:
        return link_flag::optional_supplier | link_flag::autoprobe_consumer;
    default:
        return {};
    }
}

void add_to(devlink::graph& g, std::size_t index, device_id above) {
    const std::string name = "d" + std::to_string(index);
    REQUIRE((above.valid() ? g.add_device(name, above) : g.add_device(name)) == device_id{index});
}

// A graph as the driver core lets it come about: what it refuses is in no list.
boot_case random_case(unsigned seed, std::size_t devices, std::size_t links) {
    std::mt19937 random(seed);
    boot_case made;
    devlink::graph shadow;
    const unsigned trouble = random() % 3 == 0 ? 2 : 6;
    for (std::size_t index = 0; index < devices; ++index) {
        device_id above;
        if (index > 0 && random() % 5 == 0) above = device_id{random() % index};
        made.parents.push_back(above);
        made.expected.push_back(random() % trouble != 0 ? outcome::ok : static_cast<outcome>(random() % 4));
        add_to(shadow, index, above);
    }
    for (std::size_t number = 0; number < links; ++number) {
        const device_id c{random() % devices};
        const device_id s{random() % devices};
        const link_flags flags = some_flags(random);
        if (c == s || shadow.find_link(c, s).valid()) continue;
        if (shadow.add_link(c, s, flags)) made.links.push_back({c, s, flags});
    }
    return made;
}

void compare(const boot_case& boot) {
    const std::size_t count = boot.expected.size();

    boot_host host;
    host.expected = boot.expected;
    host.asked.resize(count);
    devlink::driver_core core(host);
    core.hold_back_deferred_probe();
    for (std::size_t index = 0; index < count; ++index) (void)core.add_device({.parent = boot.parents[index]});
    for (const devlink::link_spec& link : boot.links)
        REQUIRE(core.add_link(link.consumer, link.supplier, link.flags).has_value());
    for (std::size_t index = 0; index < count; ++index)
        if (boot.expected[index] != outcome::absent)
            REQUIRE(core.register_driver(device_id{index}) == devlink::errc::ok);
    REQUIRE(core.settle() == devlink::errc::ok);
    core.enable_deferred_probe();
    REQUIRE(core.settle() == devlink::errc::ok);
    core.drivers_done();
    REQUIRE(core.settle() == devlink::errc::ok);

    devlink::graph g;
    for (std::size_t index = 0; index < count; ++index) add_to(g, index, boot.parents[index]);
    for (const devlink::link_spec& link : boot.links) REQUIRE(g.add_link(link.consumer, link.supplier, link.flags));
    devlink::forecast expected(g);
    for (std::size_t index = 0; index < count; ++index) expected.set(device_id{index}, boot.expected[index]);
    const auto plan = devlink::resolve<devlink::options{.order = devlink::order_rule::kernel}>(g, expected);

    for (std::size_t index = 0; index < count; ++index) {
        const device_id d{index};
        REQUIRE_MESSAGE(plan.verdict(d) == final_state(core.view(), d), "device ", index, boot.text());
        const verdict v = plan.verdict(d);
        const bool doomed = v == verdict::absent || v == verdict::blocked || v == verdict::failed;
        REQUIRE_MESSAGE(core.view().is_doomed(d) == doomed, "device ", index, boot.text());
    }
    const std::vector<device_id> planned(plan.order().begin(), plan.order().end());
    REQUIRE_MESSAGE(planned == host.first_probes, boot.text());
    REQUIRE_MESSAGE(plan.failed_attempts() == core.view().deferrals(), boot.text());
}

} // namespace

TEST_CASE("agreement: verdicts, binding order and failed attempts of small random graphs") {
    for (unsigned seed = 1; seed <= 20000; ++seed) compare(random_case(seed, 2 + seed % 7, seed % 17));
}

TEST_CASE("agreement: and of larger ones") {
    for (unsigned seed = 1; seed <= 200; ++seed) compare(random_case(seed, 100, 200));
    compare(random_case(1, 3000, 6000));
}
