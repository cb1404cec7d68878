// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/avatar/geometry64.h"
#include "core/avatar/obj_mesh.h"
#include "core/avatar/rig.h"
#include "core/avatar/source_archive.h"
#include "core/base/job.h"
#include "core/base/result.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gesture::avatar {

/// Everything that the free avatar is made of, read and checked. Value type.
struct FreeAvatarSources {
    ObjMesh mesh;
    Rig rig;
    /// Body targets by path below `mpfb2/targets/` without ".target.gz"; decimetres.
    std::map<std::string, Points64, std::less<>> targets;
    std::vector<Points64> faceUnits; ///< In the order of faceUnitNames(); decimetres.

    [[nodiscard]] const Points64& target(std::string_view name) const;
};

/// Reads the CC0 files and refuses any whose SHA-256 is not the known one. InvalidInput, NotFound,
/// Io, or Cancelled.
[[nodiscard]] Result<FreeAvatarSources> readFreeAvatarSources(const SourceArchive& archive,
                                                              JobControl& control);

} // namespace gesture::avatar
