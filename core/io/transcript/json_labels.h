// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/transcript/label_builder.h"
#include "core/io/transcript/source_text.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace gesture::io {

/// A word or a segment as a JSON file gives it: any part may be missing.
struct JsonLabel {
    std::string text;
    std::optional<double> begin; ///< Seconds
    std::optional<double> end;
    std::optional<double> confidence;
    std::size_t offset = 0; ///< Where it stands in the source.
};

/// A stretch of speech, with its words where the recogniser says them.
struct JsonSegment {
    JsonLabel whole;
    std::vector<JsonLabel> words;
};

/// Appends a label that must have its times.
[[nodiscard]] Status addJsonLabel(const SourceText& source, JsonLabel label, LabelBuilder& builder);

/// Appends a segment's words. Words without times, or without length, share the time between their
/// neighbours (at the ends: the segment's) by letters; where that leaves less than 20 ms a word,
/// the next word, or else the one in front, shares its time with them. A segment without words is
/// divided as a subtitle is.
[[nodiscard]] Status addJsonSegment(const SourceText& source, JsonSegment segment,
                                    LabelBuilder& builder);

} // namespace gesture::io
