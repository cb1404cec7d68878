// SPDX-License-Identifier: Apache-2.0
#include "core/io/figures/analysis_figures.h"
#include "core/io/figures/lanes.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace gesture::io {

namespace {

constexpr double kSoundHeight = 28.0;
constexpr double kCurveHeight = 60.0;
constexpr double kScoreHeight = 42.0;
constexpr double kCompareHeight = 38.0;
constexpr double kStripGap = 2.0;
constexpr Colour kBaseFill{0xd2, 0xd7, 0xde};
constexpr Colour kSemanticFill{0x8a, 0x94, 0x0f};
constexpr Colour kFusedFill{0x17, 0x1a, 0x1f, 0.14F};

double perSecond(const OverviewFigure& input) { return input.rate.perSecond(); }

double tokensPerSecond(const OverviewFigure& input) {
    return input.rate.perSecond() / input.semantic.framesPerToken;
}

double greatestImportance(const OverviewFigure& input) {
    double most = greatest(input.fused, 1.0);
    for (const FigureCurve& curve : input.importance)
        most = greatest(curve.values, most);
    return roundedUp(most);
}

double peakOf(const FigureWaveform& wave) {
    double peak = 1e-3;
    for (std::size_t i = 0; i < wave.highest.size(); ++i)
        peak = std::max(
            {peak, static_cast<double>(wave.highest[i]), static_cast<double>(-wave.lowest[i])});
    return peak;
}

/// The waveform's outline, above from left to right and back below.
std::vector<FigurePoint> outlineOf(const FigureWaveform& wave, const LaneArea& area,
                                   const LinearScale& y) {
    const auto [first, last] = visiblePart({wave.highest, wave.columnsPerSecond}, area.time);
    // No more corners than a printer could show: four to a point.
    const auto most = std::max<std::size_t>(1, static_cast<std::size_t>(area.box.width * 4.0));
    const std::size_t step = std::max<std::size_t>(1, (last - first) / most);
    const auto at = [](const std::vector<float>& values, std::size_t i) {
        return values.begin() + static_cast<std::ptrdiff_t>(i);
    };
    std::vector<FigurePoint> upper;
    std::vector<FigurePoint> lower;
    for (std::size_t i = first; i < last; i += step) {
        const std::size_t end = std::min(i + step, last);
        const float high = *std::max_element(at(wave.highest, i), at(wave.highest, end));
        const float low = *std::min_element(at(wave.lowest, i), at(wave.lowest, end));
        const double x = area.time.at((static_cast<double>(i + end) / 2.0) / wave.columnsPerSecond);
        upper.push_back({x, y.at(static_cast<double>(high))});
        lower.push_back({x, y.at(static_cast<double>(low))});
    }
    upper.insert(upper.end(), lower.rbegin(), lower.rend());
    return upper;
}

void drawSound(Figure& figure, const LaneArea& area, const FigureWaveform& wave) {
    drawLaneName(figure, area.box, "Speech", "waveform");
    const double middle = area.box.y + area.box.height / 2.0;
    const LinearScale y{0.0, peakOf(wave), middle, area.box.y};
    figure.line({{area.box.x, middle}, {area.box.right(), middle}}, {kSoundFill, 0.3, 0.0, 0.0});
    figure.beginClip(area.box);
    figure.area(outlineOf(wave, area, y), kSoundFill);
    figure.endClip();
}

void appendStrips(std::vector<Lane>& lanes, const OverviewFigure& input) {
    const ColourScale scale{input.colours, 0.0, greatestImportance(input)};
    const std::size_t count = input.importance.size() + (input.fused.empty() ? 0 : 1);
    const double all = static_cast<double>(count) * (kStripHeight + kStripGap) - kStripGap;
    const auto add = [&](const std::string& name, const std::vector<float>& values) {
        const bool isFirst = lanes.empty() || lanes.back().gap != kStripGap;
        lanes.push_back(
            {kStripHeight, kStripGap, [=, &input, &values](Figure& figure, const LaneArea& area) {
                 drawLaneName(figure, area.box, name);
                 drawStrip(figure, area, {values, perSecond(input)}, scale);
                 if (!isFirst) return;
                 drawColourBar(figure, {area.box.right() + 8.0, area.box.y, 6.0, all}, scale,
                               "Importance");
             }});
    };
    for (const FigureCurve& curve : input.importance)
        add(partTitle(curve.part), curve.values);
    if (!input.fused.empty()) add("All parts", input.fused);
    lanes.back().gap = 8.0;
}

void drawFused(Figure& figure, const LaneArea& area, const LinearScale& y, const Series& series) {
    figure.beginClip(area.box);
    const auto [first, last] = visiblePart(series, area.time);
    const double floor = area.box.bottom();
    std::vector<FigurePoint> corners;
    const auto close = [&] {
        if (corners.size() < 2) return;
        corners.push_back({corners.back().x, floor});
        corners.insert(corners.begin(), {corners.front().x, floor});
        figure.area(std::move(corners), kFusedFill);
        corners.clear();
    };
    for (std::size_t i = first > 0 ? first - 1 : 0; i < std::min(last + 1, series.values.size());
         ++i) {
        if (std::isnan(series.values[i]))
            close();
        else
            corners.push_back({area.time.at((static_cast<double>(i) + 0.5) / series.perSecond),
                               y.at(static_cast<double>(series.values[i]))});
    }
    close();
    figure.endClip();
}

/// Axis from 0 up, and the dashed line of the average.
LinearScale drawImportanceAxis(Figure& figure, const LaneArea& area, double most) {
    drawLaneFrame(figure, area);
    const LinearScale y{0.0, most, area.box.bottom(), area.box.y};
    drawUprightAxis(figure, y, area.box.x, area.box.height > 45.0 ? 5 : 4);
    figure.line({{area.box.x, y.at(1.0)}, {area.box.right(), y.at(1.0)}}, {kFaint, 0.5, 2.0, 2.0});
    return y;
}

void drawImportance(Figure& figure, const LaneArea& area, const OverviewFigure& input) {
    const LinearScale y = drawImportanceAxis(figure, area, greatestImportance(input));
    drawLaneName(figure, area.box, "Importance", "1 = average");
    int row = 0;
    if (!input.fused.empty()) {
        drawFused(figure, area, y, {input.fused, perSecond(input)});
        drawLegendBox(figure, area.box, row++, "All parts", kFusedFill);
    }
    for (const FigureCurve& curve : input.importance) {
        drawCurve(figure, area, y, {curve.values, perSecond(input)}, partPen(curve.part));
        drawLegendLine(figure, area.box, row++, partTitle(curve.part), partPen(curve.part));
    }
}

LinearScale drawScoreAxis(Figure& figure, const LaneArea& area) {
    drawLaneFrame(figure, area);
    const LinearScale y{0.0, 1.0, area.box.bottom(), area.box.y};
    drawUprightAxis(figure, y, area.box.x, 3);
    return y;
}

void drawThreshold(Figure& figure, const LaneArea& area, const LinearScale& y, double threshold) {
    figure.line({{area.box.x, y.at(threshold)}, {area.box.right(), y.at(threshold)}},
                {kSemanticInk, 0.6, 2.5, 1.5});
    figure.text({area.box.right() + 4.0, y.at(threshold) + 2.3},
                fmt::format("threshold {:.2f}", threshold),
                {6.5, TextWeight::Regular, TextAnchor::Start, kSemanticInk, 0.0});
}

/// The tokens from one to before another, as one area down to the floor.
void fillSteps(Figure& figure, const LaneArea& area, const Series& series,
               std::pair<std::size_t, std::size_t> tokens, const Colour& fill) {
    const LinearScale y{0.0, 1.0, area.box.bottom(), area.box.y};
    const auto xOf = [&](std::size_t edge) {
        return area.time.at(static_cast<double>(edge) / series.perSecond);
    };
    std::vector<FigurePoint> corners{{xOf(tokens.first), area.box.bottom()}};
    for (std::size_t i = tokens.first; i < tokens.second; ++i) {
        const double level = y.at(static_cast<double>(series.values[i]));
        corners.push_back({xOf(i), level});
        corners.push_back({xOf(i + 1), level});
    }
    corners.push_back({xOf(tokens.second), area.box.bottom()});
    figure.area(std::move(corners), fill);
}

void drawScore(Figure& figure, const LaneArea& area, const OverviewFigure& input) {
    const FigureSemantic& semantic = input.semantic;
    const LinearScale y = drawScoreAxis(figure, area);
    drawLaneName(figure, area.box, "Semantic", "score");
    const Series series{semantic.score, tokensPerSecond(input)};
    const auto isAbove = [&](std::size_t i) {
        return static_cast<double>(semantic.score[i]) >= semantic.threshold;
    };
    const auto [first, last] = visiblePart(series, area.time);
    figure.beginClip(area.box);
    for (std::size_t from = first; from < last;) {
        std::size_t to = from;
        while (to < last && !std::isnan(semantic.score[to]) && isAbove(to) == isAbove(from))
            ++to;
        Colour fill = kSemanticFill;
        fill.alpha = isAbove(from) ? 0.6F : 0.22F;
        if (to > from) fillSteps(figure, area, series, {from, to}, fill);
        from = std::max(to, from + 1);
    }
    figure.endClip();
    drawSteps(figure, area, y, series, {kSemanticInk, 0.7, 0.0, 0.0});
    drawThreshold(figure, area, y, semantic.threshold);
}

void drawChosen(Figure& figure, const LaneArea& area, const OverviewFigure& input) {
    const std::vector<std::uint8_t>& chosen = input.semantic.chosen;
    drawLaneName(figure, area.box, "Motion taken");
    const double tokens = tokensPerSecond(input);
    figure.beginClip(area.box);
    for (std::size_t from = 0; from < chosen.size();) {
        std::size_t to = from;
        while (to < chosen.size() && chosen[to] == chosen[from])
            ++to;
        const double begin = std::max(static_cast<double>(from) / tokens, area.time.first);
        const double end = std::min(static_cast<double>(to) / tokens, area.time.last);
        if (end > begin && chosen[from] <= 1)
            figure.box({area.time.at(begin), area.box.y, area.time.at(end) - area.time.at(begin),
                        area.box.height},
                       chosen[from] == 1 ? kSemanticFill : kBaseFill);
        from = to;
    }
    figure.endClip();
    figure.frame(area.box, kAxisPen);
    const FigureBox legend{area.box.x, area.box.y - 4.5, area.box.width, area.box.height};
    drawLegendBox(figure, legend, 0, "semantic", kSemanticFill);
    drawLegendBox(figure, legend, 1, "base", kBaseFill);
}

void appendSemantic(std::vector<Lane>& lanes, const OverviewFigure& input) {
    lanes.push_back({kScoreHeight, 5.0, [&input](Figure& figure, const LaneArea& area) {
                         drawScore(figure, area, input);
                     }});
    if (!input.semantic.chosen.empty())
        lanes.push_back({kStripHeight, 8.0, [&input](Figure& figure, const LaneArea& area) {
                             drawChosen(figure, area, input);
                         }});
}

LanePage pageOf(const OverviewFigure& input, const FigureRange& range, std::string title) {
    return {std::move(title),
            input.clip + " · " + rangeText(range),
            range,
            input.words,
            input.provenance,
            input.widthMillimetres};
}

std::string overviewTitle(const OverviewFigure& input) {
    const bool hasImportance = !input.importance.empty() || !input.fused.empty();
    if (input.semantic.score.empty()) return hasImportance ? "Importance of motion" : "Speech";
    return hasImportance ? "Importance of motion and semantic score" : "Semantic score";
}

void appendSound(std::vector<Lane>& lanes, const OverviewFigure& input) {
    if (input.waveform.highest.empty() ||
        input.waveform.lowest.size() != input.waveform.highest.size())
        return;
    lanes.push_back({kSoundHeight, 8.0, [&input](Figure& figure, const LaneArea& area) {
                         drawSound(figure, area, input.waveform);
                     }});
}

struct CurvePair {
    std::string name;
    const std::vector<float>* a = nullptr;
    const std::vector<float>* b = nullptr;
};

std::vector<CurvePair> pairsOf(const CurveComparison& input) {
    std::vector<CurvePair> pairs;
    for (const FigureCurve& curve : input.a.importance)
        for (const FigureCurve& other : input.b.importance)
            if (other.part == curve.part)
                pairs.push_back({partTitle(curve.part), &curve.values, &other.values});
    if (!input.a.fused.empty() && !input.b.fused.empty())
        pairs.push_back({"All parts", &input.a.fused, &input.b.fused});
    return pairs;
}

std::vector<float> differenceOf(const CurvePair& pair) {
    std::vector<float> difference(std::min(pair.a->size(), pair.b->size()));
    for (std::size_t i = 0; i < difference.size(); ++i)
        difference[i] = (*pair.a)[i] - (*pair.b)[i];
    return difference;
}

double widestDifference(const std::vector<CurvePair>& pairs) {
    double widest = 1e-6;
    for (const CurvePair& pair : pairs)
        for (const float value : differenceOf(pair))
            if (!std::isnan(value)) widest = std::max(widest, std::abs(static_cast<double>(value)));
    return roundedUp(widest);
}

constexpr Pen kPenA{kTakeA, 0.9, 0.0, 0.0};
constexpr Pen kPenB{kTakeB, 0.9, 2.5, 1.2};

void drawNames(Figure& figure, const FigureBox& box, const CurveComparison& input) {
    drawLegendLine(figure, box, 0, "A: " + input.nameA, kPenA);
    drawLegendLine(figure, box, 1, "B: " + input.nameB, kPenB);
}

void appendPairs(std::vector<Lane>& lanes, const CurveComparison& input) {
    const auto pairs = pairsOf(input);
    const double most = std::max(greatestImportance(input.a), greatestImportance(input.b));
    const double widest = widestDifference(pairs);
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        const CurvePair pair = pairs[i];
        lanes.push_back(
            {kCompareHeight, kStripGap, [=, &input](Figure& figure, const LaneArea& area) {
                 const LinearScale y = drawImportanceAxis(figure, area, most);
                 drawLaneName(figure, area.box, pair.name, "importance");
                 drawCurve(figure, area, y, {*pair.a, perSecond(input.a)}, kPenA);
                 drawCurve(figure, area, y, {*pair.b, perSecond(input.b)}, kPenB);
                 if (i == 0) drawNames(figure, area.box, input);
             }});
        lanes.push_back(
            {kStripHeight, 8.0, [=, &input](Figure& figure, const LaneArea& area) {
                 const ColourScale scale{ColourMap::Difference, -widest, widest};
                 drawLaneName(figure, area.box, "A \xE2\x88\x92 B");
                 drawStrip(figure, area, {differenceOf(pair), perSecond(input.a)}, scale);
                 if (i != 0) return;
                 drawColourBar(figure, {area.box.right() + 8.0, area.box.y + 8.0, 6.0, 64.0}, scale,
                               "A \xE2\x88\x92 B");
             }});
    }
}

