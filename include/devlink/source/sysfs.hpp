// SPDX-License-Identifier: MIT
#ifndef DEVLINK_SOURCE_SYSFS_HPP
#define DEVLINK_SOURCE_SYSFS_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <devlink/detail/printable.hpp>
#include <devlink/model/flag_rules.hpp>
#include <devlink/model/graph.hpp>
#include <devlink/model/result.hpp>
#include <devlink/model/state.hpp>
#include <devlink/source/machine.hpp>
#include <devlink/source/source_error.hpp>
#include <devlink/source/sysfs_tree.hpp>

namespace devlink::source {

/// What sysfs says of one device. What it doesn't export is left empty.
struct sysfs_device {
    std::string path;                         ///< its folder, below the root
    std::string driver;                       ///< the name of the driver that is bound; empty if none is
    std::string of_node;                      ///< its device-tree node, below the root
    std::optional<bool> waiting_for_supplier; ///< whether it waits for suppliers that are no devices yet
    std::optional<bool> state_synced;         ///< whether its sync_state callback was called
};

/// A machine as sysfs shows it.
struct sysfs_machine {
    source::machine machine;
    std::vector<sysfs_device> devices;            ///< by the index of the device
    std::vector<std::optional<link_state>> links; ///< by the index of the link; empty where sysfs does not say
};

/// The work behind read_sysfs().
class sysfs_reader {
public:
    explicit sysfs_reader(const std::filesystem::path& root)
        : tree_{root} {}

    [[nodiscard]] result<sysfs_machine, source_error> read() {
        const bool has_links = tree_.has_folder(link_folder);
        const bool has_pci = tree_.has_folder(pci_folder);
        if (!has_links && !has_pci) {
            fail("", "not laid out like /sys: there is neither class/devlink nor bus/pci/devices");
            return std::move(error_);
        }
        if (has_pci && !read_pci_devices()) return std::move(error_);
        if (has_links && !read_links()) return std::move(error_);
        add_devices();
        add_links();
        forecast_outcomes();
        return std::move(made_);
    }

private:
    static constexpr std::string_view link_folder = "class/devlink";
    static constexpr std::string_view pci_folder = "bus/pci/devices";

    struct found_link {
        std::string consumer;
        std::string supplier;
        link_flags flags;
        std::string origin;
        std::optional<link_state> state;
    };

    sysfs_tree tree_;
    std::map<std::string, device_id> found_; // by path, so that parents come before their children
    std::vector<found_link> links_;
    sysfs_machine made_;
    source_error error_;

    bool fail(const std::filesystem::path& relative, std::string message) {
        error_.path = detail::printable((relative.empty() ? tree_.root() : tree_.root() / relative).string());
        error_.message = std::move(message);
        return false;
    }

    bool list(std::string_view folder, std::vector<std::string>& names) {
        std::error_code error;
        names = tree_.names(folder, error);
        return !error || fail(folder, "the folder can't be read: " + error.message());
    }

    // A device is never a folder at the top, and only so is no path another device's name.
    [[nodiscard]] std::optional<std::string> device_at(const std::filesystem::path& link) const {
        auto path = tree_.target(link);
        if (path && path->find('/') == std::string::npos) path.reset();
        return path;
    }

    bool read_pci_devices() {
        std::vector<std::string> names;
        if (!list(pci_folder, names)) return false;
        for (const std::string& name : names) {
            const std::filesystem::path entry = std::filesystem::path(pci_folder) / name;
            const auto path = device_at(entry);
            if (!path) return fail(entry, "not a symbolic link to a device");
            found_[*path];
        }
        // The port above a function, from the path. It is the link of which the kernel has none today.
        for (const auto& [path, d] : found_) {
            const auto port = found_.find(parent_path(path));
            if (port != found_.end())
                links_.push_back({path, port->first, link_flag::autoprobe_consumer, std::string(pci_folder), {}});
        }
        return true;
    }

    bool read_links() {
        std::vector<std::string> names;
        if (!list(link_folder, names)) return false;
        for (const std::string& name : names) {
            const std::filesystem::path entry = std::filesystem::path(link_folder) / name;
            const std::filesystem::path folder = tree_.target(entry).value_or(entry.string());
            const auto consumer = device_at(folder / "consumer");
            const auto supplier = device_at(folder / "supplier");
            if (!tree_.exists(entry)) continue; // a link of a live machine that went away meanwhile
            if (!consumer || !supplier)
                return fail(entry,
                            std::string("no symbolic link '") + (consumer ? "supplier" : "consumer") + "' to a device");
            if (*consumer == *supplier) return fail(entry, "supplier and consumer are one device");
            found_link link{*consumer, *supplier, {}, std::string(link_folder), {}};
            if (!read_attributes(folder, link)) return false;
            found_[link.consumer];
            found_[link.supplier];
            links_.push_back(std::move(link));
        }
        return true;
    }

