// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstddef>
#include <span>
#include <vector>

namespace gesture::app {

/// Samples on their way from the one thread that writes to the one that reads. Neither waits,
/// neither allocates.
class SampleRing {
public:
    /// Room for at least `capacity` samples.
    explicit SampleRing(std::size_t capacity)
        : samples_(std::bit_ceil(std::max<std::size_t>(capacity, 2)))
        , mask_(samples_.size() - 1) {}

    /// Writes what fits and returns how many samples that were. Writing thread.
    std::size_t write(std::span<const float> in) {
        const std::size_t end = written_.load(std::memory_order_relaxed);
        const std::size_t free = samples_.size() - (end - read_.load(std::memory_order_acquire));
        const std::size_t count = std::min(in.size(), free);
        for (std::size_t i = 0; i < count; ++i) {
            samples_[(end + i) & mask_] = in[i];
        }
        written_.store(end + count, std::memory_order_release);
        return count;
    }

    /// Reads what there is and returns how many samples that were. Reading thread.
    std::size_t read(std::span<float> out) {
        const std::size_t begin = read_.load(std::memory_order_relaxed);
        const std::size_t held = written_.load(std::memory_order_acquire) - begin;
        const std::size_t count = std::min(out.size(), held);
        for (std::size_t i = 0; i < count; ++i) {
            out[i] = samples_[(begin + i) & mask_];
        }
        read_.store(begin + count, std::memory_order_release);
        return count;
    }

    /// Samples that fit at least. Writing thread.
    [[nodiscard]] std::size_t room() const {
        return samples_.size() -
               (written_.load(std::memory_order_relaxed) - read_.load(std::memory_order_acquire));
    }

    /// Empties the ring. Only while neither thread is at work.
    void clear() {
        read_.store(0, std::memory_order_relaxed);
        written_.store(0, std::memory_order_relaxed);
    }

private:
    std::vector<float> samples_;
    std::size_t mask_;
    std::atomic<std::size_t> written_{0};
    std::atomic<std::size_t> read_{0};
};

} // namespace gesture::app
