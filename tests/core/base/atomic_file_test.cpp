// SPDX-License-Identifier: Apache-2.0
#include "core/base/atomic_file.h"

#include "tests/support/temporary_folder.h"

#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace gesture {
namespace {

std::string contentOf(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

TEST(AtomicFile, CommitReplacesTheOldContent) {
    const test::TemporaryFolder folder;
    const auto target = folder / "take.npz";
    ASSERT_TRUE(writeTextAtomically(target, "old").ok());
    ASSERT_TRUE(writeTextAtomically(target, "new content").ok());
    EXPECT_EQ(contentOf(target), "new content");
    EXPECT_EQ(folder.entryCount(), 1);
}

TEST(AtomicFile, WithoutCommitTheOldFileStaysAndNothingIsLeft) {
    const test::TemporaryFolder folder;
    const auto target = folder / "take.npz";
    ASSERT_TRUE(writeTextAtomically(target, "old").ok());
    {
        auto file = AtomicFile::create(target);
        ASSERT_TRUE(file.ok());
        const std::string half = "half";
        ASSERT_TRUE(file->write(std::as_bytes(std::span(half))).ok());
    }
    EXPECT_EQ(contentOf(target), "old");
    EXPECT_EQ(folder.entryCount(), 1);
}

TEST(AtomicFile, MissingFolderIsASentence) {
    const test::TemporaryFolder folder;
    const Status status = writeTextAtomically(folder / "missing" / "take.npz", "x");
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().code(), ErrorCode::Io);
    EXPECT_NE(status.error().message().find("take.npz"), std::string::npos);
}

TEST(AtomicFile, FolderAsTargetIsRefused) {
    const test::TemporaryFolder folder;
    const Status status = writeTextAtomically(folder.path(), "x");
    ASSERT_FALSE(status.ok());
    EXPECT_NE(status.error().message().find("folder"), std::string::npos);
}

TEST(AtomicFile, TemporaryKeepsTheExtensionForOtherPrograms) {
    const test::TemporaryFolder folder;
    const auto file = AtomicFile::create(folder / "clip.mp4");
    ASSERT_TRUE(file.ok());
    EXPECT_EQ(file->temporaryPath().extension(), ".mp4");
}

TEST(AtomicFile, NewFileHasTheUsualPermissions) {
    const test::TemporaryFolder folder;
    const auto target = folder / "clip.txt";
    const mode_t old = ::umask(022);
    ASSERT_TRUE(writeTextAtomically(target, "x").ok());
    ::umask(old);
    struct stat information {};
    ASSERT_EQ(::stat(target.c_str(), &information), 0);
    EXPECT_EQ(information.st_mode & 0777U, 0644U);
}

TEST(AtomicFile, ThreadsThatWriteAtOnceKeepThePermissions) {
    const test::TemporaryFolder folder;
    constexpr int kThreads = 4;
    constexpr int kFiles = 200;
    const mode_t old = ::umask(027);
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < kThreads; ++i)
            threads.emplace_back([&folder, i] {
                for (int file = 0; file < kFiles; ++file)
                    EXPECT_TRUE(AtomicFile::create(folder / fmt::format("{}-{}", i, file)).ok());
                EXPECT_TRUE(writeTextAtomically(folder / fmt::format("{}", i), "x").ok());
            });
    }
    EXPECT_EQ(::umask(old), 027U);
    for (int i = 0; i < kThreads; ++i) {
        struct stat information {};
        ASSERT_EQ(::stat((folder / fmt::format("{}", i)).c_str(), &information), 0);
        EXPECT_EQ(information.st_mode & 0777U, 0640U);
    }
}

TEST(ReadTextFile, TooLargeIsRefused) {
    const test::TemporaryFolder folder;
    ASSERT_TRUE(writeTextAtomically(folder / "a.txt", "0123456789").ok());
    EXPECT_EQ(readTextFile(folder / "a.txt", 10).value(), "0123456789");
    const auto refused = readTextFile(folder / "a.txt", 9);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code(), ErrorCode::LimitExceeded);
}

TEST(ReadTextFile, MissingFileIsNotFound) {
    EXPECT_EQ(readTextFile("/nonexistent/file", 10).error().code(), ErrorCode::NotFound);
}

} // namespace
} // namespace gesture
