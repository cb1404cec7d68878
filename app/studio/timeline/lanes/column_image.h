// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QImage>
#include <QPainter>
#include <QRectF>

#include <cstddef>

namespace gesture::app {

/// A picture that is filled column by column, one a device pixel, with soft ends: what curves and
/// waveforms are made of, at a cost that does not depend on how much of a clip is in view. Places
/// in logical px of the painter.
class ColumnImage {
public:
    /// Whole columns that cover `area`.
    ColumnImage(const QRectF& area, double ratio);
    ColumnImage(const ColumnImage&) = delete;
    ColumnImage& operator=(const ColumnImage&) = delete;

    [[nodiscard]] int columns() const { return image_.width(); }
    /// Middle of a column.
    [[nodiscard]] double xOf(int column) const { return left_ + (column + 0.5) / ratio_; }
    /// What `fill` takes.
    [[nodiscard]] static QRgb ink(const QColor& colour) { return qPremultiply(colour.rgba()); }
    /// Over what is there; rows that are touched in part get a part of the ink.
    void fill(int column, double top, double bottom, QRgb ink);
    void paint(QPainter& painter) const;

private:
    QImage image_;
    QRgb* pixels_; ///< Of `image_`.
    std::ptrdiff_t stride_;
    double left_;
    double top_;
    double ratio_;
};

} // namespace gesture::app
