// SPDX-License-Identifier: Apache-2.0
#include "app/studio/attention/map_colours.h"

#include <gtest/gtest.h>

#include <cmath>

namespace gesture::app {
namespace {

class ScaleTest : public ::testing::TestWithParam<MapScale> {};

TEST_P(ScaleTest, TheColourBarReadsWhatThePixelsShow) {
    for (const double share : {0.1, 0.5, 0.9, 1.0}) {
        const double weight = weightOnScale(share, 0.08, GetParam());
        EXPECT_NEAR(shareOnScale(weight, 0.08, GetParam()), share, 1e-12);
    }
    EXPECT_EQ(shareOnScale(0.0, 0.08, GetParam()), 0.0);
    EXPECT_EQ(shareOnScale(0.2, 0.08, GetParam()), 1.0);
    EXPECT_EQ(shareOnScale(0.1, 0.0, GetParam()), 0.0);
}

INSTANTIATE_TEST_SUITE_P(All, ScaleTest,
                         ::testing::Values(MapScale::Linear, MapScale::Gamma, MapScale::Log));

TEST(MapColours, TablesAreThoseOfTheFigures) {
    const io::Colour last = io::colourAt(io::ColourMap::Inferno, 1.0);
    EXPECT_EQ(colourTable(io::ColourMap::Inferno)[255], qRgb(last.red, last.green, last.blue));
}

TEST(MapColours, NoDifferenceIsThePanelsColour) {
    for (const Theme* theme : {&darkTheme(), &lightTheme()}) {
        const ColourTable colours = differenceTable(*theme);
        const MapTable table{{0}, {0}, 1, 3, {-0.1F, 0.0F, 0.1F}};
        const QImage image = paintDifference(table, 0.1, colours, 0);
        EXPECT_EQ(image.pixel(0, 0), theme->takeB.rgb());
        EXPECT_EQ(image.pixel(1, 0), theme->bg2.rgb());
        EXPECT_EQ(image.pixel(2, 0), theme->takeA.rgb());
    }
}

TEST(MapColours, RowsAreScaledOneByOneWhenAsked) {
    const MapTable table{{0}, {0}, 2, 2, {0.1F, 0.2F, 0.4F, 0.8F}};
    const ColourTable& colours = colourTable(io::ColourMap::Viridis);
    MapLook look{io::ColourMap::Viridis, MapScale::Linear, MapNormalise::Row, {}};
    EXPECT_EQ(paintTable(table, look, 0.8, 0).pixel(1, 0), colours[255]);
    look.normalise = MapNormalise::Window;
    EXPECT_EQ(paintTable(table, look, 0.8, 0).pixel(1, 0), colours[64]);
    look.fixedLargest = 0.4;
    EXPECT_EQ(paintTable(table, look, 0.8, 0).pixel(0, 1), colours[255]);
}

TEST(MapColours, UnknownCellsAreNoColourOfTheMap) {
    const MapTable table{{0}, {0}, 1, 1, {std::nanf("")}};
    EXPECT_EQ(paintTable(table, {}, 1.0, qRgb(1, 2, 3)).pixel(0, 0), qRgb(1, 2, 3));
}

} // namespace
} // namespace gesture::app
