// SPDX-License-Identifier: MIT
#include "input.hpp"

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <span>
#include <system_error>

#include <devlink/detail/printable.hpp>
#include <devlink/source/devicetree_machine.hpp>
#include <devlink/source/devicetree_names.hpp>
#include <devlink/source/scenario.hpp>
#include <devlink/source/scenario_machine.hpp>
#include <devlink/source/sysfs.hpp>

namespace tool {

using devlink::result;
using devlink::source::machine;
using devlink::source::source_error;

namespace {

std::string shown(const std::string& path) { return path == "-" ? "standard input" : path; }

source_error error_of(const std::string& path, std::string message) {
    source_error error;
    error.path = devlink::detail::printable(path);
    error.message = std::move(message);
    return error;
}

} // namespace

result<std::string, source_error> read_file(const std::string& path) {
    constexpr std::size_t largest = std::size_t{1} << 30;
    constexpr std::size_t chunk = std::size_t{1} << 16;
    const bool is_standard_input = path == "-";
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> opened(nullptr, &std::fclose);
    if (!is_standard_input) {
        opened.reset(std::fopen(path.c_str(), "rb"));
        if (!opened) return error_of(shown(path), std::strerror(errno));
    }
    std::FILE* const file = is_standard_input ? stdin : opened.get();
    std::string text;
    for (std::size_t size = 0;; size = text.size()) {
        text.resize(size + chunk);
        const std::size_t count = std::fread(text.data() + size, 1, chunk, file);
        text.resize(size + count);
        if (std::ferror(file) != 0) return error_of(shown(path), std::strerror(errno));
        if (text.size() > largest) return error_of(shown(path), "larger than 1 GiB, which no input should be");
        if (count < chunk) return text;
    }
}

namespace {

result<machine, source_error> read_folder(const std::string& path, devlink::source::device_aliases* aliases) {
    auto read = devlink::source::read_sysfs(path);
    if (!read) return read.error();
    // The kernel names suppliers without a device by their nodes.
    constexpr std::string_view nodes = "firmware/devicetree/base";
    for (std::size_t i = 0; aliases != nullptr && i < read->devices.size(); ++i) {
        const std::string& node = read->devices[i].of_node;
        if (node.starts_with(nodes)) aliases->add(node.substr(nodes.size()), devlink::device_id(i));
    }
    return std::move(read->machine);
}

result<machine, source_error> read_tree(std::span<const std::byte> blob, const arguments& given,
                                        devlink::source::device_aliases* aliases) {
    devlink::source::devicetree_options options;
    if (given.strict) options.optional_bindings = devlink::source::optional_binding_rule::strict;
    if (given.as_linux) options.optional_bindings = devlink::source::optional_binding_rule::as_linux;
    const auto tree = devlink::source::devicetree::read(blob);
    if (!tree) return tree.error();
    const auto firmware = devlink::source::read_firmware(*tree, options);
    if (!firmware) return firmware.error();
    if (aliases != nullptr) *aliases = devlink::source::kernel_names(*tree, *firmware);
    return devlink::source::machine_of(*tree, *firmware, options);
}

} // namespace

result<machine, source_error> read_machine(const std::string& path, const arguments& given,
                                           devlink::source::device_aliases* aliases) {
    const bool only_for_trees = given.strict || given.as_linux;
    const std::string no_tree = "no device tree, which --strict and --as-linux are about";
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored)) {
        if (only_for_trees) return error_of(path, no_tree);
        return read_folder(path, aliases);
    }
    const auto text = read_file(path);
    if (!text) return text.error();
    const auto bytes = std::as_bytes(std::span(*text));
    if (devlink::source::is_devicetree(bytes)) {
        auto read = read_tree(bytes, given, aliases);
        // A tree need not name its model.
        if (read && read->name.empty()) read->name = shown(path);
        if (read) return read;
        source_error error = read.error();
        error.path = devlink::detail::printable(path);
        return error;
    }
    if (only_for_trees) return error_of(path, no_tree);
    const auto scenario = devlink::source::read_scenario(*text, devlink::detail::printable(path));
    if (!scenario) return scenario.error();
    return devlink::source::machine_of(*scenario);
}

} // namespace tool
