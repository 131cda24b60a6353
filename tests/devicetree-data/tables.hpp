// SPDX-License-Identifier: MIT
#ifndef DEVLINK_TESTS_DEVICETREE_DATA_TABLES_HPP
#define DEVLINK_TESTS_DEVICETREE_DATA_TABLES_HPP

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "read_file.hpp"

namespace devlink::test {

/// What a kernel made of one device tree. Each line without its first letter and the blank behind that; fields are
/// separated by blanks, `-` stands for nothing.
struct boot_table {
    std::string board;                ///< the blob's file name
    std::vector<std::string> links;   ///< F: CONSUMER SUPPLIER, firmware links in the order of adds
    std::vector<std::string> devices; ///< D: BUS PATH DRIVER WAITING, by path, without those on the bus `cpu`
    std::vector<std::string> states;  ///< L: CONSUMER SUPPLIER STATUS SYNC_STATE_ONLY AUTO_REMOVE_ON RUNTIME_PM
    std::vector<std::string> events;  ///< E: EVENT ..., in order

    /// The whole as it stood in the file, without the line of the board.
    [[nodiscard]] std::string text() const {
        std::string all;
        const auto append = [&](char kind, const std::vector<std::string>& lines) {
            for (const std::string& line : lines) ((all += kind) += ' ') += line + '\n';
        };
        append('F', links);
        append('D', devices);
        append('L', states);
        append('E', events);
        return all;
    }
};

/// Reads a file of tables: `board NAME`, then its lines.
inline std::vector<boot_table> read_boot_tables(const std::filesystem::path& file) {
    std::vector<boot_table> tables;
    std::ifstream in{file};
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("board ")) {
            tables.push_back({line.substr(6), {}, {}, {}, {}});
            continue;
        }
        if (tables.empty() || line.size() < 3) continue;
        boot_table& table = tables.back();
        std::string rest = line.substr(2);
        switch (line[0]) {
        case 'F':
            table.links.push_back(std::move(rest));
            break;
        case 'D':
            if (!rest.starts_with("cpu ")) table.devices.push_back(std::move(rest));
            break;
        case 'L':
            table.states.push_back(std::move(rest));
            break;
        case 'E':
            table.events.push_back(std::move(rest));
            break;
        default:
            break;
        }
    }
    return tables;
}

/// All bytes of a file, which has to be there.
inline std::vector<std::byte> read_bytes(const std::filesystem::path& file) {
    const std::string text = read_file(file);
    std::vector<std::byte> bytes(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) bytes[i] = static_cast<std::byte>(text[i]);
    return bytes;
}

} // namespace devlink::test

#endif
