// SPDX-License-Identifier: Apache-2.0
#include "core/base/assert.h"
#include "core/io/figures/analysis_figures.h"
#include "core/io/figures/figure_font.h"
#include "core/io/figures/figure_parts.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace gesture::io {

namespace {

constexpr double kLeft = 38.0;  ///< For the axis of motion.
constexpr double kRight = 50.0; ///< For the colour bar.
constexpr double kBarWidth = 7.0;
constexpr Colour kOnDark{255, 255, 255, 0.8F};
const std::string kWeightLabel = "Attention weight (adds up to 1 for each speech frame)";

FigureRange speechRange(const FigureMap& map) {
    return {map.rate.timeOf(map.speechBegin), map.rate.timeOf(map.speechBegin + map.speechFrames)};
}

FigureRange motionRange(const FigureMap& map) {
    return {map.rate.timeOf(map.motionBegin), map.rate.timeOf(map.motionBegin + map.motionFrames)};
}

bool hasItsSize(const FigureMap& map) {
    return map.speechFrames > 0 && map.motionFrames > 0 &&
           map.weights.size() == static_cast<std::size_t>(map.speechFrames) *
                                     static_cast<std::size_t>(map.motionFrames);
}

/// Speech to the right, motion upwards.
DrawnRaster rasterOf(const FigureMap& map, const std::vector<float>& values, const FigureBox& box,
                     const ColourScale& scale) {
    DrawnRaster raster{box, map.speechFrames, map.motionFrames, {}};
    raster.rgb.reserve(values.size() * 3);
    for (int row = map.motionFrames - 1; row >= 0; --row)
        for (int column = 0; column < map.speechFrames; ++column) {
            const float value = values[static_cast<std::size_t>(column) *
                                           static_cast<std::size_t>(map.motionFrames) +
                                       static_cast<std::size_t>(row)];
            const Colour colour =
                std::isnan(value) ? Colour{255, 255, 255} : scale.of(static_cast<double>(value));
            raster.rgb.insert(raster.rgb.end(), {colour.red, colour.green, colour.blue});
        }
    return raster;
}

/// Dotted, where speech and motion are of the same time.
void drawSameTime(Figure& figure, const LinearScale& x, const LinearScale& y, const Colour& ink) {
    const double begin = std::max(x.first, y.first);
    const double end = std::min(x.last, y.last);
    if (!(end > begin)) return;
    figure.line({{x.at(begin), y.at(begin)}, {x.at(end), y.at(end)}}, {ink, 0.6, 1.5, 2.0});
}

struct Panel {
    FigureBox box;
    ColourScale scale;
    Colour sameTime;
};

void drawPanel(Figure& figure, const FigureMap& map, const std::vector<float>& values,
               const Panel& panel) {
    const FigureRange speech = speechRange(map);
    const FigureRange motion = motionRange(map);
    figure.raster(rasterOf(map, values, panel.box, panel.scale));
    const LinearScale x{speech.begin.value, speech.end.value, panel.box.x, panel.box.right()};
    const LinearScale y{motion.begin.value, motion.end.value, panel.box.bottom(), panel.box.y};
    drawSameTime(figure, x, y, panel.sameTime);
    figure.frame(panel.box, kAxisPen);
}

void drawMotionAxis(Figure& figure, const FigureMap& map, const FigureBox& box) {
    const FigureRange motion = motionRange(map);
    const LinearScale y{motion.begin.value, motion.end.value, box.bottom(), box.y};
    drawUprightAxis(figure, y, box.x, std::max(2, static_cast<int>(box.height / 22.0)));
    figure.text({kMargin + kLabelSize * 0.8, box.y + box.height / 2.0}, "Motion time (s)",
                {kLabelSize, TextWeight::Regular, TextAnchor::Middle, kInk, 90.0});
}

/// Axis, words and label below a panel.
void drawSpeechAxis(Figure& figure, const LinearScale& x, double y, const WordLayout& words) {
    const double below = y + drawLevelAxis(figure, x, y) + 2.0;
    drawWords(figure, words, below);
    figure.text({(x.from + x.to) / 2.0, below + words.height + kLabelSize}, "Speech time (s)",
                {kLabelSize, TextWeight::Regular, TextAnchor::Middle, kInk, 0.0});
}

double speechAxisHeight(const WordLayout& words) {
    return kTickLength + kTickSize + 2.0 + 2.0 + words.height + kLabelSize + 4.0;
}

void describe(Figure& figure, const std::string& title, const FigureProvenance& provenance) {
    figure.title = title;
    figure.program = provenance.program;
}

FigureBox barBeside(const FigureBox& panel) {
    return {panel.right() + 6.0, panel.y, kBarWidth, panel.height};
}

/// A, B and, apart from them, the difference.
struct ThreePanels {
    std::array<FigureBox, 3> boxes;
    FigureRange speech;

