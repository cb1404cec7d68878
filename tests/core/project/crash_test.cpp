// SPDX-License-Identifier: Apache-2.0
// Writers that are killed at any moment lose nothing that they said was done.
#include "core/project/project.h"
#include "tests/core/project/example_project.h"
#include "tests/core/project/random_edits.h"
#include "tests/support/temporary_folder.h"

#include <array>
#include <csignal>
#include <cstdlib>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace gesture::project {
namespace {

using test::hashOfState;
using test::RandomEdits;
using test::TemporaryFolder;

constexpr int kSteps = 120;

/// State after each of the steps, by an undisturbed writer.
std::vector<std::string> expectedHashes(std::uint64_t seed) {
    TemporaryFolder folder;
    Project project = Project::create(folder / "undisturbed.gesture").value();
    RandomEdits edits(seed);
    std::vector<std::string> hashes{hashOfState(project)};
    for (int i = 0; i < kSteps; ++i) {
        if (!edits.step(project).ok()) ADD_FAILURE() << "step " << i;
        hashes.push_back(hashOfState(project));
    }
    return hashes;
}

/// Writes, and says so after each step. Never returns.
[[noreturn]] void write(const std::filesystem::path& path, std::uint64_t seed, int pipe) {
    auto project = Project::create(path);
    RandomEdits edits(seed);
    const char mark = 'x';
    if (!project || ::write(pipe, &mark, 1) != 1) ::_exit(1);
    for (int i = 0; i < kSteps; ++i)
        if (!edits.step(*project).ok() || ::write(pipe, &mark, 1) != 1) ::_exit(1);
    while (true)
        ::pause();
}

/// Kills a writer some time after its step `after`; returns the steps that it said were done.
int killWriter(const std::filesystem::path& path, std::uint64_t seed, int after, long spin) {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) return -1;
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(ends[0]);
        write(path, seed, ends[1]);
    }
    ::close(ends[1]);
    int done = 0;
    char mark = 0;
    while (done <= after && ::read(ends[0], &mark, 1) == 1)
        ++done;
    for (volatile long i = 0; i < spin; i = i + 1) {
    }
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    while (::read(ends[0], &mark, 1) == 1)
        ++done;
    ::close(ends[0]);
    return done - 1; // the first mark says that the file was made
}

TEST(Crash, KilledWritersLoseNoAcknowledgedStep) {
    const char* wanted = std::getenv("GESTURE_KILLS");
    const int kills = wanted != nullptr ? std::atoi(wanted) : 20;
    std::mt19937_64 random(7);
    constexpr std::uint64_t kSequences = 4;
    std::vector<std::vector<std::string>> expected;
    for (std::uint64_t seed = 0; seed < kSequences; ++seed)
        expected.push_back(expectedHashes(seed));
    int recovered = 0;
    for (int i = 0; i < kills; ++i) {
        TemporaryFolder folder;
        const auto path = folder / "killed.gesture";
        const std::uint64_t seed = random() % kSequences;
        const int after = static_cast<int>(random() % kSteps);
        const int done = killWriter(path, seed, after, static_cast<long>(random() % 2'000'000));
        ASSERT_GE(done, 0);

        auto project = Project::open(path);
        ASSERT_TRUE(project.ok()) << project.error().message();
        EXPECT_FALSE(project->readOnly()) << project->remark();
        recovered += project->recovered() ? 1 : 0;
        const auto& hashes = expected[seed];
        const std::string hash = hashOfState(*project);
        const auto at = static_cast<std::size_t>(done);
        const bool inFlight = at + 1 < hashes.size() && hash == hashes[at + 1];
        EXPECT_TRUE(hash == hashes[at] || inFlight) << "kill " << i << " after step " << done;
        ASSERT_TRUE(project->close().ok());
        EXPECT_EQ(test::askSql(path, "PRAGMA integrity_check"), "ok");
        EXPECT_EQ(folder.entryCount(), 1);
    }
    EXPECT_EQ(recovered, kills);
}

} // namespace
} // namespace gesture::project
