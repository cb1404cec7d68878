// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/io/figures/analysis_figures.h"
#include "core/io/figures/colour_map.h"
#include "core/io/figures/figure.h"

#include <string>
#include <vector>

namespace gesture::io {

// What the figures of an analysis are put together from. Internal to this folder.

// Colours of the studio's light theme, so that screen and paper agree.
inline constexpr Colour kInk{0x17, 0x1a, 0x1f};
inline constexpr Colour kFaint{0x5d, 0x65, 0x71};
inline constexpr Colour kAxis{0x45, 0x4c, 0x57};
inline constexpr Colour kGridLine{0xd2, 0xd7, 0xde};
inline constexpr Colour kSoundFill{0x7c, 0x86, 0x94};
inline constexpr Colour kSemanticInk{0x65, 0x6e, 0x00};
inline constexpr Colour kTakeA{0x40, 0x52, 0xd6};
inline constexpr Colour kTakeB{0x0a, 0x74, 0x68};

inline constexpr double kTickSize = 7.0; ///< Points, as all below.
inline constexpr double kLabelSize = 7.5;
inline constexpr double kTitleSize = 8.5;
inline constexpr double kSmallSize = 5.5;
inline constexpr double kTickLength = 2.5;
inline constexpr double kMargin = 6.0;
inline constexpr Pen kAxisPen{kAxis, 0.5, 0.0, 0.0};

/// From values to points along one direction of the paper.
struct LinearScale {
    double first = 0.0; ///< Value at `from`.
    double last = 1.0;  ///< Value at `to`.
    double from = 0.0;
    double to = 1.0;

    [[nodiscard]] double at(double value) const {
        return from + (value - first) / (last - first) * (to - from);
    }
};

/// Round values (1, 2 or 5 times a power of ten) inside a range, at most `most`.
struct Ticks {
    std::vector<double> values;
    int decimals = 0;

    [[nodiscard]] std::string label(std::size_t i) const;
};
[[nodiscard]] Ticks ticksBetween(double first, double last, int most);

/// Those of a level axis, with room for their numbers.
[[nodiscard]] Ticks timeTicks(const LinearScale& x);

/// Ticks and numbers below a level axis at `y`; the height that they take.
double drawLevelAxis(Figure& figure, const LinearScale& x, double y);
/// Ticks and numbers left of an upright axis at `x`, at most `most`; the width that they take.
double drawUprightAxis(Figure& figure, const LinearScale& y, double x, int most);

/// Where the words stand under an axis: level if all fit, else tilted, else upright; words for
/// which even then there is no room are left out. No two overlap.
struct WordLayout {
    struct Placed {
        std::string text;
        double x = 0.0; ///< The middle of the word's time.
    };
    std::vector<Placed> placed;
    std::vector<std::pair<double, double>> spans; ///< From and to, of every word.
    double degrees = 0.0;
    double height = 0.0; ///< Points, with the bars above; 0: no words.
};
[[nodiscard]] WordLayout layOutWords(const std::vector<FigureWord>& words, const LinearScale& x);
void drawWords(Figure& figure, const WordLayout& layout, double y);

struct ColourScale {
    ColourMap map = ColourMap::Inferno;
    double first = 0.0;
    double last = 1.0;

    [[nodiscard]] Colour of(double value) const {
        return colourAt(map, (value - first) / (last - first));
    }
};
/// A bar from bottom to top with numbers and a label at its right; 36 points are enough.
void drawColourBar(Figure& figure, const FigureBox& box, const ColourScale& scale,
                   const std::string& label);

/// Title and what it is of, at the top left; the height that they take.
double drawTitle(Figure& figure, const std::string& title, const std::string& subtitle);
[[nodiscard]] double titleHeight();

/// The lines of small print that a figure of this width needs.
[[nodiscard]] std::vector<std::string> provenanceLines(const FigureProvenance& provenance,
                                                       double width);
[[nodiscard]] double provenanceHeight(const std::vector<std::string>& lines);
/// At the bottom left.
void drawProvenance(Figure& figure, const std::vector<std::string>& lines);

/// "2.00–4.13 s"
[[nodiscard]] std::string rangeText(const FigureRange& range);
[[nodiscard]] Colour partColour(motion::BodyPart part);

/// Greatest value that is a number; `least` if none is above it.
[[nodiscard]] double greatest(const std::vector<float>& values, double least);
/// The next round value: 1, 2, 2.5 or 5 times a power of ten.
[[nodiscard]] double roundedUp(double value);

} // namespace gesture::io
