// SPDX-License-Identifier: Apache-2.0
#include "core/io/figures/canvas.h"
#include "core/io/figures/figure_font.h"
#include "core/io/figures/figure_writers.h"
#include "core/io/figures/png_encoder.h"

#include <cmath>
#include <fmt/format.h>

namespace gesture::io {

namespace {

constexpr double kMaxSide = 16384.0;
constexpr double kMaxPixels = 100e6;
constexpr double kPointsPerInch = 72.0;

} // namespace

Result<std::string> figureAsPng(const Figure& figure, double pixelsPerInch) {
    const double scale = pixelsPerInch / kPointsPerInch;
    const double columns = std::ceil(figure.width() * scale - 1e-6);
    const double rows = std::ceil(figure.height() * scale - 1e-6);
    if (!(columns >= 1.0 && rows >= 1.0 && columns <= kMaxSide && rows <= kMaxSide &&
          columns * rows <= kMaxPixels))
        return Error{ErrorCode::LimitExceeded,
                     fmt::format("A picture of {:.0f} × {:.0f} pixels is too large. Choose fewer "
                                 "pixels per inch, or SVG or PDF.",
                                 columns, rows)};
    Canvas canvas(static_cast<int>(columns), static_cast<int>(rows), scale);
    for (const FigureItem& item : figure.items())
        std::visit(canvas, item);
    return encodePng({canvas.columns(),
                      canvas.rows(),
                      canvas.rgb(),
                      pixelsPerInch,
                      {{"Title", printableUtf8(figure.title)},
                       {"Description", printableUtf8(figure.description)},
                       {"Software", printableUtf8(figure.program)}}});
}

} // namespace gesture::io
