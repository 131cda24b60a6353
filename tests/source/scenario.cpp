// SPDX-License-Identifier: MIT
#include <devlink/source/scenario.hpp>

#include <doctest/doctest.h>

#include <sstream>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "read_file.hpp"

namespace {

using devlink::link_flag;
using devlink::statement;
using devlink::statement_kind;
using devlink::source::read_scenario;

std::string error_of(std::string_view text) {
    auto file = read_scenario(text, "x.dls");
    return file ? std::string("no error") : file.error().to_string();
}

bool reads(std::string_view text) { return read_scenario(text).has_value(); }

TEST_CASE("scenario: every statement of the format is read into its fields") {
    const auto file =
        read_scenario("# a comment\n"
                      "\n"
                      "scenario  phone  # with a name\n"
                      "device pmic sync_state rpm\n"
                      "device codec parent=pmic populated\n"
                      "driver pmic defer -5 ok link=clk:a:pm_runtime+rpm_active link=clk:a link=x:y+z\n"
                      "link\tcodec pmic inferred optional_supplier from=vdd-supply+clocks autoprobe_consumer\n"
                      "unlink codec pmic\n"
                      "probe codec\n"
                      "unbind pmic\n"
                      "undriver pmic\n"
                      "get pmic\n"
                      "put pmic\n"
                      "remove codec\n"
                      "drivers_done\n"
                      "scenario second",
                      "phone.dls");
    REQUIRE(file);
    CHECK(file->path() == "phone.dls");
    const auto all = file->statements();
    REQUIRE(all.size() == 14);
    CHECK(file->first_scenario().size() == 13);

    CHECK(all[0].kind == statement_kind::scenario);
    CHECK(all[0].name == "phone");
    CHECK(all[0].text == "scenario phone");
    CHECK(all[0].line == 3);

    CHECK(all[1].kind == statement_kind::device);
    CHECK(all[1].name == "pmic");
    CHECK(all[1].other.empty());
    CHECK(all[1].sync_state);
    CHECK(all[1].runtime_pm);
    CHECK_FALSE(all[1].populated);
    CHECK(all[2].other == "pmic");
    CHECK(all[2].populated);
    CHECK_FALSE(all[2].sync_state);

    CHECK(all[3].kind == statement_kind::driver);
    REQUIRE(all[3].outcomes.size() == 3);
    CHECK(all[3].outcomes[0].is_defer());
    CHECK(all[3].outcomes[1].code() == -5);
    CHECK(all[3].outcomes[2].is_ok());
    REQUIRE(all[3].links.size() == 3);
    CHECK(all[3].links[0].supplier == "clk:a");
    CHECK(all[3].links[0].flags == (link_flag::pm_runtime | link_flag::rpm_active));
    CHECK(all[3].links[1].supplier == "clk:a");
    CHECK(all[3].links[1].flags.empty());
    CHECK(all[3].links[2].supplier == "x:y+z");
    CHECK(all[3].links[2].flags.empty());

    CHECK(all[4].kind == statement_kind::link);
    CHECK(all[4].name == "codec");
    CHECK(all[4].other == "pmic");
    CHECK(all[4].flags == (link_flag::inferred | link_flag::optional_supplier | link_flag::autoprobe_consumer));
    CHECK(all[4].origin == "vdd-supply+clocks");
    CHECK(all[4].text == "link codec pmic inferred optional_supplier from=vdd-supply+clocks autoprobe_consumer");

    const statement_kind rest[] = {statement_kind::unlink,   statement_kind::probe,        statement_kind::unbind,
                                   statement_kind::undriver, statement_kind::get,          statement_kind::put,
                                   statement_kind::remove,   statement_kind::drivers_done, statement_kind::scenario};
    for (std::size_t i = 0; i < std::size(rest); ++i) {
        CAPTURE(i);
        CHECK(all[5 + i].kind == rest[i]);
        CHECK(all[5 + i].line == 8 + i);
    }
    CHECK(all[5].other == "pmic");
    CHECK(all[13].line == 16);
}

TEST_CASE("scenario: statements survive a move of their file, short texts included") {
    static_assert(!std::is_copy_constructible_v<devlink::source::scenario_file>);
    auto read = read_scenario("scenario a");
    REQUIRE(read);
    const devlink::source::scenario_file moved = *std::move(read);
    REQUIRE(moved.statements().size() == 1);
    CHECK(moved.statements()[0].name == "a");
    CHECK(moved.statements()[0].text == "scenario a");
}

TEST_CASE("scenario: what need not be registered is accepted") {
    CHECK(reads("scenario a\ndriver later\ndevice later"));
    CHECK(reads("scenario a\ndevice c\nlink c nobody"));
    CHECK(reads("scenario a\ndevice c\ndriver c link=nobody"));
    CHECK(reads("scenario a\ndriver c\nundriver c"));
    CHECK(reads("scenario a\ndriver c\ndriver c -5"));
    CHECK(reads("scenario a\ndevice c\nremove c\ndevice c\nprobe c"));
    CHECK(reads("scenario a\ndevice c\nscenario a\ndevice c"));
    CHECK(reads("scenario a\ndevice p\ndevice c parent=p\nremove c\nremove p"));
    CHECK(reads("scenario a\ndevice c\nlink c c stateless sync_state_only stateless"));
}

TEST_CASE("scenario: blanks, comments and line ends") {
    CHECK(reads("scenario a\r\ndevice b\r\n"));
    CHECK(reads("\t scenario\t\ta \n\n  # x\n device b#y"));
    const auto file = read_scenario("scenario a\n\tdevice   b \t sync_state # c\r\n");
    REQUIRE(file);
    CHECK(file->statements()[1].text == "device b sync_state");
    CHECK(error_of("scenario a\ndevice\rb") == "x.dls:2:1: unknown statement 'device\\x0db'");
}

TEST_CASE("scenario: an error has the place of the word that is wrong") {
    CHECK(error_of("") == "x.dls:1:1: no scenario: the file has no statement");
    CHECK(error_of("# nothing\n\n") == "x.dls:2:1: no scenario: the file has no statement");
    CHECK(error_of("device a") == "x.dls:1:1: no scenario: the file has to start with 'scenario NAME'");
    CHECK(error_of("scenario") == "x.dls:1:9: a name is missing after 'scenario'");
    CHECK(error_of("scenario a b") == "x.dls:1:12: unexpected word 'b'");
    CHECK(error_of("scenario a\n\n  devise b") == "x.dls:3:3: unknown statement 'devise'");
    CHECK(
        error_of("scenario a\ndevice -b") ==
        "x.dls:2:8: bad name '-b': a name is 1 to 63 of A-Z a-z 0-9 _ . : @ , + - and starts with a letter or a digit");
    CHECK(error_of("scenario a\ndevice b\n  device  b") == "x.dls:3:11: device 'b' is registered already, on line 2");
    CHECK(error_of("scenario a\ndevice b parent=c") == "x.dls:2:17: device 'c' is not registered");
    CHECK(error_of("scenario a\ndevice b parent=b") == "x.dls:2:17: device 'b' is not registered");
    CHECK(error_of("scenario a\ndevice p\ndevice b parent=p parent=p") == "x.dls:3:19: a second parent");
    CHECK(error_of("scenario a\ndevice b populated") ==
          "x.dls:2:10: 'populated' needs parent=DEV: the parent populates");
    CHECK(error_of("scenario a\ndevice b fast") ==
          "x.dls:2:10: unknown word 'fast': a device takes parent=DEV, sync_state, rpm and populated");
    CHECK(error_of("scenario a\ndriver b -517") == "x.dls:2:10: -517 is -EPROBE_DEFER: write 'defer'");
    CHECK(
        error_of("scenario a\ndriver b link=") ==
        "x.dls:2:15: bad name '': a name is 1 to 63 of A-Z a-z 0-9 _ . : @ , + - and starts with a letter or a digit");
    for (const char* outcome : {"5", "-0", "-05", "-4096", "-5x", "-", "OK", "-99999999999999999999"}) {
        CAPTURE(outcome);
        CHECK(error_of(std::string("scenario a\ndriver b ") + outcome) ==
              std::string("x.dls:2:10: unknown outcome '") + outcome +
                  "': a driver takes ok, defer, a negative errno from -1 to -4095, and link=SUPPLIER");
    }
    CHECK(reads("scenario a\ndriver b -4095 -1"));
    CHECK(error_of("scenario a\ndevice c\nlink d c") == "x.dls:3:6: device 'd' is not registered");
    CHECK(error_of("scenario a\ndevice c\nlink c") == "x.dls:3:7: a supplier is missing after 'c'");
    CHECK(error_of("scenario a\ndevice c\nlink c s fast") == "x.dls:3:10: unknown flag 'fast'");
    CHECK(error_of("scenario a\ndevice c\nlink c s managed") ==
          "x.dls:3:10: the flag 'managed' is the core's to set and can't be given");
    CHECK(error_of("scenario a\ndevice c\nlink c s from=a from=b") == "x.dls:3:17: a second origin");
    for (const char* origin : {"", "+", "a+", "+a", "a++b"}) {
        CAPTURE(origin);
        CHECK(error_of(std::string("scenario a\ndevice c\nlink c s from=") + origin) ==
              std::string("x.dls:3:15: bad origin '") + origin + "': expected ORIGIN[+ORIGIN...]");
    }
    CHECK(error_of("scenario a\ndevice c\nunlink c s") == "x.dls:3:10: device 's' is not registered");
    CHECK(error_of("scenario a\nundriver c") == "x.dls:2:10: device 'c' has no driver registered");
    CHECK(error_of("scenario a\ndriver c\nundriver c\nundriver c") ==
          "x.dls:4:10: device 'c' has no driver registered");
    CHECK(error_of("scenario a\ndevice p\ndevice c parent=p\nremove p") == "x.dls:4:8: device 'p' still has children");
    CHECK(error_of("scenario a\ndevice p\nremove p\nremove p") == "x.dls:4:8: device 'p' is not registered");
    CHECK(error_of("scenario a\ndevice p\nscenario b\nprobe p") == "x.dls:4:7: device 'p' is not registered");
    CHECK(error_of("scenario a\ndrivers_done now") == "x.dls:2:14: unexpected word 'now'");
    for (const char* kind :
         {"device", "driver", "link", "unlink", "probe", "unbind", "undriver", "remove", "get", "put"}) {
        CAPTURE(kind);
        CHECK(error_of(std::string("scenario a\n") + kind).find(" is missing after '") != std::string::npos);
    }
    for (const char* kind : {"probe", "unbind", "undriver", "remove", "get", "put"}) {
        CAPTURE(kind);
        CHECK(error_of(std::string("scenario a\ndevice d\ndriver d\n") + kind + " d e") ==
              "x.dls:4:" + std::to_string(std::string_view(kind).size() + 4) + ": unexpected word 'e'");
    }
}

TEST_CASE("scenario: the statements of all recorded scenarios are those of their traces") {
    std::size_t scenarios = 0;
    std::size_t compared = 0;
    for (const std::string name : {"directed", "random"}) {
        CAPTURE(name);
        const std::string path = DEVLINK_TESTS_DIR "/conformance/" + name;
        const auto file = read_scenario(devlink::test::read_file(path + ".dls"), path);
        REQUIRE(file);
        std::istringstream trace(devlink::test::read_file(path + ".linux-6.12.trace"));
        std::string line;
        bool hangs = false;
        const auto next_traced = [&] {
            while (std::getline(trace, line) && !line.starts_with("> ")) hangs = hangs || line == "hang";
            return !trace.fail();
        };
        REQUIRE(next_traced());
        for (const statement& s : file->statements()) {
            if (s.kind == statement_kind::scenario) ++scenarios, hangs = false;
            if (hangs) continue; // the kernel never came to the rest of this scenario
            REQUIRE(line == "> " + std::string(s.text));
            ++compared;
            (void)next_traced();
        }
        CHECK(trace.eof());
    }
    CHECK(scenarios == 772);
    CHECK(compared > 14'000);
}

TEST_CASE("scenario: hostile input gives one short printable line") {
    const auto is_short_and_printable = [](const std::string& message) {
        if (message == "no error" || message.size() > 400) return false;
        for (const char c : message)
            if (c < 0x20 || c > 0x7e) return false;
        return true;
    };
    std::string binary = "\x7f";
    for (int i = 0; i < 4096; ++i) binary += static_cast<char>(i * 37 % 256);
    CHECK(is_short_and_printable(error_of(binary)));
    CHECK(is_short_and_printable(error_of(std::string(64, '\0'))));
    CHECK(is_short_and_printable(error_of("\xef\xbb\xbfscenario a")));
    CHECK(is_short_and_printable(error_of("scenario a\ndevice \x1b[2J")));
    CHECK(error_of(std::string(10'000'000, 'a')) == "x.dls:1:1: the line is longer than 65536 bytes");
    CHECK(error_of("scenario a\n" + std::string(65'537, '#')) == "x.dls:2:1: the line is longer than 65536 bytes");
    CHECK(reads("scenario a\n" + std::string(65'536, '#')));
    CHECK(is_short_and_printable(error_of("scenario a\n" + std::string(65'536, 'x'))));
    CHECK(is_short_and_printable(error_of("scenario " + std::string(64, 'x'))));
    CHECK(reads("scenario " + std::string(63, 'x')));
}

TEST_CASE("scenario: a million statements are read in little time, errors at the end included") {
    std::string twice = "scenario a\n";
    for (int i = 0; i < 1'000'000; ++i) twice += "device d\n";
    CHECK(error_of(twice) == "x.dls:3:8: device 'd' is registered already, on line 2");

    std::string many;
    for (int i = 0; i < 200'000; ++i)
        many += "scenario s" + std::to_string(i) + "\ndevice d" + std::to_string(i) + "\n";
    const auto file = read_scenario(many);
    REQUIRE(file);
    CHECK(file->statements().size() == 400'000);
    CHECK(file->first_scenario().size() == 2);
    CHECK(error_of(many + "probe d0") == "x.dls:400001:7: device 'd0' is not registered");
}

} // namespace
