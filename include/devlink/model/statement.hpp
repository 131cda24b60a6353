// SPDX-License-Identifier: MIT
#ifndef DEVLINK_MODEL_STATEMENT_HPP
#define DEVLINK_MODEL_STATEMENT_HPP

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <devlink/model/flags.hpp>

namespace devlink {

// What can happen to the devices of one machine, as values. Source: examples/SCENARIOS.md.

/// What a driver's probe returned.
class probe_result {
public:
    constexpr probe_result() noexcept = default; ///< ok

    [[nodiscard]] static constexpr probe_result ok() noexcept { return {}; }
    [[nodiscard]] static constexpr probe_result defer() noexcept { return error(-517); }
    /// A negative errno; -517 is -EPROBE_DEFER, that is defer().
    [[nodiscard]] static constexpr probe_result error(int negative_errno) noexcept {
        probe_result r;
        r.code_ = negative_errno;
        return r;
    }

    [[nodiscard]] constexpr bool is_ok() const noexcept { return code_ == 0; }
    [[nodiscard]] constexpr bool is_defer() const noexcept { return code_ == -517; }
    /// 0, or the negative errno.
    [[nodiscard]] constexpr int code() const noexcept { return code_; }

    friend constexpr bool operator==(probe_result, probe_result) noexcept = default;

private:
    int code_ = 0;
};

enum class statement_kind : std::uint8_t {
    scenario,
    device,
    driver,
    link,
    unlink,
    probe,
    unbind,
    undriver,
    remove,
    get,
    put,
    drivers_done, ///< of the extension: no more drivers will come
};

[[nodiscard]] constexpr std::string_view to_string(statement_kind kind) noexcept {
    switch (kind) {
    case statement_kind::scenario:
        return "scenario";
    case statement_kind::device:
        return "device";
    case statement_kind::driver:
        return "driver";
    case statement_kind::link:
        return "link";
    case statement_kind::unlink:
        return "unlink";
    case statement_kind::probe:
        return "probe";
    case statement_kind::unbind:
        return "unbind";
    case statement_kind::undriver:
        return "undriver";
    case statement_kind::remove:
        return "remove";
    case statement_kind::get:
        return "get";
    case statement_kind::put:
        return "put";
    case statement_kind::drivers_done:
        return "drivers_done";
    }
    return {};
}

/// A link that a driver's probe adds, its device being the consumer.
struct probe_link {
    std::string_view supplier; ///< need not be a registered device
    link_flags flags;
};

/// One statement. All text and all spans are owned by whoever made it (the scenario that was read).
struct statement {
    statement_kind kind = statement_kind::scenario;
    bool sync_state = false; ///< device: its driver has a sync_state callback
    bool runtime_pm = false; ///< device: runtime PM is enabled
    bool populated = false;  ///< device: exists once its parent's driver is bound
    link_flags flags;        ///< link
    std::string_view name;   ///< the scenario, the device, or for link and unlink the consumer
    std::string_view other;  ///< device: its parent, or empty; link and unlink: the supplier
    std::string_view origin; ///< link: where it comes from, ORIGIN[+ORIGIN...], or empty
    std::span<const probe_result>
        outcomes; ///< driver: what its probe returns, in turn, the last one for ever; empty means ok
    std::span<const probe_link> links; ///< driver: what its probe adds first
    std::string_view text;             ///< the line as it was written
    std::size_t line = 0;              ///< from 1
};

} // namespace devlink

#endif
