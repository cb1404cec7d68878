// SPDX-License-Identifier: Apache-2.0
#include "core/io/weights/convert_client.h"
#include "core/io/weights/safetensors.h"
#include "core/io/weights/vocabulary_file.h"
#include "tests/core/io/file_damage.h"
#include "tests/core/io/weights/golden_weights.h"
#include "tests/core/io/weights/hostile_files.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gesture::io {
namespace {

using testing::HasSubstr;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

class Convert : public testing::Test {
protected:
    void SetUp() override {
        if (kSanitized) GTEST_SKIP() << "Sanitizers need calls that the sandbox forbids.";
    }

    /// A program that stands in for the converter.
    ConvertOptions standIn(const std::string& script) {
        const auto path = folder_ / "converter";
        test::writeBytes(path, test::bytesOf("#!/bin/sh\n" + script + "\n"));
        std::filesystem::permissions(path, std::filesystem::perms::owner_all);
        return {.timeLimit = {}, .program = path};
    }

    test::TemporaryFolder folder_;
    std::filesystem::path target_ = folder_ / "out.safetensors";
};

class ConvertGolden : public Convert, public testing::WithParamInterface<std::string> {};

TEST_P(ConvertGolden, GivesTheTensorsThatPyTorchSaved) {
    const auto report = convertWeights(test::goldenWeights(GetParam()), target_);
    ASSERT_TRUE(report.ok()) << report.error().message();
    const auto reader = SafetensorsReader::open(target_);
    ASSERT_TRUE(reader.ok()) << reader.error().message();
    EXPECT_EQ(reader->tensors(), report->tensors);
    const auto& expected = test::goldenTensors().at(GetParam());
    EXPECT_EQ(reader->tensors().size(), expected.size());
    for (const auto& [name, golden] : expected) {
        const auto tensor = reader->read(name);
        ASSERT_TRUE(tensor.ok()) << tensor.error().message();
        EXPECT_EQ(test::numbersOf(*tensor), golden.values) << name;
    }
    EXPECT_EQ(folder_.entryCount(), 1);
}

INSTANTIATE_TEST_SUITE_P(Some, ConvertGolden,
                         testing::Values("checkpoint.bin", "checkpoint_legacy.bin", "types.pt",
                                         "views.pt", "rop.pt"),
                         [](const auto& test) {
                             return test.param.substr(0, test.param.find('.'));
                         });

TEST_F(Convert, ReportsHowTheFileWasMade) {
    const auto report = inspectWeights(test::goldenWeights("checkpoint.bin"));
    ASSERT_TRUE(report.ok()) << report.error().message();
    EXPECT_EQ(report->container, "zip");
    EXPECT_EQ(report->wrapper, "model_state");
    EXPECT_TRUE(report->modulePrefix);
    EXPECT_EQ(report->count, report->tensors.size());
    EXPECT_EQ(folder_.entryCount(), 0);
}

TEST_F(Convert, TurnsAVocabularyIntoATable) {
    const auto report = convertVocabulary(test::goldenWeights("vocab4.pkl"), target_);
    ASSERT_TRUE(report.ok()) << report.error().message();
    const auto words = readVocabularyJson(target_);
    ASSERT_TRUE(words.ok()) << words.error().message();
    EXPECT_EQ(*words, test::goldenVocabulary());
}

TEST_F(Convert, AHostileFileLeavesTheOldTargetAndNoTemporary) {
    test::writeBytes(target_, test::bytesOf("old"));
    const auto source = folder_ / "x.bin";
    test::writeBytes(
        source,
        test::torchZip(test::PickleAssembler().proto(2).global("os", "system").stop().bytes()));
    const auto report = convertWeights(source, target_);
    ASSERT_FALSE(report.ok());
    EXPECT_EQ(report.error().message(),
              "'" + source.string() +
                  "' asks for 'os.system': this is not a weight file that this program opens.");
    EXPECT_EQ(test::readBytes(target_), test::bytesOf("old"));
    EXPECT_EQ(folder_.entryCount(), 2);
}

TEST_F(Convert, AMissingFileIsNamed) {
    const auto report = convertWeights("/nowhere/x.bin", target_);
    ASSERT_FALSE(report.ok());
    EXPECT_EQ(report.error().code(), ErrorCode::NotFound);
    EXPECT_THAT(report.error().message(), HasSubstr("/nowhere/x.bin"));
}

TEST_F(Convert, AMissingConverterIsNamed) {
    const auto report = convertWeights(test::goldenWeights("rop.pt"), target_,
                                       {.timeLimit = {}, .program = "/nowhere/gesture-convert"});
    ASSERT_FALSE(report.ok());
    EXPECT_EQ(report.error().code(), ErrorCode::Unavailable);
    EXPECT_THAT(report.error().message(), HasSubstr("/nowhere/gesture-convert"));
}

TEST_F(Convert, AConverterThatHangsIsEnded) {
    auto options = standIn("exec sleep 600");
    options.timeLimit = std::chrono::milliseconds(100);
    const auto report = convertWeights(test::goldenWeights("rop.pt"), target_, options);
    ASSERT_FALSE(report.ok());
    EXPECT_THAT(report.error().message(), HasSubstr("took longer than"));
    EXPECT_FALSE(std::filesystem::exists(target_));
}

TEST_F(Convert, CanBeCancelled) {
    std::stop_source stop;
    stop.request_stop();
    const auto report = convertWeights(test::goldenWeights("rop.pt"), target_,
                                       standIn("exec sleep 600"), {stop.get_token(), {}});
    ASSERT_FALSE(report.ok());
    EXPECT_EQ(report.error().code(), ErrorCode::Cancelled);
}

TEST_F(Convert, AConverterThatIsEndedBySandboxIsExplained) {
    const auto report =
        convertWeights(test::goldenWeights("rop.pt"), target_, standIn("kill -SYS $$"));
    ASSERT_FALSE(report.ok());
    EXPECT_THAT(report.error().message(), HasSubstr("try what it may not do"));
}

TEST_F(Convert, AnAnswerThatIsNoneIsNotTrusted) {
    const auto report =
        convertWeights(test::goldenWeights("rop.pt"), target_, standIn("echo nonsense; exit 0"));
    ASSERT_FALSE(report.ok());
    EXPECT_EQ(report.error().code(), ErrorCode::Internal);
    EXPECT_FALSE(std::filesystem::exists(target_));
}

TEST_F(Convert, AResultThatIsNoneIsNotTrusted) {
    const auto report = convertWeights(
        test::goldenWeights("rop.pt"), target_,
        standIn(R"(printf x >&4; echo '{"container":"zip","wrapper":"","modulePrefix":false,)"
                R"("count":1,"tensors":[],"skipped":[]}')"));
    ASSERT_FALSE(report.ok());
    EXPECT_THAT(report.error().message(), HasSubstr("was not converted"));
    EXPECT_FALSE(std::filesystem::exists(target_));
}

TEST(ConvertReport, ComesBackFromItsText) {
    const ConvertReport report{"zip",    "model_state", true, 1, {{"a", TensorType::Int64, {2, 3}}},
                               {"epoch"}};
    const auto parsed = parseConvertReport(convertReportJson(report));
    ASSERT_TRUE(parsed.ok()) << parsed.error().message();
    EXPECT_EQ(parsed->container, "zip");
    EXPECT_EQ(parsed->tensors, report.tensors);
    EXPECT_EQ(parsed->skipped, report.skipped);
}

TEST(ConvertReport, AFailureComesBackAsTheError) {
    const auto parsed =
        parseConvertReport(convertFailureJson({ErrorCode::LimitExceeded, "It is too large."}));
    ASSERT_FALSE(parsed.ok());
    EXPECT_EQ(parsed.error().code(), ErrorCode::LimitExceeded);
    EXPECT_EQ(parsed.error().message(), "It is too large.");
}

} // namespace
} // namespace gesture::io
