// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/io/bundle/bundle.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gesture::io {

struct ReleasedFiles {
    /// Checkpoints (.bin, .pt, .pth, .safetensors), a vocabulary (vocab.pkl), a tokeniser's merges
    /// (*.txt), a motion whose first frames seed windows (*.npz). A folder stands for the files in
    /// it and below it.
    std::vector<std::filesystem::path> paths;
    std::string name;                         ///< Of the bundle; empty: the architecture's.
    std::optional<Architecture> architecture; ///< Needed when the files make more than one.
    std::string licence;                      ///< As the user knows it; may be empty.
    std::string source;
};

/// What became of each file.
struct ConvertedBundle {
    struct File {
        std::filesystem::path source;
        std::string role; ///< Empty: not taken.
        std::string note; ///< Why not; or what it is, in words.
    };
    Bundle bundle;
    std::vector<File> files;
};

/// Makes a bundle from the files that the authors released. What a file is, its contents say (see
/// identifyWeights); third-party containers are read by the sandboxed converter alone. The bundle
/// is built beside `folder` and takes its name when it is whole; `folder` must not exist yet. Fails
/// with the list of what is missing when the files do not make one of the three systems. Blocks.
[[nodiscard]] Result<ConvertedBundle> convertReleased(const ReleasedFiles& files,
                                                      const std::filesystem::path& folder,
                                                      JobControl& control);

} // namespace gesture::io
