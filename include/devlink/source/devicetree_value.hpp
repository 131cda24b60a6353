// SPDX-License-Identifier: MIT
#ifndef DEVLINK_SOURCE_DEVICETREE_VALUE_HPP
#define DEVLINK_SOURCE_DEVICETREE_VALUE_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include <devlink/config.hpp>

namespace devlink::source {

/// The big-endian number in the first four of these bytes, which need no alignment. Precondition: four bytes. Constant
/// time.
[[nodiscard]] constexpr std::uint32_t read_cell(std::span<const std::byte> bytes) {
    DEVLINK_ASSERT(bytes.size() >= 4);
    return std::to_integer<std::uint32_t>(bytes[0]) << 24U | std::to_integer<std::uint32_t>(bytes[1]) << 16U |
           std::to_integer<std::uint32_t>(bytes[2]) << 8U | std::to_integer<std::uint32_t>(bytes[3]);
}

/// A property's value, which the blob does not say how to read: as cells, as strings, as one text. A view into the
/// blob.
class devicetree_value {
public:
    constexpr devicetree_value() noexcept = default;
    constexpr explicit devicetree_value(std::span<const std::byte> bytes) noexcept
        : bytes_{bytes} {}

    [[nodiscard]] constexpr std::span<const std::byte> bytes() const noexcept { return bytes_; }

    /// How many whole cells there are; surplus bytes are no cell.
    [[nodiscard]] constexpr std::size_t cell_count() const noexcept { return bytes_.size() / 4; }

    /// Cell number `index`. Precondition: below cell_count(). Constant time.
    [[nodiscard]] constexpr std::uint32_t cell(std::size_t index) const {
        DEVLINK_ASSERT(index < cell_count());
        return read_cell(bytes_.subspan(index * 4, 4));
    }

    /// "The number in the property": its first cell; nothing if it is shorter than that.
    [[nodiscard]] constexpr std::optional<std::uint32_t> number() const {
        if (cell_count() == 0) return std::nullopt;
        return cell(0);
    }

    /// The text up to the first NUL, or to the value's end where there is none.
    [[nodiscard]] std::string_view text() const noexcept { return text_at(0); }

    /// Whether text() is `wanted`. Linear in that, however long the value is.
    [[nodiscard]] bool text_is(std::string_view wanted) const noexcept {
        const std::string_view start{reinterpret_cast<const char*>(bytes_.data()),
                                     std::min(bytes_.size(), wanted.size() + 1)};
        return start.substr(0, start.find('\0')) == wanted;
    }

    /// Calls `visit(std::string_view)` for each string of a list until one call returns true; tells whether one did.
    /// A NUL ends a string, the value's end ends the last one. Linear in the value's length.
    template <class Visit>
    [[nodiscard]] bool any_text(Visit&& visit) const {
        for (std::size_t at = 0; at < bytes_.size();) {
            const std::string_view entry = text_at(at);
            if (visit(entry)) return true;
            at += entry.size() + 1;
        }
        return false;
    }

private:
    [[nodiscard]] std::string_view text_at(std::size_t at) const noexcept {
        const std::string_view rest{reinterpret_cast<const char*>(bytes_.data()) + at, bytes_.size() - at};
        return rest.substr(0, rest.find('\0'));
    }

    std::span<const std::byte> bytes_;
};

} // namespace devlink::source

#endif
