// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/engine_options.h"
#include "core/base/result.h"
#include "core/inference/generation.h"

#include <string>

namespace CLI {
class App;
}

namespace gesture::app {

/// How motion is to be made, as it was typed: what commands that generate have in common.
struct GenerationArguments {
    EngineArguments engine;
    std::string startPose; ///< Motion file; empty: the bundle's own, else the demo's.
    MotionArguments making;
    bool reference = false;
};

/// Adds --speaker, --seed, --temperature, --top-p, --start-pose, --root, --smooth,
/// --semantic-threshold and --reference.
void addGenerationOptions(CLI::App& command, GenerationArguments& arguments);

/// The request that the arguments describe, all but its speech. The errors of bundles and motion
/// files.
[[nodiscard]] Result<inference::GenerateRequest>
requestWithoutSpeech(const GenerationArguments& arguments);

} // namespace gesture::app
