// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/inference/generation.h"
#include "core/inference/results.h"

#include <string_view>

namespace gesture::analysis {

/// The name that stands for rules where a bundle's is expected: gestures without a network.
inline constexpr std::string_view kRules = "rules";

/// Answers a request by rules instead of networks (`gestures::makeRuleMotion`): no engine, no
/// bundle, in this process. Speakers are styles, from 0; the options that only networks know
/// (temperature, start pose, semantic threshold) have no effect, those of the root and smoothing
/// have. Any thread; blocks. InvalidInput for an unknown speaker or a sound that is too short; the
/// errors of readers; Cancelled.
[[nodiscard]] Result<inference::RequestSummary>
generateByRules(const inference::GenerateRequest& request, inference::ResultSink& sink,
                JobControl& control);

} // namespace gesture::analysis
