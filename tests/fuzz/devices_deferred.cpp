// SPDX-License-Identifier: MIT
// Any bytes as the text of devices_deferred: devices, or an error with its line.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include <devlink/source/devices_deferred.hpp>

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto devices = devlink::source::read_devices_deferred(text);
    if (!devices) {
        require(devices.error().line != 0 && !devices.error().message.empty());
        return 0;
    }
    std::size_t last = 0;
    for (const devlink::source::deferred_device& device : *devices) {
        require(!device.name.empty() && device.name.find_first_of("\t\n") == std::string_view::npos);
        require(device.line > last);
        last = device.line;
    }
    return 0;
}
