// SPDX-License-Identifier: MIT
#ifndef DEVLINK_TESTS_READ_FILE_HPP
#define DEVLINK_TESTS_READ_FILE_HPP

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace devlink::test {

/// All bytes of a file, which has to be there.
inline std::string read_file(const std::filesystem::path& file) {
    std::ifstream in{file, std::ios::binary};
    REQUIRE_MESSAGE(in.good(), file.string());
    return {std::istreambuf_iterator<char>{in}, {}};
}

} // namespace devlink::test

#endif
