// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/inference/results.h"
#include "core/models/generation/loaded_bundle.h"

namespace gesture::models {

/// Makes the masked frames of a motion anew and composes them with what is kept (see planEdit,
/// finishEdit). The networks see whole tokens as masked, the result changes only where the mask is.
/// Hands the tokens, the remarks and each changed stretch to the sink. `request.motion` has
/// contacts. InvalidInput when the mask does not fit the motion; Cancelled within a window.
[[nodiscard]] Status editMotion(const LoadedBundle& bundle, const SpeechFeatures& speech,
                                const inference::EditRequest& request, inference::ResultSink& sink,
                                JobControl& control);

} // namespace gesture::models
