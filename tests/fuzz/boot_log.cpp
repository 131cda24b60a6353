// SPDX-License-Identifier: MIT
// Any bytes as a kernel's log: what is found lies in the log and is joined with a machine.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include <devlink/source/boot_log.hpp>
#include <devlink/source/log_forecast.hpp>

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace devlink::source;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const boot_log log = read_boot_log(text);
    for (const logged_device& device : log.devices) {
        require(!device.name.empty());
        require(device.name.data() >= text.data() && device.name.data() + device.name.size() <= text.data() + size);
        require(device.error >= 0 && device.error <= 4095);
        require(device.name.find('\n') == std::string_view::npos);
    }
    for (const std::size_t number : log.bound) require(number < log.devices.size());

    machine m;
    for (const std::string_view name : {"a", "b", "/c"}) (void)m.graph.add_device(name);
    (void)m.graph.add_link(devlink::device_id{0}, devlink::device_id{1});
    m.forecast = devlink::forecast(m.graph);
    const log_match match = apply_log(m, log);
    require(match.matched + match.unknown == log.devices.size());
    return 0;
}
