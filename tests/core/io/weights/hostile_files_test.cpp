// SPDX-License-Identifier: Apache-2.0
// Files that were made to do harm, or could have been: each must be refused in words, quickly and
// within little memory. Nothing is committed of them; they are made here, the same each time.
#include "core/io/weights/safetensors.h"
#include "core/io/weights/torch_file.h"
#include "tests/core/io/file_damage.h"
#include "tests/core/io/weights/golden_weights.h"
#include "tests/core/io/weights/hostile_files.h"
#include "tests/support/temporary_folder.h"

#include <algorithm>
#include <ctime>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iostream>
#include <malloc.h>
#include <set>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace gesture::io {
namespace {

using test::HostileFile;
using test::HostileFiles;
using testing::HasSubstr;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

constexpr std::size_t kLeastFiles = 300; // quality.md, R7
constexpr double kMostSeconds = 1.0;     // quality.md, R9: of processor time
constexpr long kMostKibibytes = 64 * 1024;

/// Opens and reads all of it; the failure.
Error refusal(const std::filesystem::path& path) {
    const Error none{ErrorCode::Internal, {}};
    if (path.extension() == ".safetensors") {
        const auto reader = SafetensorsReader::open(path);
        if (!reader) return reader.error();
        for (const TensorInfo& info : reader->tensors())
            if (const auto tensor = reader->read(info.name); !tensor) return tensor.error();
        return none;
    }
    auto file = TorchFile::open(path);
    if (!file) return file.error();
    for (const TensorInfo& info : file->tensors())
        if (const auto tensor = file->read(info.name); !tensor) return tensor.error();
    return none;
}

/// File names may hold what a folder may not.
std::string safeName(std::string name) {
    for (char& letter : name)
        if (letter == '/' || letter == '"') letter = '_';
    return name;
}

std::size_t expectAllRefused(const HostileFiles& files) {
    const test::TemporaryFolder folder;
    std::set<std::string> names;
    for (const HostileFile& file : files) {
        const std::string name = safeName(file.name);
        EXPECT_TRUE(names.insert(name).second) << name << " is there twice";
        const auto path = folder / name;
        test::writeBytes(path, file.bytes);
        const Error error = refusal(path);
        EXPECT_THAT(error.message(), HasSubstr(name));
        EXPECT_THAT(error.message(), HasSubstr(file.reason)) << name;
        EXPECT_GT(error.message().size(), path.string().size() + 15) << "no reason: " << name;
        std::filesystem::remove(path);
    }
    return files.size();
}

TEST(HostileWeights, HonestFilesOfTheSameMakeAreRead) {
    const test::TemporaryFolder folder;
    const auto pickle = test::tensorPickle().bytes();
    test::writeBytes(folder / "zip.bin", test::torchZip(pickle));
    test::writeBytes(folder / "legacy.bin", test::torchLegacy(pickle));
    for (const char* name : {"zip.bin", "legacy.bin"}) {
        auto file = TorchFile::open(folder / name);
        ASSERT_TRUE(file.ok()) << file.error().message();
        const auto tensor = file->read("w");
        ASSERT_TRUE(tensor.ok()) << tensor.error().message();
        EXPECT_EQ(test::numbersOf(*tensor), std::vector<double>(6, 0.0));
    }
}

TEST(HostileWeights, GlobalsAreRefusedByName) { expectAllRefused(test::forbiddenGlobals()); }
TEST(HostileWeights, PicklesAreRefused) { expectAllRefused(test::hostilePickles()); }
TEST(HostileWeights, TensorsOutsideTheirStoragesAreRefused) {
    expectAllRefused(test::hostileTensors());
}
TEST(HostileWeights, LyingContainersAreRefused) { expectAllRefused(test::hostileContainers()); }
TEST(HostileWeights, SafetensorsAreRefused) { expectAllRefused(test::hostileSafetensors()); }
TEST(HostileWeights, CutFilesAreRefused) { expectAllRefused(test::truncatedFiles()); }

TEST(HostileWeights, AreThreeHundredAtLeast) {
    const std::size_t made = test::forbiddenGlobals().size() + test::hostilePickles().size() +
                             test::hostileTensors().size() + test::hostileContainers().size() +
                             test::hostileSafetensors().size();
    const std::size_t cut = test::truncatedFiles().size();
    std::cout << made << " hostile files and " << cut << " cut ones\n";
    EXPECT_GE(made, kLeastFiles);
}

/// What reading one file costs, measured in a child of its own.
rusage costOf(const std::filesystem::path& path) {
    ::malloc_trim(0); // so that the child cannot use what is free here without being charged
    const pid_t child = ::fork();
    if (child == 0) ::_exit(refusal(path).message().empty() ? 1 : 0);
    int status = 0;
    rusage usage{};
    ::wait4(child, &status, 0, &usage);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << path;
    return usage;
}

TEST(HostileWeights, CostLittleTimeAndMemory) {
    if (kSanitized) GTEST_SKIP() << "Sanitizers change what memory and time are taken.";
    const test::TemporaryFolder folder;
    test::writeBytes(folder / "small.bin", test::bytesOf("small"));
    double slowest = 0;
    long largest = 0;
    for (const auto& make : {test::hostilePickles, test::hostileTensors, test::hostileContainers,
                             test::hostileSafetensors}) {
        for (const HostileFile& file : make()) {
            const auto path = folder / safeName(file.name);
            test::writeBytes(path, file.bytes);
            // A child begins with what this process holds.
            const long before = costOf(folder / "small.bin").ru_maxrss;
            const rusage usage = costOf(path);
            const double seconds = static_cast<double>(usage.ru_utime.tv_sec) +
                                   static_cast<double>(usage.ru_utime.tv_usec) * 1e-6;
            EXPECT_LE(seconds, kMostSeconds) << file.name;
            EXPECT_LE(usage.ru_maxrss - before, kMostKibibytes) << file.name;
            slowest = std::max(slowest, seconds);
            largest = std::max(largest, usage.ru_maxrss - before);
            std::filesystem::remove(path);
        }
    }
    std::cout << "at most " << slowest << " s and " << largest << " KiB\n";
}

} // namespace
} // namespace gesture::io
