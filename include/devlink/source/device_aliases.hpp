// SPDX-License-Identifier: MIT
#ifndef DEVLINK_SOURCE_DEVICE_ALIASES_HPP
#define DEVLINK_SOURCE_DEVICE_ALIASES_HPP

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include <devlink/model/id.hpp>

namespace devlink::source {

/// What else devices are called: a log names them otherwise than a device tree does.
class device_aliases {
public:
    /// Makes `name` a name of `d`. Returns false, and changes nothing, if another device has it. Logarithmic;
    /// allocates.
    bool add(std::string name, device_id d) {
        const auto [place, added] = devices_.emplace(std::move(name), d);
        return added || place->second == d;
    }

    /// The device of that very name, or one that is not valid. Logarithmic, no allocation.
    [[nodiscard]] device_id find_exactly(std::string_view name) const {
        const auto found = devices_.find(name);
        return found != devices_.end() ? found->second : device_id{};
    }

    /// The device of that name or node path, or one that is not valid. For a path that no device has it is the device
    /// of the nearest node above. Logarithmic for each part of a path; no allocation.
    [[nodiscard]] device_id find(std::string_view name) const {
        while (!name.empty()) {
            if (const auto found = devices_.find(name); found != devices_.end()) return found->second;
            const std::size_t slash = name.rfind('/');
            if (name.front() != '/' || slash == 0) return {};
            name = name.substr(0, slash);
        }
        return {};
    }

    [[nodiscard]] std::size_t size() const noexcept { return devices_.size(); }

private:
    std::map<std::string, device_id, std::less<>> devices_;
};

} // namespace devlink::source

#endif
