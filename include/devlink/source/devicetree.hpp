// SPDX-License-Identifier: MIT
#ifndef DEVLINK_SOURCE_DEVICETREE_HPP
#define DEVLINK_SOURCE_DEVICETREE_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <devlink/config.hpp>
#include <devlink/fwd.hpp>
#include <devlink/model/id.hpp>
#include <devlink/model/result.hpp>
#include <devlink/source/devicetree_header.hpp>
#include <devlink/source/devicetree_tokens.hpp>
#include <devlink/source/devicetree_value.hpp>
#include <devlink/source/source_error.hpp>

namespace devlink::source {

/// A flattened device tree, indexed: views into the blob, which must outlive it.
///
/// Nodes are numbered in tree order, parents before children, the root being 0; what lies under a node has the numbers
/// from the node's own up to subtree_end(). Memory: 20 bytes a node, 20 a property, 8 a phandle, so at most twice the
/// blob's size, which costs at least 12 for each of these.
class devicetree {
public:
    devicetree() = default;

    /// Reads and checks the whole blob. Returns the tree, or what is wrong with the blob and at which byte.
    /// Linear in the blob (a node's properties are sorted if there are many). Allocates.
    [[nodiscard]] static result<devicetree, source_error> read(std::span<const std::byte> blob);

    [[nodiscard]] std::size_t node_count() const noexcept { return nodes_.empty() ? 0 : nodes_.size() - 1; }
    [[nodiscard]] std::size_t property_count() const noexcept { return properties_.size(); }
    [[nodiscard]] std::size_t blob_size() const noexcept { return blob_.size(); }
    [[nodiscard]] static node_id root() noexcept { return node_id{0}; }

    /// The node above; for the root an id that is not valid. Constant time.
    [[nodiscard]] node_id parent(node_id n) const { return node_id{at(n).parent}; }

    /// One more than the number of the last node under `n`. Constant time.
    [[nodiscard]] std::size_t subtree_end(node_id n) const { return at(n).end; }

    /// Whether `n` is `above` or lies under it. Constant time.
    [[nodiscard]] bool is_at_or_under(node_id n, node_id above) const {
        return n.index() >= above.index() && n.index() < at(above).end;
    }

    /// Calls `visit(node_id)` for each child of `n` in the blob's order. Linear in the children.
    template <class Visit>
    void for_each_child(node_id n, Visit&& visit) const {
        for (std::size_t child = n.index() + 1; child < subtree_end(n); child = nodes_[child].end)
            visit(node_id{child});
    }

    /// The node's name with its unit address; empty for the root. May hold any byte but NUL.
    [[nodiscard]] std::string_view name(node_id n) const { return text(at(n).name, at(n).name_length); }

    /// The node's name up to its unit address.
    [[nodiscard]] std::string_view base_name(node_id n) const { return name(n).substr(0, name(n).find('@')); }

    /// The names from the root down, each behind a slash; `/` for the root. Allocates; linear in what it returns.
    [[nodiscard]] std::string path(node_id n) const;

    /// The first node of that path, or an id that is not valid. Linear in the siblings on the way, no allocation.
    [[nodiscard]] node_id find_path(std::string_view path) const;

    /// The numbers of the first of the node's properties and of the one behind its last.
    [[nodiscard]] std::pair<std::size_t, std::size_t> properties(node_id n) const {
        return {at(n).first_property, nodes_[n.index() + 1].first_property};
    }
    [[nodiscard]] std::string_view property_name(std::size_t property) const {
        return text(properties_[property].name, properties_[property].name_length);
    }
    [[nodiscard]] devicetree_value property_value(std::size_t property) const {
        return devicetree_value{blob_.subspan(properties_[property].value, properties_[property].length)};
    }

    /// The number of the first of the node's properties of that name. Linear in the node's properties if these are few,
    /// else logarithmic; no allocation.
    [[nodiscard]] std::optional<std::size_t> find_property(node_id n, std::string_view name) const;

    /// The value of the first of the node's properties of that name. As find_property().
    [[nodiscard]] std::optional<devicetree_value> value(node_id n, std::string_view name) const {
        const std::optional<std::size_t> property = find_property(n, name);
        return property ? std::optional{property_value(*property)} : std::nullopt;
    }
    [[nodiscard]] bool has(node_id n, std::string_view name) const { return find_property(n, name).has_value(); }

