// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/transcript.h"
#include "core/io/transcript/source_text.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gesture::io {

inline constexpr std::size_t kMaxLabels = 2'000'000;               ///< Words, or phones, of a file.
inline constexpr std::size_t kMaxTextBytes = std::size_t{1} << 20; ///< Of one label or cue.
inline constexpr double kMaxSeconds = 1e7; ///< Latest time, about four months.

/// Largest overlap of neighbours that is taken for rounding: the earlier label is then shortened.
inline constexpr double kExactOverlap = 1e-6;   ///< Formats whose neighbours share their times.
inline constexpr double kRoundedOverlap = 1e-3; ///< Formats that write each time rounded.

/// Collects the labels of a file in their order and holds each against its limits and against the
/// one in front of it. Single thread; the source must outlive it.
class LabelBuilder {
public:
    /// `noun` names a label in messages: "word", "interval". `overlap` in seconds.
    LabelBuilder(const SourceText& source, std::string_view noun, double overlap)
        : source_(source)
        , noun_(noun)
        , overlap_(overlap) {}

    /// Appends a label that stands at `offset` of the source. InvalidInput or LimitExceeded name
    /// the line and the reason.
    [[nodiscard]] Status add(audio::TimedLabel label, std::size_t offset);

    /// Divides [begin, end) between the words of `text` by their letters and appends them; nothing
    /// for a text without words. Letters: every character that is no ASCII sign; at least one a
    /// word.
    [[nodiscard]] Status addDivided(std::string_view text, Seconds begin, Seconds end,
                                    std::size_t offset);

    [[nodiscard]] const std::vector<audio::TimedLabel>& labels() const { return labels_; }
    [[nodiscard]] std::vector<audio::TimedLabel> take() { return std::move(labels_); }

private:
    [[nodiscard]] Status checkAlone(const audio::TimedLabel& label, std::size_t offset) const;

    const SourceText& source_;
    std::string_view noun_;
    double overlap_;
    std::vector<audio::TimedLabel> labels_;
};

/// Letters of a word, at least 1: its weight where a stretch of time is divided between words.
[[nodiscard]] std::size_t letterCount(std::string_view word);

/// The words of a text: what stands between white space of any kind. Views into `text`.
[[nodiscard]] std::vector<std::string_view> wordsOf(std::string_view text);

/// End of the last label, 0 without one.
[[nodiscard]] Seconds lastEnd(const std::vector<audio::TimedLabel>& labels);

} // namespace gesture::io
