// SPDX-License-Identifier: Apache-2.0
// Whole runs of the tests' trainer: interrupted, killed, continued, damaged, starved.
#include "tests/training/loop/tiny_run.h"
#include "training/commands/bundle_export.h"
#include "training/loop/checkpoint.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <iterator>

namespace gesture::training::test {
namespace {

namespace fs = std::filesystem;
using gesture::test::TemporaryFolder;
using ::testing::HasSubstr;

constexpr const char* kShort = "steps: 60\ncheckpoints: {every: 7, minutes: 0, keep: 2}\n"
                               "evaluation: {every: 20}\naverage: 0.9\n"
                               "optimiser: {rate: 0.01, clip: 1.0}\n"
                               "schedule: {kind: cosine, warm_up: 5}\n";

template <typename Event>
std::vector<Event> eventsOf(const TrainerEnd& end) {
    std::vector<Event> found;
    for (const TrainingEvent& event : end.events)
        if (const auto* one = std::get_if<Event>(&event.what)) found.push_back(*one);
    return found;
}

std::string fileText(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// Steps of the log's "steps" events, in order.
std::vector<std::int64_t> loggedSteps(const fs::path& run) {
    std::vector<std::int64_t> steps;
    EventLines lines;
    for (const std::string& line : lines.take(fileText(run / "log.jsonl"))) {
        const auto event = parseTrainingEvent(line);
        EXPECT_TRUE(event.ok()) << line;
        if (event && std::holds_alternative<StepsDone>(event->what)) steps.push_back(event->step());
    }
    return steps;
}

std::vector<std::int64_t> allSteps(std::int64_t count) {
    std::vector<std::int64_t> steps;
    for (std::int64_t step = 1; step <= count; ++step)
        steps.push_back(step);
    return steps;
}

TEST(Run, MeasuresAndKeepsTheBest) {
    const TemporaryFolder folder;
    const TrainerEnd end = trainTiny(writeTinyConfig(folder, kShort), folder / "run");
    ASSERT_EQ(end.status, 0) << end.errors;
    const auto steps = eventsOf<StepsDone>(end);
    ASSERT_EQ(steps.size(), 60U);
    EXPECT_EQ(steps.back().figures.at(0).first, "loss");
    EXPECT_EQ(eventsOf<RunStarted>(end).at(0).totalSteps, 60);
    EXPECT_EQ(eventsOf<RunEstimated>(end).size(), 1U);
    EXPECT_EQ(eventsOf<RunFinished>(end).size(), 1U);
    const auto measured = eventsOf<Evaluated>(end);
    ASSERT_EQ(measured.size(), 3U);
    EXPECT_TRUE(measured[0].best);
    EXPECT_LT(eventsOf<StepsDone>(end).back().learningRate, steps.at(10).learningRate);
    std::int64_t best = 0;
    for (const Evaluated& one : measured)
        if (one.best) best = one.step;
    const auto entries = CheckpointFolder(folder / "run" / "checkpoints").entries();
    EXPECT_LE(entries.size(), 3U);
    EXPECT_TRUE(std::any_of(entries.begin(), entries.end(),
                            [&](const auto& entry) { return entry.best && entry.step == best; }));
    EXPECT_EQ(entries.front().step, 60);
    EXPECT_THAT(fileText(folder / "run" / "run.yaml"), HasSubstr("beta2: 0.999"));
    EXPECT_EQ(loggedSteps(folder / "run"), allSteps(60));
}

TEST(Run, Learns) {
    const TemporaryFolder folder;
    const TrainerEnd end = trainTiny(
        writeTinyConfig(folder, "steps: 2000\nlog: {every: 500}\noptimiser: {rate: 0.005}\n"
                                "evaluation: {every: 1000}\ntiny: {width: 64, dropout: 0.0}\n"),
        folder / "run");
    ASSERT_EQ(end.status, 0) << end.errors;
    const auto steps = eventsOf<StepsDone>(end);
    EXPECT_LT(steps.back().figures.at(0).second, 0.9 * steps.front().figures.at(0).second);
    EXPECT_LT(eventsOf<Evaluated>(end).back().figures.at(0).second, 0.45);
}

TEST(Run, GoesOnAfterKillsAndEndsWithTheSameBytes) {
    const TemporaryFolder folder;
    const auto config = writeTinyConfig(folder, kShort);
    ASSERT_EQ(trainTiny(config, folder / "whole").status, 0);
    for (const std::int64_t step : {3, 9, 16, 33, 48}) {
        TinyTrainer trainer({"run", config.string(), "-o", (folder / "run").string(), "--events"});
        ASSERT_TRUE(trainer.readUntil(reached(step)));
        trainer.signal(SIGKILL);
        EXPECT_EQ(trainer.finish().status, 128 + SIGKILL);
        if (step > 9) {
            EXPECT_TRUE(findCheckpoint(folder / "run").ok());
        }
    }
    const TrainerEnd end = trainTiny(config, folder / "run");
    ASSERT_EQ(end.status, 0) << end.errors;
    EXPECT_GE(eventsOf<RunStarted>(end).at(0).step, 42);
    EXPECT_EQ(weightsOf(folder / "run"), weightsOf(folder / "whole"));
    EXPECT_EQ(loggedSteps(folder / "run"), allSteps(60));
}

TEST(Run, ASignalFinishesTheStepAndWritesACheckpoint) {
    const TemporaryFolder folder;
    const auto config = writeTinyConfig(folder, "steps: 1000000\n");
    TinyTrainer trainer({"run", config.string(), "-o", (folder / "run").string(), "--events"});
    ASSERT_TRUE(trainer.readUntil(reached(5)));
    trainer.signal(SIGTERM);
    const TrainerEnd end = trainer.finish();
    EXPECT_EQ(end.status, 3);
    EXPECT_THAT(end.errors, HasSubstr("stopped by a signal to terminate after step"));
    const auto stopped = eventsOf<RunStopped>(end);
    ASSERT_EQ(stopped.size(), 1U);
    const auto checkpoint = findCheckpoint(folder / "run");
    ASSERT_TRUE(checkpoint.ok());
    EXPECT_EQ(checkpoint->state.step, stopped[0].step);
}

TEST(Run, LinesOnTheInputStopAndAskForCheckpoints) {
    const TemporaryFolder folder;
    const auto config = writeTinyConfig(folder, "steps: 1000000\n");
    TinyTrainer trainer({"run", config.string(), "-o", (folder / "run").string(), "--events"});
    ASSERT_TRUE(trainer.readUntil(reached(2)));
    trainer.send("nonsense");
    trainer.send("checkpoint");
    ASSERT_TRUE(trainer.readUntil([](const TrainingEvent& event) {
        return std::holds_alternative<CheckpointWritten>(event.what);
    }));
    trainer.send("stop");
    const TrainerEnd end = trainer.finish();
    EXPECT_EQ(end.status, 3);
    EXPECT_EQ(eventsOf<RunStopped>(end).at(0).reason, "by a line on its input");
}

TEST(Run, AStoppedRunGoesOnToTheSameBytes) {
    const TemporaryFolder folder;
    const auto config = writeTinyConfig(folder, kShort);
    ASSERT_EQ(trainTiny(config, folder / "whole").status, 0);
    TinyTrainer trainer({"run", config.string(), "-o", (folder / "run").string(), "--events"});
    ASSERT_TRUE(trainer.readUntil(reached(5)));
    trainer.send("stop");
    ASSERT_EQ(trainer.finish().status, 3);
    ASSERT_EQ(trainTiny(config, folder / "run").status, 0);
    EXPECT_EQ(weightsOf(folder / "run"), weightsOf(folder / "whole"));
}

TEST(Run, NumbersThatAreNoneStopItAndNameParameterAndStep) {
    const TemporaryFolder folder;
    const auto config = writeTinyConfig(folder, std::string(kShort) + "tiny: {bad_step: 17}\n");
    const TrainerEnd end = trainTiny(config, folder / "run");
    EXPECT_EQ(end.status, 1);
    EXPECT_THAT(end.errors, HasSubstr("In step 17 a gradient is not a finite number"));
    EXPECT_THAT(end.errors, HasSubstr("'second.bias'"));
    EXPECT_EQ(eventsOf<RunFailed>(end).size(), 1U);
    const auto checkpoint = findCheckpoint(folder / "run");
    ASSERT_TRUE(checkpoint.ok());
    EXPECT_EQ(checkpoint->state.step, 14);
    const auto patient = writeTinyConfig(
        folder, "steps: 20\noptimiser: {rate: 0.01, skip: 1}\ntiny: {bad_step: 17}\n");
    EXPECT_EQ(trainTiny(patient, folder / "patient").status, 0);
    const TrainerEnd loss =
        trainTiny(writeTinyConfig(folder, "steps: 9\ntiny: {bad_loss_step: 4}\n"), folder / "loss");
    EXPECT_EQ(loss.status, 1);
    EXPECT_THAT(loss.errors, HasSubstr("In step 4 the loss is not a finite number"));
}

TEST(Run, ADamagedCheckpointIsPassedOverAndTheOneBeforeIsTaken) {
    const TemporaryFolder folder;
    const auto config = writeTinyConfig(folder, kShort);
    ASSERT_EQ(trainTiny(config, folder / "run").status, 0);
    const auto whole = weightsOf(folder / "run");
    const auto newest = CheckpointFolder(folder / "run" / "checkpoints").entries().front();
    std::fstream file(newest.tensors, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(-5, std::ios::end);
    file.put('\x7f');
    file.close();
    const TrainerEnd end = trainTiny(config, folder / "run");
    ASSERT_EQ(end.status, 0) << end.errors;
    const auto notes = eventsOf<TrainingNote>(end);
    ASSERT_FALSE(notes.empty());
    EXPECT_THAT(notes[0].text, HasSubstr("it is damaged"));
    EXPECT_EQ(eventsOf<RunStarted>(end).at(0).step, 56);
    EXPECT_EQ(weightsOf(folder / "run"), whole);
}

TEST(Run, WhenNoCheckpointIsWholeNothingIsThrownAway) {
    const TemporaryFolder folder;
    const auto config = writeTinyConfig(folder, "steps: 5\n");
    ASSERT_EQ(trainTiny(config, folder / "run").status, 0);
    const auto only = CheckpointFolder(folder / "run" / "checkpoints").entries().front();
    fs::resize_file(only.tensors, only.bytes - 1);
    const TrainerEnd end = trainTiny(config, folder / "run");
    EXPECT_EQ(end.status, 1);
    EXPECT_THAT(end.errors, HasSubstr("No checkpoint of the run is whole"));
    EXPECT_TRUE(fs::exists(only.tensors));
}

TEST(Run, AHalfWrittenCheckpointIsNoCheckpoint) {
    const TemporaryFolder folder;
    const auto config = writeTinyConfig(folder, kShort);
    ASSERT_EQ(trainTiny(config, folder / "run").status, 0);
    const fs::path checkpoints = folder / "run" / "checkpoints";
    std::ofstream(checkpoints / "step-000000061.safetensors") << "half";
    std::ofstream(checkpoints / ".step-000000062.abcdef01.safetensors") << "half";
    const TrainerEnd end = trainTiny(config, folder / "run");
    EXPECT_EQ(end.status, 0);
    EXPECT_EQ(eventsOf<RunStarted>(end).at(0).step, 60);
    EXPECT_FALSE(fs::exists(checkpoints / "step-000000061.safetensors"));
    EXPECT_FALSE(fs::exists(checkpoints / ".step-000000062.abcdef01.safetensors"));
}

TEST(Run, AFullDiskLeavesTheOldCheckpointAndIsOneSentence) {
    const TemporaryFolder folder;
    const auto config = writeTinyConfig(folder, "steps: 30\ncheckpoints: {every: 10}\n");
    ASSERT_EQ(trainTiny(config, folder / "run", {}).status, 0);
    const auto before = weightsOf(folder / "run");
    const auto longer = writeTinyConfig(folder, "steps: 60\ncheckpoints: {every: 10}\n");
    const TrainerEnd end = trainTiny(longer, folder / "run", {}, {"TINY_FILE_LIMIT=1500"});
    EXPECT_EQ(end.status, 1);
    EXPECT_THAT(end.errors, HasSubstr("'"));
    EXPECT_EQ(std::count(end.errors.begin(), end.errors.end(), '\n'), 1) << end.errors;
    EXPECT_EQ(weightsOf(folder / "run"), before);
    for (const auto& entry : fs::directory_iterator(folder / "run" / "checkpoints"))
        EXPECT_NE(entry.path().filename().string().front(), '.') << entry.path();
}

TEST(Run, ACheckpointThatCannotBeWrittenDoesNotEndTheRunBeforeItsTime) {
    const TemporaryFolder folder;
    const auto config = writeTinyConfig(folder, "log: {every: 30}\nsteps: 30\n"
                                                "evaluation: {every_epochs: 0}\n"
                                                "checkpoints: {every: 10, minutes: 0}\n"
                                                "tiny: {width: 4000}\n");
    const TrainerEnd end = trainTiny(config, folder / "run", {}, {"TINY_FILE_LIMIT=20000"});
    EXPECT_EQ(end.status, 1);
    EXPECT_EQ(eventsOf<TrainingNote>(end).size(), 2U);
    EXPECT_THAT(end.errors, HasSubstr("The checkpoint was not written: Cannot write"));
    EXPECT_EQ(eventsOf<StepsDone>(end).size(), 1U);
    EXPECT_TRUE(fs::is_empty(folder / "run" / "checkpoints"));
}

TEST(Run, OtherDataAndOtherNetworksAreRefused) {
    const TemporaryFolder folder;
    ASSERT_EQ(trainTiny(writeTinyConfig(folder, "steps: 5\n"), folder / "run").status, 0);
    const TrainerEnd data =
        trainTiny(writeTinyConfig(folder, "steps: 9\ntiny: {data_key: other}\n"), folder / "run");
    EXPECT_EQ(data.status, 1);
    EXPECT_THAT(data.errors, HasSubstr("is one of other data"));
    const TrainerEnd width =
        trainTiny(writeTinyConfig(folder, "steps: 9\ntiny: {width: 4}\n"), folder / "run");
    EXPECT_EQ(width.status, 1);
    EXPECT_THAT(width.errors, HasSubstr("does not fit this configuration"));
    EXPECT_EQ(
        trainTiny(writeTinyConfig(folder, "steps: 9\n"), folder / "run", {"--resume", "never"})
            .status,
        2);
    const TrainerEnd from = trainTiny(writeTinyConfig(folder, "steps: 9\n"), folder / "second",
                                      {"--resume", (folder / "run").string()});
    EXPECT_EQ(from.status, 0) << from.errors;
    EXPECT_EQ(eventsOf<RunStarted>(from).at(0).step, 5);
}

TEST(Run, DataThatFailsIsOneSentence) {
    const TemporaryFolder folder;
    const TrainerEnd end = trainTiny(
        writeTinyConfig(folder, "steps: 50\ntiny: {broken_data_step: 12}\n"), folder / "run");
    EXPECT_EQ(end.status, 1);
    EXPECT_EQ(end.errors, "gesture-train: The tiny data is gone.\n");
}

TEST(Run, TwoProcessesDoNotTrainInOneFolder) {
    const TemporaryFolder folder;
    const auto config = writeTinyConfig(folder, "steps: 1000000\n");
    TinyTrainer first({"run", config.string(), "-o", (folder / "run").string(), "--events"});
    ASSERT_TRUE(first.readUntil(reached(1)));
    const TrainerEnd second = trainTiny(config, folder / "run");
    EXPECT_EQ(second.status, 2);
    EXPECT_THAT(second.errors, HasSubstr("Another process trains in"));
    first.send("stop");
    EXPECT_EQ(first.finish().status, 3);
}

struct PlainOutput {
    int status = -1;
    std::string text;
};
PlainOutput plainTiny(std::vector<std::string> arguments) {
    const auto output = runProgram({GESTURE_TEST_BINARIES "/tiny_train", std::move(arguments)},
                                   std::chrono::minutes(1));
    EXPECT_TRUE(output.ok());
    return output ? PlainOutput{output->exitStatus, output->text} : PlainOutput{};
}

TEST(Commands, CheckSaysWhatARunWouldBeAndWritesNothing) {
    const TemporaryFolder folder;
    const auto config = writeTinyConfig(folder, kShort);
    for (const auto& arguments : {std::vector<std::string>{"check", config.string()},
                                  std::vector<std::string>{"run", config.string(), "--dry-run",
                                                           "-o", (folder / "r").string()}}) {
        const PlainOutput output = plainTiny(arguments);
        EXPECT_EQ(output.status, 0) << output.text;
        EXPECT_THAT(output.text, HasSubstr("parameters  161"));
        EXPECT_THAT(output.text, HasSubstr("steps       60 (10 an epoch, 6.0 epochs)"));
        EXPECT_THAT(output.text, HasSubstr("time "));
    }
    EXPECT_EQ(folder.entryCount(), 1);
}

TEST(Commands, MistakesHaveTheirExitStatus) {
    const TemporaryFolder folder;
    EXPECT_EQ(plainTiny({}).status, 2);
    EXPECT_EQ(plainTiny({"dance"}).status, 2);
    EXPECT_EQ(plainTiny({"run", (folder / "absent.yaml").string()}).status, 1);
    const PlainOutput typo = plainTiny({"check", writeTinyConfig(folder, "step: 5\n").string()});
    EXPECT_EQ(typo.status, 1);
    EXPECT_THAT(typo.text, HasSubstr("line 4: there is no key 'step'. Did you mean 'steps'?"));
    const PlainOutput stage = [&] {
        std::ofstream(folder / "train.yaml") << "stage: huge\n";
        return plainTiny({"check", (folder / "train.yaml").string()});
    }();
    EXPECT_EQ(stage.status, 1);
    EXPECT_THAT(stage.text, HasSubstr("must be one of tiny, not 'huge'"));
}

TEST(Commands, ListShowsStatesStepsAndTheBest) {
    const TemporaryFolder folder;
    const auto config = writeTinyConfig(folder, kShort);
    ASSERT_EQ(trainTiny(config, folder / "runs").status, 0);
    const auto longer = writeTinyConfig(folder, "steps: 1000000\n");
    fs::create_directories(folder / "all");
    fs::rename(folder / "runs", folder / "all" / "done");
    TinyTrainer trainer(
        {"run", longer.string(), "-o", (folder / "all" / "now").string(), "--events"});
    ASSERT_TRUE(trainer.readUntil(reached(3)));
    const PlainOutput now = plainTiny({"list", (folder / "all").string()});
    EXPECT_EQ(now.status, 0);
    EXPECT_THAT(now.text, HasSubstr("finished"));
    EXPECT_THAT(now.text, HasSubstr("60/60"));
    EXPECT_THAT(now.text, HasSubstr("best "));
    EXPECT_THAT(now.text, HasSubstr("running"));
    trainer.signal(SIGKILL);
    (void)trainer.finish();
    EXPECT_THAT(plainTiny({"list", (folder / "all").string(), "--json"}).text,
                HasSubstr(R"("state":"ended")"));
}

TEST(Commands, ExportMakesABundleAndAddsToIt) {
    const TemporaryFolder folder;
    const auto config = writeTinyConfig(folder, "steps: 5\n");
    ASSERT_EQ(trainTiny(config, folder / "run").status, 0);
    const std::string bundle = (folder / "bundle").string();
    const PlainOutput first = plainTiny({"export", (folder / "run").string(), "-o", bundle});
    ASSERT_EQ(first.status, 0) << first.text;
    EXPECT_THAT(first.text, HasSubstr("Not complete yet"));
    auto file = io::SafetensorsReader::open(folder / "bundle" / "global_motion.safetensors");
    ASSERT_TRUE(file.ok());
    EXPECT_EQ(file->read("first.weight")->bytes,
              weightsOf(folder / "run").at("parameters/first.weight"));
    std::ofstream(folder / "bundle" / "bundle.yaml", std::ios::app) << "# by hand\n";
    const PlainOutput again =
        plainTiny({"export", (folder / "run").string(), "-o", bundle, "--int8"});
    ASSERT_EQ(again.status, 0) << again.text;
    file = io::SafetensorsReader::open(folder / "bundle" / "global_motion.safetensors");
    ASSERT_TRUE(file.ok());
    EXPECT_EQ(file->find("first.weight")->type, io::TensorType::Int8);
    EXPECT_EQ(file->find("first.weight.scale")->shape, io::TensorShape{16});
    EXPECT_EQ(file->find("first.bias")->type, io::TensorType::Float32);
    EXPECT_EQ(folder.entryCount(), 3);
    fs::create_directories(folder / "other");
    EXPECT_EQ(
        plainTiny({"export", (folder / "run").string(), "-o", (folder / "other").string()}).status,
        1);
}

} // namespace
} // namespace gesture::training::test
