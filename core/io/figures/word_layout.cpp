// SPDX-License-Identifier: Apache-2.0
#include "core/io/figures/figure_font.h"
#include "core/io/figures/figure_parts.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace gesture::io {

namespace {

constexpr double kGap = 2.5;     ///< Between level words.
constexpr double kPitch = 1.0;   ///< Between the lines of tilted words, times the size.
constexpr double kMaxMove = 3.5; ///< Of a word from the middle of its time.
constexpr double kBars = 4.0;    ///< Height of the bars that show when a word is said.
constexpr double kLongest = 90.0;

TextStyle wordStyle(double degrees) {
    return {kTickSize, TextWeight::Regular, degrees == 0.0 ? TextAnchor::Middle : TextAnchor::End,
            kInk, degrees};
}

/// Room along the axis that a word takes to the left and right of its middle.
struct Extent {
    double left = 0.0;
    double right = 0.0;
};

Extent extentOf(const std::string& text, double degrees) {
    if (degrees == 0.0) {
        const double half = (textWidth(text, wordStyle(0.0)) + kGap) / 2.0;
        return {half, half};
    }
    const double half = kTickSize * kPitch / std::sin(degrees * std::numbers::pi / 180.0) / 2.0;
    return {half, half};
}

/// Words from left to right; one that lacks room is moved a little to the right, or left out.
std::vector<WordLayout::Placed> placeGreedily(const std::vector<WordLayout::Placed>& words,
                                              const LinearScale& x, double degrees) {
    std::vector<WordLayout::Placed> placed;
    double taken = -1e9;
    for (const auto& word : words) {
        const Extent extent = extentOf(word.text, degrees);
        const double at = std::max(word.x, taken + extent.left);
        const bool inside = degrees != 0.0 || (at - extent.left >= x.from - 2 * kMargin &&
                                               at + extent.right <= x.to + 2 * kMargin);
        if (at - word.x > kMaxMove || !inside) continue;
        placed.push_back({word.text, at});
        taken = at + extent.right;
    }
    return placed;
}

bool hasLetters(const std::string& text) {
    return text.find_first_not_of(" \t\r\n") != std::string::npos;
}

} // namespace

WordLayout layOutWords(const std::vector<FigureWord>& words, const LinearScale& x) {
    WordLayout layout;
    std::vector<WordLayout::Placed> all;
    for (const FigureWord& word : words) {
        const double begin = std::max(word.begin.value, x.first);
        const double end = std::min(word.end.value, x.last);
        if (!(end > begin) || !hasLetters(word.text)) continue;
        layout.spans.emplace_back(x.at(begin), x.at(end));
        all.push_back(
            {fittedText(word.text, wordStyle(0.0), kLongest), (x.at(begin) + x.at(end)) / 2.0});
    }
    if (all.empty()) return layout;
    for (const double degrees : {0.0, 45.0, 90.0}) {
        layout.degrees = degrees;
        layout.placed = placeGreedily(all, x, degrees);
        if (layout.placed.size() == all.size()) break;
    }
    double longest = 0.0;
    for (const auto& word : layout.placed)
        longest = std::max(longest, textWidth(word.text, wordStyle(0.0)));
    const double angle = layout.degrees * std::numbers::pi / 180.0;
    layout.height = kBars + longest * std::sin(angle) + kTickSize * std::cos(angle) + 2.0;
    return layout;
}

void drawWords(Figure& figure, const WordLayout& layout, double y) {
    constexpr double kApart = 0.4;
    for (const auto& [from, to] : layout.spans)
        figure.box({from + kApart, y, std::max(0.3, to - from - 2 * kApart), 1.4},
                   {0x9b, 0xa3, 0xae});
    const double angle = layout.degrees * std::numbers::pi / 180.0;
    for (const auto& word : layout.placed) {
        // The top of the letters touches the bars, their middle stands under the word's.
        const double across = kTickSize * 0.35 * std::sin(angle);
        const double down =
            layout.degrees == 0.0 ? kTickSize * 0.8 : kTickSize * 0.55 * std::cos(angle);
        figure.text({word.x + across, y + kBars + down}, word.text, wordStyle(layout.degrees));
    }
}

} // namespace gesture::io
