// SPDX-License-Identifier: MIT
#ifndef DEVLINK_SINK_BOOT_TABLE_HPP
#define DEVLINK_SINK_BOOT_TABLE_HPP

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <devlink/detail/printable.hpp>
#include <devlink/driver_core/fw_devlink_boot.hpp>
#include <devlink/driver_core/fw_devlink_options.hpp>
#include <devlink/model/firmware.hpp>
#include <devlink/model/flags.hpp>
#include <devlink/model/state.hpp>

namespace devlink::sink {

/// Writes down what fw_devlink does, for write_boot_table(): 12 bytes an event. There are as many `fwlink` events as
/// pairs in the firmware, but of all events as many as the search for cycles takes calls.
class boot_recorder {
public:
    /// Records firmware links alone, or all events.
    explicit boot_recorder(bool all_events) noexcept
        : all_{all_events} {}

    struct entry {
        fw_devlink_event event;
        node_id a;
        node_id b;
    };

    void on_fw_devlink(fw_devlink_event event, node_id a, node_id b) {
        if (all_ || event == fw_devlink_event::fwlink) entries_.push_back({event, a, b});
    }
    [[nodiscard]] bool has_all_events() const noexcept { return all_; }
    [[nodiscard]] const std::vector<entry>& entries() const noexcept { return entries_; }

private:
    std::vector<entry> entries_;
    bool all_;
};

/// A link's state as sysfs prints it.
[[nodiscard]] constexpr std::string_view sysfs_status(link_state state) noexcept {
    switch (state) {
    case link_state::none:
        return "not tracked";
    case link_state::dormant:
        return "dormant";
    case link_state::available:
        return "available";
    case link_state::consumer_probe:
        return "consumer probing";
    case link_state::active:
        return "active";
    case link_state::supplier_unbind:
        return "supplier unbinding";
    }
    return {};
}

/// Appends the table of a boot, a line each, fields separated by blanks, `-` for nothing:
///
///     F CONSUMER SUPPLIER            firmware links read from properties, in the order in which they were added
///     D BUS PATH DRIVER WAITING      devices by path; WAITING is what waiting_for_supplier says, `-` once bound
///     L CONSUMER SUPPLIER STATUS SYNC_STATE_ONLY AUTO_REMOVE_ON RUNTIME_PM      device links at the end, by names
///     E EVENT ...                    everything that happened, in order, if it was recorded
///
/// `path(node_id)` gives a node's path; paths are made printable. Sorts the devices and links; allocates.
template <class Boot, class Path>
void write_boot_table(std::string& out, const Boot& boot, const boot_recorder& record, const Path& path) {
    const auto name = [&](node_id n) { return n.valid() ? detail::printable(path(n)) : std::string{"-"}; };
    const auto pair_line = [&](std::string_view head, node_id a, node_id b) {
        ((out += head) += ' ') += name(a);
        if (b.valid()) (out += ' ') += name(b);
        out += '\n';
    };
    for (const boot_recorder::entry& e : record.entries())
        if (e.event == fw_devlink_event::fwlink) pair_line("F", e.a, e.b);

    struct row {
        std::string key;
        std::string text;
    };
    std::vector<row> rows;
    const auto flush = [&] {
        std::ranges::sort(rows, {}, &row::key);
        for (const row& r : rows) (out += r.text) += '\n';
        rows.clear();
    };
    const core_view view = boot.view();
    for (std::size_t i = 0; i < view.device_limit(); ++i) {
        const device_id d{i};
        const firmware_device& device = boot.firmware_of(d);
        std::string key = name(device.node);
        std::string text = "D ";
        text += device.bus == firmware_bus::platform ? "platform" : device.bus == firmware_bus::amba ? "amba" : "-";
        (text += ' ') += key;
        if (view.is_bound(d))
            text += device.binds ? " simple-pm-bus -" : " yes -";
        else if (!boot.links().has_waiting_attribute())
            text += " - -";
        else
            text += boot.links().is_waiting(d) ? " - 1" : " - 0";
        rows.push_back({std::move(key), std::move(text)});
    }
    flush();
    for (std::size_t i = 0; i < view.device_limit(); ++i) {
        for (const link_id l : view.suppliers(device_id{i})) {
            const core_link link = view.link(l);
            std::string key =
                name(boot.links().node_of(link.consumer)) + ' ' + name(boot.links().node_of(link.supplier));
            std::string text = "L " + key + ' ';
            text += sysfs_status(link.state);
            text += link.flags.has(link_flag::sync_state_only) ? " 1" : " 0";
            text += link.flags.has(link_flag::autoremove_supplier)   ? " supplier unbind"
                    : link.flags.has(link_flag::autoremove_consumer) ? " consumer unbind"
                                                                     : " never";
            text += link.flags.has(link_flag::pm_runtime) ? " 1" : " 0";
            rows.push_back({std::move(key), std::move(text)});
        }
    }
    flush();
    if (!record.has_all_events()) return;
    for (const boot_recorder::entry& e : record.entries()) pair_line("E " + std::string{to_string(e.event)}, e.a, e.b);
}

} // namespace devlink::sink

#endif
