// SPDX-License-Identifier: Apache-2.0
#include "app/studio/timeline/time_axis.h"

#include "app/studio/timeline/ruler_painter.h"

#include <gtest/gtest.h>

namespace gesture::app {
namespace {

TimeAxis axisOf(double seconds) {
    TimeAxis axis;
    axis.setPixels(200, 1200);
    axis.setDuration({seconds}, {30, 1});
    return axis;
}

TEST(TimeAxis, ShowsEverythingAtFirst) {
    const TimeAxis axis = axisOf(64);
    EXPECT_DOUBLE_EQ(axis.xOf({0}), 200);
    EXPECT_DOUBLE_EQ(axis.xOf({64}), 1200);
    EXPECT_DOUBLE_EQ(axis.zoomLevel(), 0);
}

TEST(TimeAxis, ZoomingKeepsTheTimeUnderThePointer) {
    TimeAxis axis = axisOf(64);
    const double x = axis.xOf({20});
    axis.zoom(0.25, {20});
    EXPECT_NEAR(axis.xOf({20}), x, 1e-9);
    EXPECT_NEAR(axis.span(), 16, 1e-9);
}

TEST(TimeAxis, StaysInsideOfTheClip) {
    TimeAxis axis = axisOf(64);
    axis.zoom(0.25, {0});
    axis.scrollBy(-100);
    EXPECT_DOUBLE_EQ(axis.begin(), 0);
    axis.scrollBy(1000);
    EXPECT_DOUBLE_EQ(axis.end(), 64);
    axis.zoom(1000, {32});
    EXPECT_DOUBLE_EQ(axis.span(), 64);
}

TEST(TimeAxis, TurnsThePageWhenThePlayheadLeaves) {
    TimeAxis axis = axisOf(64);
    axis.show(0, 10);
    EXPECT_FALSE(axis.follow({9.9}));
    EXPECT_TRUE(axis.follow({10.1}));
    EXPECT_LT(axis.begin(), 10.1);
    EXPECT_GT(axis.end(), 19);
}

TEST(TimeAxis, ZoomLevelGoesThereAndBack) {
    TimeAxis axis = axisOf(64);
    axis.setZoomLevel(0.6, {30});
    EXPECT_NEAR(axis.zoomLevel(), 0.6, 1e-9);
    axis.setZoomLevel(1, {30});
    EXPECT_NEAR(axis.span(), 0.4, 1e-9);
}

TEST(TimeAxis, VeryShortClipsCannotBeZoomed) {
    TimeAxis axis = axisOf(1.0 / 30);
    EXPECT_DOUBLE_EQ(axis.zoomLevel(), 0);
    axis.setZoomLevel(1, {0});
    EXPECT_NEAR(axis.span(), 1.0 / 30, 1e-12);
}

TEST(RulerSteps, LabelsNeverTouch) {
    for (const double seconds : {0.4, 3.0, 64.0, 3600.0, 14400.0}) {
        const TimeAxis axis = axisOf(seconds);
        const RulerSteps steps = rulerSteps(axis, {30, 1});
        EXPECT_GE(steps.label * axis.pixelsPerSecond(), 60) << seconds;
        EXPECT_LE(steps.small, steps.middle);
        EXPECT_LE(steps.middle, steps.label);
    }
}

} // namespace
} // namespace gesture::app