    [[nodiscard]] LinearScale scaleOf(std::size_t i) const {
        return {speech.begin.value, speech.end.value, boxes[i].x, boxes[i].right()};
    }
};

ThreePanels placePanels(double width, const FigureRange& speech) {
    constexpr double kBetween = 9.0;
    constexpr double kHeading = 11.0;
    const double side = (width - kLeft - 2 * kRight - kBetween) / 3.0;
    const double top = titleHeight() + kHeading;
    return {{{{kLeft, top, side, side},
              {kLeft + side + kBetween, top, side, side},
              {kLeft + 2 * side + kBetween + kRight, top, side, side}}},
            speech};
}

std::vector<float> differenceOf(const std::vector<float>& a, const std::vector<float>& b) {
    std::vector<float> difference(a.size());
    for (std::size_t i = 0; i < a.size(); ++i)
        difference[i] = a[i] - b[i];
    return difference;
}

double widestOf(const std::vector<float>& values) {
    double widest = 1e-6;
    for (const float value : values)
        if (!std::isnan(value)) widest = std::max(widest, std::abs(static_cast<double>(value)));
    return widest;
}

} // namespace

Figure drawAttention(const AttentionFigure& input) {
    GESTURE_ASSERT(hasItsSize(input.values));
    const double width = input.widthMillimetres * kPointsPerMillimetre;
    const FigureRange speech = speechRange(input.values);
    const FigureRange motion = motionRange(input.values);
    const double plotWidth = width - kLeft - kRight;
    const double seconds = speech.end.value - speech.begin.value;
    const double plotHeight =
        plotWidth * std::clamp((motion.end.value - motion.begin.value) / seconds, 0.25, 1.25);
    const FigureBox plot{kLeft, titleHeight(), plotWidth, plotHeight};
    const LinearScale x{speech.begin.value, speech.end.value, plot.x, plot.right()};
    const WordLayout words = layOutWords(input.words, x);
    const auto print = provenanceLines(input.provenance, width - 2 * kMargin);
    Figure figure(width,
                  plot.bottom() + speechAxisHeight(words) + provenanceHeight(print) + kMargin);
    describe(figure, input.clip + ": attention, " + input.map, input.provenance);
    figure.description =
        "Weights of frames of motion for each frame of speech, " + rangeText(speech) + ".";

    drawTitle(figure, input.map, input.clip + " · speech " + rangeText(speech));
    const ColourScale scale{input.colours, 0.0,
                            input.largest.value_or(greatest(input.values.weights, 1e-6))};
    drawPanel(figure, input.values, input.values.weights, {plot, scale, kOnDark});
    drawMotionAxis(figure, input.values, plot);
    drawSpeechAxis(figure, x, plot.bottom(), words);
    drawColourBar(figure, {plot.right() + 8.0, plot.y, kBarWidth, plot.height}, scale,
                  kWeightLabel);
    drawProvenance(figure, print);
    return figure;
}

Figure drawMapComparison(const MapComparison& input) {
    GESTURE_ASSERT(hasItsSize(input.a) && input.a.weights.size() == input.b.weights.size());
    const double width = input.widthMillimetres * kPointsPerMillimetre;
    const FigureRange speech = speechRange(input.a);
    const ThreePanels panels = placePanels(width, speech);
    const FigureBox& last = panels.boxes[2];
    const WordLayout words = layOutWords(input.words, panels.scaleOf(0));
    const auto print = provenanceLines(input.provenance, width - 2 * kMargin);
    Figure figure(width,
                  last.bottom() + speechAxisHeight(words) + provenanceHeight(print) + kMargin);
    describe(figure, input.clip + ": difference of attention, " + input.map, input.provenance);
    figure.description = input.nameA + " and " + input.nameB + ", " + rangeText(speech) + ".";
    drawTitle(figure, input.map + ": " + input.nameA + " and " + input.nameB,
              input.clip + " · speech " + rangeText(speech));

    const std::vector<float> difference = differenceOf(input.a.weights, input.b.weights);
    const double widest = widestOf(difference);
    const ColourScale weights{input.colours, 0.0,
                              greatest(input.b.weights, greatest(input.a.weights, 1e-6))};
    const ColourScale change{ColourMap::Difference, -widest, widest};
    drawPanel(figure, input.a, input.a.weights, {panels.boxes[0], weights, kOnDark});
    drawPanel(figure, input.b, input.b.weights, {panels.boxes[1], weights, kOnDark});
    drawPanel(figure, input.a, difference, {last, change, {0, 0, 0, 0.5F}});
    const std::array<std::string, 3> headings{"A: " + input.nameA, "B: " + input.nameB,
                                              "Difference A \xE2\x88\x92 B"};
    for (std::size_t i = 0; i < panels.boxes.size(); ++i) {
        const FigureBox& box = panels.boxes[i];
        const TextStyle heading{kLabelSize, TextWeight::Bold, TextAnchor::Start, kInk, 0.0};
        figure.text({box.x, box.y - 4.0}, fittedText(headings[i], heading, box.width), heading);
        drawSpeechAxis(figure, panels.scaleOf(i), box.bottom(),
                       layOutWords(input.words, panels.scaleOf(i)));
    }
    drawMotionAxis(figure, input.a, panels.boxes[0]);
    drawColourBar(figure, barBeside(panels.boxes[1]), weights, "Weight");
    drawColourBar(figure, barBeside(last), change, "Difference");
    drawProvenance(figure, print);
    return figure;
}

} // namespace gesture::io
