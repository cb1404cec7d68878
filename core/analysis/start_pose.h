// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/inference/generation.h"
#include "core/io/bundle/bundle.h"

#include <filesystem>

namespace gesture::analysis {

/// Does a bundle have a pose of its own that motion begins with?
enum class OwnStartPose { No, Yes };
[[nodiscard]] OwnStartPose ownStartPose(const io::Bundle& bundle);

/// The pose that motion begins with: the first frames of a motion file; without a name nothing
/// where the bundle has its own, else those of the demo. The motion file's errors.
[[nodiscard]] Result<inference::MotionFrames> readStartPose(const std::filesystem::path& motion,
                                                            OwnStartPose own);

} // namespace gesture::analysis
