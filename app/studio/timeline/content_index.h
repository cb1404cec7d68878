// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/timeline/timeline_content.h"

#include <span>

namespace gesture::app {

/// Highest values of a curve over stretches of any length, in time that does not depend on it.
/// Keeps a view of the curve, which must live as long. NaN stands for no value.
class CurveMips {
public:
    CurveMips() = default;
    explicit CurveMips(std::span<const float> curve);

    [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(curve_.size()); }
    [[nodiscard]] bool empty() const { return curve_.empty(); }
    /// NaN outside of the curve.
    [[nodiscard]] float at(std::int64_t index) const;
    /// NaN when the stretch [begin, end) has no value.
    [[nodiscard]] float highest(std::int64_t begin, std::int64_t end) const;

private:
    static constexpr std::int64_t kFactor = 8;
    [[nodiscard]] std::span<const float> level(std::size_t number) const {
        return number == 0 ? curve_ : std::span<const float>(levels_[number - 1]);
    }

    std::span<const float> curve_;
    std::vector<std::vector<float>> levels_; ///< Each value: the highest of eight below.
};

/// Curves of one lane: of three parts, and one that stands for all.
struct CurveSet {
    CurveMips upper;
    CurveMips hands;
    CurveMips lower;
    CurveMips all;
    float most = 1;    ///< Of all curves: the top of the lane.
    float mostAll = 1; ///< Of `all`: the brightest colour.
};

/// What painting and hit tests need of a content, found once. References the content's curves.
struct ContentIndex {
    CurveMips score; ///< A value a token.
    CurveSet importance;
    CurveSet difference;                                 ///< Centimetres.
    inference::PerPart<std::vector<FrameRange>> runs;    ///< Masked stretches.
    inference::PerPart<std::vector<FrameRange>> cells;   ///< What will really change.
    inference::PerPart<std::vector<FrameRange>> preview; ///< Dashed outlines.
    inference::PerPart<std::int64_t> maskedFrames;

    void readCurves(const TimelineContent& content);
    void readMask(const inference::EditMask& mask, int framesPerToken);
    void readPreview(const std::optional<inference::EditMask>& mask);
};

/// The first of the ordered, separate ranges that ends after `frame`.
[[nodiscard]] std::size_t firstRangeAfter(std::span<const FrameRange> ranges, FrameIndex frame);

/// The first word that ends after `time`; words are ordered.
[[nodiscard]] std::size_t firstWordAfter(const audio::Transcript& transcript, Seconds time);
/// The word that is said at `time`, pauses left out.
[[nodiscard]] std::optional<std::size_t> wordAt(const TimelineContent& content, Seconds time);
/// Frames that a word touches most: its times rounded, at least one frame.
[[nodiscard]] FrameRange framesOf(const audio::TimedLabel& word, FrameRate rate);

} // namespace gesture::app
