// SPDX-License-Identifier: Apache-2.0
#include "core/io/semantic_labels.h"

#include "core/base/atomic_file.h"
#include "tests/core/io/file_damage.h"
#include "tests/support/temporary_folder.h"

#include <algorithm>
#include <cstdint>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gesture::io {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr FrameRate kRate{30, 1};

const std::string kText = "01_beat_align\t0.0\t0.5\t0.5\t0.1\t\n"
                          "05_iconic_l\t0.5\t1.2\t0.7\t0.5\tbig house\n"
                          "00_nogesture\t1.2\t2.0\t0.8\t0\n";

Result<std::vector<SemanticLabel>> parse(const std::string& text) {
    const test::TemporaryFolder folder;
    EXPECT_TRUE(writeTextAtomically(folder / "labels.txt", text).ok());
    return readSemanticLabels(folder / "labels.txt");
}

SemanticLabel label(double begin, double end, float score) {
    return {"label", {begin}, {end}, score, ""};
}

/// The formula as it stands in the data set's loader.
std::vector<float> plainScores(const std::vector<SemanticLabel>& labels, std::int64_t frames) {
    std::vector<float> scores;
    for (std::int64_t i = 0; i < frames; ++i) {
        const double time = static_cast<double>(i) / 30.0;
        const auto found = std::find_if(labels.begin(), labels.end(), [&](const auto& row) {
            return row.begin.value <= time && time <= row.end.value;
        });
        scores.push_back(found == labels.end() ? 0.0F : found->score);
    }
    return scores;
}

TEST(SemanticLabels, ReadsRowsWithAndWithoutKeyword) {
    const auto labels = parse(kText);
    ASSERT_TRUE(labels.ok()) << labels.error().message();
    EXPECT_THAT(*labels, ElementsAre(SemanticLabel{"01_beat_align", {0.0}, {0.5}, 0.1F, ""},
                                     SemanticLabel{"05_iconic_l", {0.5}, {1.2}, 0.5F, "big house"},
                                     SemanticLabel{"00_nogesture", {1.2}, {2.0}, 0.0F, ""}));
}

TEST(SemanticLabels, EndsOfLinesAndBlankLinesDoNotMatter) {
    std::string other = "\xEF\xBB\xBF\r\n";
    for (const char sign : kText)
        other += sign == '\n' ? std::string("\r\n \r\n") : std::string(1, sign);
    const auto labels = parse(other);
    ASSERT_TRUE(labels.ok()) << labels.error().message();
    EXPECT_EQ(*labels, *parse(kText));
    EXPECT_TRUE(parse("")->empty());
}

TEST(SemanticLabels, FramesTakeTheFirstRowThatHoldsTheirTime) {
    // Both ends belong to a row: frame 3 (0.1 s) lies in the first two.
    const std::vector<SemanticLabel> labels{label(0.0, 0.1, 0.3F), label(0.1, 0.2, 0.7F),
                                            label(0.0, 0.3, 1.0F)};
    EXPECT_THAT(semanticScores(labels, 11, kRate, WeakScores::Keep),
                ElementsAre(0.3F, 0.3F, 0.3F, 0.3F, 0.7F, 0.7F, 0.7F, 1.0F, 1.0F, 1.0F, 0.0F));
}

TEST(SemanticLabels, EqualsThePlainFormulaOnOverlappingRows) {
    std::vector<SemanticLabel> labels;
    std::uint32_t number = 1;
    const auto random = [&](std::uint32_t below) {
        number = number * 1664525U + 1013904223U;
        return static_cast<double>((number >> 8U) % below);
    };
    for (int i = 0; i < 60; ++i) {
        const double begin = random(400) / 30.0 - 1.0;
        labels.push_back(
            label(begin, begin + random(60) / 30.0 - 0.2, static_cast<float>(random(11)) / 10.0F));
    }
    EXPECT_EQ(semanticScores(labels, 500, kRate, WeakScores::Keep), plainScores(labels, 500));
}

TEST(SemanticLabels, WeakScoresCanBecomeZeroAndStillClaimTheirFrames) {
    const std::vector<SemanticLabel> labels{label(0.0, 0.1, 0.1F), label(0.0, 0.2, 0.2F)};
    EXPECT_THAT(semanticScores(labels, 7, kRate, WeakScores::Zero),
                ElementsAre(0.0F, 0.0F, 0.0F, 0.0F, 0.2F, 0.2F, 0.2F));
    EXPECT_EQ(semanticScores(labels, 1, kRate, WeakScores::Keep).front(), 0.1F);
}

