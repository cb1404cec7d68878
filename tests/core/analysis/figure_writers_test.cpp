// SPDX-License-Identifier: Apache-2.0
#include "core/io/figures/figure_files.h"
#include "core/io/figures/figure_writers.h"
#include "tests/core/analysis/outside_program.h"
#include "tests/core/analysis/png_pixels.h"
#include "tests/core/analysis/xml_check.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gesture::io {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

constexpr Colour kRed{255, 0, 0};
constexpr Colour kBlue{0, 0, 255};
constexpr Colour kWhite{255, 255, 255};
constexpr double kOnePixelAPoint = 72.0;

/// Every kind of item on 100 × 80 points.
Figure everything() {
    Figure figure(100.0, 80.0);
    figure.title = "Title with <&> and (\\)";
    figure.description = "d\xC3\xA9"
                         "crit";
    figure.program = "Gesture Studio 0.1.0";
    figure.box({10, 10, 20, 20}, kRed);
    figure.area({{40, 10}, {60, 10}, {60, 30}, {40, 30}}, {0, 0, 255, 0.5F});
    figure.line({{10, 40}, {90, 40}}, {kBlue, 2.0, 0.0, 0.0});
    figure.line({{70, 10}, {90, 30}}, {kRed, 1.0, 2.0, 1.0});
    figure.raster({{10, 50, 20, 20}, 2, 2, {255, 0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0}});
    figure.beginClip({60, 50, 10, 20});
    figure.box({50, 45, 50, 50}, kBlue);
    figure.endClip();
    figure.text({50, 78}, "words <b> & (more) \xE2\x86\x92 \xC3\xA9",
                {7.0, TextWeight::Regular, TextAnchor::Middle, {}, 0.0});
    figure.text({45, 48}, "upright", {7.0, TextWeight::Bold, TextAnchor::End, {}, 90.0});
    return figure;
}

test::PngPixels painted(const Figure& figure, double pixelsPerInch = kOnePixelAPoint) {
    const auto png = figureAsPng(figure, pixelsPerInch);
    EXPECT_TRUE(png.ok());
    return test::readPng(*png);
}

TEST(SvgWriter, WritesWellFormedXmlWithTextAsText) {
    const std::string svg = figureAsSvg(everything());
    const test::XmlReading reading = test::readXml(svg);
    EXPECT_EQ(reading.fault, "");
    EXPECT_THAT(reading.texts, Contains("words <b> & (more) \xE2\x86\x92 \xC3\xA9"));
    EXPECT_THAT(reading.elements, Contains("image"));
    EXPECT_THAT(svg, HasSubstr("width=\"100pt\" height=\"80pt\" viewBox=\"0 0 100 80\""));
    EXPECT_EQ(svg, figureAsSvg(everything()));
}

TEST(SvgWriter, HostileTextStaysText) {
    Figure figure(10.0, 10.0);
    figure.text({1, 1}, std::string("\x00\x1b]<script>\xFF\xEF\xBF\xBE&quot;", 22), {});
    const test::XmlReading reading = test::readXml(figureAsSvg(figure));
    EXPECT_EQ(reading.fault, "");
    ASSERT_EQ(reading.texts.size(), 1U);
    EXPECT_THAT(reading.texts[0], HasSubstr("<script>"));
}

TEST(SvgWriter, IsAcceptedByXmllint) {
    GESTURE_PROGRAM_OR_SKIP(program, "xmllint");
    const test::TemporaryFolder folder;
    ASSERT_TRUE(saveFigure(everything(), folder / "f.svg").ok());
    const auto outcome = test::runOutside(program, {"--noout", (folder / "f.svg").string()});
    EXPECT_EQ(outcome.status, 0) << outcome.output;
}

TEST(PdfWriter, OffsetsOfTheTableAreWhereTheObjectsBegin) {
    const Figure figure = everything();
    const std::string pdf = figuresAsPdf(std::vector<Figure>{figure, figure});
    EXPECT_EQ(pdf.substr(0, 9), "%PDF-1.7\n");
    const std::size_t table = pdf.rfind("\nxref\n") + 1;
    EXPECT_THAT(pdf, HasSubstr("startxref\n" + std::to_string(table) + "\n%%EOF\n"));
    std::size_t count = 0;
    for (std::size_t at = pdf.find('\n', pdf.find("0000000000 65535 f", table)) + 1; pdf[at] != 't';
         at += 20) {
        const std::size_t offset = std::stoul(pdf.substr(at, 10));
        EXPECT_EQ(pdf.substr(offset, 20).find(std::to_string(++count) + " 0 obj\n"), 0U);
    }
    EXPECT_GT(count, 8U);
    EXPECT_THAT(pdf, HasSubstr("/Count 2"));
    EXPECT_EQ(pdf, figuresAsPdf(std::vector<Figure>{figure, figure}));
    EXPECT_THAT(pdf, ::testing::Not(HasSubstr("CreationDate")));
}

TEST(PdfWriter, TextCanBeSearched) {
    GESTURE_PROGRAM_OR_SKIP(program, "pdftotext");
    const test::TemporaryFolder folder;
    ASSERT_TRUE(saveFigure(everything(), folder / "f.pdf").ok());
    const auto outcome = test::runOutside(program, {(folder / "f.pdf").string(), "-"});
    EXPECT_EQ(outcome.status, 0);
    EXPECT_THAT(outcome.output, HasSubstr("words <b> & (more) -> \xC3\xA9"));
    EXPECT_THAT(outcome.output, HasSubstr("upright"));
}

