// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/io/figures/figure.h"

#include <filesystem>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace gesture::io {

/// A file's name and what it is to hold.
using NamedContent = std::pair<std::string, std::string>;

/// The files of a figure of one or more pages: `base.pdf` with all of them, `base.svg` and
/// `base.png` of a single page, else `base-01.svg`, `base-02.svg`, … LimitExceeded when a PNG would
/// be too large.
[[nodiscard]] Result<std::vector<NamedContent>>
figureFiles(const std::string& base, std::span<const Figure> pages, double pixelsPerInch = 300.0);

/// Writes one figure, atomically, in the format of the extension: .svg, .pdf or .png. Usage for
/// another one; Io.
[[nodiscard]] Status saveFigure(const Figure& figure, const std::filesystem::path& target,
                                double pixelsPerInch = 300.0);

} // namespace gesture::io