TEST(SemanticLabels, TimesFarOutsideAreHarmless) {
    const std::vector<SemanticLabel> labels{label(-1e300, -1e299, 0.9F), label(1e300, 1e301, 0.9F),
                                            label(0.2, 0.1, 0.9F), label(-1e300, 1e300, 0.4F)};
    EXPECT_THAT(semanticScores(labels, 3, kRate, WeakScores::Keep), ElementsAre(0.4F, 0.4F, 0.4F));
    EXPECT_TRUE(semanticScores(labels, 0, kRate, WeakScores::Keep).empty());
}

TEST(SemanticLabels, ManyRowsOverManyFramesAreNoProduct) {
    // 100,000 rows over 1,000,000 frames one by one would be 10^11 steps.
    const std::vector<SemanticLabel> labels(100'000, label(0.0, 1e6, 0.5F));
    const auto scores = semanticScores(labels, 1'000'000, kRate, WeakScores::Keep);
    EXPECT_EQ(scores.front(), 0.5F);
    EXPECT_EQ(scores.back(), 0.5F);
}

TEST(SemanticLabels, TokensHaveTheMeanOfTheirFrames) {
    const std::vector<float> scores{0.0F, 1.0F, 1.0F, 0.0F, 0.5F, 0.5F, 0.5F, 0.5F, 1.0F};
    EXPECT_THAT(semanticScoresOfTokens(scores), ElementsAre(0.5F, 0.5F));
    EXPECT_THAT(semanticScoresOfTokens(scores, 3),
                ElementsAre(2.0F / 3.0F, 1.0F / 3.0F, 2.0F / 3.0F));
    EXPECT_TRUE(semanticScoresOfTokens({}).empty());
}

TEST(SemanticLabels, ErrorsNameTheLineAndTheReason) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"name\t0\t1\t1\n", "4 columns"},
        {"name\t0\t1\t1\t0.5\tword\tmore\n", "7 columns"},
        {"name\tstart\tend\tduration\tscore\n", "the start 'start'"},
        {"name\t0\tnan\t1\t0.5\n", "the end 'nan'"},
        {"name\t0\t1\t\t0.5\n", "the duration ''"},
        {"name\t0\t1\t1\tinf\n", "the score 'inf'"},
        {"name\t0\t1\t1\t1.5\n", "not from 0 to 1"},
        {"name\t0\t1\t1\t-0.1\n", "not from 0 to 1"},
        {"name\t0\t1,5\t1\t0.5\n", "'1,5'"},
        {"\xFF\t0\t1\t1\t0.5\n", "UTF-8"},
        {std::string("na\0me\t0\t1\t1\t0.5\n", 16), "UTF-8"},
    };
    for (const auto& [line, reason] : cases) {
        const auto labels = parse(kText + line);
        ASSERT_FALSE(labels.ok()) << line;
        EXPECT_EQ(labels.error().code(), ErrorCode::InvalidInput);
        EXPECT_THAT(labels.error().message(), HasSubstr("labels.txt', line 4: ")) << line;
        EXPECT_THAT(labels.error().message(), HasSubstr(reason)) << line;
    }
}

TEST(SemanticLabels, TruncatedFilesAreRefusedOrGiveTheirFirstRows) {
    const test::TemporaryFolder folder;
    const auto path = folder / "labels.txt";
    ASSERT_TRUE(writeTextAtomically(path, kText).ok());
    const auto whole = readSemanticLabels(path);
    ASSERT_TRUE(whole.ok());
    test::forEachTruncation(path, [&](std::size_t length) {
        const auto labels = readSemanticLabels(path);
        if (!labels) return;
        ASSERT_LE(labels->size(), whole->size()) << length;
        for (std::size_t i = 0; i + 1 < labels->size(); ++i)
            EXPECT_EQ((*labels)[i], (*whole)[i]) << length;
    });
    EXPECT_EQ(readSemanticLabels(folder / "missing.txt").error().code(), ErrorCode::NotFound);
}

TEST(SemanticLabels, DamagedFilesNeverGiveScoresOutOfRange) {
    const test::TemporaryFolder folder;
    const auto path = folder / "labels.txt";
    ASSERT_TRUE(writeTextAtomically(path, kText).ok());
    test::forEachFlip(path, [&](std::size_t offset) {
        const auto labels = readSemanticLabels(path);
        if (!labels) return;
        for (const float score : semanticScores(*labels, 100, kRate, WeakScores::Keep))
            EXPECT_TRUE(score >= 0.0F && score <= 1.0F) << offset;
    });
}

TEST(SemanticLabels, TooManyRowsAreRefused) {
    std::string text;
    for (int i = 0; i < 100'001; ++i)
        text += "n\t0\t1\t1\t0\n";
    const auto labels = parse(text);
    ASSERT_FALSE(labels.ok());
    EXPECT_EQ(labels.error().code(), ErrorCode::LimitExceeded);
}

} // namespace
} // namespace gesture::io
