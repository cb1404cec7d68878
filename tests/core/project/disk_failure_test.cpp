// SPDX-License-Identifier: Apache-2.0
// Every writing call of SQLite fails once: the state is as before the command or as after it, a
// failure is never called a success, and work goes on when the disk is well again.
#include "core/project/motion_blob.h"
#include "core/project/project.h"
#include "core/project/project_check.h"
#include "tests/core/project/example_project.h"
#include "tests/core/project/faulty_vfs.h"
#include "tests/core/project/random_edits.h"
#include "tests/support/synthetic_clip.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

namespace gesture::project {
namespace {

using test::exampleState;
using test::FaultyVfs;
using test::hashOfState;
using test::TemporaryFolder;
using Fault = FaultyVfs::Fault;

class DiskFailure : public testing::TestWithParam<Fault> {
protected:
    void TearDown() override { FaultyVfs::instance().heal(); }
    FaultyVfs& disk() { return FaultyVfs::instance(); }
    [[nodiscard]] OpenOptions options() const {
        OpenOptions options;
        options.vfs = FaultyVfs::name();
        return options;
    }
};

TEST_P(DiskFailure, LeavesTheStateAndSaysSo) {
    for (int call = 0;; ++call) {
        TemporaryFolder folder;
        const auto path = folder / "failing.gesture";
        FaultyVfs::instance();
        Project project = Project::create(path, exampleState(), options()).value();
        const ProjectState before = project.state();
        disk().failAt(call, GetParam(), /*lasting=*/true);
        const Status done = project.perform(SetName{"Changed"});
        if (done.ok()) {
            EXPECT_EQ(project.state().name, "Changed");
            EXPECT_FALSE(disk().failed());
            break;
        }
        EXPECT_EQ(done.error().code(), ErrorCode::Io) << done.error().message();
        EXPECT_TRUE(project.state() == before);
        EXPECT_FALSE(project.undoEntry());

        disk().heal();
        ASSERT_TRUE(project.perform(SetNotes{"later"}).ok()) << "call " << call;
        const std::string hash = hashOfState(project);
        EXPECT_EQ(project.history().value().size(), 1U);
        ASSERT_TRUE(project.close().ok());
        Project again = Project::open(path).value();
        EXPECT_EQ(hashOfState(again), hash);
        EXPECT_EQ(again.state().name, before.name);
        ASSERT_LT(call, 100);
    }
}

TEST_P(DiskFailure, DuringUndoAndRedoLeavesTheState) {
    for (int call = 0;; ++call) {
        TemporaryFolder folder;
        Project project =
            Project::create(folder / "failing.gesture", exampleState(), options()).value();
        ASSERT_TRUE(project.perform(SetName{"Changed"}).ok());
        disk().failAt(call, GetParam(), /*lasting=*/true);
        const Status done = project.undo();
        disk().heal();
        if (done.ok()) break;
        EXPECT_EQ(project.state().name, "Changed");
        ASSERT_TRUE(project.undoEntry());
        ASSERT_TRUE(project.undo().ok());
        EXPECT_EQ(project.state().name, "Example");
        ASSERT_TRUE(project.redo().ok());
        ASSERT_LT(call, 100);
    }
}

TEST_P(DiskFailure, OfEachCallOfASessionLosesNothingThatWasAcknowledged) {
    JobControl control;
    for (int call = 0; call < 400; call += 7) {
        TemporaryFolder folder;
        const auto path = folder / "failing.gesture";
        std::string acknowledged;
        {
            Project project = Project::create(path, {}, options()).value();
            acknowledged = hashOfState(project);
            test::RandomEdits edits(static_cast<std::uint64_t>(call));
            disk().failAt(call, GetParam(), /*lasting=*/false);
            for (int i = 0; i < 30; ++i) {
                const Status done = edits.step(project);
                if (done.ok()) acknowledged = hashOfState(project);
                EXPECT_EQ(hashOfState(project), acknowledged);
            }
        }
        disk().heal();
        auto again = Project::open(path);
        ASSERT_TRUE(again.ok()) << again.error().message();
        EXPECT_EQ(hashOfState(*again), acknowledged) << "call " << call;
        ASSERT_TRUE(again->close().ok());
        EXPECT_EQ(test::askSql(path, "PRAGMA integrity_check"), "ok");
    }
}

TEST_P(DiskFailure, WhileAMotionIsStoredLeavesNoHalfMotion) {
    JobControl control;
    const auto clip = std::make_shared<const motion::Clip>(test::syntheticClip(1500));
    int failures = 0;
    for (int call = 0;; call += 97) {
        TemporaryFolder folder;
        Project project = Project::create(folder / "failing.gesture", {}, options()).value();
        disk().failAt(call, GetParam(), /*lasting=*/true);
        const auto hash = putMotion(project.blobs(), {clip, {}}, control);
        disk().heal();
        if (hash) break;
        ++failures;
        EXPECT_TRUE(project.blobs().all().value().empty());
        const auto again = putMotion(project.blobs(), {clip, {}}, control);
        ASSERT_TRUE(again.ok()) << again.error().message();
        EXPECT_TRUE(readMotion(project.blobs(), *again).ok());
    }
    EXPECT_GT(failures, 0);
}

TEST_P(DiskFailure, WhileAProjectIsMadeLeavesNoneThatCannotBeOpened) {
    for (int call = 0; call < 60; ++call) {
        TemporaryFolder folder;
        const auto path = folder / "failing.gesture";
        disk().failAt(call, GetParam(), /*lasting=*/true);
        bool made = false;
        {
            const auto project = Project::create(path, exampleState(), options());
            made = project.ok();
            if (!made) {
                EXPECT_EQ(project.error().code(), ErrorCode::Io);
            }
        }
        disk().heal();
        std::error_code code;
        if (!std::filesystem::exists(path, code)) continue;
        const auto again = Project::open(path);
        if (made) {
            ASSERT_TRUE(again.ok()) << again.error().message();
            EXPECT_TRUE(again->state() == exampleState());
        }
    }
}

std::string faultName(const testing::TestParamInfo<Fault>& info) {
    switch (info.param) {
    case Fault::Full:
        return "Full";
    case Fault::Io:
        return "Io";
    case Fault::ShortWrite:
        return "ShortWrite";
    case Fault::None:
        break;
    }
    return "None";
}

INSTANTIATE_TEST_SUITE_P(Kinds, DiskFailure,
                         testing::Values(Fault::Full, Fault::Io, Fault::ShortWrite), faultName);

} // namespace
} // namespace gesture::project
