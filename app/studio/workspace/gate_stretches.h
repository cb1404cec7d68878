// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/panels/semantic_content.h"
#include "core/project/project_state.h"

#include <vector>

namespace gesture::app {

// What decides between base and semantic motion: kept as stretches of frames, shown by tokens.

/// The stretches after `range` got a gate; Auto takes others away. In order, without overlap,
/// neighbours with the same gate are one.
[[nodiscard]] std::vector<project::GateStretch>
withGate(std::vector<project::GateStretch> stretches, FrameRange range, project::Gate gate);

/// The gate at the first frame of each token.
[[nodiscard]] std::vector<GateMode>
gatesOfTokens(const std::vector<project::GateStretch>& stretches,
              const inference::SemanticTrack& track);

} // namespace gesture::app
