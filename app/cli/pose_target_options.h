// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/inference/generation.h"

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace gesture::app {

/// Poses and places that an edited motion goes through, as they were typed.
struct PoseTargetArguments {
    std::vector<std::string> poses;
    std::vector<std::string> hands;
};

/// Adds --pose and --hand.
void addPoseTargetOptions(CLI::App& command, PoseTargetArguments& arguments);

struct PoseTargetLists {
    std::vector<inference::PinnedPose> pins;
    std::vector<inference::HandTarget> hands;
};

/// Reads them, and the motion files that poses come from. InvalidInput shows what was typed and
/// what may stand there; the motion files' errors.
[[nodiscard]] Result<PoseTargetLists> readPoseTargets(const PoseTargetArguments& arguments);

} // namespace gesture::app
