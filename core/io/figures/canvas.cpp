// SPDX-License-Identifier: Apache-2.0
#include "core/io/figures/canvas.h"

#include "core/io/figures/figure_font.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace gesture::io {

namespace {

bool isLevelOrUpright(const FigurePoint& a, const FigurePoint& b) {
    return std::abs(a.x - b.x) < 1e-6 || std::abs(a.y - b.y) < 1e-6;
}

/// The stretches of a line that its dashes draw.
std::vector<std::vector<FigurePoint>> dashed(const std::vector<FigurePoint>& points,
                                             const Pen& pen) {
    if (pen.dash <= 0.0 || pen.gap <= 0.0) return {points};
    std::vector<std::vector<FigurePoint>> stretches;
    bool drawing = true;
    double left = pen.dash;
    stretches.push_back({points.front()});
    for (std::size_t i = 1; i < points.size(); ++i) {
        FigurePoint from = points[i - 1];
        double length = std::hypot(points[i].x - from.x, points[i].y - from.y);
        while (length > left) {
            const double share = left / length;
            from = {from.x + (points[i].x - from.x) * share,
                    from.y + (points[i].y - from.y) * share};
            length -= left;
            if (drawing) stretches.back().push_back(from);
            drawing = !drawing;
            if (drawing) stretches.push_back({from});
            left = drawing ? pen.dash : pen.gap;
        }
        left -= length;
        if (drawing) stretches.back().push_back(points[i]);
    }
    return stretches;
}

/// A circle that turns as `quad` does.
std::vector<FigurePoint> circle(const FigurePoint& centre, double radius) {
    constexpr int kCorners = 12;
    std::vector<FigurePoint> corners;
    for (int i = 0; i < kCorners; ++i) {
        const double angle = -2.0 * std::numbers::pi * i / kCorners;
        corners.push_back(
            {centre.x + radius * std::cos(angle), centre.y + radius * std::sin(angle)});
    }
    return corners;
}

std::vector<FigurePoint> quad(const FigurePoint& from, const FigurePoint& to, double radius) {
    const double length = std::hypot(to.x - from.x, to.y - from.y);
    const double x = -(to.y - from.y) / length * radius;
    const double y = (to.x - from.x) / length * radius;
    return {{from.x + x, from.y + y},
            {to.x + x, to.y + y},
            {to.x - x, to.y - y},
            {from.x - x, from.y - y}};
}

/// Mean colour of the cells that a pixel shows.
std::array<double, 3> meanCell(const DrawnRaster& raster, const std::array<int, 2>& columns,
                               const std::array<int, 2>& rows) {
    std::array<double, 3> sum{};
    for (int row = rows[0]; row < rows[1]; ++row)
        for (int column = columns[0]; column < columns[1]; ++column) {
            const auto cell =
                (static_cast<std::size_t>(row) * static_cast<std::size_t>(raster.columns) +
                 static_cast<std::size_t>(column)) *
                3;
            for (std::size_t i = 0; i < 3; ++i)
                sum[i] += raster.rgb[cell + i];
        }
    for (double& value : sum)
        value /= static_cast<double>(columns[1] - columns[0]) * (rows[1] - rows[0]);
    return sum;
}

/// Cells [first, last) that pixel `i` of `pixels` shows: the one at its middle, or all when they
/// are smaller than a pixel.
std::array<int, 2> cellsOf(int i, int pixels, int cells) {
    if (cells <= pixels) {
        const int cell =
            std::min(cells - 1, static_cast<int>((i + 0.5) * cells / static_cast<double>(pixels)));
        return {cell, cell + 1};
    }
    const auto first = static_cast<int>(static_cast<std::int64_t>(i) * cells / pixels);
    const auto last = static_cast<int>(static_cast<std::int64_t>(i + 1) * cells / pixels);
    return {first, std::max(last, first + 1)};
}

} // namespace

Canvas::Canvas(int columns, int rows, double scale)
    : columns_(columns)
    , rows_(rows)
    , scale_(scale)
    , clip_(whole())
    , rgb_(3 * static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows), 255) {}

PixelBox Canvas::nearestPixels(const FigureBox& box) const {
    const auto edge = [&](double points, int most) {
        return static_cast<int>(std::lround(std::clamp(points * scale_, 0.0, most * 1.0)));
    };
    PixelBox pixels{edge(box.x, columns_), edge(box.y, rows_), edge(box.right(), columns_),
                    edge(box.bottom(), rows_)};
    if (pixels.right == pixels.left && box.width > 0.0) ++pixels.right;
    if (pixels.bottom == pixels.top && box.height > 0.0) ++pixels.bottom;
    return pixels.intersected(whole());
}

void Canvas::blend(int x, int y, const Colour& colour, double share) {
    const double weight = share * static_cast<double>(colour.alpha);
    std::uint8_t* pixel =
        rgb_.data() + (static_cast<std::size_t>(y) * static_cast<std::size_t>(columns_) +
                       static_cast<std::size_t>(x)) *
                          3;
    const std::array<std::uint8_t, 3> target{colour.red, colour.green, colour.blue};
    for (std::size_t i = 0; i < 3; ++i)
        pixel[i] =
            static_cast<std::uint8_t>(std::lround(pixel[i] + (target[i] - pixel[i]) * weight));
}

void Canvas::fill(const PixelBox& box, const Colour& colour) {
    const PixelBox visible = box.intersected(clip_);
    for (int y = visible.top; y < visible.bottom; ++y)
        for (int x = visible.left; x < visible.right; ++x)
            blend(x, y, colour, 1.0);
}

