// SPDX-License-Identifier: Apache-2.0
#include "core/io/figures/analysis_figures.h"

#include "core/io/figures/figure_font.h"
#include "core/io/figures/figure_parts.h"
#include "core/io/figures/figure_writers.h"
#include "tests/core/analysis/made_analysis.h"
#include "tests/core/analysis/xml_check.h"

#include <algorithm>
#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gesture::io {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

std::vector<std::string> textsOf(const Figure& figure) {
    std::vector<std::string> texts;
    for (const FigureItem& item : figure.items())
        if (const auto* text = std::get_if<DrawnText>(&item)) texts.push_back(text->text);
    return texts;
}

/// Upright box around a text that is level or upright.
FigureBox boxOf(const DrawnText& text) {
    const double width = textWidth(text.text, text.style);
    const double back = text.style.anchor == TextAnchor::Start    ? 0.0
                        : text.style.anchor == TextAnchor::Middle ? width / 2
                                                                  : width;
    const double up = text.style.size * 0.75;
    if (text.style.degrees == 0.0) return {text.at.x - back, text.at.y - up, width, up};
    return {text.at.x - up, text.at.y - width + back, up, width};
}

void expectTextsInsideAndApart(const Figure& figure) {
    std::vector<FigureBox> boxes;
    for (const FigureItem& item : figure.items()) {
        const auto* text = std::get_if<DrawnText>(&item);
        if (text == nullptr || (text->style.degrees != 0.0 && text->style.degrees != 90.0))
            continue;
        const FigureBox box = boxOf(*text);
        EXPECT_GE(box.x, 0.0) << text->text;
        EXPECT_GE(box.y, 0.0) << text->text;
        EXPECT_LE(box.right(), figure.width()) << text->text;
        EXPECT_LE(box.bottom(), figure.height()) << text->text;
        for (const FigureBox& other : boxes) {
            const bool apart = box.right() <= other.x || other.right() <= box.x ||
                               box.bottom() <= other.y || other.bottom() <= box.y;
            EXPECT_TRUE(apart) << text->text << " at " << box.x << ", " << box.y;
        }
        boxes.push_back(box);
    }
}

analysis::NamedAnalysis named(const char* name, const inference::Analysis& analysis) {
    return {name, analysis};
}

TEST(AnalysisFigures, TheMapShowsSpeechToTheRightAndMotionUpwards) {
    AttentionFigure input;
    input.values = {{30, 1}, {0}, 2, {0}, 2, {0.0F, 1.0F, 0.25F, std::nanf("")}};
    const Figure figure = drawAttention(input);
    for (const FigureItem& item : figure.items())
        if (const auto* raster = std::get_if<DrawnRaster>(&item); raster && raster->columns == 2) {
            const auto cell = [&](std::size_t i) {
                return Colour{raster->rgb[3 * i], raster->rgb[3 * i + 1], raster->rgb[3 * i + 2]};
            };
            EXPECT_EQ(cell(0), colourAt(ColourMap::Inferno, 1.0)); // speech 0, motion 1
            EXPECT_EQ(cell(1), (Colour{255, 255, 255}));           // unknown
            EXPECT_EQ(cell(2), colourAt(ColourMap::Inferno, 0.0)); // speech 0, motion 0
            EXPECT_EQ(cell(3), colourAt(ColourMap::Inferno, 0.25));
            return;
        }
    FAIL() << "no raster";
}

TEST(AnalysisFigures, TheMapIsLabelled) {
    const auto analysis = test::madeAnalysis();
    const auto input = analysis::attentionFigureOf(analysis, test::madeFacts(),
                                                   {motion::BodyPart::Hands, 1, {}}, {{60}, {124}});
    ASSERT_TRUE(input.ok());
    const Figure figure = drawAttention(*input);
    const auto texts = textsOf(figure);
    EXPECT_THAT(texts, Contains("Hands, layer 2, mean of 2 heads"));
    EXPECT_THAT(texts, Contains("voice & <noise>.flac \xC2\xB7 speech 2.00\xE2\x80\x93"
                                "4.13 s"));
    EXPECT_THAT(texts, Contains("Speech time (s)"));
    EXPECT_THAT(texts, Contains("Motion time (s)"));
    EXPECT_THAT(texts, Contains("2.5"));
    EXPECT_THAT(texts, Contains(HasSubstr("adds up to 1")));
    EXPECT_THAT(texts, Contains("glad"));
    EXPECT_THAT(texts, Contains(HasSubstr("bundle echomask-beat2 3f9a0c1d2e4b \xC2\xB7 audio "
                                          "b1946ac92492 \xC2\xB7 seed 42")));
    expectTextsInsideAndApart(figure);
    EXPECT_EQ(test::readXml(figureAsSvg(figure)).fault, "");
}

