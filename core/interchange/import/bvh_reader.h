// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/interchange/scene.h"

#include <filesystem>
#include <string_view>

namespace gesture::interchange {

/// A motion from a BVH file.
struct BvhMotion {
    Scene scene; ///< Joints as the file has them (axes too), one animation, no mesh.
    double metresPerUnit = 0.01; ///< What one unit of the file was taken for.
};

/// Reads BVH: any number of roots, channels in any order, rotations about one to three axes in any
/// order, positions of any joint. An `End Site` becomes a joint "NAME_end". Translations become
/// metres: `metresPerUnit` 0 guesses it from the size of the skeleton (metres, centimetres,
/// millimetres, or CMU's unit). Axes are left as they are. At most 10,000 joints and
/// `Clip::kMaxFrames` frames. InvalidInput names the line; LimitExceeded; Cancelled.
[[nodiscard]] Result<BvhMotion> parseBvh(std::string_view text, double metresPerUnit,
                                         JobControl& control);

/// The same for a file of at most 1 GiB. Errors name the file.
[[nodiscard]] Result<BvhMotion> readBvhFile(const std::filesystem::path& path, double metresPerUnit,
                                            JobControl& control);

} // namespace gesture::interchange
