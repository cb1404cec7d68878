// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/analysis/figure_inputs.h"
#include "core/base/result.h"
#include "core/inference/analysis.h"

#include <filesystem>
#include <string>
#include <vector>

namespace gesture {
class JobControl;
}

namespace gesture::analysis {

/// Which figures are drawn and how.
struct OutputOptions {
    Seconds overviewPage{20.0};  ///< Longest stretch of an overview.
    Seconds attentionPage{10.0}; ///< Of a map.
    int maxPages = 60;           ///< Of each figure; longer clips get longer stretches.
    double pixelsPerInch = 300.0;
    io::ColourMap colours = io::ColourMap::Inferno;
    /// Maps that are drawn beside the overview; empty: the mean map of each part.
    std::vector<inference::MapChoice> maps;
};

/// Writes all that `gesture analyse` leaves behind: arrays and tables (see `writeAnalysisFiles`),
/// overview.pdf/.svg/.png and attention-<part>[-layer-N][-head-N].pdf/.svg/.png, numbered where
/// there are several pages. Returns the files' names. Blocks. Cancelled; Io, NotFound and
/// LimitExceeded as below; nothing is left half-written.
[[nodiscard]] Result<std::vector<std::string>> writeAnalysis(const inference::Analysis& analysis,
                                                             const ClipFacts& facts,
                                                             const std::filesystem::path& folder,
                                                             const OutputOptions& options,
                                                             JobControl& control);

} // namespace gesture::analysis
