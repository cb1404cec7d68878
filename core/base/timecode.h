// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/time.h"

#include <string>
#include <string_view>

namespace gesture {

/// "mm:ss:ff" (minutes may have more digits), as the transport bar shows it.
[[nodiscard]] std::string formatTimecode(FrameIndex frame, FrameRate rate);

/// Reads a position as people type it: frames "786f" or "f786", seconds "26.2" or "26.2s",
/// "mm:ss", "mm:ss.fraction" or "mm:ss:ff". InvalidInput with the accepted forms otherwise.
/// The result may lie outside of the clip.
[[nodiscard]] Result<FrameIndex> parsePosition(std::string_view text, FrameRate rate);

/// Reads "A-B" with positions as above, half-open; B must come after A.
[[nodiscard]] Result<FrameRange> parseRange(std::string_view text, FrameRate rate);

} // namespace gesture