    /// "The number in the property": its first cell, or nothing if it is missing or shorter.
    [[nodiscard]] std::optional<std::uint32_t> number(node_id n, std::string_view name) const {
        const std::optional<devicetree_value> found = value(n, name);
        return found ? found->number() : std::nullopt;
    }

    /// The first node in tree order with that phandle, or an id that is not valid. Logarithmic, no allocation.
    /// Source: of_find_node_by_phandle().
    [[nodiscard]] node_id by_phandle(std::uint32_t phandle) const {
        const auto found = std::ranges::lower_bound(phandles_, phandle, {}, &phandle_entry::phandle);
        return found != phandles_.end() && found->phandle == phandle ? node_id{found->node} : node_id{};
    }

    /// Whether the node's own `status` lets it be used; says nothing about the nodes above it.
    /// Source: of_device_is_available().
    [[nodiscard]] bool available(node_id n) const {
        const std::optional<devicetree_value> status = value(n, "status");
        return !status || status->text_is("okay") || status->text_is("ok");
    }

private:
    static constexpr std::uint32_t none = static_cast<std::uint32_t>(-1);
    static constexpr std::size_t few_properties = 16;

    struct node_entry {
        std::uint32_t name;
        std::uint32_t name_length;
        std::uint32_t parent;
        std::uint32_t end;
        std::uint32_t first_property;
    };
    struct property_entry {
        std::uint32_t name;
        std::uint32_t name_length;
        std::uint32_t value;
        std::uint32_t length;
    };
    struct phandle_entry {
        std::uint32_t phandle;
        std::uint32_t node;
    };
    struct counter;
    struct filler;

    [[nodiscard]] const node_entry& at(node_id n) const {
        DEVLINK_ASSERT(n.index() < node_count());
        return nodes_[n.index()];
    }
    [[nodiscard]] std::string_view text(std::uint32_t offset, std::uint32_t length) const {
        return {reinterpret_cast<const char*>(blob_.data()) + offset, length};
    }
    void sort_properties();
    void collect_phandles();

    std::span<const std::byte> blob_;
    std::vector<node_entry>
        nodes_; // one more than there are nodes, so that each one's properties end where the next one's begin
    std::vector<property_entry> properties_;
    std::vector<std::uint32_t>
        sorted_; // per node with many properties: their numbers by name, equal ones as in the blob
    std::vector<phandle_entry> phandles_;
};

/// Says how much room the tree takes, so that it is allocated once.
struct devicetree::counter {
    std::size_t nodes = 0;
    std::size_t properties = 0;

    void begin_node(std::string_view) { ++nodes; }
    void property(std::string_view, std::span<const std::byte>) { ++properties; }
    void end_node() {}
};

struct devicetree::filler {
    devicetree& tree;
    std::uint32_t open = none;

