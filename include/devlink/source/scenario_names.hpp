// SPDX-License-Identifier: MIT
#ifndef DEVLINK_SOURCE_SCENARIO_NAMES_HPP
#define DEVLINK_SOURCE_SCENARIO_NAMES_HPP

#include <algorithm>
#include <cstddef>
#include <map>
#include <string_view>

namespace devlink::source {

/// Whether `text` is a name of the scenario format: 1 to 63 characters out of `A-Z a-z 0-9 _ . : @ , + -`, the first a
/// letter or a digit. Linear in `text`, at most 63 steps.
[[nodiscard]] constexpr bool is_scenario_name(std::string_view text) noexcept {
    constexpr auto is_alphanumeric = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    };
    constexpr auto is_part = [=](char c) {
        return is_alphanumeric(c) || std::string_view("_.:@,+-").find(c) != std::string_view::npos;
    };
    return !text.empty() && text.size() <= 63 && is_alphanumeric(text.front()) && std::ranges::all_of(text, is_part);
}

/// Which devices and drivers are registered at a point of a scenario: what the grammar demands to be known.
///
/// Names are compared, never hashed, so that no choice of names makes it slow. Names outlive it.
class scenario_names {
public:
    /// What is known of one name.
    struct entry {
        std::size_t scenario = 0;    ///< to which scenario the rest belongs
        std::size_t device_line = 0; ///< where the device was registered; 0: it is not
        std::size_t driver_line = 0; ///< where its driver was registered; 0: it is not
        std::size_t children = 0;
        entry* parent = nullptr;
    };

    /// Forgets everything. Constant time: what is known of each name is dropped when it is next looked at.
    void start_scenario() noexcept { ++scenario_; }

    /// What is known of `name`. Logarithmic in the names of the file; allocates for a name not seen before. The
    /// reference stays valid.
    [[nodiscard]] entry& operator[](std::string_view name) {
        entry& known = entries_[name];
        if (known.scenario != scenario_) known = entry{.scenario = scenario_};
        return known;
    }

    /// Registers a device. Precondition: it is not registered, and `parent` is null or registered.
    static void add_device(entry& device, entry* parent, std::size_t line) noexcept {
        device.device_line = line;
        device.parent = parent;
        if (parent != nullptr) ++parent->children;
    }

    /// Unregisters a device. Precondition: it is registered and has no children.
    static void remove_device(entry& device) noexcept {
        device.device_line = 0;
        if (device.parent != nullptr) --device.parent->children;
        device.parent = nullptr;
    }

private:
    std::map<std::string_view, entry> entries_;
    std::size_t scenario_ = 1;
};

} // namespace devlink::source

#endif
