// SPDX-License-Identifier: MIT
#ifndef DEVLINK_DRIVER_CORE_PLAYER_HPP
#define DEVLINK_DRIVER_CORE_PLAYER_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <devlink/driver_core/driver_core.hpp>
#include <devlink/model/statement.hpp>

namespace devlink {

/// The names of the devices that a player knows, by their ids.
class player_names {
public:
    /// The name of a device, also of one that is gone. Precondition: the player registered it. Constant time.
    [[nodiscard]] std::string_view operator[](device_id d) const noexcept { return names_[d.index()]; }

    [[nodiscard]] std::size_t size() const noexcept { return names_.size(); }
    void push_back(std::string_view name) { names_.push_back(name); }

private:
    std::vector<std::string_view> names_;
};

/// Whoever watches a scenario being played, in the order of a trace: `begin`, what happens, then `end` or `hang`.
template <class Observer>
concept play_observer = requires(Observer& o, const statement& played, std::string_view name, const core_view& view,
                                 const player_names& names) {
    o.begin(played);
    o.link(name, name, true);
    o.probe(name, probe_result{});
    o.unbound(name);
    o.sync_state(name);
    o.suspend(name);
    o.resume(name);
    o.doomed(name);
    o.released(name, name);
    o.late(name, name);
    o.warning(core_warning{});
    o.end(view, names);
    o.hang();
};

namespace detail::core {

/// The host that plays the drivers of a scenario.
template <class Observer, options O>
class played_world {
public:
    /// What a name stands for at present.
    struct entry {
        device_id device;                  ///< valid while a device of that name is registered
        const statement* driver = nullptr; ///< the statement that registered its driver
        std::size_t probes = 0;            ///< calls of that driver's probe
    };

    explicit played_world(Observer& observer) noexcept
        : observer_{&observer} {}

    [[nodiscard]] probe_result probe(device_id d) {
        const std::size_t place = entries_of_devices_[d.index()];
        const statement& driver = *entries_[place].driver;
        for (const probe_link& wanted : driver.links) {
            const bool accepted = core->add_link(d, find(wanted.supplier), wanted.flags).has_value();
            observer_->link(names_[d], wanted.supplier, accepted);
        }
        const std::size_t turn = entries_[place].probes++;
        probe_result outcome;
        if (!driver.outcomes.empty()) outcome = driver.outcomes[std::min(turn, driver.outcomes.size() - 1)];
        observer_->probe(names_[d], outcome);
        return outcome;
    }
    void unbind(device_id d) { observer_->unbound(names_[d]); }
    void sync_state(device_id d) { observer_->sync_state(names_[d]); }
    void suspend(device_id d) { observer_->suspend(names_[d]); }
    void resume(device_id d) { observer_->resume(names_[d]); }
    void on_doomed(device_id d) { observer_->doomed(names_[d]); }
    void on_released(device_id c, device_id s) { observer_->released(names_[c], names_[s]); }
    void on_late(device_id c, device_id s) { observer_->late(names_[c], names_[s]); }
    void on_warning(core_warning warning) { observer_->warning(warning); }

    /// The registered device of that name, or none.
    [[nodiscard]] device_id find(std::string_view name) const {
        const auto found = places_.find(name);
        return found == places_.end() ? device_id{} : entries_[found->second].device;
    }

    [[nodiscard]] entry& at(std::string_view name) {
        const auto [found, added] = places_.try_emplace(name, entries_.size());
        if (added) entries_.emplace_back();
        return entries_[found->second];
    }

    /// The device that is registered next is called `name`.
    void announce(std::string_view name) {
        entry& named = at(name);
        named.device = device_id{names_.size()};
        entries_of_devices_.push_back(places_.find(name)->second);
        names_.push_back(name);
    }

    [[nodiscard]] const player_names& names() const noexcept { return names_; }

    driver_core<played_world, O>* core = nullptr;

private:
    Observer* observer_;
    std::unordered_map<std::string_view, std::size_t> places_;
    std::vector<entry> entries_;
    std::vector<std::size_t> entries_of_devices_;
    player_names names_;
};

} // namespace detail::core

/// Plays the statements of scenarios to a driver core, each to its end and with all that it sets in motion, as the
/// kernel did when traces were recorded.
template <play_observer Observer, options O = options{}>
class player {
    using world = detail::core::played_world<Observer, O>;

public:
    /// A player in an empty world. Precondition: `observer` outlives it.
    explicit player(Observer& observer)
        : observer_{&observer} {
        start();
    }
    player(const player&) = delete;
    player& operator=(const player&) = delete;
    ~player() = default;