TEST(AnalysisFigures, NothingOverlapsInAnyOfThem) {
    const auto a = test::madeAnalysis({}, 1);
    const auto b = test::madeAnalysis({}, 2);
    const auto facts = test::madeFacts();
    const auto overview = analysis::overviewOf(a, facts);
    for (const FigureRange& range : pagesOf({10.0}, {4.0}))
        expectTextsInsideAndApart(drawOverview(overview, range));
    expectTextsInsideAndApart(drawOverview(overview, {{0.0}, {10.0}}));
    const auto maps = analysis::mapComparisonOf(named("take 1", a), named("take 2", b), facts,
                                                {motion::BodyPart::Upper, {}, {}}, {{0}, {64}});
    ASSERT_TRUE(maps.ok());
    expectTextsInsideAndApart(drawMapComparison(*maps));
    expectTextsInsideAndApart(drawCurveComparison(
        analysis::curveComparisonOf(named("take 1", a), named("take 2", b), facts),
        {{0.0}, {10.0}}));
}

TEST(AnalysisFigures, TheOverviewShowsWhatThereIsAndNoMore) {
    const auto facts = test::madeFacts();
    auto overview = analysis::overviewOf(test::madeAnalysis(), facts);
    const auto all = textsOf(drawOverview(overview, {{0.0}, {10.0}}));
    for (const char* name : {"Speech", "Upper body", "Hands", "Lower body", "All parts",
                             "1 = average", "threshold 0.50", "Motion taken", "Time (s)"})
        EXPECT_THAT(all, Contains(name));
    EXPECT_THAT(all, ::testing::Not(Contains("Face")));
    overview.importance.clear();
    overview.fused.clear();
    overview.waveform = {};
    const auto few = textsOf(drawOverview(overview, {{0.0}, {10.0}}));
    EXPECT_THAT(few, ::testing::Not(Contains("All parts")));
    EXPECT_THAT(few, Contains("Semantic score"));
    overview.semantic = {};
    overview.words.clear();
    overview.provenance = {};
    EXPECT_THAT(textsOf(drawOverview(overview, {{0.0}, {0.1}})), Contains("Time (s)"));
}

TEST(AnalysisFigures, EqualMapsDifferByNothing) {
    const auto a = test::madeAnalysis();
    const auto maps = analysis::mapComparisonOf(named("one", a), named("two", a), test::madeFacts(),
                                                {motion::BodyPart::Upper, 0, 0}, {{0}, {64}});
    ASSERT_TRUE(maps.ok());
    const Figure figure = drawMapComparison(*maps);
    std::vector<const DrawnRaster*> rasters;
    for (const FigureItem& item : figure.items())
        if (const auto* raster = std::get_if<DrawnRaster>(&item); raster && raster->columns == 64)
            rasters.push_back(raster);
    ASSERT_EQ(rasters.size(), 3U);
    EXPECT_EQ(rasters[0]->rgb, rasters[1]->rgb);
    EXPECT_TRUE(std::all_of(rasters[2]->rgb.begin(), rasters[2]->rgb.end(),
                            [](std::uint8_t value) { return value == 247; }));
}

TEST(AnalysisFigures, WordsAreLevelThenTiltedThenUprightAndNeverOverlap) {
    const LinearScale wide{0.0, 10.0, 0.0, 400.0};
    const std::vector<FigureWord> few{{"one", {1.0}, {2.0}}, {"two", {3.0}, {4.0}}};
    EXPECT_EQ(layOutWords(few, wide).degrees, 0.0);
    std::vector<FigureWord> many;
    for (int i = 0; i < 30; ++i)
        many.push_back({"something", {i * 0.3}, {i * 0.3 + 0.3}});
    EXPECT_EQ(layOutWords(many, wide).degrees, 45.0);
    EXPECT_EQ(layOutWords(many, wide).placed.size(), 30U);
    const LinearScale narrow{0.0, 10.0, 0.0, 100.0};
    const WordLayout layout = layOutWords(many, narrow);
    EXPECT_EQ(layout.degrees, 90.0);
    EXPECT_LT(layout.placed.size(), 30U);
    EXPECT_EQ(layout.spans.size(), 30U);
    for (std::size_t i = 1; i < layout.placed.size(); ++i)
        EXPECT_GE(layout.placed[i].x - layout.placed[i - 1].x, 7.0 - 1e-9);
    EXPECT_EQ(layOutWords({{"  ", {0.0}, {1.0}}}, wide).height, 0.0);
}

TEST(AnalysisFigures, TicksAreRound) {
    EXPECT_THAT(ticksBetween(2.0, 4.13, 5).values, ::testing::SizeIs(5)); // 2, 2.5, … 4
    const Ticks ticks = ticksBetween(-0.2, 0.2, 5);
    ASSERT_EQ(ticks.values.size(), 5U);
    EXPECT_EQ(ticks.label(0), "\xE2\x88\x92"
                              "0.2");
    EXPECT_EQ(ticks.label(2), "0.0");
    EXPECT_TRUE(ticksBetween(1.0, 1.0, 5).values.empty());
}

TEST(AnalysisFigures, PagesAreEqualAndCoverTheClip) {
    const auto pages = pagesOf({45.0}, {20.0});
    ASSERT_EQ(pages.size(), 3U);
    EXPECT_EQ(pages.front().begin.value, 0.0);
    EXPECT_EQ(pages.back().end.value, 45.0);
    EXPECT_NEAR(pages[1].begin.value, 15.0, 1e-12);
    EXPECT_EQ(pagesOf({20.0}, {20.0}).size(), 1U);
    EXPECT_EQ(pagesOf({0.0}, {20.0}).size(), 1U);
}

} // namespace
} // namespace gesture::io
