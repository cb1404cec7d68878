// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/console.h"
#include "core/base/result.h"
#include "core/inference/generation.h"
#include "core/metrics/evaluation.h"

#include <filesystem>
#include <string>
#include <vector>

namespace gesture::app {

/// What `gesture benchmark ablation` compares.
struct AblationSettings {
    std::filesystem::path corpus;     ///< One that `gesture corpus make` made.
    std::vector<std::string> bundles; ///< Folders or names.
    std::vector<std::string> splits{"val", "test-voice"};
    int clips = 8; ///< Of each split, spread evenly over it.
    inference::ComputeOptions compute;
    std::filesystem::path output; ///< Folder for every motion that is made; empty: none is kept.
};

/// One way of making motion, over all clips of a split.
struct AblationRow {
    std::string split;
    std::string name;
    int clips = 0;
    double seconds = 0; ///< That making took, of all clips together.
    metrics::ClipMeasures total;
};

/// Makes motion for held-out speech by networks (with the corpus's words and without), by rules
/// from the sound alone, as a mean pose and as another recording of the same speaker, and measures
/// all of them against the truth without idle motion. A speaker whose voice is held out has a style
/// that networks never saw, so they are asked for speaker 4 (or their last) there. The errors of
/// corpus, bundles and engine; Cancelled.
[[nodiscard]] Result<std::vector<AblationRow>> runAblation(const AblationSettings& settings,
                                                           Console& console);

/// A table for people, a part for each split.
[[nodiscard]] std::string ablationTable(const std::vector<AblationRow>& rows);
/// A line for each row: split, name, clips, seconds, then all metrics by their keys.
[[nodiscard]] std::string ablationCsv(const std::vector<AblationRow>& rows);

} // namespace gesture::app
