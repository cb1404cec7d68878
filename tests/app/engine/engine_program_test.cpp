// SPDX-License-Identifier: Apache-2.0
#include "core/base/process.h"
#include "core/inference/engine_capabilities.h"
#include "core/inference/engine_client.h"

#include <gtest/gtest.h>

namespace {

constexpr std::chrono::seconds kTimeout{60};

gesture::ProgramOutput runEngine(const std::vector<std::string>& arguments) {
    const auto run =
        gesture::runProgram({GESTURE_TEST_BINARIES "/gesture-engine", arguments}, kTimeout);
    EXPECT_TRUE(run.ok()) << run.error().message();
    return run.ok() ? *run : gesture::ProgramOutput{-1, {}};
}

TEST(EngineProgram, ReportsACpuThatComputesCorrectly) {
    const auto capabilities = gesture::inference::queryEngineCapabilities(kTimeout);

    ASSERT_TRUE(capabilities.ok()) << capabilities.error().message();
    EXPECT_EQ(capabilities->torchVersion.rfind("2.", 0), 0U) << capabilities->torchVersion;
    EXPECT_GE(capabilities->threads, 1);
    ASSERT_FALSE(capabilities->devices.empty());
    const auto& cpu = capabilities->devices.front();
    EXPECT_EQ(cpu.id, "cpu");
    EXPECT_TRUE(cpu.works) << cpu.reason;
    EXPECT_LT(cpu.selfTestError, 1e-5);
    EXPECT_GT(cpu.totalBytes, 0U);
}

TEST(EngineProgram, EveryDeviceThatDoesNotWorkHasAReason) {
    const auto capabilities = gesture::inference::queryEngineCapabilities(kTimeout);

    ASSERT_TRUE(capabilities.ok()) << capabilities.error().message();
    for (const auto& device : capabilities->devices)
        EXPECT_NE(device.works, !device.reason.empty()) << device.id << ": " << device.reason;
    const bool cpuOnly = capabilities->devices.size() == 1;
    EXPECT_TRUE(!cpuOnly || !capabilities->cudaReason.empty());
}

/// Takes no interest in results.
class NoSink final : public gesture::inference::ResultSink {
    void motion(const gesture::inference::MotionChunk&) override {}
    void tokens(const gesture::inference::TokenChunk&) override {}
    void semantic(const gesture::inference::SemanticChunk&) override {}
    void attention(const gesture::inference::AttentionWindow&) override {}
    void note(const gesture::inference::Note&) override {}
};

TEST(EngineProgram, AnswersRequestsUntilItIsShutDown) {
    gesture::inference::EngineClient client;
    gesture::inference::GenerateRequest request;
    request.bundle = "/no/such/bundle";
    request.speech.audio = "/no/such/speech.wav";
    NoSink sink;
    gesture::JobControl control;

    const auto result = client.generate(request, sink, control);

    ASSERT_FALSE(result.ok());
    EXPECT_TRUE(client.processId()) << result.error().message();
    const auto statistics = client.statistics();
    ASSERT_TRUE(statistics.ok()) << statistics.error().message();
    EXPECT_GT(statistics->residentBytes, 0U);
    client.shutDown();
    EXPECT_FALSE(client.processId());
}

TEST(EngineProgram, OtherArgumentsAreWrongUsage) {
    for (const std::vector<std::string>& arguments :
         {std::vector<std::string>{}, {"--bogus"}, {"--capabilities", "more"}}) {
        const auto run = runEngine(arguments);
        EXPECT_EQ(run.exitStatus, 2);
        EXPECT_NE(run.text.find("--capabilities"), std::string::npos) << run.text;
    }
}

} // namespace
