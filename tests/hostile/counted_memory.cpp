// SPDX-License-Identifier: MIT

// Replaces the allocation functions of the whole program by ones that count.

#include "counted_memory.hpp"

#include <algorithm>
#include <cstdlib>
#include <new>

namespace {

// The tests have one thread.
std::size_t allocated = 0;
std::size_t base = 0;
std::size_t peak = 0;

// In front of each block: its size, in as many bytes as keep it aligned.
constexpr std::size_t header = alignof(std::max_align_t);
static_assert(header >= sizeof(std::size_t));

void* allocate(std::size_t size) {
    auto* const block = static_cast<std::size_t*>(std::malloc(header + size));
    if (block == nullptr) std::abort();
    *block = size;
    allocated += size;
    peak = std::max(peak, allocated);
    return reinterpret_cast<std::byte*>(block) + header;
}

void release(void* memory) noexcept {
    if (memory == nullptr) return;
    auto* const block = reinterpret_cast<std::size_t*>(static_cast<std::byte*>(memory) - header);
    allocated -= *block;
    std::free(block);
}

} // namespace

void* operator new(std::size_t size) { return allocate(size); }
void* operator new[](std::size_t size) { return allocate(size); }
void operator delete(void* memory) noexcept { release(memory); }
void operator delete[](void* memory) noexcept { release(memory); }
void operator delete(void* memory, std::size_t) noexcept { release(memory); }
void operator delete[](void* memory, std::size_t) noexcept { release(memory); }

namespace devlink::test {

void reset_peak_memory() noexcept { base = peak = allocated; }
std::size_t peak_memory() noexcept { return peak - base; }

} // namespace devlink::test
