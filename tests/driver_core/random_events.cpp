// SPDX-License-Identifier: MIT
// Invariants after each statement of random scenarios of every profile, under each choice of options.
#include "invariants.hpp"
#include "random_scenario.hpp"
#include "support.hpp"

namespace {

template <devlink::options O>
void play_random(unsigned first_seed, unsigned count, testing::scenario_wishes wanted) {
    std::size_t hangs = 0;
    std::size_t statements = 0;
    for (unsigned seed = first_seed; seed < first_seed + count; ++seed) {
        wanted.kind = static_cast<testing::profile>(seed % testing::profile_count);
        const std::string text = testing::random_scenario(seed, wanted);
        const auto file = devlink::source::read_scenario(text);
        REQUIRE_MESSAGE(file.has_value(), text);
        devlink::sink::trace_writer trace;
        devlink::player<devlink::sink::trace_writer, O> player(trace);
        testing::rest_rules rules{.repaired = O.quirks == devlink::quirk_rule::repaired,
                                  .extended = O.extension == devlink::extension_rule::optional_supplier};
        for (const devlink::statement& played : file->statements()) {
            REQUIRE(player.play(played) == devlink::errc::ok);
            if (player.is_hung()) {
                ++hangs;
                break;
            }
            rules.drivers_done |= played.kind == devlink::statement_kind::drivers_done;
            ++statements;
            const std::string broken = testing::broken_invariant(player.view(), rules);
            REQUIRE_MESSAGE(broken == "", broken, " after line ", played.line, " (", played.text, ") of seed ", seed,
                            ":\n", text);
        }
    }
    MESSAGE(count, " scenarios, ", statements, " statements, ", hangs, " hangs");
    if (O.quirks == devlink::quirk_rule::repaired) CHECK(hangs == 0);
}

} // namespace

TEST_CASE("random events: the kernel's rules") { play_random<testing::kernel_rules>(1, 3000, {}); }

TEST_CASE("random events: repaired, and nothing ever hangs") {
    play_random<testing::repaired_rules>(10001, 3000, {.optional_percent = 40, .drivers_done_percent = 30});
}

TEST_CASE("random events: with optional suppliers, whatever late_supplier_rule") {
    const testing::scenario_wishes wanted{.optional_percent = 60, .drivers_done_percent = 40};
    play_random<testing::kernel_rules>(20001, 3000, wanted);
    play_random<devlink::options{.late_supplier = devlink::late_supplier_rule::reprobe}>(30001, 3000, wanted);
    play_random<devlink::options{.late_supplier = devlink::late_supplier_rule::notify}>(40001, 1000, wanted);
}

TEST_CASE("random events: larger worlds") {
    play_random<testing::kernel_rules>(50001, 40, {.devices = 60, .statements = 600, .optional_percent = 30});
}

TEST_CASE("random events: without the extension") {
    play_random<devlink::options{.extension = devlink::extension_rule::none}>(60001, 1000, {});
}