    // Documentation/ABI/testing/sysfs-class-devlink. An attribute that is not there says nothing.
    bool read_attributes(const std::filesystem::path& folder, found_link& link) {
        constexpr std::pair<std::string_view, link_state> states[] = {
            {"not tracked", link_state::none},    {"dormant", link_state::dormant},
            {"available", link_state::available}, {"consumer probing", link_state::consumer_probe},
            {"active", link_state::active},       {"supplier unbinding", link_state::supplier_unbind},
        };
        std::optional<bool> runtime_pm;
        std::optional<bool> sync_state_only;
        if (!read_bool(folder / "runtime_pm", runtime_pm) || !read_bool(folder / "sync_state_only", sync_state_only))
            return false;
        if (const auto status = tree_.attribute(folder / "status")) {
            const auto known = std::ranges::find(states, *status, &std::pair<std::string_view, link_state>::first);
            if (known != std::end(states)) link.state = known->second;
        }
        link_flags managed_part;
        if (const auto removal = tree_.attribute(folder / "auto_remove_on")) {
            if (*removal == "consumer unbind") managed_part |= link_flag::autoremove_consumer;
            if (*removal == "supplier unbind") managed_part |= link_flag::autoremove_supplier;
        }
        if (runtime_pm.value_or(false)) link.flags |= link_flag::pm_runtime;
        if (link.state == link_state::none)
            link.flags |= link_flag::stateless;
        else if (sync_state_only.value_or(false))
            link.flags = link_flag::sync_state_only;
        else
            link.flags |= managed_part;
        return true;
    }

    bool read_bool(const std::filesystem::path& relative, std::optional<bool>& value) {
        const auto text = tree_.attribute(relative);
        if (text && *text != "0" && *text != "1")
            return fail(relative, "expected 0 or 1, found " + detail::quoted(*text));
        if (text) value = *text == "1";
        return true;
    }

    [[nodiscard]] static std::string parent_path(const std::string& path) {
        return path.substr(0, std::min(path.rfind('/'), path.size()));
    }

    // The nearest device above: folders between two devices, as of a bus or a class, are no devices.
    [[nodiscard]] device_id parent_of(const std::string& path) const {
        for (std::string above = parent_path(path); above.find('/') != std::string::npos; above = parent_path(above))
            if (const auto found = found_.find(above); found != found_.end()) return found->second;
        return {};
    }

    void add_devices() {
        graph& g = made_.machine.graph;
        made_.machine.name = tree_.root().string();
        for (auto& [path, d] : found_) {
            const std::string name = std::filesystem::path(path).filename().string();
            // Names are unique on a bus, not over all of them: the second one is told apart by its path.
            const std::string_view unique = g.find(name).valid() ? std::string_view(path) : std::string_view(name);
            const device_id parent = parent_of(path);
            d = parent.valid() ? g.add_device(unique, parent) : g.add_device(unique);
            made_.devices.push_back(read_device(path));
        }
    }

    [[nodiscard]] sysfs_device read_device(const std::string& path) const {
        const std::filesystem::path folder(path);
        sysfs_device device;
        device.path = path;
        if (const auto driver = tree_.target(folder / "driver"))
            device.driver = std::filesystem::path(*driver).filename().string();
        device.of_node = tree_.target(folder / "of_node").value_or(std::string());
        device.waiting_for_supplier = flag(folder / "waiting_for_supplier");
        device.state_synced = flag(folder / "state_synced");
        return device;
    }

    [[nodiscard]] std::optional<bool> flag(const std::filesystem::path& relative) const {
        const auto text = tree_.attribute(relative);
        if (text == "0") return false;
        if (text == "1") return true;
        return std::nullopt;
    }

    void add_links() {
        machine& m = made_.machine;
        for (const found_link& link : links_) {
            const device_id consumer = found_.find(link.consumer)->second;
            const device_id supplier = found_.find(link.supplier)->second;
            const auto added = m.graph.add_link(consumer, supplier, link.flags, unchecked);
            if (!added) continue; // the flags above go together and both ends are there
            m.add_origin(*added, link.origin);
            made_.links.resize(std::max(made_.links.size(), added->index() + 1));
            if (link.state) made_.links[added->index()] = link.state;
        }
    }

    void forecast_outcomes() {
        machine& m = made_.machine;
        m.forecast = forecast(m.graph);
        const auto is_bound = [&](std::size_t d) { return !made_.devices[d].driver.empty(); };
        const std::size_t count = made_.devices.size();
        bool any_bound = false;
        for (std::size_t i = 0; i < count; ++i) any_bound = any_bound || is_bound(i);
        if (!any_bound) return;
        for (std::size_t i = 0; i < count; ++i) {
            const device_id d(i);
            if (is_bound(i)) continue;
            const auto held = [&](const supplier_link& l) {
                return holds_back(l.flags) && !is_bound(l.supplier.index());
            };
            if (made_.devices[i].waiting_for_supplier.value_or(false))
                m.forecast.set(d, outcome::defer);
            else if (!std::ranges::any_of(m.graph.suppliers(d), held))
                m.forecast.set(d, outcome::absent);
        }
    }
};

/// Reads a folder laid out like /sys: `class/devlink` for the kernel's device links, and `bus/pci/devices` for a link
/// (`autoprobe_consumer`) from each PCI function to the port above it.
///
/// Devices are the ends of these links and all PCI devices, in the order of their paths, each with the nearest of them
/// above it as its parent; a device is called by the last part of its path, or by the whole where that is taken.
/// Flags are what sysfs exports: stateless, `pm_runtime`, `sync_state_only`, the autoremove flags; others may be set in
/// the kernel and are not guessed. A device without a driver is forecast to defer if it waits for a supplier that is no
/// device yet; else to be absent, unless an unbound supplier explains it. Where no device has a driver nothing is known
/// of drivers, and all are expected to bind.
///
/// Returns the machine, or an error with the path of a folder that can't be read or is no /sys, of a link without its
/// ends, or of an attribute that is neither 0 nor 1. O((D + L) log D), times the depth of paths; allocates.
inline result<sysfs_machine, source_error> read_sysfs(const std::filesystem::path& root) {
    return sysfs_reader(root).read();
}

} // namespace devlink::source

#endif
