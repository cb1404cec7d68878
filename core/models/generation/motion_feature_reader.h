// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/inference/generation.h"
#include "core/inference/results.h"
#include "core/models/bundle/weight_source.h"
#include "core/models/networks/motion_features.h"

#include <filesystem>
#include <memory>
#include <string>

namespace gesture::models {

/// Features of motions by a bundle's network `motion_features`, which it keeps. Loads nothing else
/// of the bundle. One thread.
class MotionFeatureReader {
public:
    /// Makes the bundle's network ready; nothing is done when it is so. NotFound when the bundle
    /// has none, and the errors of openBundle and loadNetwork.
    [[nodiscard]] Status load(const std::filesystem::path& bundle, Placement placement);

    /// (frames / 16, 240) of the motion's first whole multiple of 32 frames. `load` has succeeded.
    /// InvalidInput below 32 frames; Cancelled.
    [[nodiscard]] Result<inference::MotionFeatureRows> read(const inference::MotionFrames& motion,
                                                            JobControl& control) const;

    [[nodiscard]] const std::string& bundleHash() const { return hash_; }

private:
    std::filesystem::path folder_;
    std::string hash_;
    Placement placement_;
    std::unique_ptr<const MotionFeatures> network_;
};

} // namespace gesture::models
