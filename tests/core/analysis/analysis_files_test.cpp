// SPDX-License-Identifier: Apache-2.0
#include "core/io/analysis_files.h"

#include "core/analysis/figure_inputs.h"
#include "core/base/atomic_file.h"
#include "core/base/half_float.h"
#include "core/io/npz.h"
#include "tests/core/analysis/made_analysis.h"
#include "tests/core/analysis/outside_program.h"
#include "tests/support/temporary_folder.h"

#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace gesture::io {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string textOf(const std::filesystem::path& path) { return *readTextFile(path, 64U << 20U); }

TEST(AnalysisFiles, ArraysComeBackAsTheyWere) {
    const test::TemporaryFolder folder;
    const auto analysis = test::madeAnalysis();
    const auto names =
        writeAnalysisFiles(folder / "out", analysis::filesOf(analysis, test::madeFacts()));
    ASSERT_TRUE(names.ok()) << names.error().message();
    EXPECT_THAT(*names, ElementsAre("attention.npz", "attention.json", "importance.csv",
                                    "semantic.csv", "tokens.npz"));
    const auto npz = NpzReader::open(folder / "out" / "attention.npz");
    ASSERT_TRUE(npz.ok());
    const auto maps = npz->read("maps");
    ASSERT_TRUE(maps.ok());
    EXPECT_EQ(maps->describe(), "(10, 3, 2, 2, 64, 64) float16");
    const auto values = maps->numbers<float>();
    const std::size_t window = 3U * 4 * 64 * 64;
    for (std::size_t i = 0; i < window; i += 97)
        ASSERT_EQ((*values)[2 * window + i], floatFromHalf(analysis.windows()[2].maps[i]));
    EXPECT_EQ(*npz->read("importance")->numbers<float>()->begin(),
              analysis.windows()[0].importance[0]);
    EXPECT_THAT(*npz->read("window_begin")->numbers<int>(),
                ElementsAre(0, 30, 60, 90, 120, 150, 180, 210, 240, 270));

    const auto tokens = NpzReader::open(folder / "out" / "tokens.npz");
    EXPECT_EQ(tokens->read("upper_codes")->describe(), "(75, 6) int32");
    EXPECT_EQ(*tokens->read("upper_codes")->numbers<std::int32_t>(),
              analysis.tokens(motion::BodyPart::Upper).codes);
    EXPECT_FALSE(tokens->contains("face_codes"));
}

TEST(AnalysisFiles, NumPyReadsThem) {
    GESTURE_PROGRAM_OR_SKIP(python, "python3");
    if (test::runOutside(python, {"-c", "import numpy"}).status != 0)
        GTEST_SKIP() << "NumPy is not installed.";
    const test::TemporaryFolder folder;
    const auto analysis = test::madeAnalysis();
    ASSERT_TRUE(writeAnalysisFiles(folder.path(), analysis::filesOf(analysis, {})).ok());
    const auto outcome = test::runOutside(
        python, {"-c",
                 "import numpy as n, sys; a = n.load(sys.argv[1] + '/attention.npz')\n"
                 "print(a['maps'].shape, a['maps'].dtype, "
                 "abs(a['maps'].astype('f').sum(-1) - 1).max() < 3e-3)\n"
                 "print(n.genfromtxt(sys.argv[1] + '/importance.csv', delimiter=',', "
                 "names=True)['fused'].shape)",
                 folder.path().string()});
    EXPECT_EQ(outcome.output, "(10, 3, 2, 2, 64, 64) float16 True\n(300,)\n");
}

TEST(AnalysisFiles, ShortWindowsAreFilledUpWithNan) {
    const test::TemporaryFolder folder;
    inference::Analysis analysis;
    ASSERT_TRUE(analysis.add(test::madeWindow(0, 64)).ok());
    ASSERT_TRUE(analysis.add(test::madeWindow(60, 20)).ok());
    ASSERT_TRUE(writeAnalysisFiles(folder.path(), analysis::filesOf(analysis, {})).ok());
    const auto npz = NpzReader::open(folder / "attention.npz");
    const auto maps = *npz->read("maps")->numbers<float>();
    const auto at = [&](std::size_t part, std::size_t row, std::size_t column) {
        return maps[(((12 + part * 4) * 64) + row) * 64 + column]; // window 1, layer 0, head 0
    };
    const auto& kept = analysis.windows()[1].maps;
    EXPECT_EQ(at(0, 3, 5), floatFromHalf(kept[3 * 20 + 5]));
    EXPECT_EQ(at(2, 19, 19), floatFromHalf(kept[8 * 400 + 399]));
    EXPECT_TRUE(std::isnan(at(0, 3, 20)));
    EXPECT_TRUE(std::isnan(at(0, 20, 3)));
    EXPECT_THAT(*npz->read("window_frames")->numbers<int>(), ElementsAre(64, 20));
    const auto fused = *npz->read("fused")->numbers<float>();
    EXPECT_EQ(fused[64 + 19], analysis.windows()[1].fused[19]);
    EXPECT_TRUE(std::isnan(fused[64 + 20]));
}

