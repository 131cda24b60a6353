// SPDX-License-Identifier: MIT
#ifndef DEVLINK_SOURCE_DEVICETREE_TOKENS_HPP
#define DEVLINK_SOURCE_DEVICETREE_TOKENS_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include <devlink/source/devicetree_header.hpp>

namespace devlink::source {

/// How deep nodes may be nested, the root counting as 1. Linux leaves out what is nested deeper than about that.
inline constexpr std::size_t devicetree_max_depth = 64;

/// How long the name of a node or property may be. The specification says 31, real trees exceed it.
inline constexpr std::size_t devicetree_max_name = 1024;

/// Walks the structure block of a blob once and checks all of it.
///
/// Calls, in the blob's order, `visit.begin_node(name)`, `visit.property(name, value)` and `visit.end_node()`; all are
/// views into the blob, none of them is trusted further than its bounds. Returns nothing, or what is wrong and where.
/// Linear in the block (names of properties count each time they are used), no recursion, allocates nothing but an
/// error. Refused beside what the specification rules out: a property behind a child, which Linux would silently
/// ignore. Source: Devicetree Specification v0.4, section 5.4.
template <class Visit>
[[nodiscard]] std::optional<source_error> walk_devicetree(const devicetree_blocks& blocks, Visit&& visit) {
    enum token : std::uint32_t { begin_node = 1, end_node = 2, property = 3, nothing = 4, end = 9 };
    const std::span<const std::byte> block = blocks.structure;
    const auto text = [](std::span<const std::byte> bytes) {
        return std::string_view{reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    };
    const std::string_view strings = text(blocks.strings);
    const auto error = [&](const char* message, std::size_t at) {
        return devlink::detail::blob_error(message, blocks.structure_offset + at);
    };
    const auto aligned = [](std::size_t at) { return (at + 3) / 4 * 4; };

    bool children_seen[devicetree_max_depth] = {};
    std::size_t depth = 0;
    bool root_seen = false;
    for (std::size_t at = 0;;) {
        // `at` may have been aligned past the end of a block whose size is no multiple of 4.
        if (at > block.size() || block.size() - at < 4) return error("structure block has no end token", block.size());
        const std::size_t here = at;
        const std::uint32_t kind = read_cell(block.subspan(at));
        at += 4;
        switch (kind) {
        case begin_node: {
            if (depth == 0 && root_seen) return error("a second root node", here);
            if (depth == devicetree_max_depth) return error("nodes are nested more than 64 deep", here);
            const std::string_view rest = text(block.subspan(at));
            const std::size_t length = rest.substr(0, devicetree_max_name + 1).find('\0');
            if (length == std::string_view::npos)
                return error(rest.size() > devicetree_max_name ? "a node's name is longer than 1024 bytes"
                                                               : "a node's name has no end",
                             at);
            if (depth == 0 && length != 0) return error("the root node has a name", at);
            if (depth != 0 && length == 0) return error("a node without a name", here);
            if (depth != 0) children_seen[depth - 1] = true;
            root_seen = true;
            children_seen[depth] = false;
            ++depth;
            visit.begin_node(rest.substr(0, length));
            at = aligned(at + length + 1);
            break;
        }
        case end_node:
            if (depth == 0) return error("the end of a node that has not begun", here);
            --depth;
            visit.end_node();
            break;
        case property: {
            if (depth == 0) return error("a property outside of all nodes", here);
            if (children_seen[depth - 1]) return error("a property behind its node's children", here);
            if (block.size() - at < 8) return error("a property ends outside of the structure block", here);
            const std::size_t length = read_cell(block.subspan(at));
            const std::size_t name_offset = read_cell(block.subspan(at + 4));
            at += 8;
            if (length > block.size() - at) return error("a property is longer than the structure block", here);
            if (name_offset >= strings.size())
                return error("a property's name lies outside of the strings block", here);
            const std::string_view rest = strings.substr(name_offset);
            const std::size_t name_length = rest.substr(0, devicetree_max_name + 1).find('\0');
            if (name_length == std::string_view::npos)
                return error(rest.size() > devicetree_max_name ? "a property's name is longer than 1024 bytes"
                                                               : "a property's name has no end",
                             here);
            visit.property(rest.substr(0, name_length), block.subspan(at, length));
            at = aligned(at + length);
            break;
        }
        case nothing:
            break;
        case end:
            if (depth != 0) return error("the tree ends inside of a node", here);
            if (!root_seen) return error("the tree has no root", here);
            return std::nullopt;
        default:
            return error("an unknown token", here);
        }
    }
}

} // namespace devlink::source

#endif
