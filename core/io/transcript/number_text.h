// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/transcript/source_text.h"

#include <optional>
#include <string>
#include <string_view>

namespace gesture::io {

/// A finite decimal number with a point, whatever the locale; nothing if the text is not wholly
/// one.
[[nodiscard]] std::optional<double> parseNumber(std::string_view text);

/// A time in seconds at `offset` of the source. InvalidInput says what to write instead: for
/// decimal commas, numbers that are not finite or too large for a time, and other text.
[[nodiscard]] Result<double> parseSeconds(const SourceText& source, std::string_view text,
                                          std::size_t offset);

/// A confidence: 0..1, values up to 0.001 outside are clamped.
[[nodiscard]] Result<float> parseConfidence(const SourceText& source, double value,
                                            std::size_t offset);

/// Shortest decimal text that reads back as the same number.
[[nodiscard]] std::string numberText(double value);
[[nodiscard]] std::string numberText(float value);

} // namespace gesture::io
