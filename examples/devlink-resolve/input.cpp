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
#include <devlink/source/scenario.hpp>
#include <devlink/source/scenario_machine.hpp>
#include <devlink/source/sysfs.hpp>

namespace tool {

using devlink::result;
using devlink::source::machine;
using devlink::source::source_error;

namespace {

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
    const std::string shown = is_standard_input ? "standard input" : path;
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> opened(nullptr, &std::fclose);
    if (!is_standard_input) {
        opened.reset(std::fopen(path.c_str(), "rb"));
        if (!opened) return error_of(shown, std::strerror(errno));
    }
    std::FILE* const file = is_standard_input ? stdin : opened.get();
    std::string text;
    for (std::size_t size = 0;; size = text.size()) {
        text.resize(size + chunk);
        const std::size_t count = std::fread(text.data() + size, 1, chunk, file);
        text.resize(size + count);
        if (std::ferror(file) != 0) return error_of(shown, std::strerror(errno));
        if (text.size() > largest) return error_of(shown, "larger than 1 GiB, which no input should be");
        if (count < chunk) return text;
    }
}

result<machine, source_error> read_machine(const std::string& path) {
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored)) {
        auto read = devlink::source::read_sysfs(path);
        if (!read) return read.error();
        return std::move(read->machine);
    }
    const auto text = read_file(path);
    if (!text) return text.error();
    const auto bytes = std::as_bytes(std::span(*text));
    if (devlink::source::is_devicetree(bytes)) {
        auto read = devlink::source::read_devicetree(bytes);
        if (read) return read;
        source_error error = read.error();
        if (error.path.empty())
            error.path = devlink::detail::printable(path);
        else
            error.path = devlink::detail::printable(path) + ": " + error.path;
        return error;
    }
    const auto scenario = devlink::source::read_scenario(*text, devlink::detail::printable(path));
    if (!scenario) return scenario.error();
    return devlink::source::machine_of(*scenario);
}

} // namespace tool
