// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/metrics/evaluation.h"

namespace gesture::metrics {

// The parts of Evaluation::add. Each writes its measures or the reasons why there are none; only
// Cancelled comes back as an error.

/// A clip as it is measured: both motions cut to the same length, in paper mode with the rounding
/// of 6-D rotations.
struct PreparedClip {
    const EvaluatedClip& given;
    const EvaluationSettings& settings;
    motion::Clip generated;
    motion::Clip reference;
    std::shared_ptr<const motion::ShapedBody> body; ///< Null: the average adult.
    std::int64_t frames = 0;
};

[[nodiscard]] Result<PreparedClip> prepare(const EvaluatedClip& clip,
                                           const EvaluationSettings& settings);

/// DIV and BC.
[[nodiscard]] Status measureBeats(const PreparedClip& clip, ClipMeasures& out, JobControl& control);
/// MSE and LVD.
[[nodiscard]] Status measureFace(const PreparedClip& clip, ClipMeasures& out, JobControl& control);
/// Hand speed, strokes, jitter, foot slide.
[[nodiscard]] Status measureBody(const PreparedClip& clip, ClipMeasures& out, JobControl& control);
/// Jaw and mouth.
void measureLips(const PreparedClip& clip, ClipMeasures& out);
/// Semantic score and attention against what is known.
void measureUnderstanding(const PreparedClip& clip, ClipMeasures& out);

} // namespace gesture::metrics
