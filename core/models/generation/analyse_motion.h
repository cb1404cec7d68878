// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/inference/results.h"
#include "core/models/generation/loaded_bundle.h"

namespace gesture::models {

/// Contacts of frames that have none, from how their feet move on an average body.
void addContacts(inference::MotionFrames& frames);

/// Looks at a finished motion: attention of every window in a pass that hides nothing, the semantic
/// score of the speech, and the motion's tokens. `motion` has contacts.
[[nodiscard]] Status analyseMotion(const LoadedBundle& bundle, const SpeechFeatures& speech,
                                   const inference::AnalyseRequest& request,
                                   const inference::MotionFrames& motion,
                                   inference::ResultSink& sink, JobControl& control);

} // namespace gesture::models
