// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/studio/timeline/timeline_content.h"
#include "core/inference/analysis.h"

#include <memory>

namespace gesture::app {

/// The curves of an analysis, made once: as long as the analysis is the same, so is the result.
/// GUI thread.
class ImportanceCache {
public:
    /// Null without an analysis or without windows.
    [[nodiscard]] std::shared_ptr<const ImportanceCurves>
    curvesOf(const std::shared_ptr<const inference::Analysis>& analysis);

private:
    std::shared_ptr<const inference::Analysis> from_;
    std::shared_ptr<const ImportanceCurves> curves_;
};

} // namespace gesture::app