TEST(AnalysisFiles, TablesHaveAHeaderSecondsAndDots) {
    const test::TemporaryFolder folder;
    AnalysisFiles files;
    files.importance = {{"upper", {1.5F, std::nanf("")}}, {"fused", {0.25F, 1.0F}}};
    const std::vector<float> score{0.25F, 0.75F, std::nanf("")};
    const std::vector<std::uint8_t> chosen{0, 1, 255};
    files.semantic = score;
    files.chosen = chosen;
    const auto names = writeAnalysisFiles(folder.path(), files);
    ASSERT_TRUE(names.ok());
    EXPECT_THAT(*names, ElementsAre("importance.csv", "semantic.csv"));
    EXPECT_EQ(textOf(folder / "importance.csv"), "frame,seconds,upper,fused\n"
                                                 "0,0.000000,1.5,0.25\n"
                                                 "1,0.033333,,1\n");
    EXPECT_EQ(textOf(folder / "semantic.csv"),
              "token,begin_seconds,end_seconds,first_frame,score,motion\n"
              "0,0.000000,0.133333,0,0.25,base\n"
              "1,0.133333,0.266667,4,0.75,semantic\n"
              "2,0.266667,0.400000,8,,\n");
}

TEST(AnalysisFiles, AxesAreNamed) {
    const test::TemporaryFolder folder;
    inference::AttentionKeep keep;
    keep.headAxis = inference::AttentionKeep::Axis::Mean;
    const auto analysis = test::madeAnalysis(keep);
    ASSERT_TRUE(
        writeAnalysisFiles(folder.path(), analysis::filesOf(analysis, test::madeFacts())).ok());
    const auto json = nlohmann::json::parse(textOf(folder / "attention.json"));
    EXPECT_EQ(json["arrays"]["maps"]["axes"],
              (nlohmann::json{"window", "part", "layer", "head", "speech_frame", "motion_frame"}));
    EXPECT_EQ(json["parts"], (nlohmann::json{"upper", "hands", "lower"}));
    EXPECT_EQ(json["layers"], (nlohmann::json{1, 2}));
    EXPECT_EQ(json["heads"], nlohmann::json::array({"mean"}));
    EXPECT_EQ(json["words"][0]["text"], "well");
    EXPECT_EQ(json["provenance"]["seed"], "42");
    EXPECT_EQ(json["frame_rate"], (nlohmann::json{30, 1}));
}

TEST(AnalysisFiles, SameInputSameBytes) {
    const test::TemporaryFolder folder;
    const auto analysis = test::madeAnalysis();
    const auto files = analysis::filesOf(analysis, test::madeFacts());
    ASSERT_TRUE(writeAnalysisFiles(folder / "a", files).ok());
    const auto names = writeAnalysisFiles(folder / "b", files);
    for (const std::string& name : *names)
        EXPECT_EQ(textOf(folder / "a" / name), textOf(folder / "b" / name)) << name;
}

TEST(AnalysisFiles, LeavesNothingBehindWhenOneOfThemCannotBeWritten) {
    const test::TemporaryFolder folder;
    std::filesystem::create_directory(folder / "figure.pdf"); // in the way of the last file
    const auto analysis = test::madeAnalysis();
    const std::vector<std::pair<std::string, std::string>> more{{"figure.pdf", "%PDF"}};
    const auto names = writeAnalysisFiles(folder.path(), analysis::filesOf(analysis, {}), more);
    ASSERT_FALSE(names.ok());
    EXPECT_THAT(names.error().message(), HasSubstr("figure.pdf"));
    EXPECT_EQ(folder.entryCount(), 1);
}

TEST(AnalysisFiles, SaysWhatIsWrong) {
    const test::TemporaryFolder folder;
    AnalysisFiles files;
    files.importance = {{"upper", {1.0F}}, {"fused", {1.0F, 2.0F}}};
    EXPECT_THAT(writeAnalysisFiles(folder.path(), files).error().message(),
                StartsWith("The analysis cannot be written: the curve 'fused'"));
    ASSERT_TRUE(writeTextAtomically(folder / "file", "x").ok());
    EXPECT_EQ(writeAnalysisFiles(folder / "file" / "out", {}).error().code(), ErrorCode::Io);
}

} // namespace
} // namespace gesture::io
