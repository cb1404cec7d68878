// SPDX-License-Identifier: Apache-2.0
// Training and batches on a real cluster with Slurm: controller and node on this computer.
#include "tests/e2e/cli.h"
#include "tests/e2e/private_cluster.h"
#include "tests/support/scoped_variable.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace gesture::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

class ClusterTest : public ::testing::Test {
protected:
    ClusterTest()
        : data_("GESTURE_DATA", (folder / "data").string()) {}

    void SetUp() override {
        if (const auto obstacle = PrivateCluster::obstacle()) GTEST_SKIP() << *obstacle;
        if (!cluster.start())
            GTEST_SKIP() << "Slurm is installed, but its node does not come up here.";
    }

    static ProgramOutput gesture(std::vector<std::string> arguments) {
        const auto output = runProgram({fs::path(GESTURE_TEST_BINARIES) / "gesture", arguments},
                                       std::chrono::seconds(120));
        EXPECT_TRUE(output.ok());
        return output ? *output : ProgramOutput{-1, {}};
    }
    /// The job's number.
    std::string submit(const std::string& config, const fs::path& run) {
        EXPECT_TRUE(writeTextAtomically(folder / "train.yaml", config).ok());
        const auto said = gesture({"--json", "cluster", "submit", (folder / "train.yaml").string(),
                                   "-o", run.string(), "--trainer",
                                   std::string(GESTURE_TEST_BINARIES) + "/tiny_train"});
        EXPECT_EQ(said.exitStatus, 0) << said.text;
        const json answer = json::parse(said.text, nullptr, false);
        return answer.is_object() ? answer.value("id", "") : std::string();
    }
    static json stateOf(const fs::path& run) {
        const auto said = runProgram(
            {fs::path(GESTURE_TEST_BINARIES) / "tiny_train", {"list", "--json", run.string()}},
            std::chrono::seconds(60));
        return said ? json::parse(said->text, nullptr, false) : json();
    }
    static std::string config(int steps) {
        return fmt::format("stage: tiny\ndevice: cpu\nthreads: 1\nsteps: {}\nlog: {{every: 100}}\n"
                           "checkpoints: {{every: 1000, minutes: 0, keep: 2}}\n"
                           "tiny: {{width: 64}}\n",
                           steps);
    }

    TemporaryFolder folder;
    ScopedVariable data_;
    PrivateCluster cluster;
};

TEST_F(ClusterTest, ATrainingIsHandedInWatchedAndDone) {
    const fs::path run = folder / "runs" / "done";
    const std::string job = submit(config(200), run);
    const auto watched = gesture({"cluster", "watch", job, "--every", "0.2"});
    EXPECT_EQ(watched.exitStatus, 0) << watched.text;
    EXPECT_NE(watched.text.find("done"), std::string::npos) << watched.text;
    EXPECT_EQ(stateOf(run)["state"], "finished");
}

TEST_F(ClusterTest, AJobThatIsOutOfTimeGoesOnFromItsCheckpoint) {
    const fs::path run = folder / "runs" / "again";
    const std::string job = submit(config(100'000'000), run);
    ASSERT_TRUE(PrivateCluster::until([&] {
        const json now = stateOf(run);
        return now.is_object() && now["step"] > 100;
    }));
    // What a job gets two minutes before its time is up.
    PrivateCluster::ask("scancel", {"--batch", "--signal=USR1", job});
    ASSERT_TRUE(PrivateCluster::until([&] { return stateOf(run)["state"] == "stopped"; }));
    const std::int64_t stopped = stateOf(run)["step"];
    ASSERT_TRUE(PrivateCluster::until([&] {
        // Slurm lets two minutes go by before a job's second turn.
        PrivateCluster::ask("scontrol", {"update", "JobId=" + job, "StartTime=now"});
        const json now = stateOf(run);
        return now["state"] == "running" && now["step"] > stopped;
    })) << PrivateCluster::ask("squeue", {});
    const auto cancelled = gesture({"cluster", "cancel", job});
    EXPECT_EQ(cancelled.exitStatus, 0) << cancelled.text;
    const auto watched = gesture({"cluster", "watch", job, "--every", "0.2"});
    EXPECT_NE(watched.text.find("cancelled"), std::string::npos) << watched.text;
    EXPECT_EQ(watched.exitStatus, 1);
    EXPECT_NE(stateOf(run)["state"], "running");
}

TEST_F(ClusterTest, WhatSlurmRefusesIsSaidInItsWords) {
    ASSERT_TRUE(writeTextAtomically(folder / "train.yaml", config(10)).ok());
    const auto refused = gesture({"cluster", "submit", (folder / "train.yaml").string(), "-o",
                                  (folder / "run").string(), "--partition", "nowhere"});
    EXPECT_EQ(refused.exitStatus, 1);
    EXPECT_NE(refused.text.find("invalid partition"), std::string::npos) << refused.text;
}

} // namespace
} // namespace gesture::test
