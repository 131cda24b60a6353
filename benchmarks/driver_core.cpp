// SPDX-License-Identifier: MIT

// Work E: events. Devices, links and drivers come and go at random, in clusters of fifty devices each as on a board,
// and the driver core plays them; what an event costs must not grow with the number of events, nor with that of the
// devices that stand by. Competitors: the core without the extension, which shows what keeping doom costs, and the core
// with doom computed from scratch after each event, which shows what it saves. No peer plays such events.

#include <devlink/driver_core/driver_core.hpp>

#include "families.hpp"
#include "harness.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace {

using devlink::device_id;
using devlink::link_flag;

enum class event_kind : std::uint8_t { link, unlink, driver, undriver, probe, unbind, get, put };

struct event {
    event_kind kind;
    std::uint32_t device;
    std::uint32_t supplier;
    devlink::link_flags flags;
};

constexpr std::size_t cluster = 50;

std::vector<event> random_events(std::size_t devices, std::size_t count) {
    bench::generator random{5};
    std::vector<event> events;
    events.reserve(count);
    for (std::size_t number = 0; number < count; ++number) {
        const std::size_t base = bench::below(random, devices / cluster) * cluster;
        const std::size_t d = base + bench::below(random, cluster);
        const std::size_t dice = bench::below(random, 100);
        event made{event_kind::probe, static_cast<std::uint32_t>(d), 0, {}};
        if (dice < 20) {
            made.kind = event_kind::link;
            made.supplier = static_cast<std::uint32_t>(base + bench::below(random, cluster));
            if (dice < 6) made.flags |= link_flag::autoprobe_consumer;
            if (dice < 3) made.flags |= link_flag::optional_supplier;
            if (dice >= 6 && dice < 9) made.flags = link_flag::sync_state_only;
            if (dice >= 9 && dice < 12) made.flags = link_flag::autoremove_consumer;
            if (dice >= 12 && dice < 16) made.flags = link_flag::stateless | link_flag::pm_runtime;
        } else if (dice < 25) {
            made.kind = event_kind::unlink;
            made.supplier = static_cast<std::uint32_t>(base + bench::below(random, cluster));
        } else if (dice < 45) {
            made.kind = event_kind::driver;
        } else if (dice < 55) {
            made.kind = event_kind::undriver;
        } else if (dice < 65) {
            made.kind = event_kind::unbind;
        } else if (dice < 75) {
            made.kind = event_kind::get;
        } else if (dice < 85) {
            made.kind = event_kind::put;
        }
        events.push_back(made);
    }
    return events;
}

struct bench_host {
    std::uint64_t probes = 0;
    std::uint64_t digest = 0;

    devlink::probe_result probe(device_id d) {
        ++probes;
        digest = digest * 31 + d.index();
        // Every ninth probe of a device fails, by its number and that of its calls so far in the world.
        const std::uint64_t fate = (d.index() * 2654435761U + probes * 40503U) >> 7U;
        if (fate % 9 == 0) return devlink::probe_result::error(-5);
        return fate % 9 == 1 ? devlink::probe_result::defer() : devlink::probe_result::ok();
    }
};

// Doom as its definition says it, over all devices.
std::size_t doom_from_scratch(const devlink::core_view& view, std::vector<std::uint8_t>& doomed,
                              std::vector<device_id>& work) {
    doomed.assign(view.device_limit(), 0);
    work.clear();
    for (std::size_t index = 0; index < view.device_limit(); ++index) {
        const device_id d{index};
        if (view.is_bound(d) || view.is_pending(d) || !view.last_attempt_failed(d)) continue;
        doomed[index] = 1;
        work.push_back(d);
    }
    for (std::size_t place = 0; place < work.size(); ++place) {
        for (const devlink::link_id l : view.consumers(work[place])) {
            const devlink::core_link link = view.link(l);
            const bool mandatory = link.flags.has(link_flag::managed) &&
                                   !link.flags.has_any(link_flag::sync_state_only | link_flag::optional_supplier);
            if (!mandatory || doomed[link.consumer.index()] != 0 || view.is_bound(link.consumer)) continue;
            doomed[link.consumer.index()] = 1;
            work.push_back(link.consumer);
        }
    }
    return work.size();
}

