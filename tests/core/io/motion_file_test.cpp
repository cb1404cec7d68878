// SPDX-License-Identifier: Apache-2.0
#include "core/io/motion_file.h"

#include "core/io/npz.h"
#include "core/motion/average_skeleton.h"
#include "tests/core/io/file_damage.h"
#include "tests/core/io/golden.h"
#include "tests/core/io/raw_zip.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <numbers>
#include <string>

namespace gesture::io {
namespace {

using motion::Clip;
using motion::kExpressionCount;
using motion::kPoseSize;
using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;

/// A motion file in the making: change or remove arrays, then read it.
class MotionFile : public ::testing::Test {
protected:
    static NpyArray floats(std::vector<std::size_t> shape) {
        std::size_t count = 1;
        for (const std::size_t size : shape)
            count *= size;
        std::vector<float> values(count);
        for (std::size_t i = 0; i < count; ++i)
            values[i] = static_cast<float>(test::rampAt(i, 'f'));
        return NpyArray::from<float>(values, std::move(shape));
    }

    void set(const std::string& name, NpyArray array) {
        remove(name);
        arrays.emplace_back(name, std::move(array));
    }

    void remove(const std::string& name) {
        std::erase_if(arrays, [&](const auto& one) { return one.first == name; });
    }

    Result<Clip> read() {
        EXPECT_TRUE(writeNpz(folder / "clip.npz", arrays).ok());
        return readMotionFile(folder / "clip.npz");
    }

    std::string message() {
        const auto clip = read();
        return clip ? "" : clip.error().message();
    }

