// SPDX-License-Identifier: Apache-2.0
#include "app/studio/attention/matrix_scene.h"

#include "app/studio/theme/style_sheet.h"

#include <QCoreApplication>
#include <QLocale>
#include <QPainterPath>
#include <QPolygonF>

#include <algorithm>
#include <cmath>

namespace gesture::app {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("MatrixView", text); }

QColor seriesColour(const MatrixScene& scene) {
    const auto& part = scene.model.shownMap().part;
    return part ? partColour(scene.theme, *part) : scene.theme.acc;
}

/// Runs of columns that an edit kept.
std::vector<FrameRange> keptRuns(const MatrixScene& scene) {
    std::vector<FrameRange> runs;
    const EditedWindow* edit = scene.side == MapSide::A ? scene.model.editedWindow() : nullptr;
    if (edit == nullptr) return runs;
    for (std::size_t i = 0; i < edit->kept.size(); ++i) {
        if (edit->kept[i] == 0) continue;
        const FrameIndex frame = edit->begin + static_cast<std::int64_t>(i);
        if (!runs.empty() && runs.back().end == frame) {
            runs.back().end = frame + 1;
        } else {
            runs.push_back({frame, frame + 1});
        }
    }
    return runs;
}

void paintKept(QPainter& painter, const MatrixScene& scene) {
    const MatrixLayout& layout = scene.layout;
    const Theme& dark = darkTheme(); // the map is the same in both themes, so are its marks
    painter.setFont(themeFont(10, 600));
    for (const FrameRange run : keptRuns(scene)) {
        QRect columns = layout.rectOf(scene.model.table(scene.side).speech(), run) & layout.map;
        if (columns.isEmpty()) continue;
        painter.fillRect(columns, withAlpha(dark.halo, 0.30));
        painter.fillRect(columns, QBrush(withAlpha(dark.acctx, 0.20), Qt::BDiagPattern));
        const QString text = tr("kept");
        const int width = painter.fontMetrics().horizontalAdvance(text) + 12;
        if (layout.form == MatrixForm::Dock || columns.width() < width) continue;
        const QRectF label(columns.center().x() - width / 2.0, columns.bottom() - 22, width, 16);
        painter.setPen(Qt::NoPen);
        painter.setBrush(withAlpha(dark.bg0, 0.72));
        painter.drawRoundedRect(label, 3, 3);
        painter.setPen(dark.acctx);
        painter.drawText(label, Qt::AlignCenter, text);
    }
}

/// A curve over the columns, `height` px for `largest`.
QPolygonF columnCurve(const MatrixScene& scene, const std::vector<float>& values, double largest) {
    const MatrixLayout& layout = scene.layout;
    const double begin = static_cast<double>(scene.model.table(scene.side).motionBegin.value);
    QPolygonF points;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double share = largest > 0 ? std::max(0.0, values[i] / largest) : 0.0;
        points << QPointF(layout.xOf(begin + static_cast<double>(i) + 0.5),
                          layout.columnProfile.bottom() + 1 -
                              share * layout.columnProfile.height());
    }
    return points;
}

QPolygonF rowCurve(const MatrixScene& scene, const std::vector<float>& values, double largest) {
    const MatrixLayout& layout = scene.layout;
    const double begin = static_cast<double>(scene.model.table(scene.side).speechBegin.value);
    QPolygonF points;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double share = largest > 0 ? std::max(0.0, values[i] / largest) : 0.0;
        points << QPointF(layout.rowProfile.left() + share * layout.rowProfile.width(),
                          layout.yOf(begin + static_cast<double>(i) + 0.5));
    }
    return points;
}

float largestOf(const std::vector<float>& values) {
    return values.empty() ? 0.0F : *std::max_element(values.begin(), values.end());
}

/// A line with its area down to `base`.
void drawCurve(QPainter& painter, const QPolygonF& curve, const QPointF& first, const QPointF& last,
               const QColor& colour, double fill) {
    if (curve.isEmpty()) return;
    QPainterPath area(first);
    for (const QPointF& point : curve) {
        area.lineTo(point);
    }
    area.lineTo(last);
    area.closeSubpath();
    painter.fillPath(area, withAlpha(colour, fill));
    painter.setPen(QPen(colour, 1.4));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(curve);
}

void drawColumns(QPainter& painter, const MatrixScene& scene, const std::vector<float>& values,
                 double largest, const QColor& colour) {
    const QPolygonF curve = columnCurve(scene, values, largest);
    if (curve.isEmpty()) return;
    const double base = scene.layout.columnProfile.bottom() + 1;
    drawCurve(painter, curve, {curve.first().x(), base}, {curve.last().x(), base}, colour, 0.18);
}