void appendScores(std::vector<Lane>& lanes, const CurveComparison& input) {
    if (input.a.semantic.score.empty() || input.b.semantic.score.empty()) return;
    lanes.push_back(
        {kScoreHeight, 8.0, [&input](Figure& figure, const LaneArea& area) {
             const LinearScale y = drawScoreAxis(figure, area);
             drawLaneName(figure, area.box, "Semantic", "score");
             drawSteps(figure, area, y, {input.a.semantic.score, tokensPerSecond(input.a)}, kPenA);
             drawSteps(figure, area, y, {input.b.semantic.score, tokensPerSecond(input.b)}, kPenB);
             drawThreshold(figure, area, y, input.a.semantic.threshold);
         }});
}

} // namespace

Figure drawOverview(const OverviewFigure& input, const FigureRange& range) {
    std::vector<Lane> lanes;
    appendSound(lanes, input);
    if (!input.importance.empty() || !input.fused.empty()) {
        appendStrips(lanes, input);
        lanes.push_back({kCurveHeight, 8.0, [&input](Figure& figure, const LaneArea& area) {
                             drawImportance(figure, area, input);
                         }});
    }
    if (!input.semantic.score.empty()) appendSemantic(lanes, input);
    return drawLanes(pageOf(input, range, overviewTitle(input)), lanes);
}

Figure drawCurveComparison(const CurveComparison& input, const FigureRange& range) {
    std::vector<Lane> lanes;
    appendSound(lanes, input.a);
    appendPairs(lanes, input);
    appendScores(lanes, input);
    return drawLanes(pageOf(input.a, range, input.nameA + " and " + input.nameB), lanes);
}

} // namespace gesture::io
