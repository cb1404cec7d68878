// SPDX-License-Identifier: Apache-2.0
#include "core/project/motion_blob.h"
#include "core/project/project.h"
#include "core/project/project_check.h"
#include "core/project/state_rows.h"
#include "tests/core/project/example_project.h"
#include "tests/support/synthetic_clip.h"
#include "tests/support/temporary_folder.h"

#include <fmt/format.h>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <random>

namespace gesture::project {
namespace {

using test::exampleState;
using test::runSql;
using test::TemporaryFolder;
using testing::HasSubstr;
namespace fs = std::filesystem;

/// A closed project with two real motions and some history.
fs::path realProject(const TemporaryFolder& folder) {
    const fs::path path = folder / "real.gesture";
    JobControl control;
    Project project = Project::create(path).value();
    for (const std::uint64_t stream : {1U, 2U}) {
        Take take = test::exampleTake(fmt::format("{}", stream));
        const auto clip = std::make_shared<const motion::Clip>(test::syntheticClip(300, stream));
        take.motion = putMotion(project.blobs(), {clip, {}}, control).value();
        EXPECT_TRUE(project.perform(AddTakes{{take}}).ok());
    }
    EXPECT_TRUE(project.perform(SetTranscript{test::exampleTranscript(500), "file"}).ok());
    EXPECT_TRUE(project.perform(SetName{"Real"}).ok());
    EXPECT_TRUE(project.close().ok());
    return path;
}

std::string bytesOf(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void writeBytes(const fs::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary).write(bytes.data(), std::ssize(bytes));
}

/// Opens, reads everything and does something; whatever comes out, it comes out in words.
void useHarmlessly(const fs::path& path) {
    JobControl control;
    const auto said = [](const Error& error) { EXPECT_FALSE(error.message().empty()); };
    if (const auto report = checkProject(path, control); !report) said(report.error());
    auto project = Project::open(path);
    if (!project) return said(project.error());
    for (const Take& take : project->state().takes)
        if (const auto motion = readMotion(project->blobs(), take.motion); !motion)
            said(motion.error());
    if (const Status done = project->perform(SetNotes{"x"}); !done) said(done.error());
    if (project->undoEntry())
        if (const Status done = project->undo(); !done) said(done.error());
}

TEST(DamagedProject, AWholeOneHasNoProblems) {
    TemporaryFolder folder;
    JobControl control;
    const auto report = checkProject(realProject(folder), control).value();
    EXPECT_THAT(report.problems, testing::IsEmpty());
    EXPECT_EQ(report.contents, 2);
    EXPECT_EQ(report.steps, 4);
}

TEST(DamagedProject, CutAnywhereIsSurvived) {
    TemporaryFolder folder;
    const std::string bytes = bytesOf(realProject(folder));
    const fs::path path = folder / "cut.gesture";
    for (std::size_t size = 0; size < bytes.size(); size += 1 + bytes.size() / 150) {
        writeBytes(path, bytes.substr(0, size));
        useHarmlessly(path);
        for (const char* suffix : {"", "-wal", "-shm", "-journal"})
            fs::remove(path.string() + suffix);
    }
}

TEST(DamagedProject, ChangedBytesAreSurvived) {
    TemporaryFolder folder;
    const std::string bytes = bytesOf(realProject(folder));
    const fs::path path = folder / "changed.gesture";
    std::mt19937_64 random(3);
    for (int i = 0; i < 150; ++i) {
        std::string changed = bytes;
        // The data base's own structures lie at the begin of pages.
        for (int k = 0; k < 4; ++k) {
            const std::size_t page = random() % (bytes.size() / 4096) * 4096;
            changed[page + random() % (k < 2 ? 128 : 4096)] = static_cast<char>(random());
        }
        writeBytes(path, changed);
        useHarmlessly(path);
        for (const char* suffix : {"", "-wal", "-shm", "-journal"})
            fs::remove(path.string() + suffix);
    }
}

TEST(DamagedProject, AChangedContentIsFound) {
    TemporaryFolder folder;
    const fs::path path = realProject(folder);
    runSql(path, "UPDATE chunk SET data = zeroblob(length(data)) WHERE id = 2");
    JobControl control;
    EXPECT_FALSE(checkProject(path, control).value().whole());
    Project project = Project::open(path).value();
    const auto motion = readMotion(project.blobs(), project.state().takes[0].motion);
    ASSERT_FALSE(motion.ok());
    EXPECT_THAT(motion.error().message(), HasSubstr("damaged"));
}

TEST(DamagedProject, HostileRowsAreRefusedInASentence) {
    const std::vector<std::string> hostile{
        R"(UPDATE state SET value='' WHERE key='takes')",
        R"(UPDATE state SET value='{"ids":[1,1]}' WHERE key='takes')",
        R"(UPDATE state SET value='{"ids":[1,2,3]}' WHERE key='takes')",
        R"(UPDATE state SET value='{"ids":[-1]}' WHERE key='takes')",
        R"(UPDATE state SET value=replace(value,'"id":1','"id":2') WHERE key='take/1')",
        R"(UPDATE state SET value=replace(value,'"frames":','"frames":9223372036854775807,"x":')
           WHERE key='take/1')",
        R"(UPDATE state SET value=replace(value,'"motion":"','"motion":"../') WHERE key='take/1')",
        R"(UPDATE state SET value='{"words":250000,"phones":0}' WHERE key='transcript')",
        R"(UPDATE state SET value='{"words":1e300}' WHERE key='transcript')",
        R"(UPDATE state SET value='{"words":18446744073709551615}' WHERE key='transcript')",
        R"(DELETE FROM state WHERE key='words/1')",
        R"(UPDATE state SET value='{"labels":[{"begin":5,"end":1}]}' WHERE key='words/0')",
        R"(INSERT INTO state (key,value) VALUES ('mask','{"frames":99999999999}'))",
        R"(INSERT INTO state (key,value) VALUES ('mask/hands/0','{"runs":[5,4]}'))",
        R"(INSERT INTO state (key,value) VALUES ('mask/hands/0','{"runs":[0,5000]}'))",
        R"(INSERT INTO state (key,value) VALUES ('pins','{"items":[{"joints":[200]}]}'))",
        R"(INSERT INTO state (key,value) VALUES ('audio','{"path":5}'))",
        R"(INSERT INTO state (key,value) VALUES ('root','{"mode":7}'))",
        R"(INSERT INTO state (key,value) VALUES ('tuning',printf('{"x":%s1%s}',
           replace(printf('%.*c',100000,'x'),'x','['), replace(printf('%.*c',100000,'x'),'x',']'))
           || 'x'))",
        R"(INSERT OR REPLACE INTO state (key,value) VALUES ('about',x'7b226e616d65223a22ff227d'))",
        R"(UPDATE meta SET value='-1' WHERE key='position')",
        R"(UPDATE meta SET value='zz' WHERE key='position')",
        R"(CREATE TRIGGER t AFTER UPDATE ON state BEGIN DELETE FROM chunk; END)",
        R"(CREATE VIEW v AS SELECT 1)",
        R"(DROP TABLE picture)",
    };
    TemporaryFolder folder;
    const fs::path whole = realProject(folder);
    for (const std::string& sql : hostile) {
        const fs::path path = folder / "hostile.gesture";
        fs::copy_file(whole, path, fs::copy_options::overwrite_existing);
        runSql(path, sql);
        const auto project = Project::open(path);
        ASSERT_FALSE(project.ok()) << sql;
        EXPECT_GT(project.error().message().size(), 20U) << sql;
        JobControl control;
        const auto report = checkProject(path, control);
        EXPECT_TRUE(!report.ok() || !report->whole()) << sql;
    }
}

