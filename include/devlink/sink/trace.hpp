// SPDX-License-Identifier: MIT
#ifndef DEVLINK_SINK_TRACE_HPP
#define DEVLINK_SINK_TRACE_HPP

#include <array>
#include <charconv>
#include <cstddef>
#include <string>
#include <string_view>

#include <devlink/driver_core/player.hpp>
#include <devlink/model/flags.hpp>
#include <devlink/model/state.hpp>

namespace devlink::sink {

/// Writes what a player does as trace text, as examples/SCENARIOS.md has it: the observer of a player.
///
///     devlink::sink::trace_writer trace;
///     devlink::player player(trace);
///     for (const devlink::statement& played : file.statements()) player.play(played);
///     std::cout << trace.text();
///
/// Each statement takes time and space linear in the devices and links that exist, for a trace lists them all.
class trace_writer {
public:
    /// What was written since the start or the last clear().
    [[nodiscard]] const std::string& text() const noexcept { return text_; }
    /// Forgets the text, keeping its memory.
    void clear() noexcept { text_.clear(); }

    void begin(const statement& played) {
        warned_ = false;
        line(">", played.text);
    }
    void link(std::string_view consumer, std::string_view supplier, bool accepted) {
        line("link", consumer, supplier, accepted ? "ok" : "refused");
    }
    void probe(std::string_view device, probe_result outcome) {
        if (outcome.is_ok()) return line("probe", device, "ok");
        if (outcome.is_defer()) return line("probe", device, "defer");
        std::array<char, 16> digits{};
        const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), outcome.code());
        line("probe", device, std::string_view(digits.data(), static_cast<std::size_t>(written.ptr - digits.data())));
    }
    void unbound(std::string_view device) { line("unbound", device); }
    void sync_state(std::string_view device) { line("sync_state", device); }
    void suspend(std::string_view device) { line("suspend", device); }
    void resume(std::string_view device) { line("resume", device); }
    void doomed(std::string_view device) { line("doomed", device); }
    void released(std::string_view consumer, std::string_view supplier) { line("release", consumer, supplier); }
    void late(std::string_view consumer, std::string_view supplier) { line("late", consumer, supplier); }
    void warning(core_warning) noexcept { warned_ = true; }
    void hang() { line("hang"); }

    void end(const core_view& view, const player_names& names) {
        for (std::size_t index = 0; index < view.device_limit(); ++index) {
            const device_id s{index};
            if (!view.contains(s)) continue;
            for (const link_id l : view.consumers(s)) {
                const core_link link = view.link(l);
                text_ += "state ";
                text_ += names[s];
                text_ += ' ';
                text_ += names[link.consumer];
                text_ += ' ';
                text_ += to_string(link.state);
                text_ += ' ';
                append_flags(link.flags);
                text_ += '\n';
            }
        }
        for (const pending_device waiting : view.pending()) {
            if (waiting.reason.valid())
                line("deferred", names[waiting.device], names[waiting.reason]);
            else
                line("deferred", names[waiting.device]);
        }
        append_order("dpm", view.dpm_order(), names);
        append_order("kset", view.kset_order(), names);
        if (warned_) line("warn");
    }

private:
    template <class... Words>
    void line(std::string_view first, Words... words) {
        text_ += first;
        (text_.append(1, ' ').append(std::string_view(words)), ...);
        text_ += '\n';
    }

    void append_flags(link_flags flags) {
        if (flags.empty()) text_ += '-';
        bool first = true;
        for (const link_flag_name& known : all_link_flags) {
            if (!flags.has(known.flag)) continue;
            if (!first) text_ += '+';
            first = false;
            text_ += known.name;
        }
    }

    template <class Order>
    void append_order(std::string_view name, const Order& order, const player_names& names) {
        text_ += name;
        for (const device_id d : order) {
            text_ += ' ';
            text_ += names[d];
        }
        text_ += '\n';
    }

    std::string text_;
    bool warned_ = false;
};

} // namespace devlink::sink

#endif
