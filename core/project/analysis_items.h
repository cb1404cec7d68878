// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/inference/results.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace gesture::project {

// The items that an analysis is stored as. Part of analysis_blob.

enum class ItemTag : std::uint8_t { Head = 1, Window = 2, Semantic = 3, Tokens = 4, Note = 5 };

/// Numbers of layers, and heads, lie below it.
inline constexpr std::int64_t kMaxAxis = 64;
inline constexpr std::size_t kMaxItemBytes = std::size_t{64} << 20;

struct AnalysisHead {
    std::int64_t frames = 0;
    std::vector<std::int64_t> layers; ///< Numbers of those that were kept; -1: the mean.
    std::vector<std::int64_t> heads;
};

/// With tag and length in front. For AnalysisHead, AttentionWindow, SemanticChunk, TokenChunk,
/// Note.
template <typename T>
[[nodiscard]] Result<std::vector<std::byte>> encodeItem(ItemTag tag, const T& value);
/// InvalidInput when the payload's JSON and arrays do not fit to each other.
template <typename T>
[[nodiscard]] Status decodeItem(std::span<const std::byte> payload, T& value);

/// Finds the items in a stream of bytes that comes in pieces. One thread.
class ItemSplitter {
public:
    using Visitor = std::function<Status(ItemTag, std::span<const std::byte> payload)>;

    /// InvalidInput when an item is longer than kMaxItemBytes; the visitor's error.
    [[nodiscard]] Status take(std::span<const std::byte> bytes, const Visitor& visitor);
    /// No item was begun and not ended.
    [[nodiscard]] bool complete() const { return buffer_.empty(); }

private:
    std::vector<std::byte> buffer_;
};

} // namespace gesture::project