void drawRows(QPainter& painter, const MatrixScene& scene, const std::vector<float>& values,
              double largest, const QColor& colour) {
    const QPolygonF curve = rowCurve(scene, values, largest);
    if (curve.isEmpty()) return;
    const double base = scene.layout.rowProfile.left();
    drawCurve(painter, curve, {base, curve.first().y()}, {base, curve.last().y()}, colour, 0.22);
}

/// The fused curve of the window, on its own scale.
void drawFused(QPainter& painter, const MatrixScene& scene) {
    const auto place = scene.model.windowOf(scene.side);
    if (!place) return;
    const auto& fused = scene.model.contentOf(scene.side).analysis->windows()[*place].fused;
    painter.setPen(QPen(scene.theme.tx2, 1, Qt::DashLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(columnCurve(scene, fused, largestOf(fused) * 1.15));
}

void paintProfiles(QPainter& painter, const MatrixScene& scene) {
    const MatrixLayout& layout = scene.layout;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (scene.side == MapSide::Difference) {
        const MapTable& a = scene.model.table(MapSide::A);
        const MapTable& b = scene.model.table(MapSide::B);
        const std::pair<const MapTable*, QColor> both[] = {{&a, scene.theme.takeA},
                                                           {&b, scene.theme.takeB}};
        const float columns = std::max(largestOf(columnMeans(a)), largestOf(columnMeans(b)));
        const float rows = std::max(largestOf(rowPeaks(a)), largestOf(rowPeaks(b)));
        for (const auto& [table, colour] : both) {
            painter.setClipRect(layout.columnProfile.adjusted(0, -2, 0, 2));
            drawColumns(painter, scene, columnMeans(*table), columns, colour);
            painter.setClipRect(layout.rowProfile.adjusted(-1, 0, 2, 0));
            drawRows(painter, scene, rowPeaks(*table), rows, colour);
        }
    } else {
        const MapTable& table = scene.model.table(scene.side);
        const auto columns = columnMeans(table);
        const auto rows = rowPeaks(table);
        painter.setClipRect(layout.columnProfile.adjusted(0, -2, 0, 2));
        drawColumns(painter, scene, columns, largestOf(columns), seriesColour(scene));
        if (layout.form == MatrixForm::Workspace) drawFused(painter, scene);
        painter.setClipRect(layout.rowProfile.adjusted(-1, 0, 2, 0));
        drawRows(painter, scene, rows, largestOf(rows), scene.theme.wavein);
    }
    painter.restore();
}

/// A legend's text after a short line; returns where the next may begin.
double legend(QPainter& painter, const MatrixScene& scene, double x, const QString& text,
              const QPen& pen) {
    const double y = scene.layout.columnProfile.top() - 14;
    painter.setPen(pen);
    painter.drawLine(QPointF(x, y + 7), QPointF(x + 16, y + 7));
    const double width = painter.fontMetrics().horizontalAdvance(text) + 2;
    drawLine(painter, {x + 21, y, width, 14}, text, scene.theme.tx2);
    return x + 21 + width + 14;
}

void paintTitles(QPainter& painter, const MatrixScene& scene) {
    const MatrixLayout& layout = scene.layout;
    const Theme& theme = scene.theme;
    painter.setFont(themeFont(10));
    const QRect left = layout.speechWords;
    if (layout.form == MatrixForm::Dock) {
        drawLine(painter, QRect(0, left.top() - 20, left.width(), 14), tr("speech ↓"), theme.tx3);
        drawLine(painter, QRect(0, layout.motionWords.top() + 2, left.width(), 14), tr("motion →"),
                 theme.tx3);
        return;
    }
    drawLine(painter, QRect(0, left.top() - 22, left.width(), 14), tr("query ↓"), theme.tx3);
    drawLine(painter, QRect(0, layout.motionWords.top() + 17, left.width(), 14), tr("key →"),
             theme.tx3);
    drawLine(painter, QRect(layout.rowProfile.left() + 2, layout.rowProfile.top() - 22, 70, 14),
             tr("row peak"), theme.tx3);
    double x = layout.map.left() + 8;
    if (scene.side == MapSide::Difference) {
        x = legend(painter, scene, x, scene.model.sourceTitle(MapSide::A), QPen(theme.takeA, 1.4));
        legend(painter, scene, x, scene.model.sourceTitle(MapSide::B), QPen(theme.takeB, 1.4));
    } else {
        x = legend(painter, scene, x, tr("column mean"), QPen(seriesColour(scene), 1.4));
        legend(painter, scene, x, tr("fused importance"), QPen(theme.tx2, 1, Qt::DashLine));
    }
    painter.setFont(themeFont(11));
    drawLine(painter, QRect(0, left.top() - 36, left.width(), 14), tr("speech"), theme.tx2);
    drawLine(painter, QRect(0, layout.motionWords.top() + 2, left.width(), 14), tr("motion"),
             theme.tx2);
}

QString numberText(double value) {
    const double size = std::abs(value);
    const int decimals = size >= 0.1 || size == 0 ? 2 : (size >= 0.01 ? 3 : 4);
    return QLocale().toString(value, 'f', decimals).replace(QLatin1Char('-'), QChar(0x2212));
}

/// The weight that a place of the colour bar stands for.
double barValue(const MatrixScene& scene, double share) {
    const double largest = scene.model.largest(scene.side);
    if (scene.side == MapSide::Difference) return (share * 2 - 1) * largest;
    return weightOnScale(share, largest, scene.model.look().scale);
}

void paintColourBar(QPainter& painter, const MatrixScene& scene) {
    const QRect bar = scene.layout.colourBar;
    const bool upright = scene.layout.form == MatrixForm::Workspace;
    const ColourTable table = scene.side == MapSide::Difference
                                  ? differenceTable(scene.theme)
                                  : colourTable(scene.model.look().colours);
    QImage colours(upright ? 1 : 256, upright ? 256 : 1, QImage::Format_RGB32);
    for (int i = 0; i < 256; ++i) {
        colours.setPixel(upright ? 0 : i, upright ? 255 - i : 0,
                         table[static_cast<std::size_t>(i)]);
    }
    painter.drawImage(bar, colours);
    painter.setFont(themeFont(10, 400, FontFamily::Mono));
    const bool rows = scene.side != MapSide::Difference && !scene.model.look().fixedLargest &&
                      scene.model.look().normalise == MapNormalise::Row;
    if (!upright) {
        const QRect below(bar.left(), bar.bottom() + 3, bar.width(), 13);
        drawLine(painter, below, rows ? QStringLiteral("0") : numberText(barValue(scene, 0)),
                 scene.theme.tx2);
        drawLine(painter, below, rows ? tr("row") : numberText(barValue(scene, 1)), scene.theme.tx2,
                 Qt::AlignRight);
        return;
    }
    for (int i = 0; i <= 4; ++i) {
        const double share = i / 4.0;
        const double y = bar.bottom() + 1 - share * bar.height();
        painter.fillRect(QRectF(bar.right() + 1, std::min(y, bar.bottom() + 0.0), 4, 1),
                         scene.theme.tx3);
        const QString text =
            rows ? QLocale().toString(share, 'g', 2) : numberText(barValue(scene, share));
        if (rows && i != 0 && i != 4) continue;
        drawLine(painter, QRectF(bar.right() + 7, y - 7, 40, 14), text, scene.theme.tx2);
    }
    if (rows) {
        painter.setFont(themeFont(10));
        drawLine(painter, QRectF(bar.left() - 10, bar.top() - 22, 60, 14), tr("of the row"),
                 scene.theme.tx3);
    }
}

} // namespace

void drawLine(QPainter& painter, const QRectF& area, const QString& text, const QColor& colour,
              Qt::Alignment alignment) {
    painter.setPen(colour);
    const QString shown =
        painter.fontMetrics().elidedText(text, Qt::ElideRight, static_cast<int>(area.width()) + 1);
    painter.drawText(area, alignment | Qt::AlignVCenter | Qt::TextSingleLine, shown);
}

QImage matrixImage(const MatrixScene& scene) {
    const MapTable& table = scene.model.table(scene.side);
    const double largest = scene.model.largest(scene.side);
    const QRgb unknown = scene.theme.bg1.rgb();
    if (scene.side == MapSide::Difference) {
        return paintDifference(table, largest, differenceTable(scene.theme), unknown);
    }
    return paintTable(table, scene.model.look(), largest, unknown);
}

void paintMatrix(QPainter& painter, const MatrixScene& scene) {
    const MatrixLayout& layout = scene.layout;
    const MapTable& table = scene.model.table(scene.side);
    if (table.empty()) return;
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter.save();
    painter.setClipRect(layout.map);
    painter.drawImage(layout.rectOf(table.speech(), table.motion()), matrixImage(scene));
    paintKept(painter, scene);
    painter.restore();
    paintProfiles(painter, scene);
    paintTitles(painter, scene);
    paintColourBar(painter, scene);
}

} // namespace gesture::app
