// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/io/weights/convert_report.h"

#include <chrono>
#include <filesystem>

namespace gesture::io {

/// How the converter is run.
struct ConvertOptions {
    std::chrono::milliseconds timeLimit{0}; ///< 0: a minute, and a second for each 10 MB.
    std::filesystem::path program;          ///< Empty: gesture-convert beside the running program.
};

/// Converts a third-party weight file (torch.save, see TorchFile) to safetensors. The file is read
/// by gesture-convert, a child process that can do nothing but read it and write the result; what
/// it wrote is read again by the strict reader and only then takes `target`'s name, whole or not at
/// all. Blocks; asks `control` every 50 ms. The message of a failure is one that names the file:
/// the child's own, Unavailable when it cannot run or takes too long, Cancelled, Io.
[[nodiscard]] Result<ConvertReport> convertWeights(const std::filesystem::path& source,
                                                   const std::filesystem::path& target,
                                                   const ConvertOptions& options = {},
                                                   const JobControl& control = {});

/// Says what such a file holds, in the same way, without writing anything.
[[nodiscard]] Result<ConvertReport> inspectWeights(const std::filesystem::path& source,
                                                   const ConvertOptions& options = {},
                                                   const JobControl& control = {});

/// Converts a pickled vocabulary (see readPickledVocabulary) to a JSON table of words, in the same
/// way.
[[nodiscard]] Result<ConvertReport> convertVocabulary(const std::filesystem::path& source,
                                                      const std::filesystem::path& target,
                                                      const ConvertOptions& options = {},
                                                      const JobControl& control = {});

} // namespace gesture::io
