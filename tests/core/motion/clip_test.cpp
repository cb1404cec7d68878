// SPDX-License-Identifier: Apache-2.0
#include "core/motion/clip.h"

#include "tests/support/synthetic_clip.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace gesture::motion {
namespace {

using test::syntheticClipData;
using ::testing::HasSubstr;

std::string failure(Clip::Data data) {
    const Result<Clip> clip = Clip::create(std::move(data));
    return clip.ok() ? "" : clip.error().message();
}

TEST(Clip, GivesBackEveryFrame) {
    const Clip::Data data = syntheticClipData(3);
    const Clip clip = Clip::create(data).value();
    EXPECT_EQ(clip.frameCount(), 3);
    EXPECT_EQ(clip.pose({2})[164], data.poses[2 * 165 + 164]);
    EXPECT_EQ(clip.translation({1})[2], data.translations[5]);
    EXPECT_EQ(clip.expression({2})[99], data.expressions[299]);
    EXPECT_DOUBLE_EQ(clip.duration().value, 0.1);
}

TEST(Clip, AbsentExpressionsAreZeros) {
    Clip::Data data = syntheticClipData(2);
    data.expressions.clear();
    const Clip clip = Clip::create(std::move(data)).value();
    EXPECT_EQ(clip.expressions().size(), 200U);
    EXPECT_EQ(clip.expression({1})[0], 0.0F);
}

TEST(Clip, OneFrameIsAClip) { EXPECT_EQ(failure(syntheticClipData(1)), ""); }

TEST(Clip, NoFrameIsNone) { EXPECT_THAT(failure({}), HasSubstr("at least one frame")); }

TEST(Clip, SizesThatDoNotFitNameTheArray) {
    Clip::Data poses = syntheticClipData(2);
    poses.poses.pop_back();
    EXPECT_THAT(failure(std::move(poses)), HasSubstr("'poses'"));
    Clip::Data translations = syntheticClipData(2);
    translations.translations.resize(7);
    EXPECT_THAT(failure(std::move(translations)), HasSubstr("'trans'"));
    Clip::Data expressions = syntheticClipData(2);
    expressions.expressions.resize(100);
    EXPECT_THAT(failure(std::move(expressions)), HasSubstr("'expressions'"));
}

TEST(Clip, NumbersThatAreNotFiniteNameTheFrame) {
    for (const float bad :
         {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
        Clip::Data data = syntheticClipData(4);
        data.poses[2 * 165 + 7] = bad;
        EXPECT_THAT(failure(std::move(data)), HasSubstr("'poses'"));
        data = syntheticClipData(4);
        data.translations[3 * 3 + 1] = bad;
        EXPECT_THAT(failure(std::move(data)), HasSubstr("frame 3, column 1"));
        data = syntheticClipData(4);
        data.betas = {0.0F, bad};
        EXPECT_THAT(failure(std::move(data)), HasSubstr("'betas'"));
    }
}

TEST(Clip, RatesOutsideOneToAThousandAreRefused) {
    for (const FrameRate bad : {FrameRate{0, 1}, FrameRate{30, 0}, FrameRate{-30, 1},
                                FrameRate{30, -1}, FrameRate{1, 2}, FrameRate{1001, 1}}) {
        Clip::Data data = syntheticClipData(1);
        data.rate = bad;
        EXPECT_THAT(failure(std::move(data)), HasSubstr("frame rate"));
    }
    Clip::Data broadcast = syntheticClipData(1);
    broadcast.rate = {30000, 1001};
    EXPECT_EQ(failure(std::move(broadcast)), "");
}

} // namespace
} // namespace gesture::motion
