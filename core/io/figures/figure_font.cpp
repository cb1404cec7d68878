// SPDX-License-Identifier: Apache-2.0
#include "core/io/figures/figure_font.h"

#include "core/base/assert.h"
#include "core/io/figures/win_ansi.h"
#include "gesture_figures_resources.h"

#include <charconv>

namespace gesture::io {

namespace {

constexpr double kUnitsPerEm = 1000.0;
constexpr int kPiecesPerCurve = 8;

/// Reads the lines of figure-regular.txt and its like; they are part of the program.
class GlyphLine {
public:
    explicit GlyphLine(std::string_view line)
        : rest_(line) {}

    int number() {
        while (!rest_.empty() && rest_.front() == ' ')
            rest_.remove_prefix(1);
        int value = 0;
        const auto read = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
        GESTURE_ASSERT(read.ec == std::errc{});
        rest_.remove_prefix(static_cast<std::size_t>(read.ptr - rest_.data()));
        return value;
    }

    FigurePoint point() {
        const int x = number();
        const int y = number();
        return {x / kUnitsPerEm, y / kUnitsPerEm};
    }

    /// The next letter; 0 at the end.
    char command() {
        while (!rest_.empty() && rest_.front() == ' ')
            rest_.remove_prefix(1);
        if (rest_.empty()) return '\0';
        const char letter = rest_.front();
        rest_.remove_prefix(1);
        return letter;
    }

private:
    std::string_view rest_;
};

void appendCurve(std::vector<FigurePoint>& outline, const FigurePoint& bend,
                 const FigurePoint& end) {
    const FigurePoint start = outline.back();
    for (int i = 1; i <= kPiecesPerCurve; ++i) {
        const double t = static_cast<double>(i) / kPiecesPerCurve;
        const double s = 1.0 - t;
        outline.push_back({s * s * start.x + 2 * s * t * bend.x + t * t * end.x,
                           s * s * start.y + 2 * s * t * bend.y + t * t * end.y});
    }
}

Glyph readGlyph(GlyphLine& line) {
    Glyph glyph;
    glyph.advance = line.number() / kUnitsPerEm;
    while (const char command = line.command()) {
        if (command == 'M') {
            glyph.outlines.push_back({line.point()});
        } else if (command == 'L') {
            glyph.outlines.back().push_back(line.point());
        } else {
            const FigurePoint bend = line.point();
            appendCurve(glyph.outlines.back(), bend, line.point());
        }
    }
    return glyph;
}

} // namespace

FigureFont::FigureFont(std::string_view table) {
    while (!table.empty()) {
        const std::size_t end = table.find('\n');
        GlyphLine line(table.substr(0, end));
        const auto code = static_cast<std::size_t>(line.number());
        glyphs_.at(code) = readGlyph(line);
        table.remove_prefix(end + 1);
    }
}

const FigureFont& FigureFont::of(TextWeight weight) {
    static const FigureFont regular(resources::figure_regular_txt);
    static const FigureFont bold(resources::figure_bold_txt);
    return weight == TextWeight::Bold ? bold : regular;
}

double textWidth(std::string_view utf8, const TextStyle& style) {
    const FigureFont& font = FigureFont::of(style.weight);
    double width = 0.0;
    for (const char code : toWinAnsi(utf8))
        width += font.glyph(code).advance;
    return width * style.size;
}

std::string fittedText(std::string_view utf8, const TextStyle& style, double width) {
    std::string text = printableUtf8(utf8);
    if (textWidth(text, style) <= width) return text;
    while (!text.empty()) {
        while (text.size() > 1 && (static_cast<unsigned char>(text.back()) & 0xC0U) == 0x80U)
            text.pop_back();
        text.pop_back();
        while (text.ends_with(' '))
            text.pop_back();
        if (!text.empty() && textWidth(text + "…", style) <= width) return text + "…";
    }
    return {};
}

} // namespace gesture::io
