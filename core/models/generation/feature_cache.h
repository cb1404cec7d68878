// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/layers/tensor.h"

#include <cstdint>
#include <optional>
#include <string>

namespace gesture::models {

/// What a speech encoder said of a recording.
struct CachedStreams {
    at::Tensor high; ///< (frames, channels)
    at::Tensor low;  ///< The same, or undefined.
};

/// Streams are kept in userCacheDirectory()/speech, one file a key, at most so many bytes together;
/// those that were not used for longest go first.
inline constexpr std::uint64_t kMaxFeatureCacheBytes = std::uint64_t{2} << 30;

/// What was kept under a key (hexadecimal digits), on the CPU as float32. Nothing when there is
/// none or the file is damaged. Any process.
[[nodiscard]] std::optional<CachedStreams> readCachedStreams(const std::string& key);

/// Keeps streams; a cache that cannot be written is no failure.
void keepStreams(const std::string& key, const CachedStreams& streams);

} // namespace gesture::models