TEST(DamagedProject, DeepJsonDoesNotOverflowTheStack) {
    constexpr std::size_t kDeep = 4'000'000;
    StateBuilder builder;
    const std::string deep = "{\"x\":" + std::string(kDeep, '[') + std::string(kDeep, ']') + "}";
    EXPECT_TRUE(builder.put("tuning", deep).ok());
    EXPECT_FALSE(builder.put("tuning", deep.substr(0, kDeep)).ok());
}

TEST(DamagedProject, CellsThatAreTooLongAreNotRead) {
    TemporaryFolder folder;
    const fs::path path = realProject(folder);
    runSql(path, "INSERT INTO state (key, value) VALUES ('gates', zeroblob(20000000))");
    const auto project = Project::open(path);
    ASSERT_FALSE(project.ok());
    EXPECT_EQ(project.error().code(), ErrorCode::LimitExceeded) << project.error().message();
}

TEST(DamagedProject, HistoryThatLeadsElsewhereIsFound) {
    TemporaryFolder folder;
    const fs::path path = realProject(folder);
    runSql(path, R"(UPDATE change SET after='{"name":"other"}' WHERE key='about')");
    JobControl control;
    const auto report = checkProject(path, control).value();
    ASSERT_FALSE(report.whole());
    EXPECT_THAT(report.problems.front(), HasSubstr("Step 4"));
}

