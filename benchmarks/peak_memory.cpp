// SPDX-License-Identifier: MIT

// malloc and its relatives, counted while a peak_memory lives. They hand over to the C library's own entry points, so
// that the C++ allocator and the C peers are both seen. One thread.

#include "harness.hpp"

#include <malloc.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>

extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* old, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
void __libc_free(void* block);
}

namespace {

bool counting = false;
std::ptrdiff_t live = 0;
std::ptrdiff_t peak = 0;
std::size_t asked = 0;

void* came(void* block) {
    if (counting && block != nullptr) {
        ++asked;
        live += static_cast<std::ptrdiff_t>(malloc_usable_size(block));
        peak = std::max(peak, live);
    }
    return block;
}

void goes(void* block) {
    if (counting && block != nullptr) live -= static_cast<std::ptrdiff_t>(malloc_usable_size(block));
}

} // namespace

extern "C" {

void* malloc(std::size_t size) noexcept { return came(__libc_malloc(size)); }
void* calloc(std::size_t count, std::size_t size) noexcept { return came(__libc_calloc(count, size)); }
void* realloc(void* old, std::size_t size) noexcept {
    goes(old);
    return came(__libc_realloc(old, size));
}
void* memalign(std::size_t alignment, std::size_t size) noexcept { return came(__libc_memalign(alignment, size)); }
void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept { return came(__libc_memalign(alignment, size)); }
int posix_memalign(void** block, std::size_t alignment, std::size_t size) noexcept {
    *block = came(__libc_memalign(alignment, size));
    return *block == nullptr ? ENOMEM : 0;
}
void free(void* block) noexcept {
    goes(block);
    __libc_free(block);
}

} // extern "C"

bench::peak_memory::peak_memory() {
    live = 0;
    peak = 0;
    asked = 0;
    counting = true;
}

bench::peak_memory::~peak_memory() { counting = false; }

std::size_t bench::peak_memory::bytes() const { return static_cast<std::size_t>(peak); }

std::size_t bench::peak_memory::allocations() const { return asked; }
