// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/inference/results.h"
#include "core/inference/window_plan.h"
#include "core/models/generation/loaded_bundle.h"

namespace gesture::models {

/// How a bundle's windows lie.
[[nodiscard]] inference::WindowSizes windowSizesOf(const LoadedBundle& bundle);

/// The speaker that a request means. InvalidInput when the bundle has no such one.
[[nodiscard]] Result<std::int64_t> speakerOf(const LoadedBundle& bundle, int wanted);

/// Makes the motion for a speech window by window, and hands every piece to the sink at once.
/// Returns the whole. Cancelled within a window.
[[nodiscard]] Result<inference::MotionFrames>
generateMotion(const LoadedBundle& bundle, const SpeechFeatures& speech,
               const inference::GenerateRequest& request, inference::ResultSink& sink,
               JobControl& control);

} // namespace gesture::models
