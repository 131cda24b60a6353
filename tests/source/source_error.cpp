// SPDX-License-Identifier: MIT
#include <devlink/source/source_error.hpp>

#include <doctest/doctest.h>

namespace {

using devlink::source::source_error;

TEST_CASE("source_error: one line, with what is known of the place") {
    CHECK(source_error{.message = "wrong", .path = {}}.to_string() == "wrong");
    CHECK(source_error{.message = "wrong", .path = "a.dls"}.to_string() == "a.dls: wrong");
    CHECK(source_error{.message = "wrong", .path = "a.dls", .line = 3}.to_string() == "a.dls:3: wrong");
    CHECK(source_error{.message = "wrong", .path = "a.dls", .line = 3, .column = 7}.to_string() == "a.dls:3:7: wrong");
    CHECK(source_error{.message = "wrong", .path = {}, .line = 3, .column = 7}.to_string() == "line 3:7: wrong");
    CHECK(source_error{.message = "wrong", .path = "a.dtb", .offset = 0}.to_string() == "a.dtb: byte 0: wrong");
    CHECK(source_error{.message = "wrong", .path = {}, .offset = 40}.to_string() == "byte 40: wrong");
}

} // namespace
