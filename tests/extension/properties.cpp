// SPDX-License-Identifier: MIT
// What must hold of the optional supplier, over random scenarios of every profile (E1, E2, E3, E5). E4 and E6 are in
// small_worlds.cpp.
#include "../driver_core/random_scenario.hpp"
#include "../driver_core/small_worlds.hpp"
#include "../driver_core/support.hpp"

#include <functional>
#include <set>

namespace {

using devlink::device_id;
using testing::profile;
using testing::scenario_wishes;

profile profile_of(unsigned seed) { return static_cast<profile>(seed % testing::profile_count); }

// A trace without what a flag in it changes: the statements themselves, and the column of flags.
std::string without_flags(const std::string& trace) {
    std::string kept;
    for (std::size_t at = 0; at < trace.size();) {
        const std::size_t end = trace.find('\n', at);
        std::string line = trace.substr(at, end - at);
        if (line.starts_with("> "))
            line = line.substr(0, line.find(' ', 2));
        else if (line.starts_with("state "))
            line = line.substr(0, line.rfind(' '));
        kept += line + "\n";
        at = end + 1;
    }
    return kept;
}

// Plays a scenario; tells whether a device was doomed after any of its statements.
struct played_scenario {
    std::string trace;
    bool ever_doomed = false;
    bool had_optional = false;
};

template <devlink::options O = testing::kernel_rules>
played_scenario play(const std::string& text) {
    const auto file = devlink::source::read_scenario(text);
    REQUIRE_MESSAGE(file.has_value(), text);
    devlink::sink::trace_writer trace;
    devlink::player<devlink::sink::trace_writer, O> player(trace);
    played_scenario played;
    for (const devlink::statement& next : file->statements()) {
        REQUIRE(player.play(next) == devlink::errc::ok);
        const devlink::core_view view = player.view();
        for (std::size_t d = 0; d < view.device_limit(); ++d) played.ever_doomed |= view.is_doomed(device_id{d});
    }
    played.trace = trace.text();
    played.ever_doomed |= played.trace.find("\ndoomed ") != std::string::npos;
    played.had_optional = played.trace.find("+optional_supplier") != std::string::npos;
    return played;
}

} // namespace

TEST_CASE("E1: where nothing is ever doomed the flag changes no trace") {
    std::size_t compared = 0;
    for (unsigned seed = 1; seed <= 6000; ++seed) {
        // The same dice are thrown with and without the flag, so the scenarios are the same otherwise.
        scenario_wishes wanted{.kind = profile_of(seed), .devices = 5, .statements = 28, .failures = seed % 4 == 0};
        const std::string plain = testing::random_scenario(seed, wanted);
        wanted.optional_percent = 70;
        const std::string flagged = testing::random_scenario(seed, wanted);
        const played_scenario with = play(flagged);
        if (with.ever_doomed) continue;
        const played_scenario without = play(plain);
        compared += with.had_optional ? 1U : 0U;
        REQUIRE_MESSAGE(without_flags(with.trace) == without_flags(without.trace), "seed ", seed, "\n", flagged);
    }
    MESSAGE(compared, " scenarios with optional links compared");
    CHECK(compared > 3000);
}

TEST_CASE("E2: without the flag the extension is not there") {
    constexpr devlink::options none{.extension = devlink::extension_rule::none};
    constexpr devlink::options reprobe{.late_supplier = devlink::late_supplier_rule::reprobe};
    for (unsigned seed = 1; seed <= 4000; ++seed) {
        const std::string text =
            testing::random_scenario(seed, {.kind = profile_of(seed), .devices = 5, .statements = 28});
        const std::string trace = play<none>(text).trace;
        REQUIRE_MESSAGE(play(text).trace == trace, text);
        REQUIRE_MESSAGE(play<reprobe>(text).trace == trace, text);
    }
}

