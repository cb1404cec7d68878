// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/figures/analysis_figures.h"
#include "core/io/figures/figure_parts.h"

#include <functional>
#include <string>
#include <vector>

namespace gesture::io {

// Lanes that share one time axis, one below the other. Internal to this folder.

/// What a lane paints into.
struct LaneArea {
    FigureBox box;
    LinearScale time; ///< Seconds to points.
};

struct Lane {
    double height = 0.0;
    double gap = 8.0; ///< Below it.
    std::function<void(Figure&, const LaneArea&)> draw;
};

/// Everything around the lanes.
struct LanePage {
    std::string title;
    std::string subtitle;
    FigureRange range;
    std::vector<FigureWord> words;
    FigureProvenance provenance;
    double widthMillimetres = 180.0;
};

inline constexpr double kLaneLeft = 74.0;  ///< For names and upright axes.
inline constexpr double kLaneRight = 70.0; ///< For legends.
inline constexpr double kStripHeight = 9.0;

[[nodiscard]] Figure drawLanes(const LanePage& page, const std::vector<Lane>& lanes);

/// Name at the left of a lane, and a second line in small print.
void drawLaneName(Figure& figure, const FigureBox& box, const std::string& name,
                  const std::string& small = {});
/// Frame and light lines at the ticks of time.
void drawLaneFrame(Figure& figure, const LaneArea& area);

/// A value for each frame or token.
struct Series {
    const std::vector<float>& values;
    double perSecond = 30.0;
};
/// A colour a value.
void drawStrip(Figure& figure, const LaneArea& area, const Series& series,
               const ColourScale& scale);
/// Through the middle of each value's time; gaps where values are unknown.
void drawCurve(Figure& figure, const LaneArea& area, const LinearScale& y, const Series& series,
               const Pen& pen);
/// As level steps.
void drawSteps(Figure& figure, const LaneArea& area, const LinearScale& y, const Series& series,
               const Pen& pen);

/// The values whose time touches the range: [first, second).
[[nodiscard]] std::pair<std::size_t, std::size_t> visiblePart(const Series& series,
                                                              const LinearScale& time);

/// A piece of line and its name, at the right of a lane; `row` counts from the top.
void drawLegendLine(Figure& figure, const FigureBox& box, int row, const std::string& name,
                    const Pen& pen);
/// A small box and its name.
void drawLegendBox(Figure& figure, const FigureBox& box, int row, const std::string& name,
                   const Colour& colour);
/// Colours and patterns by which parts are told apart, by each alone.
[[nodiscard]] Pen partPen(motion::BodyPart part);

} // namespace gesture::io
