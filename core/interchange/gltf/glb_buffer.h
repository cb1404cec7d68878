// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/atomic_file.h"
#include "core/base/job.h"
#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace gesture::interchange {

/// Bytes of one piece of a binary buffer, filled front to back. Little-endian, as all machines
/// that the program runs on.
class GlbBytes {
public:
    template <typename T>
    void add(T value) {
        const std::size_t at = bytes_.size();
        bytes_.resize(at + sizeof(T));
        std::memcpy(&bytes_[at], &value, sizeof(T));
    }
    void addAll(std::span<const std::byte> bytes) {
        bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    }
    void clear() { bytes_.clear(); }
    [[nodiscard]] std::vector<std::byte>& bytes() { return bytes_; }

private:
    std::vector<std::byte> bytes_;
};

/// The binary chunk of a .glb file before it is written: sizes are known, contents are made one
/// piece at a time while writing. Single thread.
class GlbBuffer {
public:
    using Fill = std::function<void(GlbBytes&)>;
    /// What a view is used for; glTF's numbers.
    enum class Target { None = 0, Vertices = 34962, Indices = 34963 };
    struct View {
        std::uint64_t offset = 0;
        std::uint64_t bytes = 0;
        Target target = Target::None;
    };

    /// Adds a view of exactly `bytes` bytes, which begins at a multiple of four; returns its index.
    [[nodiscard]] int add(std::uint64_t bytes, Target target, Fill fill);

    [[nodiscard]] const std::vector<View>& views() const { return views_; }
    [[nodiscard]] std::uint64_t size() const { return size_; }

    /// Writes the whole file: header, `json`, the pieces. LimitExceeded past 4 GiB, Io, Cancelled.
    [[nodiscard]] Status write(AtomicFile& file, std::string json, JobControl& control) const;

private:
    std::vector<View> views_;
    std::vector<Fill> fills_;
    std::uint64_t size_ = 0;
};

} // namespace gesture::interchange
