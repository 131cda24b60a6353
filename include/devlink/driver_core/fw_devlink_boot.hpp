// SPDX-License-Identifier: MIT
#ifndef DEVLINK_DRIVER_CORE_FW_DEVLINK_BOOT_HPP
#define DEVLINK_DRIVER_CORE_FW_DEVLINK_BOOT_HPP

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include <devlink/config.hpp>
#include <devlink/driver_core/driver_core.hpp>
#include <devlink/driver_core/fw_devlink.hpp>
#include <devlink/driver_core/fw_devlink_options.hpp>
#include <devlink/model/error.hpp>
#include <devlink/model/firmware.hpp>
#include <devlink/model/statement.hpp>

namespace devlink {

template <fw_devlink_observer Observer>
class firmware_boot;

/// The host of a boot's driver core: drivers whose probes succeed, but for the plain bus's where that refuses.
template <fw_devlink_observer Observer>
class firmware_boot_host {
public:
    explicit firmware_boot_host(firmware_boot<Observer>& boot) noexcept
        : boot_{&boot} {}

    probe_result probe(device_id d) { return boot_->probe(d); }
    void on_device_added(device_id d) { boot_->on_device_added(d); }
    void on_bound(device_id d) { boot_->links_.driver_bound(d); }
    bool waits_for_firmware(device_id d) { return boot_->links_.is_waiting(d); }

private:
    firmware_boot<Observer>* boot_;
};

/// A boot of the machine that a firmware tree describes: all devices that exist without a driver are registered, then
/// drivers, and at last what was deferred is tried again. What the driver of a device is expected to make is registered
/// while that driver probes.
///
///     devlink::no_fw_devlink_observer nobody;
///     devlink::firmware_boot boot{tree, nobody, {.mode = devlink::fw_devlink_mode::on}};
///     if (boot.run() != devlink::errc::ok) ...
///
/// Source: of_platform_default_populate_init(), do_initcalls(), deferred_probe_initcall().
template <fw_devlink_observer Observer>
class firmware_boot {
public:
    using core_type = driver_core<firmware_boot_host<Observer>>;

    /// `drivers[k]` is the number of the driver that matches device k of the tree beside that for plain buses, or
    /// no_driver, as are all devices behind the end of the list; drivers are registered by their numbers.
    /// Precondition: `tree` and `observer` outlive this object.
    firmware_boot(const firmware_tree& tree, Observer& observer, fw_devlink_options options = {},
                  std::vector<std::uint32_t> drivers = {})
        : tree_{tree}
        , drivers_{std::move(drivers)}
        , host_{*this}
        , core_{host_}
        , links_{tree, core_, observer, options}
        , device_of_(tree.devices().size())
        , next_child_(tree.devices().size()) {
        drivers_.resize(tree.devices().size(), no_driver);
        // What each device's driver makes, in order: threaded through one array, from the end.
        first_child_.resize(tree.devices().size());
        for (std::size_t i = tree.devices().size(); i-- > 0;) {
            const firmware_device& device = tree.devices()[i];
            if (device.kind != parent_kind::populates) continue;
            next_child_[i] = std::exchange(first_child_[device.parent.index()], device_id{i});
        }
    }

    firmware_boot(const firmware_boot&) = delete;
    firmware_boot& operator=(const firmware_boot&) = delete;
    ~firmware_boot() = default;

    static constexpr std::uint32_t no_driver = static_cast<std::uint32_t>(-1);

    /// Plays the boot to its end. Returns errc::ok; errc::search_too_long if cycles were not all found,
    /// errc::would_hang, errc::too_many. Precondition: it was not played before.
    errc run() {
        core_.hold_back_deferred_probe();
        for (std::size_t i = 0; i < tree_.devices().size() && ok(); ++i)
            if (tree_.devices()[i].kind == parent_kind::contains) add_device(device_id{i}, false);
        register_drivers();
        core_.enable_deferred_probe();
        if (ok()) note(core_.settle());
        return status();
    }

