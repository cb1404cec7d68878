// SPDX-License-Identifier: Apache-2.0
#include "core/analysis/analysis_output.h"

#include "core/base/atomic_file.h"
#include "core/base/job.h"
#include "tests/core/analysis/made_analysis.h"
#include "tests/core/analysis/outside_program.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gesture::analysis {
namespace {

using ::testing::HasSubstr;
using ::testing::IsSupersetOf;
using ::testing::Not;

OutputOptions quick() {
    OutputOptions options;
    options.pixelsPerInch = 72.0;
    return options;
}

TEST(AnalysisOutput, WritesTablesAndFiguresIntoOneFolder) {
    const test::TemporaryFolder folder;
    JobControl control;
    const auto names =
        writeAnalysis(test::madeAnalysis(), test::madeFacts(), folder / "out", quick(), control);
    ASSERT_TRUE(names.ok()) << names.error().message();
    EXPECT_THAT(*names, IsSupersetOf({"attention.npz", "importance.csv", "overview.pdf",
                                      "overview.svg", "overview.png", "attention-upper.pdf",
                                      "attention-hands.svg", "attention-lower.png"}));
    for (const std::string& name : *names)
        EXPECT_TRUE(std::filesystem::is_regular_file(folder / "out" / name)) << name;
}

TEST(AnalysisOutput, SpokenWordsCanBeFoundInThePdf) {
    GESTURE_PROGRAM_OR_SKIP(program, "pdftotext");
    const test::TemporaryFolder folder;
    JobControl control;
    ASSERT_TRUE(
        writeAnalysis(test::madeAnalysis(), test::madeFacts(), folder.path(), quick(), control)
            .ok());
    const auto outcome =
        test::runOutside(program, {"-raw", (folder / "overview.pdf").string(), "-"});
    for (const char* word : {"extraordinary", "demonstration", "Importance of motion", "seed 42"})
        EXPECT_THAT(outcome.output, HasSubstr(word));
}

TEST(AnalysisOutput, LongClipsGetPages) {
    const test::TemporaryFolder folder;
    JobControl control;
    OutputOptions options = quick();
    options.overviewPage = Seconds{4.0};
    options.attentionPage = Seconds{0.1};
    options.maxPages = 5;
    options.maps = {{motion::BodyPart::Hands, 1, 0}};
    const auto names =
        writeAnalysis(test::madeAnalysis(), test::madeFacts(), folder.path(), options, control);
    ASSERT_TRUE(names.ok());
    EXPECT_THAT(*names, IsSupersetOf({"overview.pdf", "overview-03.svg",
                                      "attention-hands-layer-2-head-1-05.png"}));
    EXPECT_THAT(*names, Not(::testing::Contains("attention-hands-layer-2-head-1-06.png")));
}

TEST(AnalysisOutput, WithoutAttentionThereIsTheScore) {
    const test::TemporaryFolder folder;
    inference::Analysis analysis;
    ASSERT_TRUE(analysis.add(inference::SemanticChunk{0, 4, {0.25F, 0.75F}, {0, 1}}).ok());
    JobControl control;
    const auto names = writeAnalysis(analysis, {}, folder.path(), quick(), control);
    ASSERT_TRUE(names.ok());
    EXPECT_THAT(*names, ::testing::UnorderedElementsAre("semantic.csv", "overview.pdf",
                                                        "overview.svg", "overview.png"));
}

TEST(AnalysisOutput, StopsWhenAskedAndLeavesNothing) {
    const test::TemporaryFolder folder;
    std::stop_source stop;
    stop.request_stop();
    JobControl control(stop.get_token(), {});
    const auto names =
        writeAnalysis(test::madeAnalysis(), test::madeFacts(), folder / "out", quick(), control);
    EXPECT_EQ(names.error().code(), ErrorCode::Cancelled);
    EXPECT_EQ(folder.entryCount(), 0);
}

TEST(AnalysisOutput, RangesOutsideOfTheClipAreNamed) {
    const auto analysis = test::madeAnalysis();
    EXPECT_THAT(
        mapOf(analysis, {motion::BodyPart::Upper, {}, {}}, {{300}, {310}}).error().message(),
        HasSubstr("no frame of the clip, which has 300"));
}

} // namespace
} // namespace gesture::analysis
