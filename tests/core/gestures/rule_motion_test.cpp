// SPDX-License-Identifier: Apache-2.0
#include "core/gestures/rule_motion.h"

#include "core/gestures/body_clearance.h"
#include "core/gestures/idle_motion.h"
#include "core/gestures/joint_limits.h"
#include "core/gestures/lexicon.h"
#include "core/gestures/lexicon_demo.h"
#include "core/motion/average_skeleton.h"
#include "core/motion/relaxed_hands.h"
#include "tests/core/gestures/made_speech.h"

#include <algorithm>
#include <array>
#include <gtest/gtest.h>
#include <map>
#include <stop_token>
#include <vector>

namespace gesture::gestures {
namespace {

motion::SkeletonPose skeletonOf(const motion::Clip& clip, FrameIndex frame) {
    std::array<float, motion::kPoseSize> pose{};
    std::copy(clip.pose(frame).begin(), clip.pose(frame).end(), pose.begin());
    const motion::HandMeans means = motion::relaxedHands();
    for (std::size_t i = 0; i < means.left.size(); ++i) {
        pose[3 * motion::kFirstLeftHandJoint + i] += means.left[i];
        pose[3 * motion::kFirstRightHandJoint + i] += means.right[i];
    }
    const auto translation = clip.translation(frame);
    return motion::forwardKinematics(motion::localRotations(pose), motion::averageRestJoints(),
                                     {translation[0], translation[1], translation[2]});
}

const LexiconDemo& demoOf(std::size_t style) {
    static std::map<std::size_t, LexiconDemo> demos;
    const auto found = demos.find(style);
    if (found != demos.end()) return found->second;
    JobControl control;
    return demos.emplace(style, *makeLexiconDemo(speakerStyles()[style], control)).first->second;
}

class LexiconOfStyle : public testing::TestWithParam<std::size_t> {};

TEST_P(LexiconOfStyle, NoHandAndNoElbowEntersTheBody) {
    constexpr float kDeepest = -0.004F; // metres: less than skin gives way
    const motion::Clip& clip = demoOf(GetParam()).motion.clip;
    for (FrameIndex frame{0}; frame.value < clip.frameCount(); frame = frame + 1) {
        const BodyClearance clearance = bodyClearance(skeletonOf(clip, frame));
        for (const ArmClearance& arm : clearance.arms) {
            ASSERT_GT(arm.hand, kDeepest) << "frame " << frame.value;
            ASSERT_GT(arm.elbow, 2.0F * kDeepest) << "frame " << frame.value;
        }
        ASSERT_GT(clearance.betweenHands, kDeepest) << "frame " << frame.value;
    }
}

TEST_P(LexiconOfStyle, JointsStayWithinTheirLimits) {
    const motion::Clip& clip = demoOf(GetParam()).motion.clip;
    for (FrameIndex frame{0}; frame.value < clip.frameCount(); frame = frame + 1) {
        const auto worst = worstExcess(clip.pose(frame));
        ASSERT_FALSE(worst) << "frame " << frame.value << ": "
                            << motion::jointNames()[static_cast<std::size_t>(worst->joint)] << " "
                            << worst->degrees << " of " << worst->limit;
    }
}

TEST_P(LexiconOfStyle, ElbowsHangBelowTheShoulders) {
    const LexiconDemo& demo = demoOf(GetParam());
    for (const GestureEvent& event : demo.events) {
        const auto pose =
            skeletonOf(demo.motion.clip, demo.motion.clip.rate().frameAt(event.strokeEnd));
        EXPECT_LT(pose.positions[motion::kLeftElbow].y(), pose.positions[motion::kLeftShoulder].y())
            << event.gesture();
        EXPECT_LT(pose.positions[motion::kRightElbow].y(),
                  pose.positions[motion::kRightShoulder].y())
            << event.gesture();
    }
}

INSTANTIATE_TEST_SUITE_P(Speakers, LexiconOfStyle, testing::Values(0, 1, 2, 4));

Result<motion::Clip> ruleMotion(bool withWords, const RuleMotionOptions& options) {
    const auto words = test::someWords();
    const audio::Sound sound = test::hummed(words, test::kSomeSeconds);
    const audio::Transcript transcript =
        withWords ? test::transcriptOf(words, test::kSomeSeconds) : audio::Transcript{};
    JobControl control;
    return makeRuleMotion(sound, transcript, options, control);
}

TEST(RuleMotion, LastsAsLongAsTheSoundAndIsTheSameEveryTime) {
    const auto clip = ruleMotion(true, {});
    ASSERT_TRUE(clip.ok()) << clip.error().message();
    EXPECT_EQ(clip->frameCount(), 360);
    EXPECT_EQ(clip->expressionSpace(), motion::ExpressionSpace::Arkit52);
    const auto again = ruleMotion(true, {});
    EXPECT_TRUE(std::ranges::equal(clip->poses(), again->poses()));
    RuleMotionOptions other;
    other.seed = 7;
    EXPECT_FALSE(std::ranges::equal(clip->poses(), ruleMotion(true, other)->poses()));
}

/// Mean speed of the faster wrist around a moment, m/s.
float wristSpeed(const motion::Clip& clip, double seconds) {
    const FrameIndex frame = clip.rate().frameAt({seconds});
    const auto before = skeletonOf(clip, frame + -3);
    const auto after = skeletonOf(clip, frame + 3);
    const auto way = [&](std::size_t wrist) {
        return (after.positions[wrist] - before.positions[wrist]).norm() * 5.0F;
    };
    return std::max(way(motion::kLeftWrist), way(motion::kRightWrist));
}

TEST(RuleMotion, HandsMoveWithTheWordsAndRestBeforeThem) {
    RuleMotionOptions still;
    still.liveliness = Liveliness::None;
    const auto clip = ruleMotion(true, still);
    ASSERT_TRUE(clip.ok());
    EXPECT_LT(wristSpeed(*clip, 0.2), 0.01F);
    EXPECT_GT(wristSpeed(*clip, 2.0), 0.4F);
}

TEST(RuleMotion, FindsBeatsInSoundWithoutWords) {
    JobControl control;
    const auto words = test::someWords();
    const auto events = findGestures(test::hummed(words, test::kSomeSeconds), {}, {}, control);
    ASSERT_TRUE(events.ok()) << events.error().message();
    EXPECT_GE(events->size(), 4U);
    for (const GestureEvent& event : *events) {
        EXPECT_EQ(event.gesture(), "beat");
        const bool inAWord = std::any_of(words.begin(), words.end(), [&](const auto& word) {
            return word.begin - 0.1 < event.apex.value && event.apex.value < word.end + 0.1;
        });
        EXPECT_TRUE(inAWord) << event.apex.value;
    }
}

TEST(RuleMotion, SilenceAndBriefSoundsAreNoTrouble) {
    JobControl control;
    const auto silent = makeRuleMotion({16000, std::vector<float>(32000)}, {}, {}, control);
    ASSERT_TRUE(silent.ok()) << silent.error().message();
    EXPECT_EQ(silent->frameCount(), 60);
    const auto brief = makeRuleMotion({16000, std::vector<float>(100)}, {}, {}, control);
    ASSERT_FALSE(brief.ok());
    EXPECT_EQ(brief.error().code(), ErrorCode::InvalidInput);
}

TEST(IdleMotion, LeavesTheFeetWhereTheyStood) {
    RuleMotionOptions still;
    still.liveliness = Liveliness::None;
    const auto clip = ruleMotion(true, still);
    JobControl control;
    const auto lively =
        addIdleMotion(*clip, motion::averageRestJoints(), CounterRandom(3), control);
    ASSERT_TRUE(lively.ok()) << lively.error().message();
    float head = 0.0F;
    for (FrameIndex frame{0}; frame.value < clip->frameCount(); frame = frame + 5) {
        const auto before = skeletonOf(*clip, frame);
        const auto after = skeletonOf(*lively, frame);
        for (const int ankle : {motion::kLeftAnkle, motion::kRightAnkle}) {
            const auto index = static_cast<std::size_t>(ankle);
            ASSERT_LT((before.positions[index] - after.positions[index]).norm(), 1e-4F);
        }
        head = std::max(head,
                        (before.positions[motion::kHead] - after.positions[motion::kHead]).norm());
    }
    EXPECT_GT(head, 0.003F);
}

TEST(IdleMotion, BlinksAndIsStoppedWhenAsked) {
    RuleMotionOptions options;
    const auto clip = ruleMotion(false, options);
    ASSERT_TRUE(clip.ok());
    constexpr std::size_t kBlinkLeft = 8;
    float lid = 0.0F;
    for (FrameIndex frame{0}; frame.value < clip->frameCount(); frame = frame + 1)
        lid = std::max(lid, clip->expression(frame)[kBlinkLeft]);
    EXPECT_GT(lid, 0.8F);
    std::stop_source source;
    source.request_stop();
    JobControl stopped(source.get_token(), nullptr);
    const auto none = makeRuleMotion({16000, std::vector<float>(32000)}, {}, options, stopped);
    ASSERT_FALSE(none.ok());
    EXPECT_EQ(none.error().code(), ErrorCode::Cancelled);
}

} // namespace
} // namespace gesture::gestures
