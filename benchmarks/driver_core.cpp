// SPDX-License-Identifier: MIT

// Work D: events. On one board after the other, of fifty devices each, links, drivers and bindings come and go at
// random; then whatever is unbound is probed again, and the next board has its turn. What an event costs must not grow
// with the number of events, nor with that of the boards that stand by. (Every bind makes the kernel retry all that is
// pending anywhere, hence the repair: a world full of waiting devices costs that much per bind by definition.)
// Competitors: the core without the extension, which shows what keeping doom costs, and the core with doom computed
// from scratch after each event, which shows what it saves. No peer plays such events.

#include <devlink/driver_core/driver_core.hpp>

#include "families.hpp"
#include "harness.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace {

using devlink::device_id;
using devlink::link_flag;

constexpr std::size_t board = 50;

struct bench_host {
    std::uint64_t probes = 0;
    std::uint64_t digest = 0;

    devlink::probe_result probe(device_id d) {
        ++probes;
        digest = digest * 31 + d.index();
        const std::uint64_t fate = (d.index() * 2654435761U + probes * 40503U) >> 7U;
        if (fate % 20 == 0) return devlink::probe_result::error(-5);
        return fate % 20 == 1 ? devlink::probe_result::defer() : devlink::probe_result::ok();
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
class player {
public:
    player(std::size_t devices, bool from_scratch)
        : devices_{devices}
        , from_scratch_{from_scratch} {
        for (std::size_t d = 0; d < devices; ++d) {
            // Every tenth device is the parent of the nine after it.
            const device_id above = d % 10 == 0 ? device_id{} : device_id{d - d % 10};
            (void)core_.add_device({.parent = above, .sync_state = d % 7 == 0, .runtime_pm = true});
        }
        // As many links as the events lead to in the end, so that the first events cost what the last ones do.
        for (std::size_t d = 0; d < devices; ++d)
            for (std::size_t back = 1; back <= std::min<std::size_t>(d % board, 4); ++back)
                (void)core_.add_link(device_id{d}, device_id{d - back},
                                     back == 4 ? link_flag::optional_supplier : link_flag::autoprobe_consumer);
        for (std::size_t base = 0; base < devices; base += board)
            while (repair(base)) continue;
        events_ = 0;
    }

    played play(std::size_t count) {
        while (events_ < count) {
            const std::size_t base = bench::below(random_, devices_ / board) * board;
            for (int turn = 0; turn < 20; ++turn) random_event(base);
            while (repair(base)) continue;
        }
        played end{host_.digest, 0, core_.view().link_count(), true};
        (void)doom_from_scratch(core_.view(), doomed_, work_);
        for (std::size_t index = 0; index < devices_; ++index) {
            end.bound += core_.view().is_bound(device_id{index}) ? 1U : 0U;
            if (O.extension == devlink::extension_rule::optional_supplier)
                end.doom_agrees = end.doom_agrees && (doomed_[index] != 0) == core_.view().is_doomed(device_id{index});
        }
        end.doom_agrees = end.doom_agrees && !core_.is_hung();
        return end;
    }

private:
    // Probes what is not bound; whether there was anything.
    bool repair(std::size_t base) {
        bool repaired = false;
        for (std::size_t d = base; d < base + board; ++d) {
            if (core_.view().is_bound(device_id{d})) continue;
            repaired = true;
            done(core_.view().has_driver(device_id{d}) ? core_.probe(device_id{d})
                                                       : core_.register_driver(device_id{d}));
        }
        return repaired;
    }

    void done(devlink::errc) {
        (void)core_.settle();
        if (from_scratch_) bench::keep(doom_from_scratch(core_.view(), doomed_, work_));
        ++events_;
    }

    void random_event(std::size_t base) {
        const std::size_t place = bench::below(random_, board);
        const device_id d{base + place};
        const device_id s{base + (place == 0 ? 1 : place - 1 - bench::below(random_, std::min<std::size_t>(place, 4)))};
        const std::size_t dice = bench::below(random_, 20);
        if (dice < 6) {
            devlink::link_flags flags;
            if (dice < 2) flags |= link_flag::autoprobe_consumer;
            if (dice == 0) flags |= link_flag::optional_supplier;
            if (dice == 2) flags = link_flag::sync_state_only;
            if (dice == 3) flags = link_flag::autoremove_consumer;
            if (dice >= 4) flags = link_flag::stateless | link_flag::pm_runtime;
            (void)core_.add_link(d, s, flags);
            return done({});
        }
        if (dice < 8) return done(core_.remove_link(d, s));
        if (dice < 10) return done(core_.register_driver(d));
        if (dice < 12) return done(core_.unregister_driver(d));
        if (dice < 14) return done(core_.probe(d));
        if (dice < 16) return done(core_.unbind(d));
        if (dice < 18) return done(core_.get_power(d));
        done(core_.put_power(d));
    }

    std::size_t devices_;
    bool from_scratch_;
    bench::generator random_{5};
    bench_host host_;
    devlink::driver_core<bench_host, O> core_{host_};
    std::size_t events_ = 0;
    std::vector<std::uint8_t> doomed_;
    std::vector<device_id> work_;
};

template <devlink::options O>
played play(std::size_t devices, std::size_t count, bool from_scratch) {
    return player<O>(devices, from_scratch).play(count);
}

// Repaired, as a world in which anything may happen would soon hang the kernel.
constexpr devlink::options kept{.quirks = devlink::quirk_rule::repaired};
constexpr devlink::options none{.quirks = devlink::quirk_rule::repaired, .extension = devlink::extension_rule::none};

void compare(bench::session& session, std::size_t devices, std::size_t count) {
    const auto right = [&](const played& end) { return end.doom_agrees && end.bound > 0 && end.links > 0; };
    std::vector<bench::competitor> competitors;
    competitors.push_back({"devlink", [&] { bench::keep(play<kept>(devices, count, false)); },
                           [&] { return right(play<kept>(devices, count, false)); }});
    competitors.push_back({"no_extension", [&] { bench::keep(play<none>(devices, count, false)); },
                           [&] { return right(play<none>(devices, count, false)); }});
    if (devices * count <= 1000000000)
        competitors.push_back({"doom_from_scratch", [&] { bench::keep(play<kept>(devices, count, true)); },
                               [&] { return right(play<kept>(devices, count, true)); }});
    session.compare({"D events", std::to_string(count) + " events", devices, static_cast<double>(count), "event"},
                    competitors);
}

} // namespace

int main(int argc, char** argv) {
    bench::session session{argc, argv};
    for (const std::size_t devices : session.sizes({1000, 10000, 100000})) {
        for (const std::size_t events : {std::size_t{100000}, std::size_t{1000000}})
            if (devices <= 10 * events / 100 && session.wants("D events", std::to_string(events) + " events", devices))
                compare(session, devices, events);
    }
    return session.status();
}
