// SPDX-License-Identifier: Apache-2.0
#include "core/inference/mask_training.h"

#include <gtest/gtest.h>

namespace gesture::inference {
namespace {

constexpr PartSet kHands{{false, false, true, false}};

std::string textOf(const MaskJudgement& judgement) {
    std::string text;
    for (const Note& note : judgement.notes) {
        text += note.text + "\n";
    }
    return text;
}

TEST(MaskTraining, NoMaskNeedsNoNote) {
    const MaskJudgement judgement = judgeMask(EditMask(200), echoMaskMaskTraining());
    EXPECT_EQ(judgement.fit, MaskFit::Trained);
    EXPECT_TRUE(judgement.notes.empty());
}

TEST(MaskTraining, AThirdOfTheFramesIsWhatEchoMaskWasTrainedWith) {
    EditMask mask(200);
    for (std::int64_t frame = 0; frame < 200; frame += 3) {
        mask.paint({{frame}, {frame + 1}}, kAllParts);
    }
    const MaskJudgement judgement = judgeMask(mask, echoMaskMaskTraining());
    EXPECT_EQ(judgement.fit, MaskFit::Trained);
    EXPECT_NE(textOf(judgement).find("22 of any 64"), std::string::npos) << textOf(judgement);
    EXPECT_EQ(judgeMask(mask, semTalkMaskTraining()).fit, MaskFit::Related);
}

TEST(MaskTraining, SinglePartsAreOutsideForEchoMaskAndBetweenForSemTalk) {
    EditMask mask(200);
    mask.paint({{60}, {80}}, kHands);
    const MaskJudgement echo = judgeMask(mask, echoMaskMaskTraining());
    EXPECT_EQ(echo.fit, MaskFit::Unseen);
    EXPECT_NE(textOf(echo).find("single body parts (hands)"), std::string::npos) << textOf(echo);
    const MaskJudgement sem = judgeMask(mask, semTalkMaskTraining());
    EXPECT_EQ(sem.fit, MaskFit::Related);
    EXPECT_NE(textOf(sem).find("single channels"), std::string::npos) << textOf(sem);
    EXPECT_EQ(judgeMask(mask, emageMaskTraining()).fit, MaskFit::Related);
}

TEST(MaskTraining, LongHolesBehaveLikeGenerationFromASeed) {
    EditMask mask(300);
    mask.paint({{90}, {150}}, kAllParts);
    const std::string text = textOf(judgeMask(mask, echoMaskMaskTraining()));
    EXPECT_NE(text.find("generation from a seed"), std::string::npos) << text;
    EXPECT_NE(text.find("The stretch 3.0-5.0 s"), std::string::npos) << text;
}

TEST(MaskTraining, TheLimitIsTwentyFourFramesOfSixtyFour) {
    EditMask mask(300);
    mask.paint({{100}, {124}}, kAllParts);
    EXPECT_EQ(judgeMask(mask, echoMaskMaskTraining()).fit, MaskFit::Trained);
    mask.paint({{99}, {100}}, kAllParts);
    EXPECT_EQ(judgeMask(mask, echoMaskMaskTraining()).fit, MaskFit::Related);
}

} // namespace
} // namespace gesture::inference