    test::TemporaryFolder folder;
    std::vector<std::pair<std::string, NpyArray>> arrays{
        {"poses", floats({4, 165})},
        {"trans", floats({4, 3})},
        {"expressions", floats({4, 100})},
        {"betas", floats({300})},
        {"gender", NpyArray::fromString("female")},
        {"model", NpyArray::fromString("smplx2020")},
        {"mocap_frame_rate", NpyArray::scalar<std::int32_t>(30)}};
};

Clip sampleClip(std::size_t frames) {
    Clip::Data data;
    data.poses.resize(frames * kPoseSize);
    data.translations.resize(frames * 3);
    data.expressions.resize(frames * kExpressionCount);
    data.betas = {0.5F, -1.25F};
    for (std::size_t i = 0; i < data.poses.size(); ++i)
        data.poses[i] = static_cast<float>(i % 997) / 512.0F;
    data.translations[1] = 1.25F;
    data.expressions[3] = -2.5F;
    data.rate = {60, 1};
    data.expressionSpace = motion::ExpressionSpace::Arkit52;
    data.gender = "male";
    return Clip::create(std::move(data)).value();
}

void expectSame(const Clip& a, const Clip& b) {
    EXPECT_TRUE(std::ranges::equal(a.poses(), b.poses()));
    EXPECT_TRUE(std::ranges::equal(a.translations(), b.translations()));
    EXPECT_TRUE(std::ranges::equal(a.expressions(), b.expressions()));
    EXPECT_EQ(a.rate(), b.rate());
    EXPECT_EQ(a.expressionSpace(), b.expressionSpace());
    EXPECT_EQ(a.gender(), b.gender());
    EXPECT_EQ(a.model(), b.model());
}

TEST_F(MotionFile, OfNumPyHasItsNumbers) {
    const auto clip = readMotionFile(test::goldenNpz("motion.npz"));
    ASSERT_TRUE(clip.ok()) << clip.error().message();
    EXPECT_EQ(clip->frameCount(), 5);
    EXPECT_EQ(clip->rate(), (FrameRate{30, 1}));
    EXPECT_EQ(clip->gender(), "neutral");
    EXPECT_EQ(clip->model(), "smplx2020");
    EXPECT_EQ(clip->expressionSpace(), motion::ExpressionSpace::Smplx);
    EXPECT_EQ(clip->betas().size(), 300U);
    for (std::size_t i = 0; i < 5 * kPoseSize; ++i)
        ASSERT_EQ(clip->poses()[i], test::rampAt(i, 'f') / 16) << i;
    for (std::size_t i = 0; i < 500; ++i)
        ASSERT_EQ(clip->expressions()[i], test::rampAt(i, 'f')) << i;
    EXPECT_EQ(clip->translation({2})[1], test::rampAt(7, 'f'));
}

TEST_F(MotionFile, OfSmplHGetsAStillJawAndEyes) {
    const auto clip = readMotionFile(test::goldenNpz("motion_smplh.npz"));
    ASSERT_TRUE(clip.ok()) << clip.error().message();
    EXPECT_EQ(clip->frameCount(), 4);
    for (std::int64_t frame = 0; frame < 4; ++frame) {
        const auto pose = clip->pose({frame});
        const auto first = static_cast<std::size_t>(156 * frame);
        EXPECT_EQ(pose[0], test::rampAt(first, 'f') / 16);
        EXPECT_EQ(pose[65], test::rampAt(first + 65, 'f') / 16);
        EXPECT_THAT(pose.subspan(66, 9), Each(0.0F));
        EXPECT_EQ(pose[75], test::rampAt(first + 66, 'f') / 16);
        EXPECT_EQ(pose[164], test::rampAt(first + 155, 'f') / 16);
    }
}

/// A standing body as AMASS has it: z up, SMPL-H, its own names.
TEST_F(MotionFile, OfAmassIsTurnedToStand) {
    constexpr std::size_t kFrames = 3;
    std::vector<float> poses(kFrames * 156, 0.0F);
    std::vector<float> places;
    for (std::size_t frame = 0; frame < kFrames; ++frame) {
        poses[frame * 156] = std::numbers::pi_v<float> / 2; // stands along z, looks along -y
        poses[frame * 156 + 66] = 0.25F;                    // left index finger
        places.insert(places.end(), {1.0F, 2.0F, 1.25F});
    }
    arrays.clear();
    set("poses", NpyArray::from<float>(poses, {kFrames, 156}));
    set("trans", NpyArray::from<float>(places, {kFrames, 3}));
    set("betas", floats({16}));
    set("mocap_framerate", NpyArray::scalar<double>(120.0));
    for (const bool named : {false, true}) {
        if (named) set("dmpls", floats({kFrames, 8}));
        const auto clip = read();
        ASSERT_TRUE(clip.ok()) << clip.error().message();
        EXPECT_EQ(clip->rate(), (FrameRate{120, 1}));
        for (int axis = 0; axis < 3; ++axis)
            EXPECT_NEAR(clip->pose({1})[static_cast<std::size_t>(axis)], 0, 1e-5F);
        EXPECT_FLOAT_EQ(clip->pose({1})[75], 0.25F);
        // The pelvis was at rest + (1, 2, 1.25) with z up; its height is the same with y up.
        const auto rest = motion::averageRestJoints();
        const auto moved = clip->translation({1});
        EXPECT_NEAR(moved[0] + rest[0], 1.0F + rest[0], 1e-5F);
        EXPECT_NEAR(moved[1] + rest[1], 1.25F + rest[2], 1e-5F);
        EXPECT_NEAR(moved[2] + rest[2], -2.0F - rest[1], 1e-5F);
    }
}

TEST_F(MotionFile, OfSmplXWithoutEyesKeepsTheJaw) {
    set("poses", floats({4, 159}));
    const auto clip = read();
    ASSERT_TRUE(clip.ok()) << clip.error().message();
    const auto pose = clip->pose({1});
    EXPECT_EQ(pose[68], test::rampAt(159 + 68, 'f'));
    EXPECT_THAT(pose.subspan(69, 6), Each(0.0F));
    EXPECT_EQ(pose[75], test::rampAt(159 + 69, 'f'));
}

TEST_F(MotionFile, MayHavePosesByJoint) {
    set("poses", floats({4, 55, 3}));
    EXPECT_EQ(message(), "");
    set("poses", floats({4, 52, 3}));
    EXPECT_EQ(message(), "");
    set("poses", floats({4, 54, 3}));
    EXPECT_THAT(message(), HasSubstr("'poses' is (4, 54, 3)"));
}

TEST_F(MotionFile, MayLackWhatCanBeZero) {
    remove("trans");
    remove("expressions");
    remove("betas");
    remove("gender");
    remove("model");
    const auto clip = read();
    ASSERT_TRUE(clip.ok()) << clip.error().message();
    EXPECT_THAT(clip->translations(), Each(0.0F));
    EXPECT_EQ(clip->expressions().size(), 400U);
    EXPECT_THAT(clip->expressions(), Each(0.0F));
    EXPECT_TRUE(clip->betas().empty());
    EXPECT_EQ(clip->gender(), "neutral");
}

TEST_F(MotionFile, FillsMissingExpressionColumns) {
    set("expressions", floats({4, 50}));
    const auto clip = read();
    ASSERT_TRUE(clip.ok()) << clip.error().message();
    EXPECT_EQ(clip->expression({1})[0], test::rampAt(50, 'f'));
    EXPECT_EQ(clip->expression({1})[49], test::rampAt(99, 'f'));
    EXPECT_THAT(clip->expression({1}).subspan(50), Each(0.0F));
    set("expressions", NpyArray::from<float>({}, {4, 0}));
    EXPECT_EQ(message(), "");
    set("expressions", floats({4, 101}));
    EXPECT_THAT(message(), HasSubstr("'expressions' is (4, 101)"));
}

TEST_F(MotionFile, TakesTheFirstRowOfBetas) {
    for (const std::vector<std::size_t>& shape : {std::vector<std::size_t>{16}, {1, 16}, {4, 16}}) {
        set("betas", floats(shape));
        const auto clip = read();
        ASSERT_TRUE(clip.ok()) << clip.error().message();
        ASSERT_EQ(clip->betas().size(), 16U);
        EXPECT_EQ(clip->betas()[15], test::rampAt(15, 'f'));
    }
    for (const std::vector<std::size_t>& shape :
         {std::vector<std::size_t>{}, {2, 16}, {1, 1, 16}, {1001}}) {
        set("betas", floats(shape));
        EXPECT_THAT(message(), HasSubstr("'betas' is ")) << shape.size();
    }
}

TEST_F(MotionFile, TakesItsRateFromAnyOfThreeNames) {
    remove("mocap_frame_rate");
    EXPECT_THAT(message(), HasSubstr("does not say its frame rate"));
    set("fps", NpyArray::scalar(24.0));
    EXPECT_EQ(read()->rate(), (FrameRate{24, 1}));
    set("mocap_framerate", NpyArray::from<float>(std::vector<float>{29.97F}, {1}));
    EXPECT_EQ(read()->rate(), (FrameRate{30000, 1001}));
    set("mocap_frame_rate", NpyArray::scalar<std::int64_t>(120));
    EXPECT_EQ(read()->rate(), (FrameRate{120, 1}));
    for (const double bad :
         {0.0, -30.0, 0.5, 1000.5, 1e300, std::nan(""), std::numeric_limits<double>::infinity()}) {
        set("mocap_frame_rate", NpyArray::scalar(bad));
        EXPECT_THAT(message(), HasSubstr("between 1 and 1000")) << bad;
    }
    set("mocap_frame_rate", floats({2}));
    EXPECT_THAT(message(), HasSubstr("single number"));
}

TEST(FrameRateFromNumber, FindsTheRatioThatIsMeant) {
    EXPECT_EQ(frameRateFromNumber(30.0), (FrameRate{30, 1}));
    EXPECT_EQ(frameRateFromNumber(23.976), (FrameRate{24000, 1001}));
    EXPECT_EQ(frameRateFromNumber(23.98), (FrameRate{24000, 1001}));
    EXPECT_EQ(frameRateFromNumber(29.97), (FrameRate{30000, 1001}));
    EXPECT_EQ(frameRateFromNumber(59.94), (FrameRate{60000, 1001}));
    EXPECT_EQ(frameRateFromNumber(119.88), (FrameRate{120000, 1001}));
    EXPECT_EQ(frameRateFromNumber(12.5), (FrameRate{25, 2}));
    EXPECT_EQ(frameRateFromNumber(1000.0), (FrameRate{1000, 1}));
    EXPECT_FALSE(frameRateFromNumber(std::nan("")).has_value());
}

TEST_F(MotionFile, KnowsItsExpressionSpace) {
    set("expression_space", NpyArray::fromString("arkit52"));
    EXPECT_EQ(read()->expressionSpace(), motion::ExpressionSpace::Arkit52);
    set("expression_space", NpyArray::fromString("smplx"));
    EXPECT_EQ(read()->expressionSpace(), motion::ExpressionSpace::Smplx);
    set("expression_space", NpyArray::fromString("vrm"));
    EXPECT_THAT(message(), AllOf(HasSubstr("'vrm'"), HasSubstr("'arkit52'")));
}

TEST_F(MotionFile, IgnoresLabelsThatAreNoText) {
    set("gender", NpyArray::scalar(1));
    EXPECT_EQ(read()->gender(), "neutral");
    set("gender", NpyArray::fromString(std::string(5000, 'x')));
    EXPECT_EQ(read()->gender(), "neutral");
}

TEST_F(MotionFile, SaysWhichArrayIsMissing) {
    remove("poses");
    EXPECT_THAT(message(), AllOf(HasSubstr("clip.npz"), HasSubstr("no array 'poses'"),
                                 HasSubstr("it holds: trans, expressions, betas")));
    EXPECT_EQ(read().error().code(), ErrorCode::NotFound);
}

TEST_F(MotionFile, SaysWhichShapeIsWrong) {
    set("poses", floats({4, 63}));
    EXPECT_THAT(message(), AllOf(HasSubstr("clip.npz"), HasSubstr("'poses' is (4, 63) <f4"),
                                 HasSubstr("should be (frames, 165)")));
    set("poses", floats({660}));
    EXPECT_THAT(message(), HasSubstr("'poses' is (660,)"));
    set("poses", NpyArray::fromString("no numbers"));
    EXPECT_THAT(message(), HasSubstr("'poses' is ()"));
}

TEST_F(MotionFile, SaysThatItHasNoFrames) {
    set("poses", NpyArray::from<float>({}, {0, 165}));
    EXPECT_THAT(message(), HasSubstr("no frames"));
}

TEST_F(MotionFile, SaysWhichLengthsDiffer) {
    set("trans", floats({3, 3}));
    EXPECT_THAT(message(), AllOf(HasSubstr("'trans' is (3, 3)"), HasSubstr("should be (4, 3)")));
    set("trans", floats({4, 3}));
    set("expressions", floats({5, 100}));
    EXPECT_THAT(message(), AllOf(HasSubstr("'expressions' is (5, 100)"), HasSubstr("(4, 100)")));
}

TEST_F(MotionFile, NamesTheFirstFrameThatIsNotANumber) {
    std::vector<double> poses(4 * 165, 0.25);
    poses[2 * 165 + 7] = std::nan("");
    poses[3 * 165] = 1e300; // too large for float32
    set("poses", NpyArray::from<double>(poses, {4, 165}));
    EXPECT_THAT(message(),
                AllOf(HasSubstr("clip.npz"), HasSubstr("'poses'"), HasSubstr("frame 2, column 7")));
}

TEST_F(MotionFile, RefusesAbsurdLengthsByTheirHeader) {
    // Objects have no size that could be checked, so only the frame count speaks against it.
    const std::string header =
        "{'descr': '|O', 'fortran_order': False, 'shape': (99999999999, 165), }";
    std::string npy("\x93NUMPY\x01\x00", 8);
    npy += static_cast<char>(header.size());
    npy += '\0';
    test::writeBytes(folder / "a.npz",
                     test::rawZip({test::storedMember("poses.npy", npy + header)}));
    const auto clip = readMotionFile(folder / "a.npz");
    ASSERT_FALSE(clip.ok());
    EXPECT_EQ(clip.error().code(), ErrorCode::LimitExceeded);
    EXPECT_THAT(clip.error().message(), HasSubstr("at most 1728000 frames"));
}

TEST_F(MotionFile, OfTwoHoursIsWrittenAndRead) {
    const Clip clip = sampleClip(216'000);
    ASSERT_TRUE(writeMotionFile(folder / "long.npz", clip).ok());
    const auto again = readMotionFile(folder / "long.npz");
    ASSERT_TRUE(again.ok()) << again.error().message();
    expectSame(clip, *again);
}

TEST_F(MotionFile, KeepsAClipThroughWritingAndReading) {
    const Clip clip = sampleClip(7);
    ASSERT_TRUE(writeMotionFile(folder / "a.npz", clip).ok());
    const auto again = readMotionFile(folder / "a.npz");
    ASSERT_TRUE(again.ok()) << again.error().message();
    expectSame(clip, *again);
    ASSERT_EQ(again->betas().size(), 300U);
    EXPECT_THAT(again->betas().first(2), ElementsAreArray({0.5F, -1.25F}));
    EXPECT_THAT(again->betas().subspan(2), Each(0.0F));
    ASSERT_TRUE(writeMotionFile(folder / "b.npz", *again).ok());
    EXPECT_EQ(test::readBytes(folder / "a.npz"), test::readBytes(folder / "b.npz"));
}

TEST_F(MotionFile, KeepsRatesThatAreNoWholeNumbers) {
    Clip::Data data;
    data.poses.resize(kPoseSize);
    data.translations.resize(3);
    for (const FrameRate rate :
         {FrameRate{30000, 1001}, FrameRate{24000, 1001}, FrameRate{25, 2}}) {
        data.rate = rate;
        ASSERT_TRUE(writeMotionFile(folder / "a.npz", Clip::create(data).value()).ok());
        EXPECT_EQ(readMotionFile(folder / "a.npz")->rate(), rate);
    }
}

TEST_F(MotionFile, HasTheLayoutThatTheBlenderAddOnWants) {
    ASSERT_TRUE(writeMotionFile(folder / "a.npz", sampleClip(2)).ok());
    const auto npz = NpzReader::open(folder / "a.npz");
    ASSERT_TRUE(npz.ok());
    EXPECT_EQ(npz->read("betas")->describe(), "(300,) float32");
    EXPECT_EQ(npz->read("poses")->describe(), "(2, 165) float32");
    EXPECT_EQ(npz->read("expressions")->describe(), "(2, 100) float32");
    EXPECT_EQ(npz->read("trans")->describe(), "(2, 3) float32");
    EXPECT_EQ(npz->read("mocap_frame_rate")->describe(), "() int32");
    EXPECT_EQ(npz->find("model")->dtype, "<U9");
    EXPECT_EQ(npz->find("gender")->dtype, "<U4");
}

TEST_F(MotionFile, GivesTheSameClipOrAnErrorForEveryFlippedByte) {
    const auto clip = readMotionFile(test::goldenNpz("motion_smplh.npz"));
    ASSERT_TRUE(clip.ok());
    std::filesystem::copy(test::goldenNpz("motion_smplh.npz"), folder / "a.npz");
    test::forEachFlip(folder / "a.npz", [&](std::size_t offset) {
        const auto other = readMotionFile(folder / "a.npz");
        if (!other) return;
        EXPECT_TRUE(std::ranges::equal(other->poses(), clip->poses())) << offset;
        EXPECT_TRUE(std::ranges::equal(other->translations(), clip->translations())) << offset;
        EXPECT_TRUE(std::ranges::equal(other->expressions(), clip->expressions())) << offset;
        EXPECT_EQ(other->rate(), clip->rate()) << offset;
    });
}

TEST_F(MotionFile, RefusesEveryTruncation) {
    std::filesystem::copy(test::goldenNpz("motion_smplh.npz"), folder / "a.npz");
    test::forEachTruncation(folder / "a.npz", [&](std::size_t length) {
        EXPECT_FALSE(readMotionFile(folder / "a.npz").ok()) << length;
    });
}

TEST(MotionFileOfBeat2, HasItsNumbers) {
    GESTURE_SHARED_DATA_OR_SKIP(path, "2_scott_0_1_1.npz");
    const auto clip = readMotionFile(path);
    ASSERT_TRUE(clip.ok()) << clip.error().message();
    EXPECT_EQ(clip->frameCount(), 1906);
    EXPECT_EQ(clip->rate(), (FrameRate{30, 1}));
    EXPECT_EQ(clip->model(), "smplx2020");
    EXPECT_EQ(clip->gender(), "neutral");
    constexpr float kPrinted = 1e-6F; // the values below have six decimals
    const auto expectNear = [&](std::span<const float> got, std::vector<float> expected) {
        for (std::size_t i = 0; i < expected.size(); ++i)
            EXPECT_NEAR(got[i], expected[i], kPrinted) << i;
    };
    expectNear(clip->translation({0}), {0.200795F, 1.288149F, -0.371128F});
    expectNear(clip->expression({0}), {0.203887F, 0.457818F, -0.196050F});
    expectNear(clip->pose({0}), {-0.179989F, -0.046341F, -0.080872F});
    expectNear(clip->pose({1905}).last(3), {0.383372F, -0.603516F, 0.392804F});
    EXPECT_EQ(clip->betas().size(), 300U);
    expectNear(clip->betas(), {0.437693F, 0.549658F, -0.330179F});
}

} // namespace
} // namespace gesture::io
