// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/motion/body_model.h"
#include "core/motion/clip.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace gesture::io {

/// How an avatar looks: what the free avatar's file adds to the SMPL-X layout. All may be empty.
struct AvatarAppearance {
    std::vector<std::array<float, 2>> textureCoordinates;   ///< vt
    std::vector<std::array<std::uint32_t, 3>> textureFaces; ///< ft, one per triangle
    std::vector<std::uint8_t> partIds;                      ///< one per triangle
    std::vector<std::string> partNames;
    std::vector<std::array<std::uint8_t, 3>> partColours; ///< sRGB, one per part
    std::vector<std::array<std::uint8_t, 4>> skinTint;    ///< sRGB + alpha per vertex, on skin only
};

/// A body with its looks and names.
struct Avatar {
    std::shared_ptr<const motion::BodyModel> body;
    AvatarAppearance appearance;
    std::vector<std::string> shapeNames;      ///< Empty for SMPL-X.
    std::vector<std::string> expressionNames; ///< Non-empty means ARKit-style units 0..1.
    motion::ExpressionSpace expressionSpace = motion::ExpressionSpace::Smplx;
    std::string licence; ///< One line; for SMPL-X files: its non-free licence.
};

/// Reads any SMPL-X-layout npz: the licensed file or the free avatar. Object arrays are skipped.
/// Without `num_betas` and `num_expressions`, 400 columns of `shapedirs` are 300 + 100 and 20 are
/// 10 + 10; without `posedirs_index`, `posedirs` has all 486 columns. A missing array or a wrong
/// shape is one sentence that names it. At most 1,000,000 vertices, 4,000,000 triangles, 2,000
/// directions.
[[nodiscard]] Result<Avatar> readAvatarFile(const std::filesystem::path& path);

/// Writes the layout of the free avatar (float32, deflated), atomically. Same avatar, same bytes.
/// The names and looks that the avatar lacks are left out.
[[nodiscard]] Status writeAvatarFile(const std::filesystem::path& path, const Avatar& avatar);

} // namespace gesture::io
