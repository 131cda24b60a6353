// SPDX-License-Identifier: MIT
#ifndef DEVLINK_TESTS_SOURCE_TEMPORARY_TREE_HPP
#define DEVLINK_TESTS_SOURCE_TEMPORARY_TREE_HPP

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>

/// A folder of its own for one test, gone with the object.
class temporary_tree {
public:
    temporary_tree() {
        std::string pattern = (std::filesystem::temp_directory_path() / "devlink-test-XXXXXX").string();
        REQUIRE(::mkdtemp(pattern.data()) != nullptr);
        root_ = pattern;
    }
    temporary_tree(const temporary_tree&) = delete;
    temporary_tree& operator=(const temporary_tree&) = delete;
    ~temporary_tree() {
        std::error_code ignored;
        std::filesystem::remove_all(root_, ignored);
    }

    [[nodiscard]] const std::filesystem::path& root() const { return root_; }

    /// A plain file, with the folders above it.
    void file(const std::filesystem::path& relative, const std::string& text) const {
        folder(relative.parent_path());
        std::ofstream(root_ / relative, std::ios::binary) << text;
    }

    void folder(const std::filesystem::path& relative) const { std::filesystem::create_directories(root_ / relative); }

    /// A symbolic link to `target` as it is written.
    void symlink(const std::filesystem::path& relative, const std::string& target) const {
        folder(relative.parent_path());
        std::filesystem::create_symlink(target, root_ / relative);
    }

private:
    std::filesystem::path root_;
};

#endif