    /// Plays one statement; after a hang nothing is played until the next `scenario`. Precondition: the statement and
    /// all that it points to outlive the player, as drivers and names are kept by reference.
    /// Returns errc::ok, also for what the kernel refuses; else why no world can play it, and then nothing was played:
    /// errc::unknown_device, duplicate_name, has_children, no_driver (`undriver` without one), populated_device.
    errc play(const statement& played) {
        if (played.kind == statement_kind::scenario) {
            start();
            observer_->begin(played);
            observer_->end(core().view(), host().names());
            return errc::ok;
        }
        if (core().is_hung()) return errc::ok;
        if (const errc code = check(played); code != errc::ok) return code;
        observer_->begin(played);
        carry_out(played);
        if (!core().is_hung()) (void)core().settle();
        if (core().is_hung())
            observer_->hang();
        else
            observer_->end(core().view(), host().names());
        return errc::ok;
    }

    [[nodiscard]] core_view view() const noexcept { return core().view(); }
    [[nodiscard]] const player_names& names() const noexcept { return host().names(); }
    /// The registered device of that name, or none. Expected constant time.
    [[nodiscard]] device_id find(std::string_view name) const { return host().find(name); }
    [[nodiscard]] bool is_hung() const noexcept { return core().is_hung(); }

private:
    void start() { session_ = std::make_unique<session>(*observer_); }

    [[nodiscard]] world& host() const noexcept { return session_->host; }
    [[nodiscard]] driver_core<world, O>& core() const noexcept { return session_->core; }

    [[nodiscard]] errc check(const statement& played) {
        const device_id d = host().find(played.name);
        switch (played.kind) {
        case statement_kind::device:
            if (played.populated) return errc::populated_device;
            if (d.valid()) return errc::duplicate_name;
            return played.other.empty() || host().find(played.other).valid() ? errc::ok : errc::unknown_device;
        case statement_kind::undriver:
            return host().at(played.name).driver != nullptr ? errc::ok : errc::no_driver;
        case statement_kind::remove:
            if (!d.valid()) return errc::unknown_device;
            return view().children(d).empty() ? errc::ok : errc::has_children;
        case statement_kind::unlink:
            return d.valid() && host().find(played.other).valid() ? errc::ok : errc::unknown_device;
        case statement_kind::link:
        case statement_kind::probe:
        case statement_kind::unbind:
        case statement_kind::get:
        case statement_kind::put:
            return d.valid() ? errc::ok : errc::unknown_device;
        case statement_kind::scenario:
        case statement_kind::driver:
        case statement_kind::drivers_done:
            return errc::ok;
        }
        return errc::ok;
    }

    // What the events return is seen by the observer, or was checked before.
    void carry_out(const statement& played) {
        const device_id d = host().find(played.name);
        switch (played.kind) {
        case statement_kind::device: {
            const bool has_driver = host().at(played.name).driver != nullptr;
            const device_id above = played.other.empty() ? device_id{} : host().find(played.other);
            host().announce(played.name);
            (void)core().add_device({above, played.sync_state, played.runtime_pm, has_driver});
            break;
        }
        case statement_kind::driver: {
            typename world::entry& named = host().at(played.name);
            if (named.driver != nullptr) break; // -EBUSY
            named.driver = &played;
            named.probes = 0;
            if (d.valid()) (void)core().register_driver(d);
            break;
        }
        case statement_kind::undriver:
            host().at(played.name).driver = nullptr;
            if (d.valid()) (void)core().unregister_driver(d);
            break;
        case statement_kind::link:
            observer_->link(played.name, played.other,
                            core().add_link(d, host().find(played.other), played.flags).has_value());
            break;
        case statement_kind::unlink:
            (void)core().remove_link(d, host().find(played.other));
            break;
        case statement_kind::probe:
            (void)core().probe(d);
            break;
        case statement_kind::unbind:
            (void)core().unbind(d);
            break;
        case statement_kind::remove:
            (void)core().remove_device(d);
            host().at(played.name).device = device_id{};
            break;
        case statement_kind::get:
            (void)core().get_power(d);
            break;
        case statement_kind::put:
            (void)core().put_power(d);
            break;
        case statement_kind::drivers_done:
            core().drivers_done();
            break;
        case statement_kind::scenario:
            break;
        }
    }

    struct session {
        explicit session(Observer& observer)
            : host{observer} {
            host.core = &core;
        }

        world host;
        driver_core<world, O> core{host};
    };

    Observer* observer_;
    std::unique_ptr<session> session_; // a scenario's: the core keeps a reference to its host
};

} // namespace devlink

#endif
