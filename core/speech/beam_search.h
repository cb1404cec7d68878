// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/speech/alignment_graph.h"
#include "core/speech/cepstra.h"

#include <cstdint>
#include <vector>

namespace gesture::speech {

/// Frames [begin, end) of the sound that a unit of the graph explains.
struct UnitSegment {
    std::int32_t unit = 0;
    std::int64_t begin = 0;
    std::int64_t end = 0;
};

/// The likeliest way of a sound through a graph.
struct Alignment {
    std::vector<UnitSegment> segments; ///< In order, without gaps.
    std::vector<float> bestPhone; ///< Per frame: log likelihood of the phone that fits it best.
    bool complete = false;        ///< Whether the last word was reached (or passed over).
};

/// A stretch of frames and how widely it is searched.
struct BeamSearchOptions {
    std::int64_t begin = 0;
    std::int64_t end = 0;
    float beam = 300.0F; ///< Ways that are this many nats worse than the best are given up.
    AlignmentCosts costs;
};

/// Viterbi search, frame-synchronous, with beam. Time and memory grow with the frames, not with
/// frames times words: only ways within the beam are kept, and of their past only what they share
/// or still need. Reports a stage of the control. Cancelled.
[[nodiscard]] Result<Alignment> searchAlignment(const AcousticModel& model,
                                                const AlignmentGraph& graph, const Cepstra& cepstra,
                                                const BeamSearchOptions& options,
                                                JobControl& control);

} // namespace gesture::speech