TEST(PdfWriter, IsAcceptedByQpdf) {
    GESTURE_PROGRAM_OR_SKIP(program, "qpdf");
    const test::TemporaryFolder folder;
    ASSERT_TRUE(saveFigure(everything(), folder / "f.pdf").ok());
    const auto outcome = test::runOutside(program, {"--check", (folder / "f.pdf").string()});
    EXPECT_EQ(outcome.status, 0) << outcome.output;
}

TEST(PngWriter, PaintsWhereTheItemsStand) {
    const test::PngPixels picture = painted(everything());
    ASSERT_EQ(picture.columns, 100);
    ASSERT_EQ(picture.rows, 80);
    EXPECT_EQ(picture.at(5, 5), kWhite);
    EXPECT_EQ(picture.at(10, 10), kRed);
    EXPECT_EQ(picture.at(29, 29), kRed);
    EXPECT_EQ(picture.at(30, 30), kWhite);
    EXPECT_NEAR(picture.at(50, 20).red, 127, 1); // half of blue over white
    EXPECT_EQ(picture.at(50, 20).blue, 255);
    EXPECT_EQ(picture.at(50, 39), kBlue);
    EXPECT_EQ(picture.at(50, 40), kBlue);
    EXPECT_EQ(picture.at(50, 41), kWhite);
    EXPECT_EQ(picture.at(12, 52), kRed); // the raster's first cell is its upper left
    EXPECT_EQ(picture.at(28, 52), (Colour{0, 255, 0}));
    EXPECT_EQ(picture.at(12, 68), kBlue);
    EXPECT_EQ(picture.at(65, 60), kBlue); // inside of the clip
    EXPECT_EQ(picture.at(75, 60), kWhite);
    EXPECT_THAT(picture.chunks,
                ::testing::ElementsAre("IHDR", "pHYs", "iTXt", "iTXt", "iTXt", "IDAT", "IEND"));
}

TEST(PngWriter, EdgesAreAsDarkAsTheyCover) {
    Figure figure(10.0, 10.0);
    // A triangle over half of the pixels of a diagonal.
    figure.area({{0, 0}, {10, 10}, {0, 10}}, {0, 0, 0});
    const test::PngPixels picture = painted(figure);
    for (int i = 0; i < 10; ++i)
        EXPECT_NEAR(picture.at(i, i).red, 128, 1) << i;
    EXPECT_EQ(picture.at(2, 7).red, 0);
    EXPECT_EQ(picture.at(7, 2).red, 255);
}

TEST(PngWriter, LettersStandOnTheirBaselineAndHaveTheirHoles) {
    Figure figure(60.0, 60.0);
    figure.text({30, 50}, "O", {60.0, TextWeight::Bold, TextAnchor::Middle, {}, 0.0});
    const test::PngPixels picture = painted(figure);
    EXPECT_EQ(picture.at(30, 29).red, 255); // the hole
    EXPECT_EQ(picture.at(12, 29).red, 0);   // the left stroke
    EXPECT_EQ(picture.at(30, 55).red, 255); // below the baseline
    EXPECT_EQ(picture.at(30, 46).red, 0);   // the lower stroke
}

TEST(PngWriter, TurnedTextRunsUpwards) {
    Figure figure(40.0, 100.0);
    figure.text({30, 90}, "MMMM", {20.0, TextWeight::Bold, TextAnchor::Start, {}, 90.0});
    const test::PngPixels picture = painted(figure);
    int above = 0;
    int right = 0;
    for (int y = 20; y < 88; ++y)
        for (int x = 0; x < 40; ++x)
            (x <= 30 ? above : right) += picture.at(x, y).red < 128 ? 1 : 0;
    EXPECT_GT(above, 300);
    EXPECT_EQ(right, 0);
}

TEST(PngWriter, RefusesWhatIsTooLarge) {
    const Figure figure(1000.0, 1000.0);
    EXPECT_EQ(figureAsPng(figure, 72.0 * 20).error().code(), ErrorCode::LimitExceeded);
    EXPECT_FALSE(figureAsPng(figure, 0.0).ok());
    EXPECT_FALSE(figureAsPng(Figure(0.0, 10.0)).ok());
}

TEST(FigureFiles, NumbersPagesAndKnowsItsFormats) {
    const Figure figure = everything();
    const auto one = figureFiles("map", std::vector<Figure>{figure}, 72.0);
    ASSERT_TRUE(one.ok());
    EXPECT_EQ((*one)[0].first, "map.pdf");
    EXPECT_EQ((*one)[1].first, "map.svg");
    const auto two = figureFiles("map", std::vector<Figure>{figure, figure}, 72.0);
    ASSERT_TRUE(two.ok());
    ASSERT_EQ(two->size(), 5U);
    EXPECT_EQ((*two)[3].first, "map-02.svg");
    const test::TemporaryFolder folder;
    EXPECT_THAT(saveFigure(figure, folder / "map.gif").error().message(), HasSubstr(".svg, .pdf"));
    EXPECT_EQ(folder.entryCount(), 0);
}

} // namespace
} // namespace gesture::io