namespace {

// Writes down probes and dooms. From the first doom of one statement on it deletes, on wish, the optional links to what
// is doomed, as E3 says it, so that there is nothing left to release.
class deleting_host {
public:
    devlink::driver_core<deleting_host>* core = nullptr;
    std::vector<std::string> names;
    std::function<devlink::probe_result(device_id)> drivers;
    std::vector<std::string> log;
    std::set<std::size_t> doomed; ///< by the first such event of the statement
    bool deletes = false;
    bool probed_since_doom = false;

    devlink::probe_result probe(device_id d) {
        probed_since_doom = !doomed.empty();
        const devlink::probe_result outcome = drivers(d);
        log.push_back(names[d.index()] + " " + std::to_string(outcome.code()));
        return outcome;
    }
    void on_doomed(device_id d) {
        if (probed_since_doom) return;
        doomed.insert(d.index());
        first_log_ = std::min(first_log_, log.size());
        if (!deletes) return;
        std::vector<devlink::link_id> links;
        for (const auto l : core->view().consumers(d)) links.push_back(l);
        bool released = false;
        for (const auto l : links) {
            const devlink::core_link link = core->view().link(l);
            if (!link.flags.has(devlink::link_flag::managed | devlink::link_flag::optional_supplier)) continue;
            const bool used =
                link.state == devlink::link_state::active || link.state == devlink::link_state::consumer_probe;
            if (link.flags.has(devlink::link_flag::autoprobe_consumer) && !used) core->defer_probe(link.consumer);
            released |= core->view().is_pending(link.consumer);
            core->delete_link(l);
        }
        // Who was released is on the pending list by now; nobody else is retried for it.
        if (released) core->trigger_deferred_probe();
    }

    void begin_statement() {
        log.clear();
        doomed.clear();
        probed_since_doom = false;
        first_log_ = static_cast<std::size_t>(-1);
    }
    // The probes after the first doom of the statement, until one of the doomed is asked again.
    [[nodiscard]] std::vector<std::string> probes_after_doom() const {
        std::vector<std::string> kept;
        for (std::size_t at = first_log_; at < log.size(); ++at) {
            const std::string name = log[at].substr(0, log[at].find(' '));
            for (const std::size_t d : doomed)
                if (names[d] == name) return kept;
            kept.push_back(log[at]);
        }
        return kept;
    }

private:
    std::size_t first_log_ = static_cast<std::size_t>(-1);
};

// Plays a scenario to a core of its own; in statement `delete_at` links are deleted instead of consumers released.
// Returns for each statement the probes after its first doom.
std::vector<std::vector<std::string>> play_deleting(const devlink::source::scenario_file& file, std::size_t delete_at,
                                                    std::vector<bool>* dooms) {
    deleting_host host;
    devlink::driver_core core(host);
    host.core = &core;
    std::map<std::string_view, device_id> ids;
    std::map<std::string_view, std::pair<const devlink::statement*, std::size_t>> drivers;
    const auto find = [&](std::string_view name) {
        const auto found = ids.find(name);
        return found == ids.end() ? device_id{} : found->second;
    };
    host.drivers = [&](device_id d) {
        auto& [driver, turn] = drivers[host.names[d.index()]];
        for (const devlink::probe_link& link : driver->links) (void)core.add_link(d, find(link.supplier), link.flags);
        const std::size_t place = turn++;
        if (driver->outcomes.empty()) return devlink::probe_result::ok();
        return driver->outcomes[std::min(place, driver->outcomes.size() - 1)];
    };
    std::vector<std::vector<std::string>> probes;
    for (std::size_t number = 0; number < file.statements().size() && !core.is_hung(); ++number) {
        const devlink::statement& played = file.statements()[number];
        const device_id d = find(played.name);
        host.begin_statement();
        host.deletes = number == delete_at;
        using enum devlink::statement_kind;
        switch (played.kind) {
        case device: {
            const auto driver = drivers.find(played.name);
            const bool has_driver = driver != drivers.end() && driver->second.first != nullptr;
            ids[played.name] = device_id{host.names.size()};
            host.names.emplace_back(played.name);
            (void)core.add_device({.parent = played.other.empty() ? device_id{} : find(played.other),
                                   .sync_state = played.sync_state,
                                   .runtime_pm = played.runtime_pm,
                                   .has_driver = has_driver});
            break;
        }
        case driver: {
            auto& named = drivers[played.name];
            if (named.first != nullptr) break;
            named = {&played, 0};
            if (d.valid()) (void)core.register_driver(d);
            break;
        }
        case undriver:
            drivers[played.name].first = nullptr;
            if (d.valid()) (void)core.unregister_driver(d);
            break;
        case link:
            (void)core.add_link(d, find(played.other), played.flags);
            break;
        case unlink:
            (void)core.remove_link(d, find(played.other));
            break;
        case probe:
            (void)core.probe(d);
            break;
        case unbind:
            (void)core.unbind(d);
            break;
        case remove:
            (void)core.remove_device(d);
            ids.erase(played.name);
            break;
        case get:
            (void)core.get_power(d);
            break;
        case put:
            (void)core.put_power(d);
            break;
        case drivers_done:
            core.drivers_done();
            break;
        case scenario:
            break;
        }
        (void)core.settle();
        probes.push_back(host.probes_after_doom());
        if (dooms != nullptr) dooms->push_back(!host.doomed.empty());
    }
    return probes;
}

} // namespace

