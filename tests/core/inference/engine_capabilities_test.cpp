// SPDX-License-Identifier: Apache-2.0
#include "core/inference/engine_capabilities.h"

#include <gtest/gtest.h>
#include <limits>
#include <string>

namespace {

using gesture::ErrorCode;
using gesture::inference::EngineCapabilities;
using gesture::inference::formatEngineCapabilities;
using gesture::inference::parseEngineCapabilities;

EngineCapabilities example() {
    EngineCapabilities capabilities;
    capabilities.programVersion = "0.1.0";
    capabilities.torchVersion = "2.11.0";
    capabilities.threads = 2;
    capabilities.cpuCapability = "AVX512";
    capabilities.devices.push_back({"cpu", "A processor", 24'000'000'000, 1, 0, 0, true, 1e-7, {}});
    capabilities.devices.push_back({"cuda:0", "A GPU", 150'000'000'000, 149'000'000'000, 9, 0,
                                    false, 0.0, "A test product failed."});
    capabilities.cudaReason = "The driver is too old.";
    return capabilities;
}

TEST(EngineCapabilities, ReaderReturnsWhatTheWriterWrote) {
    const auto read = parseEngineCapabilities(formatEngineCapabilities(example()));

    ASSERT_TRUE(read.ok()) << read.error().message();
    EXPECT_EQ(read->programVersion, "0.1.0");
    EXPECT_EQ(read->torchVersion, "2.11.0");
    EXPECT_EQ(read->threads, 2);
    EXPECT_EQ(read->cpuCapability, "AVX512");
    EXPECT_EQ(read->cudaReason, "The driver is too old.");
    ASSERT_EQ(read->devices.size(), 2U);
    EXPECT_TRUE(read->devices[0].works);
    EXPECT_DOUBLE_EQ(read->devices[0].selfTestError, 1e-7);
    EXPECT_EQ(read->devices[1].id, "cuda:0");
    EXPECT_EQ(read->devices[1].totalBytes, 150'000'000'000U);
    EXPECT_EQ(read->devices[1].computeMajor, 9);
    EXPECT_EQ(read->devices[1].reason, "A test product failed.");
}

TEST(EngineCapabilities, IsOneLineWhateverTheTextsHold) {
    EngineCapabilities capabilities = example();
    capabilities.devices[0].name = "two\nlines, \xff\xfe and \"quotes\"";
    const std::string line = formatEngineCapabilities(capabilities);

    EXPECT_EQ(line.find('\n'), std::string::npos);
    EXPECT_TRUE(parseEngineCapabilities(line).ok());
}

TEST(EngineCapabilities, AnEndlessTextOrErrorStillMakesAReadableAnswer) {
    EngineCapabilities capabilities = example();
    capabilities.devices[1].reason.assign(100'000, 'x');
    capabilities.devices[1].selfTestError = std::numeric_limits<double>::infinity();

    EXPECT_TRUE(parseEngineCapabilities(formatEngineCapabilities(capabilities)).ok());
}

TEST(EngineCapabilities, WarningsOfLibrariesAroundTheAnswerAreIgnored) {
    const std::string output = "[W] a warning {with braces}\n" +
                               formatEngineCapabilities(example()) + "\nanother warning\n";

    EXPECT_TRUE(parseEngineCapabilities(output).ok());
}

TEST(EngineCapabilities, AnswersThatAreNoJsonAreRefused) {
    for (const char* output : {"", "hello", "[]", "{", "{}}", "{\"version\": nan}", "null"}) {
        const auto read = parseEngineCapabilities(output);
        ASSERT_FALSE(read.ok()) << output;
        EXPECT_EQ(read.error().code(), ErrorCode::InvalidInput) << output;
    }
}

TEST(EngineCapabilities, AMissingOrMistypedFieldIsNamed) {
    const std::string line = formatEngineCapabilities(example());
    struct Case {
        const char* from;
        const char* to;
        const char* field;
    };
    for (const Case& test :
         {Case{"\"threads\":2", "\"threads\":-2", "threads"},
          Case{"\"threads\":2", "\"threads\":2.5", "threads"},
          Case{"\"threads\":2", "\"threads\":99999999999", "threads"},
          Case{"\"torch\":", "\"other\":", "torch"}, Case{"\"works\":true", "\"works\":1", "works"},
          Case{"\"self_test_error\":1e-07", "\"self_test_error\":\"0\"", "self_test_error"},
          Case{"\"name\":\"A GPU\"", "\"name\":7", "name"}}) {
        std::string changed = line;
        const std::size_t at = changed.find(test.from);
        ASSERT_NE(at, std::string::npos) << test.from;
        changed.replace(at, std::string(test.from).size(), test.to);

        const auto read = parseEngineCapabilities(changed);

        ASSERT_FALSE(read.ok()) << changed;
        EXPECT_NE(read.error().message().find(test.field), std::string::npos)
            << read.error().message();
    }
}

TEST(EngineCapabilities, AnswersBeyondTheLimitsAreRefused) {
    EngineCapabilities many = example();
    many.devices.assign(65, {});
    EXPECT_EQ(parseEngineCapabilities(formatEngineCapabilities(many)).error().code(),
              ErrorCode::LimitExceeded);
    EXPECT_EQ(parseEngineCapabilities(std::string(1U << 20U, ' ')).error().code(),
              ErrorCode::LimitExceeded);
    const std::string deep = "{\"devices\":" + std::string(30'000, '[');
    EXPECT_EQ(parseEngineCapabilities(deep).error().code(), ErrorCode::InvalidInput);
    std::string longText = formatEngineCapabilities(example());
    longText.replace(longText.find("AVX512"), 6, std::string(2000, 'A'));
    EXPECT_EQ(parseEngineCapabilities(longText).error().code(), ErrorCode::InvalidInput);
}

TEST(EngineCapabilities, TruncatingTheAnswerAnywhereIsAnErrorNotACrash) {
    const std::string line = formatEngineCapabilities(example());
    for (std::size_t length = 0; length < line.size(); ++length)
        EXPECT_FALSE(parseEngineCapabilities(std::string_view(line).substr(0, length)).ok());
}

} // namespace
