// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/io/figures/figure.h"

#include <span>
#include <string>

namespace gesture::io {

// All writers: same figures, same bytes; no dates. Text is made printable first.

/// SVG 1.1. Text is text (Helvetica or what the viewer has as wide), pictures are PNG in it.
[[nodiscard]] std::string figureAsSvg(const Figure& figure);

/// PDF 1.7, a page a figure. Text is text in Helvetica, which every viewer has, so it can be
/// searched and edited; characters beyond WinAnsi become the nearest. Metadata of the first figure.
[[nodiscard]] std::string figuresAsPdf(std::span<const Figure> figures);

/// PNG in RGB on white. LimitExceeded beyond 16,384 pixels a side or 100 million in all.
[[nodiscard]] Result<std::string> figureAsPng(const Figure& figure, double pixelsPerInch = 300.0);

} // namespace gesture::io
