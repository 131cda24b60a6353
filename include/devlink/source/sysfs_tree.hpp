// SPDX-License-Identifier: MIT
#ifndef DEVLINK_SOURCE_SYSFS_TREE_HPP
#define DEVLINK_SOURCE_SYSFS_TREE_HPP

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace devlink::source {

/// A folder laid out like /sys, the live one or a copy of it. Where the copy lost its symbolic links, a plain file that
/// holds the target's path counts as one. Symbolic links are read as text, never walked, so a copy may be incomplete
/// and no ring of links is entered; files that would block or never end are not opened.
class sysfs_tree {
public:
    /// More of an attribute is not read; those read here hold one word.
    static constexpr std::size_t longest_attribute = 4096;

    explicit sysfs_tree(const std::filesystem::path& root)
        : root_{root.lexically_normal()} {
        if (!root_.has_filename()) root_ = root_.parent_path();
    }

    [[nodiscard]] const std::filesystem::path& root() const noexcept { return root_; }

    /// Whether there is a folder of that path, relative to the root.
    [[nodiscard]] bool has_folder(std::string_view relative) const {
        std::error_code error;
        return std::filesystem::is_directory(root_ / relative, error);
    }

    /// Whether there is anything of that path, be it a link that leads nowhere.
    [[nodiscard]] bool exists(const std::filesystem::path& relative) const {
        std::error_code error;
        return std::filesystem::exists(std::filesystem::symlink_status(root_ / relative, error));
    }

    /// The names in a folder, sorted; nothing if it can't be read. `error` tells the two apart.
    [[nodiscard]] std::vector<std::string> names(std::string_view relative, std::error_code& error) const {
        std::vector<std::string> all;
        std::filesystem::directory_iterator at(root_ / relative, error);
        for (const std::filesystem::directory_iterator end; !error && at != end; at.increment(error))
            all.push_back(at->path().filename().string());
        if (error) all.clear();
        std::ranges::sort(all);
        return all;
    }

    /// Where a symbolic link points to, relative to the root and free of `.` and `..`; nothing if there is no link.
    /// An absolute target below /sys, as a copy may still have it, counts as one below the root.
    [[nodiscard]] std::optional<std::string> target(const std::filesystem::path& relative) const {
        std::error_code error;
        const std::filesystem::path link = root_ / relative;
        const auto status = std::filesystem::symlink_status(link, error);
        std::filesystem::path to;
        if (std::filesystem::is_symlink(status)) {
            to = std::filesystem::read_symlink(link, error);
            if (error) return std::nullopt;
        } else if (std::filesystem::is_regular_file(status)) {
            to = first_line(link).value_or(std::string());
        }
        if (to.empty()) return std::nullopt;
        return inside(to.is_absolute() ? to : link.parent_path() / to);
    }

    /// The first line of an attribute; nothing if there is no such plain file. A link to one may lead anywhere and
    /// counts as none.
    [[nodiscard]] std::optional<std::string> attribute(const std::filesystem::path& relative) const {
        return first_line(root_ / relative);
    }

private:
    std::filesystem::path root_;

    [[nodiscard]] static std::optional<std::string> first_line(const std::filesystem::path& file) {
        std::error_code error;
        if (!std::filesystem::is_regular_file(std::filesystem::symlink_status(file, error))) return std::nullopt;
        std::ifstream in(file, std::ios::binary);
        std::string text(longest_attribute, '\0');
        in.read(text.data(), static_cast<std::streamsize>(text.size()));
        if (in.bad() || (in.fail() && !in.eof())) return std::nullopt;
        text.resize(static_cast<std::size_t>(in.gcount()));
        text.resize(std::min(text.find('\n'), text.size()));
        return text;
    }

    [[nodiscard]] std::optional<std::string> inside(const std::filesystem::path& path) const {
        const std::filesystem::path normal = path.lexically_normal();
        const std::filesystem::path live("/sys");
        auto [end, first] = std::ranges::mismatch(root_, normal);
        if (end != root_.end()) {
            const auto below = std::ranges::mismatch(live, normal);
            if (below.in1 != live.end()) return std::nullopt;
            first = below.in2;
        }
        std::filesystem::path relative;
        for (; first != normal.end(); ++first) relative /= *first;
        if (!relative.has_filename()) relative = relative.parent_path();
        if (relative.empty()) return std::nullopt;
        return relative.string();
    }
};

} // namespace devlink::source

#endif
