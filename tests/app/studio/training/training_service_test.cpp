// SPDX-License-Identifier: Apache-2.0
// Real trainings as processes, from a studio that begins, ends and begins again.
#include "core/base/atomic_file.h"
#include "core/base/paths.h"
#include "core/base/process.h"
#include "tests/app/studio/training/training_fixture.h"
#include "training/protocol/run_files.h"

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <set>
#include <unistd.h>

namespace gesture::app {
namespace {

namespace fs = std::filesystem;
using test::tinyConfig;
using test::TrainingTest;
using test::untilTrue;

TEST_F(TrainingTest, ARunBeginsAndItsCurveGrows) {
    const fs::path run = started("first");
    ASSERT_TRUE(reaches(run, RunState::Running));
    ASSERT_TRUE(reachesStep(run, 40));
    const RunPointer now = service->find(run);
    const RunCurve* const loss = now->curve(RunSplit::Train, "loss");
    ASSERT_NE(loss, nullptr);
    EXPECT_EQ(loss->steps.size(), loss->values.size());
    EXPECT_EQ(loss->steps.front(), 20.0);
    EXPECT_EQ(now->stage, "tiny");
    EXPECT_EQ(now->device, "cpu");
    EXPECT_EQ(service->active(), now);
    const std::size_t before = loss->steps.size();
    EXPECT_TRUE(untilTrue(
        [&] { return service->find(run)->curve(RunSplit::Train, "loss")->steps.size() > before; }));
}

TEST_F(TrainingTest, StoppingSafelyWritesACheckpointAndResumingGoesOnBehindIt) {
    const fs::path run = started("stopped");
    ASSERT_TRUE(reachesStep(run, 40));
    ASSERT_TRUE(service->stop(run).ok());
    ASSERT_TRUE(untilTrue([&] { return !isActive(service->find(run)->state); }));
    ASSERT_TRUE(reaches(run, RunState::Stopped));
    const RunPointer stopped = service->find(run);
    ASSERT_FALSE(stopped->checkpoints.empty());
    EXPECT_EQ(stopped->checkpoints.front().step, stopped->step);
    ASSERT_TRUE(service->startRun(run).ok());
    ASSERT_TRUE(reachesStep(run, stopped->step + 40));
    const RunPointer on = service->find(run);
    const std::vector<double>& steps = on->curve(RunSplit::Train, "loss")->steps;
    EXPECT_EQ(std::set<double>(steps.begin(), steps.end()).size(), steps.size());
    EXPECT_TRUE(std::is_sorted(steps.begin(), steps.end()));
}

TEST_F(TrainingTest, AStudioThatBeginsAgainFindsItsRunAndCanStopIt) {
    const fs::path run = started("outlives");
    ASSERT_TRUE(reachesStep(run, 20));
    close();
    EXPECT_TRUE(training::isRunning(run));
    open();
    ASSERT_TRUE(reaches(run, RunState::Running));
    const std::int64_t before = service->find(run)->step;
    ASSERT_TRUE(reachesStep(run, before + 40));
    ASSERT_TRUE(service->checkpoint(run).ok());
    ASSERT_TRUE(service->stop(run).ok());
    EXPECT_TRUE(reaches(run, RunState::Stopped));
}

/// Not a test by itself: the studio that the next test kills.
TEST(TrainingStudio, StartsARunAndIsKilled) {
    const char* const folder = std::getenv("GESTURE_TEST_DOOMED_STUDIO");
    if (folder == nullptr) GTEST_SKIP() << "the next test runs this in a process of its own";
    TrainingService doomed(fs::path(folder), test::tinyTrainer());
    doomed.start();
    const auto run = doomed.create("orphan", tinyConfig(), {});
    ASSERT_TRUE(run.ok() && doomed.startRun(*run).ok());
    ASSERT_TRUE(untilTrue([&] {
        const RunPointer now = doomed.find(*run);
        return now && now->step > 0;
    }));
    ::kill(0, SIGKILL); // with everything in its process group
}

TEST_F(TrainingTest, ATrainingSurvivesTheStudiosDeath) {
    const fs::path self = fs::read_symlink("/proc/self/exe");
    const auto program = findProgram("setsid");
    ASSERT_TRUE(program);
    const auto died = runProgram(
        {"/usr/bin/env",
         {"GESTURE_TEST_DOOMED_STUDIO=" + (folder / "runs").string(), program->string(), "--wait",
          self.string(), "--gtest_filter=TrainingStudio.StartsARunAndIsKilled"}},
        std::chrono::seconds(60));
    ASSERT_TRUE(died.ok());
    EXPECT_NE(died->exitStatus, 0);
    const fs::path run = folder / "runs" / "orphan";
    ASSERT_TRUE(reaches(run, RunState::Running));
    const std::int64_t before = service->find(run)->step;
    EXPECT_TRUE(reachesStep(run, before + 40));
    ASSERT_TRUE(service->stop(run).ok());
    EXPECT_TRUE(reaches(run, RunState::Stopped));
}

TEST_F(TrainingTest, AKilledRunIsShownAsSuchAndGoesOn) {
    const fs::path run = started("killed");
    ASSERT_TRUE(untilTrue([&] {
        const RunPointer now = service->find(run);
        return now && !now->checkpoints.empty();
    }));
    ASSERT_TRUE(service->endNow(run).ok());
    ASSERT_TRUE(reaches(run, RunState::Killed));
    ASSERT_TRUE(service->startRun(run).ok());
    EXPECT_TRUE(reaches(run, RunState::Running));
}

TEST_F(TrainingTest, AWrongConfigurationFailsInWords) {
    const fs::path run = started("wrong", tinyConfig() + "optimizer: {rate: 1}\n");
    ASSERT_TRUE(reaches(run, RunState::Failed));
    EXPECT_TRUE(service->find(run)->failure.contains("optimizer"))
        << service->find(run)->failure.toStdString();
}

TEST_F(TrainingTest, TheQueueGoesThroughItsRunsInItsOrder) {
    const fs::path busy = started("busy");
    ASSERT_TRUE(reaches(busy, RunState::Running));
    const fs::path second = create("second", tinyConfig(40));
    const fs::path third = create("third", tinyConfig(40));
    ASSERT_TRUE(service->enqueue(second).ok());
    ASSERT_TRUE(service->enqueue(third).ok());
    ASSERT_TRUE(reaches(third, RunState::Queued));
    service->moveInQueue(third, 0);
    ASSERT_TRUE(untilTrue(
        [&] { return service->runs().size() == 3 && service->runs()[1]->folder == third; }));
    ASSERT_TRUE(service->stop(busy).ok());
    ASSERT_TRUE(reaches(second, RunState::Finished));
    EXPECT_EQ(service->find(third)->state, RunState::Finished);
    EXPECT_LT(service->find(third)->begun, service->find(second)->begun);
}

TEST_F(TrainingTest, NotesArchiveAndDeletingStayOnTheDisk) {
    const fs::path run = create("kept", tinyConfig(20));
    ASSERT_TRUE(service->setNotes(run, {"tried a lower rate", "rate, hands", "demo/x", true}).ok());
    close();
    open();
    ASSERT_TRUE(reaches(run, RunState::Draft));
    EXPECT_EQ(service->find(run)->notes.tags, QStringLiteral("rate, hands"));
    EXPECT_TRUE(service->find(run)->notes.archived);
    ASSERT_TRUE(service->remove(run).ok());
    EXPECT_TRUE(untilTrue([&] { return service->find(run) == nullptr; }));
    EXPECT_FALSE(fs::exists(run));
}

TEST_F(TrainingTest, ARunThatTrainsIsNeitherStartedTwiceNorDeleted) {
    const fs::path run = started("once");
    ASSERT_TRUE(reaches(run, RunState::Running));
    EXPECT_EQ(service->startRun(run).error().code(), ErrorCode::Usage);
    EXPECT_EQ(service->remove(run).error().code(), ErrorCode::Usage);
}

TEST_F(TrainingTest, DamagedRecordsAreReadAsFarAsTheyGo) {
    const fs::path run = create("damaged");
    ASSERT_TRUE(writeTextAtomically(
                    run / "log.jsonl",
                    "{\"time\":1,\"event\":\"started\",\"step\":0,\"total_steps\":9,\"steps_per_"
                    "epoch\":0,\"parameters\":1,\"ranks\":1,\"memory_bytes\":1,\"stage\":\"tiny\","
                    "\"device\":\"cpu\"}\nnonsense\n{\"time\":2,\"event\":\"no")
                    .ok());
    ASSERT_TRUE(writeTextAtomically(run / "process.json", "{\"pid\": 1, \"started\": 3}").ok());
    ASSERT_TRUE(writeTextAtomically(run / "notes.json", "[[[").ok());
    ASSERT_TRUE(reaches(run, RunState::Killed));
    EXPECT_EQ(service->find(run)->totalSteps, 9);
    EXPECT_EQ(service->find(run)->stepsPerEpoch, 1);
}

} // namespace
} // namespace gesture::app