struct played {
    std::uint64_t digest = 0;
    std::size_t bound = 0;
    std::size_t links = 0;
    bool doom_agrees = true;
};

template <devlink::options O>
played play(std::size_t devices, const std::vector<event>& events, bool from_scratch) {
    bench_host host;
    devlink::driver_core<bench_host, O> core(host);
    for (std::size_t d = 0; d < devices; ++d) {
        // Every tenth device is the parent of the nine after it.
        const device_id above = d % 10 == 0 ? device_id{} : device_id{d - d % 10};
        (void)core.add_device({.parent = above, .sync_state = d % 7 == 0, .runtime_pm = true});
    }
    std::vector<std::uint8_t> doomed;
    std::vector<device_id> work;
    for (const event& next : events) {
        const device_id d{next.device};
        switch (next.kind) {
        case event_kind::link:
            (void)core.add_link(d, device_id{next.supplier}, next.flags);
            break;
        case event_kind::unlink:
            (void)core.remove_link(d, device_id{next.supplier});
            break;
        case event_kind::driver:
            (void)core.register_driver(d);
            break;
        case event_kind::undriver:
            (void)core.unregister_driver(d);
            break;
        case event_kind::probe:
            (void)core.probe(d);
            break;
        case event_kind::unbind:
            (void)core.unbind(d);
            break;
        case event_kind::get:
            (void)core.get_power(d);
            break;
        case event_kind::put:
            (void)core.put_power(d);
            break;
        }
        (void)core.settle();
        if (from_scratch) bench::keep(doom_from_scratch(core.view(), doomed, work));
    }
    played end{host.digest, 0, core.view().link_count(), true};
    (void)doom_from_scratch(core.view(), doomed, work);
    for (std::size_t index = 0; index < devices; ++index) {
        end.bound += core.view().is_bound(device_id{index}) ? 1U : 0U;
        if (O.extension == devlink::extension_rule::optional_supplier && !core.is_hung())
            end.doom_agrees = end.doom_agrees && (doomed[index] != 0) == core.view().is_doomed(device_id{index});
    }
    return end;
}

// Repaired, as a world in which anything may happen would soon hang the kernel.
constexpr devlink::options kept{.quirks = devlink::quirk_rule::repaired};
constexpr devlink::options none{.quirks = devlink::quirk_rule::repaired, .extension = devlink::extension_rule::none};

void compare(bench::session& session, std::size_t devices, std::size_t count) {
    const std::vector<event> events = random_events(devices, count);
    const auto right = [&](const played& end) { return end.doom_agrees && end.bound > 0 && end.links > 0; };
    std::vector<bench::competitor> competitors;
    competitors.push_back({"devlink", [&] { bench::keep(play<kept>(devices, events, false)); },
                           [&] { return right(play<kept>(devices, events, false)); }});
    competitors.push_back({"no_extension", [&] { bench::keep(play<none>(devices, events, false)); },
                           [&] { return right(play<none>(devices, events, false)); }});
    if (devices * count <= 1000000000)
        competitors.push_back({"doom_from_scratch", [&] { bench::keep(play<kept>(devices, events, true)); },
                               [&] { return right(play<kept>(devices, events, true)); }});
    session.compare({"E events", std::to_string(count) + " events", devices, static_cast<double>(count), "event"},
                    competitors);
}

} // namespace

int main(int argc, char** argv) {
    bench::session session{argc, argv};
    for (const std::size_t devices : session.sizes({1000, 10000, 100000})) {
        for (const std::size_t events : {std::size_t{100000}, std::size_t{1000000}})
            if (session.wants("E events", std::to_string(events) + " events", devices))
                compare(session, devices, events);
    }
    return session.status();
}
