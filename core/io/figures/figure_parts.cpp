// SPDX-License-Identifier: Apache-2.0
#include "core/io/figures/figure_parts.h"

#include "core/io/figures/figure_font.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>

namespace gesture::io {

namespace {

constexpr std::size_t kShownDigits = 12;

TextStyle tickStyle(TextAnchor anchor) {
    return {kTickSize, TextWeight::Regular, anchor, kInk, 0.0};
}

constexpr TextStyle kSmallPrint{kSmallSize, TextWeight::Regular, TextAnchor::Start, kFaint, 0.0};
constexpr double kSmallLine = 7.0;

} // namespace

std::string Ticks::label(std::size_t i) const {
    const std::string text = fmt::format("{:.{}f}", values[i], decimals);
    if (!text.starts_with('-')) return text;
    const bool isZero = text.find_first_not_of("-0.") == std::string::npos;
    return (isZero ? "" : "\xE2\x88\x92") + text.substr(1);
}

Ticks ticksBetween(double first, double last, int most) {
    if (first > last) std::swap(first, last);
    Ticks ticks;
    if (!(last > first) || most < 1) return ticks;
    const int power = static_cast<int>(std::floor(std::log10((last - first) / most)));
    for (int i = 0; i < 9; ++i) {
        const int exponent = power + i / 3;
        const double step =
            std::array{1.0, 2.0, 5.0}[static_cast<std::size_t>(i % 3)] * std::pow(10.0, exponent);
        const double slack = step * 1e-6;
        const auto begin = static_cast<std::int64_t>(std::ceil((first - slack) / step));
        const auto end = static_cast<std::int64_t>(std::floor((last + slack) / step));
        if (end - begin + 1 > most) continue;
        ticks.decimals = std::max(0, -exponent);
        for (std::int64_t k = begin; k <= end; ++k)
            ticks.values.push_back(static_cast<double>(k) * step);
        return ticks;
    }
    return ticks;
}

Ticks timeTicks(const LinearScale& x) {
    constexpr double kRoom = 26.0;
    return ticksBetween(x.first, x.last, std::max(2, static_cast<int>((x.to - x.from) / kRoom)));
}

double drawLevelAxis(Figure& figure, const LinearScale& x, double y) {
    const Ticks ticks = timeTicks(x);
    for (std::size_t i = 0; i < ticks.values.size(); ++i) {
        const double at = x.at(ticks.values[i]);
        figure.line({{at, y}, {at, y + kTickLength}}, kAxisPen);
        figure.text({at, y + kTickLength + kTickSize}, ticks.label(i),
                    tickStyle(TextAnchor::Middle));
    }
    return kTickLength + kTickSize + 2.0;
}

double drawUprightAxis(Figure& figure, const LinearScale& y, double x, int most) {
    const Ticks ticks = ticksBetween(y.first, y.last, most);
    double width = 0.0;
    for (std::size_t i = 0; i < ticks.values.size(); ++i) {
        const double at = y.at(ticks.values[i]);
        figure.line({{x - kTickLength, at}, {x, at}}, kAxisPen);
        figure.text({x - kTickLength - 1.5, at + kTickSize * 0.35}, ticks.label(i),
                    tickStyle(TextAnchor::End));
        width = std::max(width, textWidth(ticks.label(i), tickStyle(TextAnchor::End)));
    }
    return width + kTickLength + 1.5;
}

void drawColourBar(Figure& figure, const FigureBox& box, const ColourScale& scale,
                   const std::string& label) {
    constexpr int kSteps = 128;
    DrawnRaster raster{box, 1, kSteps, {}};
    for (int i = 0; i < kSteps; ++i) {
        const Colour colour = colourAt(scale.map, 1.0 - (i + 0.5) / kSteps);
        raster.rgb.insert(raster.rgb.end(), {colour.red, colour.green, colour.blue});
    }
    figure.raster(std::move(raster));
    figure.frame(box, kAxisPen);
    const LinearScale y{scale.first, scale.last, box.bottom(), box.y};
    const Ticks ticks =
        ticksBetween(scale.first, scale.last, std::max(3, static_cast<int>(box.height / 16.0)));
    double width = 0.0;
    for (std::size_t i = 0; i < ticks.values.size(); ++i) {
        const double at = y.at(ticks.values[i]);
        const TextStyle style = tickStyle(TextAnchor::Start);
        figure.line({{box.right(), at}, {box.right() + kTickLength, at}}, kAxisPen);
        figure.text({box.right() + kTickLength + 1.5, at + kTickSize * 0.35}, ticks.label(i),
                    style);
        width = std::max(width, textWidth(ticks.label(i), style));
    }
    figure.text(
        {box.right() + kTickLength + 1.5 + width + kLabelSize + 1.0, box.y + box.height / 2.0},
        label, {kLabelSize, TextWeight::Regular, TextAnchor::Middle, kInk, 90.0});
}

double titleHeight() { return kMargin + kTitleSize + kLabelSize + 8.0; }

double drawTitle(Figure& figure, const std::string& title, const std::string& subtitle) {
    const TextStyle bold{kTitleSize, TextWeight::Bold, TextAnchor::Start, kInk, 0.0};
    const TextStyle plain{kLabelSize, TextWeight::Regular, TextAnchor::Start, kFaint, 0.0};
    const double room = figure.width() - 2.0 * kMargin;
    figure.text({kMargin, kMargin + kTitleSize * 0.8}, fittedText(title, bold, room), bold);
    figure.text({kMargin, kMargin + kTitleSize + kLabelSize + 1.5},
                fittedText(subtitle, plain, room), plain);
    return titleHeight();
}

std::vector<std::string> provenanceLines(const FigureProvenance& provenance, double width) {
    std::vector<std::string> facts;
    const auto add = [&](const std::string& name, const std::string& value) {
        if (!value.empty()) facts.push_back(name + value);
    };
    add("", provenance.program);
    std::string bundle = provenance.bundle;
    if (!provenance.bundleHash.empty())
        bundle += (bundle.empty() ? "" : " ") + provenance.bundleHash.substr(0, kShownDigits);
    add("bundle ", bundle);
    add("audio ", provenance.audioHash.substr(0, kShownDigits));
    if (provenance.seed) add("seed ", std::to_string(*provenance.seed));
    add("", provenance.remark);
    std::vector<std::string> lines;
    for (const std::string& fact : facts) {
        const std::string longer = lines.empty() ? fact : lines.back() + " · " + fact;
        if (!lines.empty() && textWidth(longer, kSmallPrint) <= width)
            lines.back() = longer;
        else
            lines.push_back(fittedText(fact, kSmallPrint, width));
    }
    return lines;
}

double provenanceHeight(const std::vector<std::string>& lines) {
    return static_cast<double>(lines.size()) * kSmallLine + (lines.empty() ? 0.0 : 3.0);
}

void drawProvenance(Figure& figure, const std::vector<std::string>& lines) {
    for (std::size_t i = 0; i < lines.size(); ++i)
        figure.text({kMargin, figure.height() - kMargin + 1.5 -
                                  kSmallLine * static_cast<double>(lines.size() - 1 - i)},
                    lines[i], kSmallPrint);
}

std::string rangeText(const FigureRange& range) {
    return fmt::format("{:.2f}–{:.2f} s", range.begin.value, range.end.value);
}

std::string partTitle(motion::BodyPart part) {
    switch (part) {
    case motion::BodyPart::Face:
        return "Face";
    case motion::BodyPart::Upper:
        return "Upper body";
    case motion::BodyPart::Hands:
        return "Hands";
    case motion::BodyPart::Lower:
        return "Lower body";
    }
    return {};
}

Colour partColour(motion::BodyPart part) {
    switch (part) {
    case motion::BodyPart::Face:
        return {0xa8, 0x43, 0x7f};
    case motion::BodyPart::Upper:
        return {0x08, 0x71, 0xa3};
    case motion::BodyPart::Hands:
        return {0x9e, 0x55, 0x10};
    case motion::BodyPart::Lower:
        return {0x2c, 0x71, 0x44};
    }
    return {};
}

double greatest(const std::vector<float>& values, double least) {
    double result = least;
    for (const float value : values)
        if (static_cast<double>(value) > result) result = static_cast<double>(value);
    return result;
}

double roundedUp(double value) {
    if (!(value > 0.0) || !std::isfinite(value)) return 1.0;
    const double power = std::pow(10.0, std::floor(std::log10(value)));
    for (const double step : {1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0})
        if (value <= step * power * (1.0 + 1e-9)) return step * power;
    return 10.0 * power;
}

std::vector<FigureRange> pagesOf(Seconds duration, Seconds longest) {
    const double whole = std::max(duration.value, 1.0 / 30.0);
    const auto count = static_cast<int>(std::ceil(whole / longest.value - 1e-9));
    std::vector<FigureRange> pages;
    for (int i = 0; i < std::max(count, 1); ++i)
        pages.push_back({{whole * i / count}, {whole * (i + 1) / count}});
    return pages;
}

} // namespace gesture::io
