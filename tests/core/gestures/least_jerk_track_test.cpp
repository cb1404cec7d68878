// SPDX-License-Identifier: Apache-2.0
#include "core/gestures/least_jerk_track.h"

#include "core/motion/keyframes.h"

#include <gtest/gtest.h>

namespace gesture::gestures {
namespace {

using Track = LeastJerkTrack<1>;
using Value = Track::Vector;

TEST(LeastJerkTrack, MovesFromRestAsFlashAndHoganDescribe) {
    Track track(Value(2.0));
    track.move(1.0, 2.0, Value(5.0));
    for (const double t : {0.5, 1.0, 1.2, 1.5, 1.9, 2.0, 3.0})
        EXPECT_NEAR(track.at(t)[0], 2.0 + 3.0 * motion::minimumJerk(static_cast<float>(t - 1.0)),
                    1e-5);
}

TEST(LeastJerkTrack, GoesOnSmoothlyWhereAMovementIsCutShort) {
    Track track(Value(0.0));
    track.move(0.0, 1.0, Value(1.0));
    track.move(0.5, 1.3, Value(-1.0));
    constexpr double h = 1e-4;
    const double before = (track.at(0.5)[0] - track.at(0.5 - h)[0]) / h;
    const double after = (track.at(0.5 + h)[0] - track.at(0.5)[0]) / h;
    EXPECT_NEAR(before, after, 0.01);
    EXPECT_GT(before, 1.5);
    EXPECT_NEAR(track.at(1.3)[0], -1.0, 1e-12);
}

TEST(LeastJerkTrack, ArcsLeaveTheEndsAlone) {
    Track track(Value(0.0));
    track.move(0.0, 1.0, Value(0.0), Value(0.5));
    EXPECT_NEAR(track.at(0.0)[0], 0.0, 1e-12);
    EXPECT_NEAR(track.at(0.5)[0], 0.5, 1e-12);
    EXPECT_NEAR(track.at(1.0)[0], 0.0, 1e-12);
    EXPECT_LT(track.at(0.01)[0], 1e-4);
}

TEST(LeastJerkTrack, LaterPlansReplaceWhatWasPlannedBehindThem) {
    Track track(Value(0.0));
    track.move(2.0, 3.0, Value(9.0));
    track.move(1.0, 1.5, Value(1.0));
    EXPECT_NEAR(track.at(4.0)[0], 1.0, 1e-12);
}

} // namespace
} // namespace gesture::gestures
