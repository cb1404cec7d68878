// SPDX-License-Identifier: Apache-2.0
#include "core/inference/mask_spec.h"

#include "tests/support/counter_random.h"

#include <gtest/gtest.h>

namespace gesture::inference {
namespace {

using motion::BodyPart;

constexpr FrameRate kRate{30, 1};

EditMask maskOf(std::string_view text, std::int64_t frames, const MaskSources& sources = {}) {
    const auto spec = parseMaskSpec(text, kRate);
    if (!spec) {
        ADD_FAILURE() << spec.error().message();
        return EditMask(frames);
    }
    auto mask = makeMask(*spec, frames, kRate, sources);
    if (!mask) {
        ADD_FAILURE() << mask.error().message();
        return EditMask(frames);
    }
    return std::move(mask).value();
}

std::string faultOf(std::string_view text) {
    const auto spec = parseMaskSpec(text, kRate);
    if (spec) ADD_FAILURE() << "'" << text << "' was read";
    return spec ? std::string{} : spec.error().message();
}

TEST(MaskSpec, RangesInSecondsClockTimesAndFrames) {
    const EditMask mask = maskOf("upper+hands:1.5-0:03.2,120f-130f", 300);
    const std::vector<FrameRange> wanted{{{45}, {96}}, {{120}, {130}}};
    EXPECT_EQ(mask.runs(BodyPart::Upper), wanted);
    EXPECT_EQ(mask.runs(BodyPart::Hands), wanted);
    EXPECT_TRUE(mask.runs(BodyPart::Face).empty());
}

TEST(MaskSpec, EndsMayBeOpen) {
    EXPECT_EQ(maskOf("all:9-", 300).runs(BodyPart::Face),
              (std::vector<FrameRange>{{{270}, {300}}}));
    EXPECT_EQ(maskOf("lower:-10f", 300).runs(BodyPart::Lower),
              (std::vector<FrameRange>{{{0}, {10}}}));
    EXPECT_DOUBLE_EQ(maskOf("all:-", 300).share({{0}, {300}}), 1.0);
}

TEST(MaskSpec, ClausesAreUnited) {
    const EditMask mask = maskOf(" face:0-1 ; hands+face : 0.5-3 ", 300);
    EXPECT_EQ(mask.runs(BodyPart::Face), (std::vector<FrameRange>{{{0}, {90}}}));
    EXPECT_EQ(mask.runs(BodyPart::Hands), (std::vector<FrameRange>{{{15}, {90}}}));
}

TEST(MaskSpec, FramesAreFoundByWordsScoresAndCurves) {
    audio::Transcript transcript;
    transcript.words = {{"Three", {1.0}, {1.5}, {}}};
    std::vector<float> curve(100, 0.0F);
    curve[7] = curve[8] = 1.0F;
    std::vector<float> score(25, 0.2F);
    score[3] = 0.7F;
    const MaskSources sources{&transcript, score, curve, curve, 4, 1};
    EXPECT_EQ(maskOf("hands@words:three", 100, sources).runs(BodyPart::Hands),
              (std::vector<FrameRange>{{{30}, {45}}}));
    EXPECT_TRUE(maskOf("hands@words:three", 100, sources).runs(BodyPart::Upper).empty());
    EXPECT_EQ(maskOf("semantic>0.5", 100, sources).runs(), (std::vector<FrameRange>{{{12}, {16}}}));
    EXPECT_EQ(maskOf("attention:top2%", 100, sources).runs(),
              (std::vector<FrameRange>{{{7}, {9}}}));
    EXPECT_EQ(maskOf("upper+lower @ loss:top2%", 100, sources).runs(BodyPart::Lower),
              (std::vector<FrameRange>{{{7}, {9}}}));
    EXPECT_DOUBLE_EQ(maskOf("random:40%", 100, sources).share({{0}, {100}}), 0.4);
    EXPECT_DOUBLE_EQ(maskOf("random:40%", 100, sources).share({{0}, {100}}, BodyPart::Face), 0.4);
}

TEST(MaskSpec, RandomClausesDiffer) {
    const EditMask mask = maskOf("face@random:40%;hands@random:40%", 400);
    EXPECT_NE(mask.runs(BodyPart::Face), mask.runs(BodyPart::Hands));
}

TEST(MaskSpec, SaysWhatItNeeds) {
    const auto spec = parseMaskSpec("words:a;hands@attention:top5%", kRate);
    ASSERT_TRUE(spec.ok());
    EXPECT_TRUE(spec->needsWords());
    EXPECT_TRUE(spec->needs(ShareOf::Attention));
    EXPECT_FALSE(spec->needs(ShareOf::Loss));
    EXPECT_FALSE(spec->needsSemanticScore());
    const auto mask = makeMask(*spec, 100, kRate, {});
    ASSERT_FALSE(mask.ok());
    EXPECT_EQ(mask.error().message(), "'words:a' needs a transcript of the speech.");
}

TEST(MaskSpec, FaultsShowThePlace) {
    EXPECT_NE(faultOf("hands:1-2;arms:3-4").find("character 11, 'arms'"), std::string::npos);
    EXPECT_NE(faultOf("hands:1-2, 3-x").find("character 14, 'x'"), std::string::npos);
    EXPECT_NE(faultOf("hands:3-2").find("character 7, '3-2'"), std::string::npos);
    EXPECT_NE(faultOf("hands").find("must follow the parts"), std::string::npos);
    EXPECT_NE(faultOf("hands:5").find("a range is missing"), std::string::npos);
    EXPECT_NE(faultOf("face@hands:1-2").find("must follow '@'"), std::string::npos);
    EXPECT_NE(faultOf("semantic>2").find("score from 0 to 1"), std::string::npos);
    EXPECT_NE(faultOf("attention:20%").find("top20%"), std::string::npos);
    EXPECT_NE(faultOf("random:0%").find("20%"), std::string::npos);
    EXPECT_NE(faultOf("words:a,,b").find("character 9"), std::string::npos);
    EXPECT_NE(faultOf("").find("a mask is missing"), std::string::npos);
    EXPECT_NE(faultOf("all:1-2;;all:3-4").find("character 9"), std::string::npos);
}

TEST(MaskSpec, RangesBehindTheMotionAreRefusedWithItsLength) {
    const auto spec = parseMaskSpec("hands:20-22", kRate);
    ASSERT_TRUE(spec.ok());
    const auto mask = makeMask(*spec, 300, kRate, {});
    ASSERT_FALSE(mask.ok());
    EXPECT_EQ(mask.error().message(),
              "'hands:20-22' begins at 20.00 s, but the motion is 10.00 s long.");
}

TEST(MaskSpec, AnyBytesAreSafe) {
    constexpr std::string_view kPieces[] = {
        "hands", "all",     "+",       ":",      "-",   ",",
        ";",     "@",       "words:",  "big",    "1.5", "120f",
        "0:03",  "random:", "top",     "%",      "20",  "semantic>",
        "loss:", "\xff",    "1e999",   "nan",    " ",   "99999999999999999999f",
        "-",     "\0",      "0:59:29", "9:9:9:9"};
    const std::vector<float> curve(50, 0.5F);
    const MaskSources sources{nullptr, curve, curve, curve, 4, 0};
    for (std::uint64_t stream = 0; stream < 20000; ++stream) {
        std::string text;
        const std::uint64_t count = test::counterBits(stream, 0) % 9;
        for (std::uint64_t i = 1; i <= count; ++i) {
            text += kPieces[test::counterBits(stream, i) % std::size(kPieces)];
        }
        const auto spec = parseMaskSpec(text, kRate);
        if (!spec) {
            EXPECT_FALSE(spec.error().message().empty());
            continue;
        }
        const auto mask = makeMask(*spec, 50, kRate, sources);
        EXPECT_TRUE(!mask || mask->frameCount() == 50);
    }
}

TEST(MaskSpec, TooLongTextsAreRefused) {
    EXPECT_EQ(parseMaskSpec(std::string(70'000, 'a'), kRate).error().code(),
              ErrorCode::LimitExceeded);
}

} // namespace
} // namespace gesture::inference
