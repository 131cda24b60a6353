// SPDX-License-Identifier: MIT
#ifndef DEVLINK_DRIVER_CORE_THREADED_LIST_HPP
#define DEVLINK_DRIVER_CORE_THREADED_LIST_HPP

#include <vector>

namespace devlink::detail::core {

// A list threaded through the records of an array, of which only the first id is kept elsewhere: `Next` of the last one
// is an invalid id, `Prev` of the first one is the last one. Every operation takes constant time and allocates nothing.

/// The last one of the list that begins with `first`; invalid for an empty list.
template <auto Prev, class Record, class Id>
[[nodiscard]] constexpr Id list_last(const std::vector<Record>& records, Id first) noexcept {
    return first.valid() ? records[first.index()].*Prev : first;
}

/// The one before `id`; invalid if that is the first one.
template <auto Prev, class Record, class Id>
[[nodiscard]] constexpr Id list_before(const std::vector<Record>& records, Id first, Id id) noexcept {
    return id == first ? Id{} : records[id.index()].*Prev;
}

template <auto Next, auto Prev, class Record, class Id>
constexpr void list_append(std::vector<Record>& records, Id& first, Id id) noexcept {
    Record& record = records[id.index()];
    record.*Next = Id{};
    if (!first.valid()) {
        record.*Prev = id;
        first = id;
        return;
    }
    Record& head = records[first.index()];
    record.*Prev = head.*Prev;
    records[(head.*Prev).index()].*Next = id;
    head.*Prev = id;
}

/// Precondition: `id` is in the list. What is removed keeps its own `Next`, so that a walk which stands on it gets on.
template <auto Next, auto Prev, class Record, class Id>
constexpr void list_remove(std::vector<Record>& records, Id& first, Id id) noexcept {
    const Id next = records[id.index()].*Next;
    const Id prev = records[id.index()].*Prev;
    if (next.valid())
        records[next.index()].*Prev = prev;
    else
        records[first.index()].*Prev = prev; // harmless where `id` is the only one
    if (id == first)
        first = next;
    else
        records[prev.index()].*Next = next;
}

} // namespace devlink::detail::core

#endif
