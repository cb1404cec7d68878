// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace gesture::app {

/// Where `gesture evaluate` finds things, as it was typed; empty: not given.
struct EvaluatePaths {
    std::vector<std::filesystem::path> motions; ///< Files and folders.
    std::filesystem::path reference;            ///< These: one file, or a folder.
    std::filesystem::path audio;
    std::filesystem::path labels;  ///< BEAT2's sem/ID.txt.
    std::filesystem::path strokes; ///< A corpus's truth/ID.json.
    std::filesystem::path ceiling;
    /// A folder of `gesture analyse`, or a folder with one for each clip.
    std::filesystem::path analysis;
};

/// A motion and what belongs to it. Paths that were not given are empty.
struct ClipFiles {
    std::string name;
    std::filesystem::path generated;
    std::filesystem::path reference;
    std::filesystem::path audio;
    std::filesystem::path labels;
    std::filesystem::path strokes;
    std::filesystem::path ceiling;
    std::filesystem::path analysis;
};

/// What a motion's file is called without extension and without the "res_" and "gt_" that the
/// papers' scripts put in front.
[[nodiscard]] std::string clipName(const std::filesystem::path& file);

/// Pairs by name; a single motion takes single files whatever they are called. Of folders in which
/// some motions begin with "res_", only those count; nothing that begins with "gt_" does. Sorted.
/// NotFound when a folder holds no motion or a partner is missing, with names; Usage when many
/// motions share one file.
[[nodiscard]] Result<std::vector<ClipFiles>> pairClips(const EvaluatePaths& paths);

} // namespace gesture::app