TEST_CASE("E3: release equals deletion of the optional links to what is doomed, and a trigger") {
    std::size_t events = 0;
    std::size_t with_probes = 0;
    for (unsigned seed = 1; seed <= 12000; ++seed) {
        // A probe that adds such a link again would make another scenario of it: no links in probes here.
        profile kind = profile_of(seed);
        if (kind == profile::inprobe || kind == profile::mixed) kind = profile::lifecycle;
        const std::string text = testing::random_scenario(
            seed, {.kind = kind, .devices = 6, .statements = 30, .optional_percent = 70, .drivers_done_percent = 60});
        const auto file = devlink::source::read_scenario(text);
        REQUIRE(file.has_value());
        std::vector<bool> dooms;
        const auto released = play_deleting(*file, static_cast<std::size_t>(-1), &dooms);
        for (std::size_t number = 0; number < dooms.size(); ++number) {
            if (!dooms[number]) continue;
            const auto deleted = play_deleting(*file, number, nullptr);
            ++events;
            with_probes += released[number].empty() ? 0U : 1U;
            REQUIRE_MESSAGE(released[number] == deleted[number], "seed ", seed, ", statement ", number, "\n", text);
        }
    }
    MESSAGE(events, " events that doomed somebody, ", with_probes, " of them followed by probes");
    CHECK(with_probes > 1000);
}

namespace {

// A small world as a scenario: devices, links, drivers in order, no more drivers.
std::string text_of(const testing::small_world& world, bool flagged) {
    const auto name = [](std::size_t d) { return std::string(1, static_cast<char>('a' + d)); };
    std::string text = "scenario w\n";
    for (std::size_t d = 0; d < world.devices; ++d) text += "device " + name(d) + "\n";
    for (std::size_t c = 0; c < world.devices; ++c) {
        for (std::size_t s = 0; s < c; ++s) {
            if (world.links[c][s] == testing::pair_kind::absent) continue;
            text += "link " + name(c) + " " + name(s);
            if (world.links[c][s] == testing::pair_kind::soft) text += " sync_state_only";
            if (world.links[c][s] == testing::pair_kind::optional && flagged) text += " optional_supplier";
            text += "\n";
        }
    }
    for (std::size_t turn = 0; turn < world.devices; ++turn) {
        const std::size_t d = world.order[turn];
        switch (world.drivers[d]) {
        case testing::driver_kind::ok:
            text += "driver " + name(d) + "\n";
            break;
        case testing::driver_kind::defer_once:
            text += "driver " + name(d) + " defer ok\n";
            break;
        case testing::driver_kind::fail:
            text += "driver " + name(d) + " -5\n";
            break;
        case testing::driver_kind::absent:
            break;
        }
    }
    return text;
}

} // namespace

