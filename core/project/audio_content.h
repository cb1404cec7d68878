// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/project/project.h"

#include <filesystem>

namespace gesture::project {

/// A sound file as a project refers to it: its hash, length and rate. The errors of
/// audio::AudioReader.
[[nodiscard]] Result<AudioReference> referTo(const std::filesystem::path& path);

/// Puts the sound into the project's file, as a command ("Collect audio"). NotFound, InvalidInput
/// when the file is no longer the one that the project refers to; Cancelled; Io.
[[nodiscard]] Status collectAudio(Project& project, JobControl& control);

/// Refers to a file that was moved. InvalidInput when it is another sound: its content decides.
[[nodiscard]] Status relinkAudio(Project& project, const std::filesystem::path& path);

/// The sound as a file: where the project refers to, beside the project, or, when it lies in the
/// project, written below `cache` (named by its hash, once). NotFound says what was looked for;
/// Usage when the project has no sound.
[[nodiscard]] Result<std::filesystem::path> audioFile(Project& project,
                                                      const std::filesystem::path& cache);

} // namespace gesture::project
