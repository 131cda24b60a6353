// SPDX-License-Identifier: MIT
#include <devlink/source/scenario_lexer.hpp>

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

namespace {

using devlink::source::scenario_lexer;

// The statements of a text, each behind its line and the columns of its words: "3(1,9) scenario a".
std::vector<std::string> statements_of(std::string text) {
    std::vector<std::string> all;
    scenario_lexer lexer(text);
    while (lexer.next()) {
        std::string one = std::to_string(lexer.line()) + "(";
        std::string joined;
        for (const auto& word : lexer.words()) {
            if (!joined.empty()) one += ",", joined += ' ';
            one += std::to_string(word.column);
            joined += word.text;
        }
        CHECK(joined == lexer.statement());
        all.push_back(one + ") " + std::string(lexer.statement()));
    }
    return all;
}

TEST_CASE("scenario_lexer: words, lines and columns") {
    using lines = std::vector<std::string>;
    CHECK(statements_of("").empty());
    CHECK(statements_of("\n \n\t\n#\n# a b\n").empty());
    CHECK(statements_of("a") == lines{"1(1) a"});
    CHECK(statements_of("\n a\t \tbb  c \n") == lines{"2(2,6,10) a bb c"});
    CHECK(statements_of("a b#c d\n#e\nf") == lines{"1(1,3) a b", "3(1) f"});
    CHECK(statements_of("a\r\nb \r\n\r\nc\r") == lines{"1(1) a", "2(1) b", "4(1) c"});
    CHECK(statements_of("a\rb\r\r\n") == lines{"1(1) a\rb\r"});
    CHECK(statements_of(std::string("a\0b c", 5)) == lines{std::string("1(1,5) a\0b c", 12)});
}

TEST_CASE("scenario_lexer: words stay as they are when later lines are read") {
    std::string text = "one   two\nthree\tfour";
    scenario_lexer lexer(text);
    REQUIRE(lexer.next());
    const std::string_view first = lexer.statement();
    const std::string_view second = lexer.words()[1].text;
    REQUIRE(lexer.next());
    CHECK_FALSE(lexer.next());
    CHECK_FALSE(lexer.too_long());
    CHECK(first == "one two");
    CHECK(second == "two");
}

TEST_CASE("scenario_lexer: a line that is too long ends it") {
    std::string text = "a\n" + std::string(scenario_lexer::longest_line, 'b') + "\n" +
                       std::string(scenario_lexer::longest_line + 1, 'c') + "\nd\n";
    scenario_lexer lexer(text);
    CHECK(lexer.next());
    CHECK(lexer.next());
    CHECK_FALSE(lexer.next());
    CHECK(lexer.too_long());
    CHECK(lexer.line() == 3);
    CHECK_FALSE(lexer.next());
}

TEST_CASE("scenario_lexer: works in a constant expression") {
    constexpr auto count = [] {
        char text[] = {'a', ' ', 'b', '\n', 'c'};
        scenario_lexer lexer(text);
        std::size_t words = 0;
        while (lexer.next()) words += lexer.words().size();
        return words;
    }();
    static_assert(count == 3);
    CHECK(count == 3);
}

} // namespace
