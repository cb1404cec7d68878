// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inference/engine_protocol.h"

namespace gesture::inference {

/// A motion whose values are all different.
[[nodiscard]] MotionFrames exampleMotion(std::int64_t frames, bool contacts = true);

[[nodiscard]] GenerateRequest exampleGenerate(int words = 3);
[[nodiscard]] AnalyseRequest exampleAnalyse(std::int64_t frames);
[[nodiscard]] FeaturesRequest exampleFeatures(std::int64_t frames);
[[nodiscard]] EditRequest exampleEdit(std::int64_t frames);

/// One message of each kind with every field away from its default; lists and arrays have `size`
/// items or frames.
[[nodiscard]] std::vector<ClientMessage> exampleClientMessages(int size);
[[nodiscard]] std::vector<EngineMessage> exampleEngineMessages(int size);

} // namespace gesture::inference
