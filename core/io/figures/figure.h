// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace gesture::io {

/// Points (1/72 inch) in a millimetre.
inline constexpr double kPointsPerMillimetre = 72.0 / 25.4;

/// A colour of sRGB.
struct Colour {
    std::uint8_t red = 0;
    std::uint8_t green = 0;
    std::uint8_t blue = 0;
    float alpha = 1.0F; ///< 0 to 1.

    bool operator==(const Colour&) const = default;
};

/// Points from the upper left corner of the figure, y downwards.
struct FigurePoint {
    double x = 0.0;
    double y = 0.0;

    bool operator==(const FigurePoint&) const = default;
};

struct FigureBox {
    double x = 0.0;
    double y = 0.0;
    double width = 0.0;
    double height = 0.0;

    [[nodiscard]] double right() const { return x + width; }
    [[nodiscard]] double bottom() const { return y + height; }
    bool operator==(const FigureBox&) const = default;
};

/// How a line is drawn; ends are butt, corners round.
struct Pen {
    Colour colour;
    double width = 0.5; ///< Points.
    double dash = 0.0;  ///< Points of line and, after it, of gap; 0: no gaps.
    double gap = 0.0;
};

enum class TextWeight : std::uint8_t { Regular, Bold };
enum class TextAnchor : std::uint8_t { Start, Middle, End };

struct TextStyle {
    double size = 7.0; ///< Points.
    TextWeight weight = TextWeight::Regular;
    TextAnchor anchor = TextAnchor::Start;
    Colour colour;
    double degrees = 0.0; ///< Counter-clockwise about the anchor.
};

struct FilledBox {
    FigureBox box;
    Colour fill;
};
struct FilledArea {
    std::vector<FigurePoint> corners; ///< Closed; must not cross itself.
    Colour fill;
};
struct DrawnLine {
    std::vector<FigurePoint> points;
    Pen pen;
};
struct DrawnText {
    FigurePoint at; ///< On the baseline.
    std::string text;
    TextStyle style;
};
/// A picture whose cells stay sharp-edged at any size.
struct DrawnRaster {
    FigureBox box;
    int columns = 0;
    int rows = 0;
    std::vector<std::uint8_t> rgb; ///< (rows, columns, 3), row 0 on top.
};
/// Cuts what follows at the box, until `EndClip`. Clips do not nest.
struct BeginClip {
    FigureBox box;
};
struct EndClip {};

using FigureItem =
    std::variant<FilledBox, FilledArea, DrawnLine, DrawnText, DrawnRaster, BeginClip, EndClip>;

/// A drawing in points on white, painted in the order of its items. Value type.
class Figure {
public:
    Figure(double widthPoints, double heightPoints)
        : width_(widthPoints)
        , height_(heightPoints) {}

    [[nodiscard]] double width() const { return width_; }
    [[nodiscard]] double height() const { return height_; }
    [[nodiscard]] const std::vector<FigureItem>& items() const { return items_; }

    void box(const FigureBox& box, const Colour& fill);
    /// The outline of a box, as a closed line.
    void frame(const FigureBox& box, const Pen& pen);
    void area(std::vector<FigurePoint> corners, const Colour& fill);
    void line(std::vector<FigurePoint> points, const Pen& pen);
    void text(const FigurePoint& at, std::string text, const TextStyle& style);
    /// `raster.rgb` must hold rows × columns × 3 values.
    void raster(DrawnRaster raster);
    void beginClip(const FigureBox& box);
    void endClip();

    // What files say of themselves.
    std::string title;
    std::string description;
    std::string program; ///< That made it: "Gesture Studio 0.1.0".

private:
    double width_;
    double height_;
    std::vector<FigureItem> items_;
};

/// The raster with every cell repeated, so that viewers that smooth pictures leave edges sharp; at
/// most about 2048 cells a side.
[[nodiscard]] DrawnRaster enlarged(const DrawnRaster& raster);

} // namespace gesture::io
