// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <string>

#include "tool/run_tool.hpp"

namespace {

TEST_CASE("needs: all of it, in probe order") {
    const tool_bench phone;
    phone.files().file("phone.dls", std::string(small_phone));
    CHECK(phone.answer("needs phone.dls wifi panel") == "clock\n"
                                                        "port\n"
                                                        "wifi\n"
                                                        "panel\n"
                                                        "bridge\n");
    CHECK(phone.answer("needs phone.dls led") == "clock\n"
                                                 "i2c\n"
                                                 "regulator\n"
                                                 "led\n");
    CHECK(phone.answer("needs phone.dls clock") == "clock\n");
    CHECK(phone.answer("needs phone.dls panel --cycles report") == "panel\n"
                                                                   "bridge\n");
}

} // namespace
