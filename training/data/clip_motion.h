// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/motion/clip.h"
#include "training/data/corpus.h"

#include <array>
#include <filesystem>
#include <memory>
#include <vector>

namespace gesture::training {

/// SMPL-X's principal components of hands, which SHOW's poses are written in: (12, 45) each.
struct HandComponents {
    static constexpr std::size_t kCount = 12;
    std::vector<float> left, right;
};

/// The first 12 of `hands_componentsl` and `hands_componentsr` of an SMPL-X file. NotFound when it
/// has none (the free avatar); the reader's errors.
[[nodiscard]] Result<HandComponents> readHandComponents(const std::filesystem::path& bodyModel);

/// The motion of a clip at 30 frames a second: of a whole multiple of that rate every n-th frame is
/// taken, as in the reference. `hands` is needed for SHOW's `.pkl` alone and may be null else. The
/// reader's errors; InvalidInput for other rates.
[[nodiscard]] Result<motion::Clip> readClipMotion(const CorpusRecording& clip,
                                                  const HandComponents* hands);

/// Reads one of SHOW's pickles (a dictionary of numpy arrays: betas, jaw_pose, leye_pose,
/// reye_pose, global_orient, body_pose_axis, left_hand_pose and right_hand_pose in components,
/// expression; transl where there is one) without executing anything. NotFound, Io, LimitExceeded
/// (256 MiB); InvalidInput names file and array.
[[nodiscard]] Result<motion::Clip> readShowMotion(const std::filesystem::path& path,
                                                  const HandComponents& hands);

} // namespace gesture::training
