// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/audio/transcript.h"
#include "core/audio/waveform_pyramid.h"
#include "core/base/result.h"
#include "core/inference/analysis.h"
#include "core/io/analysis_files.h"
#include "core/io/figures/analysis_figures.h"

#include <string>

namespace gesture::analysis {

/// What an analysis does not know of its clip.
struct ClipFacts {
    std::string clip; ///< Name for titles.
    audio::Transcript transcript;
    audio::WaveformPyramid waveform; ///< May be empty.
    double semanticThreshold = 0.5;
    io::FigureProvenance provenance;
};

// From an analysis to what files and figures are made of. Views into the analysis stay in
// `filesOf`: it must outlive them.

[[nodiscard]] io::AnalysisFiles filesOf(const inference::Analysis& analysis,
                                        const ClipFacts& facts);

[[nodiscard]] io::OverviewFigure overviewOf(const inference::Analysis& analysis,
                                            const ClipFacts& facts);

/// "Hands, layer 3, mean of 4 heads", numbers from 1.
[[nodiscard]] std::string mapTitle(const inference::Analysis& analysis,
                                   const inference::MapChoice& choice);

/// Speech and motion of the same frames, those of the range that lie in the clip. NotFound as
/// `Analysis::attention`; Usage when no frame of the range lies in the clip; LimitExceeded beyond
/// 4,096 frames (a picture shows no more: take a shorter range).
[[nodiscard]] Result<io::FigureMap> mapOf(const inference::Analysis& analysis,
                                          const inference::MapChoice& choice, FrameRange range);

[[nodiscard]] Result<io::AttentionFigure> attentionFigureOf(const inference::Analysis& analysis,
                                                            const ClipFacts& facts,
                                                            const inference::MapChoice& choice,
                                                            FrameRange range);

/// An analysis of the same clip, with the name that a comparison gives it.
struct NamedAnalysis {
    std::string name;
    const inference::Analysis& analysis;
};

[[nodiscard]] Result<io::MapComparison>
mapComparisonOf(const NamedAnalysis& a, const NamedAnalysis& b, const ClipFacts& facts,
                const inference::MapChoice& choice, FrameRange range);

[[nodiscard]] io::CurveComparison curveComparisonOf(const NamedAnalysis& a, const NamedAnalysis& b,
                                                    const ClipFacts& facts);

} // namespace gesture::analysis
