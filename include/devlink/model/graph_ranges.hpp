// SPDX-License-Identifier: MIT
#ifndef DEVLINK_MODEL_GRAPH_RANGES_HPP
#define DEVLINK_MODEL_GRAPH_RANGES_HPP

#include <concepts>
#include <cstddef>

#include <devlink/detail/chain_range.hpp>
#include <devlink/fwd.hpp>
#include <devlink/model/graph_storage.hpp>
#include <devlink/model/link.hpp>

namespace devlink::detail {

/// What chain_range needs to know to walk the lists of a graph: how to read an entry and where the next one is.
template <std::unsigned_integral Index>
struct supplier_reader {
    static constexpr Index end = nothing<Index>;
    const graph_storage<Index>* storage = nullptr;

    [[nodiscard]] constexpr basic_supplier_link<Index> read(Index l) const {
        return {storage->links[l].supplier, storage->links[l].flags, basic_link_id<Index>{l}};
    }
    [[nodiscard]] constexpr Index next(Index l) const { return storage->chains[l].next_supplier; }
};

template <std::unsigned_integral Index>
struct consumer_reader {
    static constexpr Index end = nothing<Index>;
    const graph_storage<Index>* storage = nullptr;

    [[nodiscard]] constexpr basic_consumer_link<Index> read(Index l) const {
        return {storage->links[l].consumer, storage->links[l].flags, basic_link_id<Index>{l}};
    }
    [[nodiscard]] constexpr Index next(Index l) const { return storage->chains[l].next_consumer; }
};

template <std::unsigned_integral Index>
struct child_reader {
    static constexpr Index end = nothing<Index>;
    const graph_storage<Index>* storage = nullptr;

    [[nodiscard]] constexpr basic_device_id<Index> read(Index d) const { return basic_device_id<Index>{d}; }
    [[nodiscard]] constexpr Index next(Index d) const { return storage->tree[d].next_sibling; }
};

/// All links; those that were removed are skipped.
template <std::unsigned_integral Index>
struct link_reader {
    static constexpr Index end = nothing<Index>;
    const graph_storage<Index>* storage = nullptr;

    [[nodiscard]] constexpr basic_link_entry<Index> read(Index l) const {
        return {storage->links[l], basic_link_id<Index>{l}};
    }
    [[nodiscard]] constexpr Index next(Index l) const { return from(std::size_t{l} + 1); }
    [[nodiscard]] constexpr Index from(std::size_t l) const {
        while (l < storage->links.size() && !storage->links[l].consumer.valid()) ++l;
        return l < storage->links.size() ? static_cast<Index>(l) : end;
    }
};

template <std::unsigned_integral Index>
[[nodiscard]] constexpr auto supplier_range(const graph_storage<Index>& storage, std::size_t d) {
    return chain_range{supplier_reader<Index>{&storage}, storage.devices[d].suppliers.first};
}
template <std::unsigned_integral Index>
[[nodiscard]] constexpr auto consumer_range(const graph_storage<Index>& storage, std::size_t d) {
    return chain_range{consumer_reader<Index>{&storage}, storage.devices[d].consumers.first};
}
template <std::unsigned_integral Index>
[[nodiscard]] constexpr auto child_range(const graph_storage<Index>& storage, std::size_t d) {
    return chain_range{child_reader<Index>{&storage}, storage.first_child(static_cast<Index>(d))};
}
template <std::unsigned_integral Index>
[[nodiscard]] constexpr auto link_range(const graph_storage<Index>& storage) {
    const link_reader<Index> reader{&storage};
    return chain_range{reader, reader.from(0)};
}

} // namespace devlink::detail

#endif
