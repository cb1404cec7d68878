// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/time.h"
#include "core/io/figures/colour_map.h"
#include "core/io/figures/figure.h"
#include "core/motion/skeleton.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gesture::io {

// What is shown of a clip in print: on white, letters of 5.5 to 8.5 points, times in seconds. Time
// is drawn as half-open stretches: frame i fills i / rate to (i + 1) / rate.

/// A word under the axis. Words without letters are left out.
struct FigureWord {
    std::string text;
    Seconds begin;
    Seconds end;
};

/// The small line at the bottom: where the values come from. Empty fields are left out.
struct FigureProvenance {
    std::string program; ///< "Gesture Studio 0.1.0"
    std::string bundle;
    std::string bundleHash; ///< The first 12 digits are shown.
    std::string audioHash;
    std::optional<std::uint64_t> seed;
    std::string remark; ///< "second, unmasked pass over the finished motion"
};

/// A stretch of seconds.
struct FigureRange {
    Seconds begin;
    Seconds end;
};

/// Weights of speech frames (rows) on motion frames (columns).
struct FigureMap {
    FrameRate rate{30, 1};
    FrameIndex speechBegin;
    int speechFrames = 0;
    FrameIndex motionBegin;
    int motionFrames = 0;
    std::vector<float> weights; ///< (speech, motion), NaN: not looked at, left white.
};

struct AttentionFigure {
    std::string clip; ///< Name of the clip.
    std::string map;  ///< "Upper body, layer 3, head 2"
    FigureMap values;
    std::vector<FigureWord> words;
    FigureProvenance provenance;
    double widthMillimetres = 120.0;
    ColourMap colours = ColourMap::Inferno;
    std::optional<double> largest; ///< Upper end of the scale; absent: of the map itself.
};

/// Heat map with the time of speech to the right and the time of motion upwards, words under the
/// speech, a dotted line where both are the same, and a colour bar. `values.weights` must have the
/// size that its frames say, at least one each way.
[[nodiscard]] Figure drawAttention(const AttentionFigure& input);

struct MapComparison {
    std::string clip;
    std::string map;
    std::string nameA;
    std::string nameB;
    FigureMap a;
    FigureMap b; ///< The same frames as `a`.
    std::vector<FigureWord> words;
    FigureProvenance provenance;
    double widthMillimetres = 180.0;
    ColourMap colours = ColourMap::Inferno;
};

/// Two maps on one scale and their difference A − B, white where they agree.
[[nodiscard]] Figure drawMapComparison(const MapComparison& input);

/// Importance of a part over the clip.
struct FigureCurve {
    motion::BodyPart part = motion::BodyPart::Upper;
    std::vector<float> values; ///< (frames) 1 = average, NaN: unknown.
};

/// The semantic score; no scores: the lanes are left out.
struct FigureSemantic {
    int framesPerToken = 4;
    double threshold = 0.5;
    std::vector<float> score;         ///< (tokens) 0..1, NaN: unknown.
    std::vector<std::uint8_t> chosen; ///< (tokens) 1 semantic, 0 base, else unknown; may be empty.
};

/// Lowest and highest sample of equal stretches of sound; no columns: the lane is left out.
struct FigureWaveform {
    double columnsPerSecond = 0.0;
    std::vector<float> lowest;  ///< -1..1
    std::vector<float> highest; ///< As many.
};

struct OverviewFigure {
    std::string clip;
    FrameRate rate{30, 1};
    std::int64_t frames = 0;
    FigureWaveform waveform;
    std::vector<FigureCurve> importance; ///< Of each part; none: the lanes are left out.
    std::vector<float> fused;            ///< (frames), or empty.
    FigureSemantic semantic;
    std::vector<FigureWord> words;
    FigureProvenance provenance;
    double widthMillimetres = 180.0;
    ColourMap colours = ColourMap::Inferno;
};

/// Sound, importance as strips and curves, semantic score in its steps of 7.5 Hz, where base and
/// semantic motion were taken, and words, over a stretch of the clip.
[[nodiscard]] Figure drawOverview(const OverviewFigure& input, const FigureRange& range);

struct CurveComparison {
    std::string nameA;
    std::string nameB;
    OverviewFigure a; ///< Clip, words, waveform, provenance and size are taken from here.
    OverviewFigure b; ///< The same number of frames.
};

/// Importance of each part in both, with a strip of the difference A − B under it; scores of both.
[[nodiscard]] Figure drawCurveComparison(const CurveComparison& input, const FigureRange& range);

/// Equal stretches, as few as are no longer than `longest`, that cover the clip. At least one.
[[nodiscard]] std::vector<FigureRange> pagesOf(Seconds duration, Seconds longest);

/// "Upper body".
[[nodiscard]] std::string partTitle(motion::BodyPart part);

} // namespace gesture::io
