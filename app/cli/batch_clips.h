// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/batch_crew.h"
#include "app/cli/batch_manifest.h"
#include "app/cli/console.h"
#include "core/audio/resample.h"

#include <filesystem>
#include <string>
#include <vector>

namespace gesture::app {

enum class BatchFormat {
    Motion, ///< .npz
    Film,   ///< The motion and an .mp4 beside it; the motion's provenance names the film.
};

enum class Overwrite { OwnFilesOnly, All };

/// A batch as it was asked for.
struct BatchJob {
    std::vector<BatchClip> clips;
    inference::GenerateRequest request; ///< Without speech.
    std::filesystem::path folder;       ///< Where results go.
    BatchFormat format = BatchFormat::Motion;
    Overwrite overwrite = Overwrite::OwnFilesOnly;
    std::string bundleHash;
    audio::SpeechPath speechPath = audio::SpeechPath::Correct;
};

/// The files of a clip, the motion first.
[[nodiscard]] std::vector<std::filesystem::path> outputsOf(const BatchJob& job,
                                                           const BatchClip& clip);

/// Makes a clip's motion, unless all its files are there and answer the same request. The errors of
/// sounds, transcripts and the engine; Usage when a file is in the way that no `generate` or
/// `batch` made, or that was changed since. Any thread.
[[nodiscard]] Result<ClipOutcome> makeClip(const BatchJob& job, const BatchClip& clip,
                                           inference::EngineService& engine, JobControl& control);

/// Writes the files of a clip that was made. The console's thread.
[[nodiscard]] Status writeClip(const BatchJob& job, const BatchClip& clip,
                               const ClipOutcome& outcome, Console& console);

} // namespace gesture::app
