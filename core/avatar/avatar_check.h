// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace gesture::avatar {

enum class Severity {
    Error,   ///< The program cannot use the file.
    Warning, ///< It can, but something will look or behave wrong.
    Info,    ///< Worth knowing.
};

struct AvatarFinding {
    Severity severity = Severity::Info;
    std::string text; ///< One sentence: what, where, and what it means.
};

/// What an avatar file holds; zero where it could not be told.
struct AvatarSummary {
    std::int64_t vertices = 0;
    std::int64_t triangles = 0;
    std::int64_t shapes = 0;
    std::int64_t expressions = 0;
    std::int64_t poseCorrectives = 0;
    std::int64_t parts = 0;
    double heightMetres = 0.0;
};

struct AvatarReport {
    AvatarSummary summary;
    std::vector<AvatarFinding> findings; ///< Errors first, then warnings, then infos.

    [[nodiscard]] bool usable() const;
};

/// Examines any SMPL-X-layout npz, the licensed file or a free one, and says all that is wrong with
/// it, not only the first: missing arrays, wrong shapes, numbers that are not finite, weights,
/// faces, parents, units and axes, materials, names. Blocks for a second or two on the licensed
/// file.
[[nodiscard]] AvatarReport checkAvatar(const std::filesystem::path& path);

} // namespace gesture::avatar