TEST_CASE("E1, E2 and E3 in every world of up to three devices") {
    constexpr devlink::options none{.extension = devlink::extension_rule::none};
    std::size_t visited = 0;
    std::size_t dooms_seen = 0;
    for (std::size_t devices = 1; devices <= 3; ++devices) {
        visited += testing::for_each_world(devices, 4, 4, [&](const testing::small_world& world) {
            const std::string flagged = text_of(world, true);
            const std::string plain = text_of(world, false);
            const played_scenario with = play(flagged);
            const played_scenario without = play(plain);
            if (!with.ever_doomed) REQUIRE_MESSAGE(without_flags(with.trace) == without_flags(without.trace), flagged);
            REQUIRE_MESSAGE(play<none>(plain).trace == without.trace, plain);

            const auto file = devlink::source::read_scenario(flagged + "drivers_done\n");
            REQUIRE(file.has_value());
            std::vector<bool> dooms;
            const auto released = play_deleting(*file, static_cast<std::size_t>(-1), &dooms);
            for (std::size_t number = 0; number < dooms.size(); ++number) {
                if (!dooms[number]) continue;
                ++dooms_seen;
                REQUIRE_MESSAGE(released[number] == play_deleting(*file, number, nullptr)[number], flagged);
            }
        });
    }
    MESSAGE(visited, " worlds, ", dooms_seen, " events that doomed somebody");
    CHECK(visited == 4 + 4 * 16 * 2 + 64 * 64 * 6);
}

TEST_CASE("E5: nobody waits in vain") {
    // Nothing here makes the kernel lack a trigger: links come before the drivers, nothing is unbound or taken away.
    std::size_t waiting = 0;
    for (unsigned seed = 1; seed <= 4000; ++seed) {
        std::mt19937 random(seed);
        const std::size_t count = 3 + random() % 5;
        testing::scripted_core<> t;
        for (std::size_t d = 0; d < count; ++d) {
            t.add();
            t.host.outcomes.push_back(random() % 3 == 0 ? std::vector<int>{-5} : std::vector<int>{0});
            for (std::size_t s = 0; s < d; ++s) {
                if (random() % 2 == 0) continue;
                testing::link_flags flags;
                if (random() % 3 != 0) flags |= devlink::link_flag::optional_supplier;
                if (random() % 4 == 0) flags |= devlink::link_flag::autoprobe_consumer;
                t.link(device_id{d}, device_id{s}, flags);
            }
        }
        for (std::size_t step = 0; step < 3 * count; ++step) {
            const device_id d{random() % count};
            if (step + 1 == 2 * count && random() % 2 == 0)
                t.core.drivers_done();
            else if (random() % 3 != 0)
                (void)t.core.register_driver(d);
            else
                (void)t.core.probe(d);
            REQUIRE(t.core.settle() == devlink::errc::ok);
            const devlink::core_view view = t.core.view();
            for (const devlink::pending_device pending : view.pending()) {
                bool mandatory = false;
                bool may_come = false;
                for (const auto l : view.suppliers(pending.device)) {
                    const devlink::core_link link = view.link(l);
                    if (link.state == devlink::link_state::available) continue;
                    mandatory |= !link.flags.has(devlink::link_flag::optional_supplier);
                    may_come |= !view.is_bound(link.supplier) && !view.is_doomed(link.supplier);
                }
                ++waiting;
                REQUIRE_MESSAGE((mandatory || may_come), "seed ", seed);
            }
        }
    }
    CHECK(waiting > 1000);
}
