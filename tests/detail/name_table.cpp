// SPDX-License-Identifier: MIT
#include <devlink/detail/name_table.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

using devlink::detail::name_table;

TEST_CASE("name table: numbers count up, and lead back from names") {
    name_table<std::uint32_t> names;
    CHECK(names.find("a") == names.none);
    CHECK(names[0].empty());
    names.append("a");
    names.append("");
    names.append("b");
    CHECK(names[0] == "a");
    CHECK(names[1].empty());
    CHECK(names[2] == "b");
    CHECK(names[3].empty());
    CHECK(names.find("b") == 2);
    CHECK(names.find("") == names.none);
    CHECK(names.find("ab") == names.none);
}

TEST_CASE("name table: numbers can be skipped") {
    name_table<std::uint32_t> names;
    names.skip_to(0);
    names.append("a");
    names.skip_to(3);
    names.skip_to(2);
    names.append("d");
    CHECK(names[0] == "a");
    CHECK(names[2].empty());
    CHECK(names[3] == "d");
    CHECK(names.find("d") == 3);
    name_table<std::uint32_t> skipped;
    skipped.skip_to(2);
    skipped.append("c");
    CHECK(skipped[1].empty());
    CHECK(skipped.find("c") == 2);
}

TEST_CASE("name table: a forgotten name is free, and its characters stay") {
    name_table<std::uint8_t> names;
    names.append("a");
    names.forget(0);
    CHECK(names.find("a") == names.none);
    CHECK(names[0] == "a");
    names.append("a");
    CHECK(names.find("a") == 1);
    names.append("");
    names.forget(2);
    CHECK(names.find("a") == 1);
}

TEST_CASE("name table: any bytes are a name") {
    name_table<std::uint32_t> names;
    const std::string binary{"\0\xff\n", 3};
    names.append(binary);
    names.append(std::string(100'000, 'x'));
    names.append(std::string(100'001, 'x'));
    CHECK(names.find(binary) == 0);
    CHECK(names[0].size() == 3);
    CHECK(names.find(std::string(100'001, 'x')) == 2);
    CHECK(names.find(std::string(99'999, 'x')) == names.none);
}

TEST_CASE("name table: random adds and removals agree with a map") {
    std::mt19937 random{11};
    name_table<std::uint32_t> names;
    std::map<std::string, std::uint32_t> there;
    std::vector<std::string> all;
    names.reserve(100);
    for (int step = 0; step < 40'000; ++step) {
        const std::string name = "dev" + std::to_string(random() % 3000);
        const auto known = there.find(name);
        REQUIRE(names.find(name) == (known == there.end() ? names.none : known->second));
        if (known == there.end()) {
            names.append(name);
            there.emplace(name, static_cast<std::uint32_t>(all.size()));
            all.push_back(name);
        } else if (random() % 2 == 0) {
            names.forget(known->second);
            there.erase(known);
        }
    }
    for (std::size_t number = 0; number < all.size(); ++number) REQUIRE(names[number] == all[number]);
    for (const auto& [name, number] : there) REQUIRE(names.find(name) == number);
}
