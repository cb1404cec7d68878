// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/console.h"
#include "core/base/result.h"

#include <filesystem>

namespace gesture::app {

/// Whether a sheet of that name can be written: .png, .mp4 or .webm. Usage.
[[nodiscard]] Status checkLexiconSheet(const std::filesystem::path& path);

/// Draws every gesture of the lexicon on the free avatar: a picture of all apexes, or a video of
/// one after the other. Errors of drawing and writing; Cancelled.
[[nodiscard]] Status drawLexiconSheet(const std::filesystem::path& path, Console& console);

} // namespace gesture::app
