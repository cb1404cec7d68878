// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/interchange/export_plan.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace gesture::app {

/// A rate that can be chosen; nothing: the motion's own.
struct ExportRate {
    std::optional<FrameRate> rate;
    QString words;
};
[[nodiscard]] const std::vector<ExportRate>& exportRates();
/// Its row; the first for a rate that is not offered.
[[nodiscard]] int rowOf(const std::optional<FrameRate>& rate);

/// What stands in the list: programs, then the formats that none of them stands for.
[[nodiscard]] const std::vector<interchange::TargetProgram>& exportPresets();

/// In the order of the enumerations.
[[nodiscard]] QStringList namingWords();
[[nodiscard]] QStringList rootWords();

/// What the request would write, a line a file; or why it cannot be.
[[nodiscard]] QString planWords(const motion::Clip& clip, const io::Avatar& avatar,
                                const interchange::ExportRequest& request);
/// "Writing walk.fbx · 3 s left"
[[nodiscard]] QString progressWords(const Progress& progress);

} // namespace gesture::app
