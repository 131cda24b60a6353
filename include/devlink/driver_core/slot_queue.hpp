// SPDX-License-Identifier: MIT
#ifndef DEVLINK_DRIVER_CORE_SLOT_QUEUE_HPP
#define DEVLINK_DRIVER_CORE_SLOT_QUEUE_HPP

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <devlink/driver_core/records.hpp>

namespace devlink::detail::core {

/// A queue of devices, first in first out, that any device can leave. Each device keeps its own place in `Slot`, which
/// costs four bytes a device and nothing else while the queue is empty.
///
/// All operations take constant time, in the long run; memory is at most some multiple of the largest number of devices
/// that were in it at once.
template <std::uint32_t device_record::*Slot>
class slot_queue {
public:
    [[nodiscard]] bool empty() const noexcept { return count_ == 0; }
    [[nodiscard]] std::size_t size() const noexcept { return count_; }

    [[nodiscard]] static bool contains(const device_record& record) noexcept { return record.*Slot != no_slot; }

    /// Appends `d`. Precondition: it is not in the queue. Allocates where the queue grows.
    void push(std::vector<device_record>& devices, device_id d) {
        if (slots_.size() >= 16 && slots_.size() >= 2 * count_) close_gaps(devices);
        devices[d.index()].*Slot = static_cast<std::uint32_t>(slots_.size());
        slots_.push_back(d);
        ++count_;
    }

    /// Takes `d` out, wherever it is. Precondition: it is in the queue.
    void remove(std::vector<device_record>& devices, device_id d) noexcept {
        slots_[devices[d.index()].*Slot] = device_id{};
        devices[d.index()].*Slot = no_slot;
        --count_;
    }

    /// Takes the first one out. Precondition: !empty().
    [[nodiscard]] device_id pop(std::vector<device_record>& devices) noexcept {
        const device_id d = front();
        remove(devices, d);
        return d;
    }

    /// The first one. Precondition: !empty().
    [[nodiscard]] device_id front() noexcept {
        while (!slots_[head_].valid()) ++head_;
        return slots_[head_];
    }

    /// All that are in it are among these, in order, between invalid ids.
    [[nodiscard]] std::span<const device_id> slots() const noexcept { return slots_; }

    /// Sets the fence behind everything that is in the queue by now; it starts before everything.
    void set_fence() noexcept { fence_ = slots_.size(); }
    /// Precondition: the record's device is in the queue.
    [[nodiscard]] bool before_fence(const device_record& record) const noexcept { return record.*Slot < fence_; }
    /// The place in slots() at which the first one behind the fence may be.
    [[nodiscard]] std::size_t fence() const noexcept { return fence_; }

private:
    void close_gaps(std::vector<device_record>& devices) noexcept {
        std::size_t kept = 0;
        std::size_t fence = 0;
        for (std::size_t place = 0; place < slots_.size(); ++place) {
            if (place == fence_) fence = kept;
            if (!slots_[place].valid()) continue;
            devices[slots_[place].index()].*Slot = static_cast<std::uint32_t>(kept);
            slots_[kept++] = slots_[place];
        }
        fence_ = fence_ >= slots_.size() ? kept : fence;
        slots_.resize(kept);
        head_ = 0;
    }

    std::vector<device_id> slots_;
    std::size_t head_ = 0;
    std::size_t fence_ = 0;
    std::size_t count_ = 0;
};

} // namespace devlink::detail::core

#endif
