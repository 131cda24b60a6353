// SPDX-License-Identifier: MIT
#ifndef DEVLINK_TESTS_SOURCE_BLOB_BUILDER_HPP
#define DEVLINK_TESTS_SOURCE_BLOB_BUILDER_HPP

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace devlink::test {

using blob = std::vector<std::byte>;

inline void put_cell(blob& to, std::uint32_t cell) {
    for (int shift = 24; shift >= 0; shift -= 8) to.push_back(static_cast<std::byte>(cell >> shift & 0xffU));
}

inline void set_cell(blob& in, std::size_t offset, std::uint32_t cell) {
    for (std::size_t i = 0; i < 4; ++i) in[offset + i] = static_cast<std::byte>(cell >> (24 - 8 * i) & 0xffU);
}

inline std::uint32_t get_cell(const blob& in, std::size_t offset) {
    std::uint32_t cell = 0;
    for (std::size_t i = 0; i < 4; ++i) cell = cell << 8U | std::to_integer<std::uint32_t>(in[offset + i]);
    return cell;
}

/// Writes flattened device trees, token by token, also wrong ones.
class blob_builder {
public:
    /// Begins with the root node open.
    blob_builder() { token(1).raw(std::string_view{"\0\0\0\0", 4}); }

    /// Nothing at all: for blobs that are wrong from the first token on.
    struct empty_t {};
    explicit blob_builder(empty_t) {}

    blob_builder& node(std::string_view name) {
        token(1).raw(name).raw(std::string_view{"\0", 1});
        return pad();
    }
    blob_builder& end() { return token(2); }

    /// A node with a phandle.
    blob_builder& node(std::string_view name, std::uint32_t phandle) { return node(name).cells("phandle", {phandle}); }
    /// A platform device below the node that is open.
    blob_builder& device(std::string_view name, std::uint32_t phandle = 0) {
        node(name).text("compatible", "test,device");
        return phandle == 0 ? *this : cells("phandle", {phandle});
    }

    blob_builder& cells(std::string_view name, std::span<const std::uint32_t> values) {
        property(name, values.size() * 4);
        for (const std::uint32_t value : values) put_cell(structure_, value);
        return *this;
    }
    blob_builder& cells(std::string_view name, std::initializer_list<std::uint32_t> values) {
        return cells(name, std::span{values.begin(), values.size()});
    }
    blob_builder& flag(std::string_view name) { return property(name, 0); }
    blob_builder& text(std::string_view name, std::string_view value) { return bytes(name, std::string{value} + '\0'); }
    blob_builder& texts(std::string_view name, std::initializer_list<std::string_view> values) {
        std::string all;
        for (const std::string_view value : values) (all += value) += '\0';
        return bytes(name, all);
    }
    blob_builder& bytes(std::string_view name, std::string_view value) {
        return property(name, value.size()).raw(value).pad();
    }

    blob_builder& token(std::uint32_t value) {
        put_cell(structure_, value);
        return *this;
    }
    /// Only the three words of a property.
    blob_builder& property_words(std::size_t length, std::size_t name_offset) {
        token(3).token(static_cast<std::uint32_t>(length));
        return token(static_cast<std::uint32_t>(name_offset));
    }
    blob_builder& raw(std::string_view text) {
        for (const char c : text) structure_.push_back(static_cast<std::byte>(c));
        return *this;
    }
    blob_builder& pad() {
        while (structure_.size() % 4 != 0) structure_.push_back(std::byte{0});
        return *this;
    }

    /// Ends the root and the tree, and returns the blob.
    [[nodiscard]] blob finish(std::uint32_t version = 17) { return end().token(9).assemble(version); }

    /// The blob as it stands. Blocks: header, one pair of reservations, structure, strings.
    [[nodiscard]] blob assemble(std::uint32_t version = 17) const {
        const std::size_t header = version >= 17 ? 40 : 36;
        const std::size_t reservations = 40;
        const std::size_t structure = reservations + 16;
        // Version 16 does not say where the structure block ends: it may go on to the end of the blob.
        const std::size_t strings = structure + structure_.size();
        const std::size_t total = strings + strings_.size();
        blob made;
        for (const std::size_t word : {std::size_t{0xd00dfeed}, total, structure, strings, reservations,
                                       std::size_t{version}, std::size_t{16}, std::size_t{0}, strings_.size()})
            put_cell(made, static_cast<std::uint32_t>(word));
        if (header == 40) put_cell(made, static_cast<std::uint32_t>(structure_.size()));
        made.resize(structure, std::byte{0});
        made.insert(made.end(), structure_.begin(), structure_.end());
        for (const char c : strings_) made.push_back(static_cast<std::byte>(c));
        return made;
    }

    static constexpr std::size_t structure_offset = 56;

private:
    blob_builder& property(std::string_view name, std::size_t length) {
        const std::string entry = std::string{name} + '\0';
        std::size_t offset = find_name(entry);
        if (offset == std::string::npos) {
            offset = strings_.size();
            strings_ += entry;
        }
        return property_words(length, offset);
    }
    [[nodiscard]] std::size_t find_name(const std::string& entry) const {
        if (strings_.starts_with(entry)) return 0;
        const std::size_t found = strings_.find('\0' + entry);
        return found == std::string::npos ? found : found + 1;
    }

    blob structure_;
    std::string strings_;
};

} // namespace devlink::test

#endif
