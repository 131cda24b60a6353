// SPDX-License-Identifier: MIT
#include <devlink/model/error.hpp>

#include <doctest/doctest.h>

#include <set>
#include <string_view>

using devlink::errc;

TEST_CASE("error: every code has a sentence of its own, without a full stop") {
    std::set<std::string_view> sentences;
    const int count = static_cast<int>(errc::duplicate_link) + 1;
    for (int code = 0; code < count; ++code) {
        const std::string_view sentence = to_string(static_cast<errc>(code));
        REQUIRE_FALSE(sentence.empty());
        CHECK(sentence.back() != '.');
        CHECK(sentence.find('\n') == sentence.npos);
        sentences.insert(sentence);
    }
    CHECK(sentences.size() == static_cast<std::size_t>(count));
    CHECK_FALSE(sentences.contains(to_string(static_cast<errc>(count))));
}

TEST_CASE("error: one byte of code, and no path unless there is a cycle") {
    static_assert(sizeof(errc) == 1);
    const devlink::graph_error none;
    CHECK(none.code == errc::ok);
    CHECK(none.path.empty());
}
