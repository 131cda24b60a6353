// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include <devlink/detail/printable.hpp>
#include <devlink/driver_core/player.hpp>
#include <devlink/sink/plan_text.hpp>
#include <devlink/sink/trace.hpp>
#include <devlink/source/scenario.hpp>

#include "commands.hpp"
#include "input.hpp"
#include "output.hpp"

namespace tool {

namespace {

using devlink::detail::printable;
using devlink::sink::tone;

// Cuts the next line off, without its end.
std::string_view next_line(std::string_view& text) {
    const std::size_t newline = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, newline);
    text.remove_prefix(std::min(newline + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

// What becomes of the trace: printed as it grows, or held against another one, line by line, until they differ.
class trace_taker {
public:
    trace_taker(output& out, std::string_view expected, bool compares)
        : out_{out}
        , expected_{expected}
        , compares_{compares} {}

    /// Takes the trace of one statement. Returns whether there is a point in playing the next one.
    bool take(const devlink::statement& played, std::string_view trace) {
        if (!compares_) {
            out_.text += trace;
            return out_.flush_large();
        }
        while (!trace.empty()) {
            const std::string_view line = next_line(trace);
            if (expected_.empty()) return differ(&played, "the end of the trace", line);
            const std::string_view wanted = next_line(expected_);
            if (wanted != line) return differ(&played, wanted, line);
            before_[same_++ % context] = line;
        }
        return true;
    }

    /// To be called when all is played. Returns whether the traces were the same.
    bool finish() {
        if (!compares_ || found_difference_) return !found_difference_;
        if (expected_.empty()) return true;
        return differ(nullptr, next_line(expected_), "the end of the scenario");
    }

    [[nodiscard]] std::size_t lines() const { return same_; }

private:
    static constexpr std::size_t context = 5;

    output& out_;
    std::string_view expected_;
    bool compares_;
    bool found_difference_ = false;
    std::size_t same_ = 0;                    // lines so far
    std::array<std::string, context> before_; // a ring of the last lines that were the same

    bool differ(const devlink::statement* played, std::string_view wanted, std::string_view got) {
        found_difference_ = true;
        std::string place = "first difference: line " + std::to_string(same_ + 1) + " of the trace";
        if (played != nullptr)
            place += ", line " + std::to_string(played->line) + " of the scenario: " + std::string(played->text);
        out_.heading(place);
        for (std::size_t back = std::min(context, same_); back > 0; --back)
            out_.line("  " + printable(before_[(same_ - back) % context]));
        devlink::sink::paint(out_.text, "- " + std::string(wanted), tone::bad, out_.colour);
        out_.line("");
        devlink::sink::paint(out_.text, "+ " + std::string(got), tone::good, out_.colour);
        out_.line("");
        return false;
    }
};

template <devlink::quirk_rule Quirks>
int play(const devlink::source::scenario_file& file, trace_taker& taker, output& out) {
    devlink::sink::trace_writer trace;
    devlink::player<devlink::sink::trace_writer, devlink::options{.quirks = Quirks}> player(trace);
    for (const devlink::statement& played : file.statements()) {
        if (const devlink::errc code = player.play(played); code != devlink::errc::ok)
            return out.fail(file.path() + ':' + std::to_string(played.line) +
                            ": can't be replayed: " + std::string(to_string(code)));
        const bool goes_on = taker.take(played, trace.text());
        trace.clear();
        if (!goes_on) break;
    }
    return fine;
}

int run(const arguments& given, output& out) {
    const std::string path(given.operands.front());
    const auto text = read_file(path);
    if (!text) return out.fail(text.error().to_string());
    const auto file = devlink::source::read_scenario(*text, printable(path));
    if (!file) return out.fail(file.error().to_string());
    std::string expected;
    if (!given.diff.empty()) {
        auto read = read_file(std::string(given.diff));
        if (!read) return out.fail(read.error().to_string());
        expected = std::move(*read);
    }
    trace_taker taker(out, expected, !given.diff.empty());
    const int played = given.quirks == devlink::quirk_rule::repaired
                           ? play<devlink::quirk_rule::repaired>(*file, taker, out)
                           : play<devlink::quirk_rule::kernel>(*file, taker, out);
    if (played != fine) return played;
    const bool same = taker.finish();
    if (same && !given.diff.empty())
        out.line("no difference in " + devlink::sink::counted(taker.lines(), "line") + '.');
    return given.check && !same ? bad_news : fine;
}

} // namespace

const command replay_command{
    .name = "replay",
    .synopsis = "FILE.dls",
    .summary = "play all scenarios of a file to the driver core, and print the trace",
    .help = "Bad news for --check: a difference that --diff finds.\n",
    .least_operands = 1,
    .most_operands = 1,
    .options = option_quirks | option_diff | option_check,
    .run = run,
};

} // namespace tool
