// SPDX-License-Identifier: MIT
#ifndef DEVLINK_SOURCE_DEVICETREE_HEADER_HPP
#define DEVLINK_SOURCE_DEVICETREE_HEADER_HPP

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <devlink/model/result.hpp>
#include <devlink/source/devicetree_value.hpp>
#include <devlink/source/source_error.hpp>

namespace devlink::detail {

[[nodiscard]] inline source::source_error blob_error(std::string message, std::size_t offset) {
    source::source_error error;
    error.message = std::move(message);
    error.offset = offset;
    return error;
}

/// A block of the blob, or nothing if it doesn't lie between the header's end and the blob's. Compares sizes with what
/// is left, so that no sum can wrap.
[[nodiscard]] constexpr bool block_fits(std::size_t total, std::size_t header, std::size_t offset, std::size_t size) {
    return offset >= header && offset <= total && size <= total - offset;
}

/// The reservations mean nothing for links, but a list without an end is a broken blob.
[[nodiscard]] inline bool reservations_end(std::span<const std::byte> whole, std::size_t offset) {
    for (; whole.size() - offset >= 16; offset += 16) {
        bool zero = true;
        for (const std::byte b : whole.subspan(offset, 16)) zero = zero && b == std::byte{0};
        if (zero) return true;
    }
    return false;
}

} // namespace devlink::detail

namespace devlink::source {

/// The first four bytes of a flattened device tree, as a number.
inline constexpr std::uint32_t devicetree_magic = 0xd00dfeed;

/// Whether these bytes begin as a device tree blob does. Constant time.
[[nodiscard]] constexpr bool is_devicetree(std::span<const std::byte> blob) {
    return blob.size() >= 4 && read_cell(blob) == devicetree_magic;
}

/// The parts of a blob, each checked to lie inside of it.
struct devicetree_blocks {
    std::span<const std::byte> whole;     ///< `totalsize` bytes: nothing behind them is ever read
    std::span<const std::byte> structure; ///< in version 16, whose header doesn't tell, up to the end of `whole`
    std::span<const std::byte> strings;
    std::size_t structure_offset = 0;
};

/// Checks a flattened device tree's header and where its blocks lie.
///
/// Returns the blocks, or an error with the offset of the header's word that is wrong. Versions 16 and up that a reader
/// of version 17 can read are taken. Linear in the reservations, allocates nothing but an error's message.
/// Source: Devicetree Specification v0.4, chapter 5.
[[nodiscard]] inline result<devicetree_blocks, source_error> read_devicetree_header(std::span<const std::byte> blob) {
    using devlink::detail::blob_error;
    const auto word = [&](std::size_t index) { return read_cell(blob.subspan(index * 4, 4)); };

    if (blob.size() < 28) return blob_error("the blob ends inside of its header", blob.size());
    if (!is_devicetree(blob)) return blob_error("not a device tree blob: its magic number is not d00dfeed", 0);
    const std::uint32_t version = word(5);
    const std::uint32_t compatible_back_to = word(6);
    if (version < 16)
        return blob_error("version " + std::to_string(version) + " of the format, older than the 16 that can be read",
                          20);
    if (compatible_back_to > 17)
        return blob_error("needs a reader of version " + std::to_string(compatible_back_to) + ", newer than 17", 24);
    if (compatible_back_to > version) return blob_error("last compatible version is above the version", 24);

    const std::size_t header = version >= 17 ? 40 : 36;
    if (blob.size() < header) return blob_error("the blob ends inside of its header", blob.size());
    const std::size_t total = word(1);
    if (total < header) return blob_error("total size is smaller than the header", 4);
    if (total > 0x7fffffffU) return blob_error("total size is above 2 GiB", 4);
    if (total > blob.size()) return blob_error("the blob is cut off: its header says that it is longer", blob.size());

    devicetree_blocks blocks;
    blocks.whole = blob.first(total);
    const std::size_t structure = word(2);
    if (!devlink::detail::block_fits(total, header, structure, 0)) return blob_error("structure block lies outside", 8);
    if (structure % 4 != 0) return blob_error("structure block is not aligned to 4", 8);
    const std::size_t structure_size = version >= 17 ? word(9) : total - structure;
    if (!devlink::detail::block_fits(total, header, structure, structure_size))
        return blob_error("structure block ends outside", 36);
    const std::size_t strings = word(3);
    const std::size_t strings_size = word(8);
    if (!devlink::detail::block_fits(total, header, strings, 0)) return blob_error("strings block lies outside", 12);
    if (!devlink::detail::block_fits(total, header, strings, strings_size))
        return blob_error("strings block ends outside", 32);
    const std::size_t reservations = word(4);
    if (!devlink::detail::block_fits(total, header, reservations, 0)) return blob_error("reservations lie outside", 16);
    if (reservations % 8 != 0) return blob_error("reservations are not aligned to 8", 16);
    if (!devlink::detail::reservations_end(blocks.whole, reservations))
        return blob_error("reservations have no end", 16);

    blocks.structure = blocks.whole.subspan(structure, structure_size);
    blocks.structure_offset = structure;
    blocks.strings = blocks.whole.subspan(strings, strings_size);
    return blocks;
}

} // namespace devlink::source

#endif
