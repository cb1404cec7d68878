// SPDX-License-Identifier: Apache-2.0
#include "core/project/project.h"
#include "core/project/project_check.h"
#include "tests/core/project/example_project.h"
#include "tests/core/project/random_edits.h"
#include "tests/support/temporary_folder.h"

#include <cstdlib>
#include <gtest/gtest.h>

namespace gesture::project {
namespace {

using test::hashOfState;
using test::RandomEdits;
using test::TemporaryFolder;

/// How many times, unless the environment asks for more.
int countFrom(const char* variable, int usual) {
    const char* value = std::getenv(variable);
    return value != nullptr ? std::atoi(value) : usual;
}

TEST(History, RandomCommandsAreAllUndoneAndAllRedone) {
    const int count = countFrom("GESTURE_RANDOM_COMMANDS", 2000);
    TemporaryFolder folder;
    Project project = Project::create(folder / "random.gesture").value();
    const std::string start = hashOfState(project);
    RandomEdits edits(20240601);
    for (int i = 0; i < count; ++i)
        ASSERT_TRUE(project.perform(edits.command(project.state())).ok()) << i;
    const std::string end = hashOfState(project);
    int steps = 0;
    for (; project.undoEntry(); ++steps)
        ASSERT_TRUE(project.undo().ok()) << steps;
    EXPECT_GT(steps, count / 2);
    EXPECT_EQ(hashOfState(project), start);
    for (; project.redoEntry(); --steps)
        ASSERT_TRUE(project.redo().ok());
    EXPECT_EQ(steps, 0);
    EXPECT_EQ(hashOfState(project), end);
}

TEST(History, RandomUndosRedosAndDragsLeaveAWholeFile) {
    TemporaryFolder folder;
    const auto path = folder / "random.gesture";
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        Project project = seed == 1 ? Project::create(path).value() : Project::open(path).value();
        RandomEdits edits(seed);
        for (int i = 0; i < 300; ++i)
            ASSERT_TRUE(edits.step(project).ok()) << seed << ' ' << i;
        const ProjectState state = project.state();
        ASSERT_TRUE(project.close().ok());
        Project again = Project::open(path).value();
        EXPECT_TRUE(again.state() == state);
        ASSERT_TRUE(again.close().ok());
        JobControl control;
        const auto report = checkProject(path, control);
        ASSERT_TRUE(report.ok());
        for (const std::string& problem : report->problems)
            // Contents of these takes were never stored.
            EXPECT_NE(problem.find("is not in the file"), std::string::npos) << problem;
    }
}

} // namespace
} // namespace gesture::project
