// SPDX-License-Identifier: Apache-2.0
#include "training/protocol/training_event.h"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>
#include <string>

namespace gesture::training {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<TrainingEvent> oneOfEach() {
    StepsDone steps{120, 3, 12.5, 9.6, 0.01, 5e-5, 100.0, 1 << 30, {{"loss", 1.5}, {"a.b", 0.25}}};
    return {
        {1.5, RunStarted{0, 1000, 40, 12'345'678, 2, 1 << 30, "echomask", "cuda:0"}},
        {2.5, RunEstimated{3, 0.25, 249.25, std::int64_t{3} << 30}},
        {3.0, steps},
        {4.0, Evaluated{120, true, {{"fgd", 5.5}}}},
        {5.0, CheckpointWritten{120, true, "checkpoints/step-000000120.safetensors", 99, 0.5}},
        {6.0, TrainingNote{7, "Quotes \" and\nlines, Zürich"}},
        {7.0, RunFinished{1000}},
        {8.0, RunStopped{500, "stopped by a signal"}},
        {9.0, RunFailed{501, "The loss is not a number."}},
    };
}

TEST(TrainingEvent, EveryKindSurvivesAsALine) {
    for (const TrainingEvent& event : oneOfEach()) {
        const std::string line = formatTrainingEvent(event);
        EXPECT_EQ(line.find('\n'), std::string::npos);
        const auto parsed = parseTrainingEvent(line);
        ASSERT_TRUE(parsed.ok()) << line << parsed.error().message();
        EXPECT_EQ(*parsed, event) << line;
    }
}

TEST(TrainingEvent, NumbersThatAreNoneAreNull) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const std::string line = formatTrainingEvent({0.0, Evaluated{1, false, {{"fgd", nan}}}});
    EXPECT_THAT(line, HasSubstr(R"("fgd":null)"));
    const auto parsed = parseTrainingEvent(line);
    ASSERT_TRUE(parsed.ok());
    EXPECT_TRUE(std::isnan(std::get<Evaluated>(parsed->what).figures.at(0).second));
}

TEST(TrainingEvent, WhatIsTooLongIsCutSoThatTheLineCanBeRead) {
    StepsDone steps;
    for (int i = 0; i < 5000; ++i)
        steps.figures.emplace_back(std::to_string(i) + std::string(300, 'n'), i);
    const std::string line = formatTrainingEvent({0.0, steps});
    const auto parsed = parseTrainingEvent(line);
    ASSERT_TRUE(parsed.ok()) << parsed.error().message();
    EXPECT_EQ(std::get<StepsDone>(parsed->what).figures.size(), kMaxFigures);
    std::string text(4095, 'x');
    text += "ü";
    const auto note = parseTrainingEvent(formatTrainingEvent({0.0, TrainingNote{0, text}}));
    ASSERT_TRUE(note.ok());
    EXPECT_EQ(std::get<TrainingNote>(note->what).text, std::string(4095, 'x'));
}

TEST(TrainingEvent, HostileLinesAreRefused) {
    const auto refused = [](std::string_view line) { return !parseTrainingEvent(line).ok(); };
    EXPECT_TRUE(refused(""));
    EXPECT_TRUE(refused("{"));
    EXPECT_TRUE(refused("[]"));
    EXPECT_TRUE(refused(R"({"time":1,"event":"finished"})"));
    EXPECT_TRUE(refused(R"({"time":1,"event":"finished","step":-1})"));
    EXPECT_TRUE(refused(R"({"time":1,"event":"finished","step":1.5})"));
    EXPECT_TRUE(refused(R"({"time":1,"event":"finished","step":18446744073709551615})"));
    EXPECT_TRUE(refused(R"({"time":"1","event":"finished","step":1})"));
    EXPECT_TRUE(refused(R"({"time":1,"event":"unknown","step":1})"));
    EXPECT_TRUE(refused(R"({"time":1,"event":"note","step":1,"text":[]})"));
    EXPECT_TRUE(refused(R"({"time":1,"event":"evaluated","step":1,"best":true,"figures":[1]})"));
    EXPECT_TRUE(
        refused(R"({"time":1,"event":"evaluated","step":1,"best":true,"figures":{"a":{"b":1}}})"));
    EXPECT_TRUE(refused(std::string(100'000, '[')));
    EXPECT_TRUE(refused(std::string(kMaxEventLine + 1, ' ')));
    EXPECT_TRUE(refused("{\"time\":1,\"event\":\"note\",\"step\":1,\"text\":\"\xff\"}"));
}

TEST(TrainingEvent, LinesCutAnywhereAreNoCrash) {
    for (const TrainingEvent& event : oneOfEach()) {
        const std::string line = formatTrainingEvent(event);
        for (std::size_t length = 0; length < line.size(); ++length)
            EXPECT_FALSE(parseTrainingEvent(line.substr(0, length)).ok());
    }
}

TEST(EventLines, LinesAreWholeHoweverTheyArrive) {
    EventLines lines;
    EXPECT_THAT(lines.take("on"), ElementsAre());
    EXPECT_THAT(lines.take("e\ntwo\n\nthr"), ElementsAre("one", "two", ""));
    EXPECT_THAT(lines.take("ee\n"), ElementsAre("three"));
}

TEST(EventLines, ALineThatIsTooLongIsLeftOut) {
    EventLines lines;
    for (int i = 0; i < 10; ++i)
        EXPECT_THAT(lines.take(std::string(100'000, 'x')), ElementsAre());
    EXPECT_THAT(lines.take("end\nnext\n"), ElementsAre("next"));
}

} // namespace
} // namespace gesture::training
