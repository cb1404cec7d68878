// SPDX-License-Identifier: Apache-2.0
// What is sent to Slurm, and how its answers are read; no Slurm is needed.
#include "core/base/atomic_file.h"
#include "core/base/paths.h"
#include "core/base/process.h"
#include "tests/support/scoped_variable.h"
#include "tests/support/temporary_folder.h"
#include "training/cluster/job_script.h"
#include "training/cluster/slurm.h"
#include "training/cluster/submitted_jobs.h"

#include <gtest/gtest.h>

namespace gesture::training {
namespace {

JobPlan plan() {
    JobPlan made;
    made.name = "hands";
    made.folder = "/data/my runs/hands";
    made.needs.partition = "gpu";
    made.needs.time = "12:00:00";
    made.needs.tasks = 4;
    made.needs.gpus = 1;
    made.needs.more = {"--constraint=h100"};
    made.command = {"gesture-train", "run", "/data/it's.yaml", "-o", "/data/my runs/hands"};
    return made;
}

TEST(JobScript, HasNeedsAndCommandAsTheShellReadsThem) {
    const auto text = jobTemplate(JobKind::Train);
    ASSERT_TRUE(text.ok());
    const auto script = jobScript(*text, plan());
    ASSERT_TRUE(script.ok());
    for (const char* line :
         {"#!/bin/bash", "#SBATCH --job-name=hands", "#SBATCH --partition=gpu",
          "#SBATCH --time=12:00:00", "#SBATCH --ntasks=4", "#SBATCH --gpus-per-task=1",
          "#SBATCH --constraint=h100", "#SBATCH --requeue",
          "srun gesture-train run '/data/it'\\''s.yaml' -o '/data/my runs/hands' &"})
        EXPECT_NE(script->find(line), std::string::npos) << line;
    for (const char* left : {"@name@", "@folder@", "@options@", "@command@"})
        EXPECT_EQ(script->find(left), std::string::npos) << left;
}

TEST(JobScript, IsGoodBash) {
    for (const JobKind kind : {JobKind::Train, JobKind::Batch}) {
        JobPlan made = plan();
        made.shares = 3;
        const auto script = jobScript(*jobTemplate(kind), made);
        ASSERT_TRUE(script.ok());
        test::TemporaryFolder folder;
        ASSERT_TRUE(writeTextAtomically(folder / "job", *script).ok());
        const auto checked =
            runProgram({"/bin/bash", {"-n", (folder / "job").string()}}, std::chrono::seconds(30));
        ASSERT_TRUE(checked.ok());
        EXPECT_EQ(checked->exitStatus, 0) << checked->text;
    }
}

TEST(JobScript, RefusesWhatWouldBreakOutOfItsLine) {
    JobPlan made = plan();
    made.name = "a\n#SBATCH --uid=0";
    EXPECT_EQ(jobScript("@name@", made).error().code(), ErrorCode::InvalidInput);
    made = plan();
    made.needs.more = {"rm -rf /"};
    EXPECT_EQ(jobScript("@options@", made).error().code(), ErrorCode::InvalidInput);
}

TEST(JobScript, TheUsersTemplateComesFirst) {
    test::TemporaryFolder data;
    const test::ScopedVariable variable("GESTURE_DATA", data.path().string());
    std::filesystem::create_directory(data / "slurm");
    ASSERT_TRUE(writeTextAtomically(data / "slurm" / "train.sbatch", "mine @name@").ok());
    EXPECT_EQ(*jobScript(*jobTemplate(JobKind::Train), plan()), "mine hands");
}

TEST(SlurmAnswers, TheQueueIsRead) {
    const auto jobs = parseQueue("17|RUNNING|1:02|node-3\n18_2|PENDING|0:00|(Resources)\n\n");
    ASSERT_EQ(jobs.size(), 2U);
    EXPECT_EQ(jobs[0].state, JobState::Running);
    EXPECT_EQ(jobs[0].detail, "node-3");
    EXPECT_EQ(jobs[1].id, "18_2");
    EXPECT_EQ(jobs[1].state, JobState::Waiting);
}

TEST(SlurmAnswers, AccountingLeavesStepsOut) {
    const auto jobs = parseAccounting("17|CANCELLED by 1000|00:01:02|0:15\n17.batch|CANCELLED|00:"
                                      "01:02|0:15\n18|OUT_OF_MEMORY|00:00:09|0:125\n");
    ASSERT_EQ(jobs.size(), 2U);
    EXPECT_EQ(jobs[0].state, JobState::Cancelled);
    EXPECT_EQ(jobs[1].state, JobState::Failed);
}

TEST(SlurmAnswers, TheControllersMemoryIsRead) {
    const auto jobs =
        parseControl("JobId=5 ArrayJobId=4 ArrayTaskId=1 JobName=x JobState=COMPLETED Reason=None "
                     "ExitCode=0:0 RunTime=00:00:02 StdOut=/x\n");
    ASSERT_EQ(jobs.size(), 1U);
    EXPECT_EQ(jobs[0].id, "4_1");
    EXPECT_EQ(jobs[0].state, JobState::Done);
    EXPECT_TRUE(isOver(jobs[0].state));
}

TEST(SlurmAnswers, NumbersOfJobsAreNumbers) {
    EXPECT_EQ(Slurm().cancel("17; rm -rf /").error().code(), ErrorCode::InvalidInput);
    EXPECT_EQ(Slurm().report({"--help"}).error().code(), ErrorCode::InvalidInput);
}

TEST(SubmittedJobs, AreRememberedNewestFirst) {
    test::TemporaryFolder data;
    const test::ScopedVariable variable("GESTURE_DATA", data.path().string());
    ASSERT_TRUE(rememberJob({"7", "", "old", "/runs/old", "train", 10.0}).ok());
    ASSERT_TRUE(rememberJob({"7", "me@lab", "new", "/runs/new", "batch", 20.0}).ok());
    ASSERT_TRUE(writeTextAtomically(data / "cluster" / "x.json", "{[").ok());
    const auto jobs = submittedJobs();
    ASSERT_EQ(jobs.size(), 2U);
    EXPECT_EQ(jobs[0].name, "new");
    EXPECT_EQ(jobs[1].host, "");
    forgetJob(jobs[0]);
    EXPECT_EQ(submittedJobs().size(), 1U);
}

} // namespace
} // namespace gesture::training
