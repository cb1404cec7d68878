// SPDX-License-Identifier: Apache-2.0
#include "core/project/project.h"
#include "core/project/schema.h"
#include "core/project/writer_lock.h"
#include "tests/core/project/example_project.h"
#include "tests/support/temporary_folder.h"

#include <csignal>
#include <fmt/format.h>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace gesture::project {
namespace {

using test::exampleState;
using test::runSql;
using test::TemporaryFolder;
using testing::HasSubstr;
namespace fs = std::filesystem;

fs::path closedExample(const TemporaryFolder& folder) {
    const fs::path path = folder / "example.gesture";
    EXPECT_TRUE(Project::create(path, exampleState()).value().close().ok());
    return path;
}

TEST(OpenProject, HoldsWhatWasPutIn) {
    TemporaryFolder folder;
    const fs::path path = closedExample(folder);
    EXPECT_EQ(folder.entryCount(), 1);
    const Project project = Project::open(path).value();
    EXPECT_FALSE(project.readOnly());
    EXPECT_FALSE(project.recovered());
    EXPECT_TRUE(project.state() == exampleState());
}

TEST(OpenProject, OfThisVersionIsReadByLaterPrograms) {
    // A file that the first version wrote; it must open for ever.
    TemporaryFolder folder;
    const fs::path path = folder / "version_1.gesture";
    fs::copy_file(fs::path(GESTURE_TEST_SOURCE) / "tests/core/project/version_1.gesture", path);
    fs::permissions(path, fs::perms::owner_all);
    Project project = Project::open(path).value();
    EXPECT_TRUE(project.state() == exampleState());
    ASSERT_TRUE(project.undoEntry());
    EXPECT_EQ(project.undoEntry()->name, "Rename project");
    ASSERT_TRUE(project.undo().ok());
    EXPECT_EQ(project.state().name, "Before");
}

TEST(OpenProject, RefusesWhatIsNone) {
    TemporaryFolder folder;
    const auto sentence = [](const fs::path& path) {
        const auto project = Project::open(path);
        return project.ok() ? std::string() : project.error().message();
    };
    EXPECT_THAT(sentence(folder / "none.gesture"), HasSubstr("There is no file"));
    std::ofstream(folder / "empty.gesture").close();
    EXPECT_THAT(sentence(folder / "empty.gesture"), HasSubstr("is empty"));
    std::ofstream(folder / "text.gesture") << std::string(500, 'x');
    EXPECT_THAT(sentence(folder / "text.gesture"), HasSubstr("is no project of Gesture Studio"));
    std::ofstream(folder / "other.gesture").close();
    runSql(folder / "other.gesture", "CREATE TABLE t (a)");
    EXPECT_THAT(sentence(folder / "other.gesture"), HasSubstr("another program"));
    EXPECT_THAT(sentence(folder.path()), HasSubstr("is no file"));
}

TEST(OpenProject, DoesNotOverwriteAFile) {
    TemporaryFolder folder;
    const fs::path path = closedExample(folder);
    EXPECT_FALSE(Project::create(path).ok());
    EXPECT_TRUE(Project::open(path).value().state() == exampleState());
}

TEST(OpenProject, OfANewerVersionCanBeLookedAtOnly) {
    TemporaryFolder folder;
    const fs::path path = closedExample(folder);
    runSql(path, "PRAGMA user_version=2; ALTER TABLE state ADD COLUMN more TEXT; "
                 "CREATE TABLE extra (id INTEGER PRIMARY KEY); "
                 "INSERT INTO state (key, value) VALUES ('unheard-of', '[1]')");
    Project project = Project::open(path).value();
    EXPECT_TRUE(project.readOnly());
    EXPECT_THAT(project.remark(), HasSubstr("newer Gesture Studio"));
    EXPECT_EQ(project.state().name, "Example");
    const Status done = project.perform(SetName{"x"});
    ASSERT_FALSE(done.ok());
    EXPECT_THAT(done.error().message(), HasSubstr("newer Gesture Studio"));
    EXPECT_EQ(test::askSql(path, "PRAGMA user_version"), "2");
}

TEST(OpenProject, OfAVersionThatCannotBeShownIsRefused) {
    TemporaryFolder folder;
    const fs::path path = closedExample(folder);
    runSql(path, "PRAGMA user_version=9; UPDATE meta SET value='7' WHERE key='readable-by'");
    const auto project = Project::open(path);
    ASSERT_FALSE(project.ok());
    EXPECT_EQ(project.error().code(), ErrorCode::Unavailable);
    EXPECT_THAT(project.error().message(), HasSubstr("Update the program"));
}

TEST(OpenProject, MigrationsRunInOneTransaction) {
    TemporaryFolder folder;
    const fs::path path = closedExample(folder);
    Database database = Database::open(path, {}).value();
    const std::vector<Migration> broken{{1, "ALTER TABLE meta ADD COLUMN a TEXT"},
                                        {2, "ALTER TABLE nothing ADD COLUMN b TEXT"}};
    EXPECT_FALSE(migrate(database, broken).ok());
    EXPECT_EQ(database.integer("PRAGMA user_version").value(), 1);
    EXPECT_TRUE(database.prepare("SELECT a FROM meta").ok() == false);

    const std::vector<Migration> whole{
        {0, "nonsense"}, {1, "ALTER TABLE meta ADD COLUMN a TEXT"}, {2, "UPDATE meta SET a = 'x'"}};
    EXPECT_TRUE(migrate(database, whole).ok());
    EXPECT_EQ(database.integer("PRAGMA user_version").value(), 3);
    EXPECT_TRUE(migrate(database, whole).ok());
    EXPECT_EQ(database.integer("PRAGMA user_version").value(), 3);
}

TEST(OpenProject, ASecondTimeIsReadOnly) {
    TemporaryFolder folder;
    const fs::path path = folder / "example.gesture";
    Project first = Project::create(path, exampleState()).value();
    Project second = Project::open(path).value();
    EXPECT_TRUE(second.readOnly());
    EXPECT_THAT(second.remark(), HasSubstr("is open in gesture-studio"));
    EXPECT_TRUE(second.state() == exampleState());
    EXPECT_FALSE(second.perform(SetName{"x"}).ok());
    EXPECT_TRUE(first.perform(SetName{"y"}).ok());
    ASSERT_TRUE(second.close().ok());
    ASSERT_TRUE(first.close().ok());
    EXPECT_FALSE(Project::open(path).value().readOnly());
}

TEST(OpenProject, InAnotherProcessIsReadOnlyUntilThatEnds) {
    TemporaryFolder folder;
    const fs::path path = closedExample(folder);
    std::array<int, 2> ends{};
    ASSERT_EQ(::pipe(ends.data()), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const auto project = Project::open(path);
        const char mark = project.ok() && !project->readOnly() ? 'w' : 'r';
        if (::write(ends[1], &mark, 1) != 1) ::_exit(1);
        while (true)
            ::pause();
    }
    char mark = 0;
    ASSERT_EQ(::read(ends[0], &mark, 1), 1);
    EXPECT_EQ(mark, 'w');
    EXPECT_TRUE(Project::open(path).value().readOnly());
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    ::close(ends[0]);
    ::close(ends[1]);
    const Project project = Project::open(path).value();
    EXPECT_FALSE(project.readOnly()) << project.remark();
    EXPECT_TRUE(project.recovered());
}

TEST(OpenProject, RecognisesStaleWriters) {
    const Writer self = thisWriter();
    EXPECT_TRUE(mayBeAlive(self));
    Writer other = self;
    other.started = "1";
    EXPECT_FALSE(mayBeAlive(other)) << "the number was given to another process";
    other = self;
    other.boot = "another start of this computer";
    EXPECT_FALSE(mayBeAlive(other));
    other = self;
    other.pid = 0;
    EXPECT_FALSE(mayBeAlive(other));
    other = self;
    other.host = "another computer";
    EXPECT_TRUE(mayBeAlive(other));
}

TEST(OpenProject, OfAnotherComputersWriterCanBeTakenOver) {
    TemporaryFolder folder;
    const fs::path path = closedExample(folder);
    runSql(path, "INSERT INTO writer VALUES (1, 77, '5', 'elsewhere', 'b', 'gesture-studio 0.1')");
    EXPECT_THAT(Project::open(path).value().remark(), HasSubstr("computer 'elsewhere'"));
    OpenOptions options;
    options.takeOver = true;
    EXPECT_FALSE(Project::open(path, options).value().readOnly());
}

TEST(OpenProject, InAReadOnlyFolderCanBeLookedAt) {
    if (::geteuid() == 0) GTEST_SKIP() << "the administrator may write everywhere";
    TemporaryFolder folder;
    const fs::path path = closedExample(folder);
    fs::permissions(path, fs::perms::owner_read);
    fs::permissions(folder.path(), fs::perms::owner_read | fs::perms::owner_exec);
    const auto project = Project::open(path);
    fs::permissions(folder.path(), fs::perms::owner_all);
    ASSERT_TRUE(project.ok()) << project.error().message();
    EXPECT_TRUE(project->readOnly());
    EXPECT_THAT(project->remark(), HasSubstr("read-only"));
    EXPECT_TRUE(project->state() == exampleState());
}

TEST(OpenProject, ThatWasNotClosedIsReadWithItsLog) {
    TemporaryFolder folder;
    const fs::path path = folder / "example.gesture";
    Project project = Project::create(path, exampleState()).value();
    ASSERT_TRUE(project.perform(SetName{"in the log"}).ok());
    // What a killed program leaves on a medium that is read-only afterwards.
    TemporaryFolder medium;
    for (const char* suffix : {"", "-wal"})
        fs::copy_file(path.string() + suffix, (medium / "copy.gesture").string() + suffix);
    OpenOptions options;
    options.readOnly = true;
    EXPECT_EQ(Project::open(medium / "copy.gesture", options).value().state().name, "in the log");
}

TEST(OpenProject, ForReadingChangesNothing) {
    TemporaryFolder folder;
    const fs::path path = closedExample(folder);
    const auto before = fs::last_write_time(path);
    OpenOptions options;
    options.readOnly = true;
    EXPECT_TRUE(Project::open(path, options).value().state() == exampleState());
    EXPECT_EQ(fs::last_write_time(path), before);
    EXPECT_EQ(folder.entryCount(), 1);
}

} // namespace
} // namespace gesture::project