    /// Lets the time-out for deferred probes pass. Returns as run().
    errc time_out() {
        if (!ok()) return status();
        links_.drivers_done();
        note(core_.settle());
        return status();
    }

    [[nodiscard]] errc status() const noexcept { return status_ != errc::ok ? status_ : links_.status(); }
    [[nodiscard]] core_view view() const noexcept { return core_.view(); }
    [[nodiscard]] const fw_devlink<core_type, Observer>& links() const noexcept { return links_; }
    [[nodiscard]] const firmware_tree& tree() const noexcept { return tree_; }

    /// What the core calls device k of the tree; not valid if it was never registered. Constant time.
    [[nodiscard]] device_id device_of(device_id k) const { return device_of_[k.index()]; }
    /// The device of the tree that the core calls `d`. Constant time.
    [[nodiscard]] const firmware_device& firmware_of(device_id d) const {
        return tree_.devices()[firmware_of_[d.index()].index()];
    }

private:
    friend firmware_boot_host<Observer>;

    [[nodiscard]] bool ok() const noexcept { return status() == errc::ok; }
    void note(errc code) noexcept {
        if (status_ == errc::ok) status_ = code;
    }

    void add_device(device_id k, bool drivers_registered) {
        const firmware_device& device = tree_.devices()[k.index()];
        device_options wanted;
        if (device.parent.valid()) wanted.parent = device_of_[device.parent.index()];
        wanted.has_driver = drivers_registered && (device.plain_bus || drivers_[k.index()] != no_driver);
        adding_ = k;
        const result<device_id> added = core_.add_device(wanted);
        if (!added) return note(added.error().code);
        links_.device_attached(*added);
    }

    void on_device_added(device_id d) {
        DEVLINK_ASSERT(d.index() == firmware_of_.size());
        firmware_of_.push_back(adding_);
        device_of_[adding_.index()] = d;
        links_.device_added(d, tree_.devices()[adding_.index()].node);
    }

    /// First the driver for plain buses, then the others by their numbers, each over the devices as they were
    /// registered.
    void register_drivers() {
        std::uint32_t count = 0;
        for (const std::uint32_t number : drivers_)
            if (number != no_driver && number >= count) count = number + 1;
        const auto register_for = [&](auto&& matches) {
            for (std::size_t i = 0; i < tree_.devices().size() && ok(); ++i) {
                const device_id d = device_of_[i];
                if (!d.valid() || !matches(i) || core_.view().has_driver(d)) continue;
                note(core_.register_driver(d));
            }
        };
        register_for([&](std::size_t i) { return tree_.devices()[i].plain_bus && drivers_[i] == no_driver; });
        for (std::uint32_t number = 0; number < count; ++number)
            register_for([&](std::size_t i) { return drivers_[i] == number; });
    }

    probe_result probe(device_id d) {
        constexpr int no_such_device = -19;
        const std::size_t k = firmware_of_[d.index()].index();
        if (drivers_[k] == no_driver)
            return tree_.devices()[k].binds ? probe_result::ok() : probe_result::error(no_such_device);
        for (device_id child = first_child_[k]; child.valid() && ok(); child = next_child_[child.index()])
            if (!device_of_[child.index()].valid()) add_device(child, true);
        return probe_result::ok();
    }

    const firmware_tree& tree_;
    std::vector<std::uint32_t> drivers_;
    firmware_boot_host<Observer> host_;
    core_type core_;
    fw_devlink<core_type, Observer> links_;
    std::vector<device_id> device_of_;   ///< by device of the tree: the core's
    std::vector<device_id> firmware_of_; ///< by device of the core: the tree's
    std::vector<device_id> first_child_; ///< by device of the tree
    std::vector<device_id> next_child_;
    device_id adding_;
    errc status_ = errc::ok;
};

} // namespace devlink

#endif