TEST(DamagedProject, SalvageSavesWhatIsWhole) {
    TemporaryFolder folder;
    const fs::path path = realProject(folder);
    runSql(path, "UPDATE chunk SET data = zeroblob(5) WHERE id = 2; "
                 "UPDATE state SET value = 'xx' WHERE key = 'takes'; "
                 "INSERT INTO state (key, value) VALUES ('gates', '{')");
    JobControl control;
    const auto report = salvageProject(path, folder / "saved.gesture", control);
    ASSERT_TRUE(report.ok()) << report.error().message();
    EXPECT_EQ(report->takes, 1);
    EXPECT_FALSE(report->lost.empty());
    Project saved = Project::open(folder / "saved.gesture").value();
    EXPECT_EQ(saved.state().name, "Real");
    EXPECT_EQ(saved.state().transcript->words.size(), 500U);
    ASSERT_EQ(saved.state().takes.size(), 1U);
    EXPECT_TRUE(readMotion(saved.blobs(), saved.state().takes[0].motion).ok());
    EXPECT_TRUE(checkProject(folder / "saved.gesture", control).value().whole());
}

TEST(DamagedProject, SalvageReadsAroundADamagedPage) {
    TemporaryFolder folder;
    const fs::path path = realProject(folder);
    // The leaf page in the middle of the table of words and takes is overwritten.
    const std::string bytes = bytesOf(path);
    const std::size_t at = bytes.find("word300\"");
    ASSERT_NE(at, bytes.npos);
    std::string changed = bytes;
    std::fill_n(changed.begin() + static_cast<std::ptrdiff_t>(at / 4096 * 4096), 4096, '\xa5');
    writeBytes(path, changed);
    JobControl control;
    EXPECT_FALSE(checkProject(path, control).value().whole());
    const auto report = salvageProject(path, folder / "saved.gesture", control);
    ASSERT_TRUE(report.ok()) << report.error().message();
    EXPECT_EQ(report->takes, 2);
    EXPECT_FALSE(report->lost.empty());
    EXPECT_TRUE(checkProject(folder / "saved.gesture", control).value().whole());
}

TEST(DamagedProject, SalvageOfNothingSaysSo) {
    TemporaryFolder folder;
    const fs::path path = realProject(folder);
    runSql(path, "DELETE FROM state");
    JobControl control;
    EXPECT_FALSE(salvageProject(path, folder / "saved.gesture", control).ok());
    EXPECT_FALSE(fs::exists(folder / "saved.gesture"));
}

} // namespace
} // namespace gesture::project