void Canvas::fill(const std::vector<Polygon>& polygons, const Colour& colour) {
    double left = columns_;
    double top = rows_;
    double right = 0.0;
    double bottom = 0.0;
    for (const Polygon& polygon : polygons)
        for (const FigurePoint& point : polygon) {
            left = std::min(left, point.x);
            right = std::max(right, point.x);
            top = std::min(top, point.y);
            bottom = std::max(bottom, point.y);
        }
    const auto pixel = [](double value, int most) {
        return static_cast<int>(std::clamp(value, 0.0, most * 1.0));
    };
    const PixelBox bounds{pixel(std::floor(left), columns_), pixel(std::floor(top), rows_),
                          pixel(std::ceil(right), columns_), pixel(std::ceil(bottom), rows_)};
    Coverage coverage(bounds.intersected(clip_));
    for (const Polygon& polygon : polygons)
        coverage.add(polygon);
    coverage.forPixels([&](int x, int y, double share) { blend(x, y, colour, share); });
}

void Canvas::operator()(const FilledBox& item) { fill(nearestPixels(item.box), item.fill); }

void Canvas::operator()(const FilledArea& item) {
    Polygon polygon;
    for (const FigurePoint& corner : item.corners)
        polygon.push_back(toPixels(corner));
    fill({polygon}, item.fill);
}

void Canvas::levelLine(const FigurePoint& from, const FigurePoint& to, const Pen& pen) {
    const int thickness = std::max(1, static_cast<int>(std::lround(pen.width * scale_)));
    const bool level = std::abs(from.y - to.y) < 1e-6;
    const double middle = (level ? from.y : from.x) * scale_;
    const int near = static_cast<int>(std::lround(middle - thickness / 2.0));
    const double half = pen.dash > 0.0 ? 0.0 : thickness / 2.0; // so that corners are closed
    const double begin = (level ? std::min(from.x, to.x) : std::min(from.y, to.y)) * scale_ - half;
    const double end = (level ? std::max(from.x, to.x) : std::max(from.y, to.y)) * scale_ + half;
    const int first = static_cast<int>(std::lround(begin));
    const int last = std::max(first + 1, static_cast<int>(std::lround(end)));
    fill(level ? PixelBox{first, near, last, near + thickness}
               : PixelBox{near, first, near + thickness, last},
         pen.colour);
}

void Canvas::slopedLine(const std::vector<Polygon>& stretches, const Pen& pen) {
    const double radius = std::max(pen.width * scale_, 1.0) / 2.0;
    std::vector<Polygon> polygons;
    for (const Polygon& stretch : stretches)
        for (std::size_t i = 1; i < stretch.size(); ++i) {
            const FigurePoint from = toPixels(stretch[i - 1]);
            const FigurePoint to = toPixels(stretch[i]);
            if (std::hypot(to.x - from.x, to.y - from.y) < 1e-9) continue;
            polygons.push_back(quad(from, to, radius));
            if (i > 1) polygons.push_back(circle(from, radius));
        }
    fill(polygons, pen.colour);
}

void Canvas::operator()(const DrawnLine& item) {
    if (item.points.size() < 2) return;
    const auto stretches = dashed(item.points, item.pen);
    bool allLevel = true;
    for (std::size_t i = 1; i < item.points.size(); ++i)
        allLevel = allLevel && isLevelOrUpright(item.points[i - 1], item.points[i]);
    if (!allLevel) {
        slopedLine(stretches, item.pen);
        return;
    }
    for (const Polygon& stretch : stretches)
        for (std::size_t i = 1; i < stretch.size(); ++i)
            levelLine(stretch[i - 1], stretch[i], item.pen);
}

void Canvas::operator()(const DrawnText& item) {
    const TextStyle& style = item.style;
    const FigureFont& font = FigureFont::of(style.weight);
    const double width = textWidth(item.text, style);
    double pen = style.anchor == TextAnchor::Start    ? 0.0
                 : style.anchor == TextAnchor::Middle ? -width / 2
                                                      : -width;
    const double angle = style.degrees * std::numbers::pi / 180.0;
    const double cosine = std::cos(angle);
    const double sine = std::sin(angle);
    for (const char code : toWinAnsi(item.text)) {
        const Glyph& glyph = font.glyph(code);
        std::vector<Polygon> polygons;
        for (const auto& outline : glyph.outlines) {
            Polygon& polygon = polygons.emplace_back();
            for (const FigurePoint& point : outline) {
                const double along = pen + point.x * style.size;
                const double up = point.y * style.size;
                polygon.push_back(toPixels({item.at.x + along * cosine - up * sine,
                                            item.at.y - along * sine - up * cosine}));
            }
        }
        if (!polygons.empty()) fill(polygons, style.colour);
        pen += glyph.advance * style.size;
    }
}

void Canvas::operator()(const DrawnRaster& item) {
    const PixelBox box = nearestPixels(item.box);
    const PixelBox visible = box.intersected(clip_);
    for (int y = visible.top; y < visible.bottom; ++y) {
        const auto rows = cellsOf(y - box.top, box.height(), item.rows);
        for (int x = visible.left; x < visible.right; ++x) {
            const auto cell =
                meanCell(item, cellsOf(x - box.left, box.width(), item.columns), rows);
            const auto channel = [&](std::size_t i) {
                return static_cast<std::uint8_t>(std::lround(cell[i]));
            };
            blend(x, y, {channel(0), channel(1), channel(2)}, 1.0);
        }
    }
}

void Canvas::operator()(const BeginClip& item) { clip_ = nearestPixels(item.box); }

} // namespace gesture::io
