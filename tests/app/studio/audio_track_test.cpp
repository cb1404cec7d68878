// SPDX-License-Identifier: Apache-2.0
#include "app/studio/document/audio_track.h"

#include <gtest/gtest.h>

namespace gesture::app {
namespace {

audio::WaveformOverview rampOf(int columns) {
    audio::WaveformOverview overview;
    for (int i = 0; i < columns; ++i) {
        const float value = static_cast<float>(i + 1) / static_cast<float>(columns);
        overview.highest.push_back(value);
        overview.lowest.push_back(-value / 2);
        overview.rms.push_back(value / 4);
    }
    return overview;
}

TEST(WaveformLevels, KeepsTheExtremesAtEveryZoom) {
    const WaveformLevels levels(rampOf(1000));
    EXPECT_FLOAT_EQ(levels.peak(), 1.0F);
    for (const double length : {1.0, 0.5, 0.1, 0.01}) {
        const WaveformSpan span = levels.span(1.0 - length, 1.0);
        EXPECT_FLOAT_EQ(span.highest, 1.0F) << length;
        EXPECT_FLOAT_EQ(span.lowest, -0.5F) << length;
    }
}

TEST(WaveformLevels, ShowsOnlyWhatLiesInTheStretch) {
    const WaveformLevels levels(rampOf(1000));
    EXPECT_NEAR(levels.span(0.0, 0.1).highest, 0.1F, 0.0125F); // two columns of a sixteenth
    EXPECT_FLOAT_EQ(levels.span(0.0, 0.001).highest, 0.001F);
}

TEST(WaveformLevels, IsSilentOutsideOfTheSound) {
    const WaveformLevels levels(rampOf(10));
    EXPECT_FLOAT_EQ(levels.span(1.0, 1.5).highest, 0);
    EXPECT_FLOAT_EQ(levels.span(-1.0, 0.0).highest, 0);
    EXPECT_FLOAT_EQ(levels.span(0.5, 0.5).highest, 0);
    EXPECT_FLOAT_EQ(WaveformLevels().span(0, 1).highest, 0);
}

} // namespace
} // namespace gesture::app