    [[nodiscard]] std::uint32_t offset_of(const void* place) const {
        return static_cast<std::uint32_t>(static_cast<const std::byte*>(place) - tree.blob_.data());
    }
    void begin_node(std::string_view name) {
        const auto self = static_cast<std::uint32_t>(tree.nodes_.size());
        tree.nodes_.push_back({offset_of(name.data()), static_cast<std::uint32_t>(name.size()), open, 0,
                               static_cast<std::uint32_t>(tree.properties_.size())});
        open = self;
    }
    void property(std::string_view name, std::span<const std::byte> value) {
        tree.properties_.push_back({offset_of(name.data()), static_cast<std::uint32_t>(name.size()),
                                    offset_of(value.data()), static_cast<std::uint32_t>(value.size())});
    }
    void end_node() {
        node_entry& ended = tree.nodes_[open];
        ended.end = static_cast<std::uint32_t>(tree.nodes_.size());
        open = ended.parent;
    }
};

inline result<devicetree, source_error> devicetree::read(std::span<const std::byte> blob) {
    const result<devicetree_blocks, source_error> blocks = read_devicetree_header(blob);
    if (!blocks) return blocks.error();
    counter count;
    if (std::optional<source_error> error = walk_devicetree(*blocks, count)) return *std::move(error);

    devicetree tree;
    tree.blob_ = blocks->whole;
    tree.nodes_.reserve(count.nodes + 1);
    tree.properties_.reserve(count.properties);
    filler fill{tree};
    if (std::optional<source_error> error = walk_devicetree(*blocks, fill)) return *std::move(error);
    tree.nodes_.push_back({0, 0, none, 0, static_cast<std::uint32_t>(tree.properties_.size())});
    tree.sort_properties();
    tree.collect_phandles();
    return tree;
}

inline void devicetree::sort_properties() {
    for (std::size_t n = 0; n < node_count(); ++n) {
        const auto [first, last] = properties(node_id{n});
        if (last - first <= few_properties) continue;
        if (sorted_.empty()) {
            sorted_.resize(properties_.size());
            std::iota(sorted_.begin(), sorted_.end(), std::uint32_t{0});
        }
        const auto by_name = [this](std::uint32_t a, std::uint32_t b) {
            const int order = property_name(a).compare(property_name(b));
            return order < 0 || (order == 0 && a < b);
        };
        std::sort(sorted_.begin() + static_cast<std::ptrdiff_t>(first),
                  sorted_.begin() + static_cast<std::ptrdiff_t>(last), by_name);
    }
}

/// A node's phandle is the first of `phandle` and `linux,phandle` that is not 0; `ibm,phandle` overrides both.
/// Source: populate_properties().
inline void devicetree::collect_phandles() {
    const auto collect = [this](auto&& take) {
        for (std::size_t n = 0; n < node_count(); ++n) {
            std::uint32_t phandle = 0;
            const auto [first, last] = properties(node_id{n});
            for (std::size_t p = first; p < last; ++p) {
                const std::string_view name = property_name(p);
                const bool plain = name == "phandle" || name == "linux,phandle";
                if (!plain && name != "ibm,phandle") continue;
                const std::optional<std::uint32_t> number = property_value(p).number();
                if (number && (phandle == 0 || !plain)) phandle = *number;
            }
            if (phandle != 0) take(phandle_entry{phandle, static_cast<std::uint32_t>(n)});
        }
    };
    std::size_t count = 0;
    collect([&](phandle_entry) { ++count; });
    phandles_.reserve(count);
    collect([&](phandle_entry entry) { phandles_.push_back(entry); });
    std::ranges::sort(phandles_, [](phandle_entry a, phandle_entry b) {
        return a.phandle != b.phandle ? a.phandle < b.phandle : a.node < b.node;
    });
}

inline std::optional<std::size_t> devicetree::find_property(node_id n, std::string_view name) const {
    const auto [first, last] = properties(n);
    if (last - first <= few_properties) {
        for (std::size_t p = first; p < last; ++p)
            if (property_name(p) == name) return p;
        return std::nullopt;
    }
    const std::span<const std::uint32_t> sorted = std::span{sorted_}.subspan(first, last - first);
    const auto found = std::ranges::lower_bound(sorted, name, {}, [this](std::uint32_t p) { return property_name(p); });
    if (found == sorted.end() || property_name(*found) != name) return std::nullopt;
    return *found;
}

inline std::string devicetree::path(node_id n) const {
    if (n == root()) return "/";
    std::size_t length = 0;
    for (node_id up = n; up != root(); up = parent(up)) length += name(up).size() + 1;
    std::string text(length, '/');
    for (node_id up = n; up != root(); up = parent(up)) {
        length -= name(up).size();
        text.replace(length, name(up).size(), name(up));
        --length;
    }
    return text;
}

inline node_id devicetree::find_path(std::string_view path) const {
    if (path.empty() || path.front() != '/' || node_count() == 0) return {};
    node_id n = root();
    for (path.remove_prefix(1); !path.empty();) {
        const std::string_view wanted = path.substr(0, path.find('/'));
        path.remove_prefix(std::min(wanted.size() + 1, path.size()));
        std::size_t child = n.index() + 1;
        while (child < subtree_end(n) && name(node_id{child}) != wanted) child = nodes_[child].end;
        if (child >= subtree_end(n)) return {};
        n = node_id{child};
    }
    return n;
}

} // namespace devlink::source

#endif
