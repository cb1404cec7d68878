// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/console.h"
#include "core/base/result.h"
#include "core/inference/generation.h"
#include "core/inference/results.h"
#include "core/io/bundle/bundle.h"
#include "core/motion/clip.h"

#include <filesystem>
#include <string>

namespace gesture::app {

/// Motion that a command made, on its way to a file.
struct MotionOutput {
    const inference::MotionFrames& frames; ///< At 30 fps.
    std::string provenance;                ///< One line of JSON.
    std::filesystem::path audio;           ///< For films; empty: no sound.
    /// The motion that was edited, whose shape of body and face is kept; null: none.
    const motion::Clip* like = nullptr;
};

/// Whether a file of this name can be written: .npz, .mp4, .webm. Usage.
[[nodiscard]] Status checkMotionOutput(const std::filesystem::path& path);

/// Writes motion to the format that the name's end says.
[[nodiscard]] Status writeMotionOutput(const MotionOutput& motion,
                                       const std::filesystem::path& path, Console& console);

/// Frames of a clip as the engine takes them, at 30 fps. InvalidInput at other rates.
[[nodiscard]] Result<inference::MotionFrames> motionFrames(const motion::Clip& clip);
/// The first `count` frames; the last one is repeated where there are fewer.
[[nodiscard]] inference::MotionFrames seedFrames(const motion::Clip& clip, int count);

/// The start pose in a motion file; without a name nothing where the bundle has one of its own,
/// else the demo's.
[[nodiscard]] Result<inference::MotionFrames> startPoseFor(const io::Bundle& bundle,
                                                           const std::filesystem::path& name);

/// How a motion came to be, as one line of JSON: program, bundle, sound, words, options, device.
[[nodiscard]] std::string provenanceOf(const inference::GenerateRequest& request,
                                       const inference::RequestSummary& summary);
/// The same for an edit; `mask` as it was typed.
[[nodiscard]] std::string provenanceOf(const inference::EditRequest& request,
                                       const inference::RequestSummary& summary,
                                       const std::string& mask);

/// SHA-256 of what a request starts from, as its provenance has them.
struct SourceHashes {
    std::string bundle;
    std::string speech;
};

/// Whether a motion with this provenance is one that this program makes.
[[nodiscard]] bool isGenerated(const std::string& provenance);
/// Whether a motion with this provenance is what the request asks for. Where it was computed, and
/// how files are called, does not count.
[[nodiscard]] bool answersRequest(const std::string& provenance,
                                  const inference::GenerateRequest& request,
                                  const SourceHashes& hashes);

} // namespace gesture::app
