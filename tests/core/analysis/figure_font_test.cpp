// SPDX-License-Identifier: Apache-2.0
#include "core/io/figures/colour_map.h"
#include "core/io/figures/coordinate_text.h"
#include "core/io/figures/figure_font.h"

#include <gtest/gtest.h>

namespace gesture::io {
namespace {

TEST(FigureFont, WidthsAreThoseOfHelvetica) {
    // Adobe's Helvetica.afm: A 667, V 667, blank 278, W 944, i 222.
    const TextStyle style{10.0, TextWeight::Regular, TextAnchor::Start, {}, 0.0};
    EXPECT_NEAR(textWidth("A", style), 6.67, 1e-9);
    EXPECT_NEAR(textWidth("AV Wi", style), 6.67 + 6.67 + 2.78 + 9.44 + 2.22, 1e-9);
    EXPECT_NEAR(textWidth("A", {10.0, TextWeight::Bold, TextAnchor::Start, {}, 0.0}), 7.22, 1e-9);
}

TEST(FigureFont, EveryPrintableCharacterHasAnOutline) {
    for (const TextWeight weight : {TextWeight::Regular, TextWeight::Bold})
        for (int code = 0x21; code < 0x100; ++code) {
            const bool isNone = (code >= 0x7F && code < 0xA1 && code != 0x80) || code == 0xAD;
            if (isNone) continue;
            EXPECT_FALSE(FigureFont::of(weight).glyph(static_cast<char>(code)).outlines.empty())
                << code;
        }
}

TEST(FigureFont, CharactersBeyondWinAnsiBecomeTheNearest) {
    EXPECT_EQ(toWinAnsi("plain (text)"), "plain (text)");
    EXPECT_EQ(toWinAnsi("caf\xC3\xA9 \xE2\x82\xAC"), "caf\xE9 \x80");
    EXPECT_EQ(toWinAnsi("a\xE2\x86\x92"
                        "b \xE2\x88\x92 \xC5\x82\xC5\xBA"),
              "a->b \x96 lz");
    EXPECT_EQ(toWinAnsi("e\xCC\x81"), "e"); // the mark alone is dropped
    EXPECT_EQ(toWinAnsi("\xE6\x97\xA5"), "?");
    EXPECT_EQ(toWinAnsi("a\tb\n\xFF"), "a b ?");
}

TEST(FigureFont, LongTextIsCutAtACharacter) {
    const TextStyle style{10.0, TextWeight::Regular, TextAnchor::Start, {}, 0.0};
    EXPECT_EQ(fittedText("word", style, 100.0), "word");
    EXPECT_EQ(fittedText("\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9", style, 20.0), "\xC3\xA9\xE2\x80\xA6");
    EXPECT_EQ(fittedText("word", style, 1.0), "");
    EXPECT_EQ(fittedText("", style, 1.0), "");
}

TEST(FigureFont, CoordinatesAreShortAndNeverLocal) {
    EXPECT_EQ(coordinateText(12.5), "12.5");
    EXPECT_EQ(coordinateText(-0.0001), "0");
    EXPECT_EQ(coordinateText(100.0), "100");
    EXPECT_EQ(coordinateText(1.0 / 3.0), "0.333");
}

TEST(ColourMap, EndsAndMiddleAreThePublishedOnes) {
    EXPECT_EQ(colourAt(ColourMap::Viridis, 0.0), (Colour{68, 1, 84}));
    EXPECT_EQ(colourAt(ColourMap::Viridis, 1.0), (Colour{253, 231, 37}));
    EXPECT_EQ(colourAt(ColourMap::Inferno, 0.0), (Colour{0, 0, 4}));
    EXPECT_EQ(colourAt(ColourMap::Inferno, 1.0), (Colour{252, 255, 164}));
    EXPECT_EQ(colourAt(ColourMap::Difference, 0.5), (Colour{247, 247, 247}));
    EXPECT_EQ(colourAt(ColourMap::Difference, 2.0), (Colour{103, 0, 31}));
    EXPECT_EQ(findColourMap("cividis"), ColourMap::Cividis);
    EXPECT_FALSE(findColourMap("jet").has_value());
}

} // namespace
} // namespace gesture::io
