// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/evaluate_clips.h"
#include "core/audio/sound.h"
#include "core/base/job.h"
#include "core/base/result.h"
#include "core/metrics/metric_mode.h"
#include "core/motion/body_model.h"
#include "core/motion/clip.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gesture::app {

/// The body whose joints and faces are compared.
struct EvaluationBody {
    std::shared_ptr<const motion::BodyModel> body; ///< Null: none is at hand.
    bool smplx = false;                            ///< SMPL-X's own, with its 10,475 vertices.
};

/// `path`, or the first SMPL-X body among the user's avatars when it is empty.
[[nodiscard]] Result<EvaluationBody> evaluationBody(const std::filesystem::path& path);

/// Mean joint speeds (55) in metres a second from an .npy file (mean_vel_smplxflame_30.npy).
/// InvalidInput when they are not 55 positive numbers.
[[nodiscard]] Result<std::vector<float>> readMeanSpeeds(const std::filesystem::path& path);

/// Everything of a clip that lies in files. Value type.
struct LoadedClip {
    motion::Clip generated;
    motion::Clip reference;
    std::optional<motion::Clip> ceiling;
    std::optional<audio::Sound> speech;
    std::vector<float> semanticScores;       ///< (tokens)
    std::vector<std::uint8_t> semanticTruth; ///< (tokens)
    std::vector<float> importance;           ///< (frames)
    std::vector<std::uint8_t> strokes;       ///< (frames)
};

/// Reads them; sound by the way that `mode` wants. The readers' errors; Cancelled.
[[nodiscard]] Result<LoadedClip> loadClip(const ClipFiles& files, metrics::MetricMode mode,
                                          JobControl& control);

} // namespace gesture::app
