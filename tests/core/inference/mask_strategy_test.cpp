// SPDX-License-Identifier: Apache-2.0
#include "core/inference/mask_strategy.h"

#include "core/inference/word_match.h"

#include <gtest/gtest.h>

#include <limits>

namespace gesture::inference {
namespace {

using motion::BodyPart;

constexpr PartSet kHands{{false, false, true, false}};
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

audio::Transcript transcript() {
    audio::Transcript result;
    result.words = {{"A", {0.0}, {0.2}, {}},
                    {"BIG,", {0.5}, {0.75}, {}},
                    {"", {0.75}, {1.0}, {}},
                    {"Überraschung!", {1.0}, {1.51}, {}},
                    {"big", {2.0}, {2.1}, {}}};
    return result;
}

MaskCanvas canvas(std::int64_t frames, PartSet parts = kAllParts) {
    return {frames, {30, 1}, parts};
}

TEST(WordMatch, IgnoresCaseAndPunctuation) {
    EXPECT_EQ(comparableWord("Don't!"), "dont");
    EXPECT_EQ(comparableWord("DON\u2019T"), "dont");
    EXPECT_EQ(comparableWord("\u00c9TAT"), comparableWord("\u00e9tat"));
    EXPECT_EQ(comparableWord("\u041c\u0418\u0420"), comparableWord("\u043c\u0438\u0440"));
    EXPECT_EQ(comparableWord("\u0141\u00d3D\u0179"), comparableWord("\u0142\u00f3d\u017a"));
    EXPECT_EQ(comparableWord(" -- "), "");
    EXPECT_EQ(comparableWord("b\xff"
                             "ig"),
              "big");
}

TEST(MaskStrategy, WordsMaskTheFramesThatTheyTouch) {
    const std::vector<std::string> words{"big", "\u00fcberraschung"};
    const auto mask = maskWords(transcript(), words, canvas(90, kHands));
    ASSERT_TRUE(mask.ok()) << mask.error().message();
    const std::vector<FrameRange> wanted{{{15}, {23}}, {{30}, {46}}, {{60}, {63}}};
    EXPECT_EQ(mask->runs(BodyPart::Hands), wanted);
    EXPECT_TRUE(mask->runs(BodyPart::Upper).empty());
}

TEST(MaskStrategy, WordsThatAreNotThereAreNamed) {
    const std::vector<std::string> words{"big", "Small", "tiny"};
    const auto mask = maskWords(transcript(), words, canvas(90));
    ASSERT_FALSE(mask.ok());
    EXPECT_EQ(mask.error().code(), ErrorCode::NotFound);
    EXPECT_NE(mask.error().message().find("'small', 'tiny'"), std::string::npos);
    const std::vector<std::string> nothing{"!"};
    EXPECT_EQ(maskWords(transcript(), nothing, canvas(9)).error().code(), ErrorCode::InvalidInput);
    EXPECT_NE(maskWords({}, words, canvas(9)).error().message().find("no transcript"),
              std::string::npos);
}

TEST(MaskStrategy, ThresholdMasksWholeTokens) {
    const std::vector<float> score{0.1F, 0.6F, 0.5F, kNan, 0.9F};
    const EditMask mask = maskAbove(score, 4, 0.5, canvas(18, kHands));
    const std::vector<FrameRange> wanted{{{4}, {8}}, {{16}, {18}}};
    EXPECT_EQ(mask.runs(BodyPart::Hands), wanted);
    EXPECT_EQ(maskAbove(score, 4, 0.5, canvas(6)).runs(), (std::vector<FrameRange>{{{4}, {6}}}));
    EXPECT_TRUE(maskAbove({}, 4, 0.5, canvas(6)).empty());
}

TEST(MaskStrategy, HighestShareTakesTheEarlierOfEquals) {
    const std::vector<float> curve{0.2F, 0.9F, 0.5F, 0.5F, kNan, 0.5F, 0.1F, 0.1F, 0.1F, 0.1F};
    const EditMask mask = maskHighest(curve, 0.3, canvas(10));
    EXPECT_EQ(mask.runs(), (std::vector<FrameRange>{{{1}, {4}}}));
    EXPECT_TRUE(maskHighest(curve, 0.0, canvas(10)).empty());
    EXPECT_DOUBLE_EQ(maskHighest(curve, 1.0, canvas(10)).share({{0}, {10}}), 0.9);
    EXPECT_TRUE(maskHighest(curve, std::numeric_limits<double>::quiet_NaN(), canvas(10)).empty());
}

TEST(MaskStrategy, RandomSharesAreReproducibleAndExact) {
    const EditMask mask = maskRandom(0.4, 4, 5, canvas(400));
    EXPECT_EQ(mask, maskRandom(0.4, 4, 5, canvas(400)));
    EXPECT_NE(mask, maskRandom(0.4, 4, 6, canvas(400)));
    EXPECT_DOUBLE_EQ(mask.share({{0}, {400}}), 0.4);
    EditMask snapped = mask;
    snapped.snapToTokens(4);
    EXPECT_EQ(snapped, mask);
    EXPECT_TRUE(maskRandom(0.4, 4, 5, canvas(0)).empty());
    EXPECT_DOUBLE_EQ(maskRandom(1.0, 4, 5, canvas(7)).share({{0}, {7}}), 1.0);
}

TEST(MaskStrategy, EveryTokenIsChosenAboutEquallyOften) {
    std::vector<int> chosen(20, 0);
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
        const EditMask mask = maskRandom(0.5, 1, seed, canvas(20));
        for (std::size_t i = 0; i < chosen.size(); ++i) {
            chosen[i] += mask.at({static_cast<std::int64_t>(i)}, BodyPart::Face) ? 1 : 0;
        }
    }
    for (const int count : chosen) {
        EXPECT_NEAR(count, 500, 80) << "five standard deviations";
    }
}

} // namespace
} // namespace gesture::inference
