// SPDX-License-Identifier: Apache-2.0
#include "core/base/process.h"

#include <array>
#include <csignal>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace gesture {
namespace {

using namespace std::chrono_literals;

Process::Command shell(const std::string& script) { return {"sh", {"-c", script}}; }

std::span<const std::byte> bytesOf(const std::string& text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

TEST(Process, OutputAndExitStatusComeBack) {
    const auto result = runProgram(shell("echo out; echo err >&2; exit 7"), 10s);
    ASSERT_TRUE(result.ok());
    EXPECT_EQ(result->exitStatus, 7);
    EXPECT_EQ(result->text, "out\nerr\n");
}

TEST(Process, MissingProgramIsUnavailable) {
    const auto result = runProgram({"/no/such/program", {}}, 1s);
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().code(), ErrorCode::Unavailable);
    EXPECT_NE(result.error().message().find("/no/such/program"), std::string::npos);
}

TEST(Process, MuchInputAndMuchOutputDoNotBlockEachOther) {
    auto process = Process::start({"cat", {}});
    ASSERT_TRUE(process.ok());
    const std::string line(1 << 20, 'x');
    for (int i = 0; i < 8; ++i)
        ASSERT_TRUE(process->write(bytesOf(line)).ok());
    process->closeInput();
    EXPECT_EQ(process->wait(10s).value(), 0);
    EXPECT_EQ(process->output().size(), std::size_t{1} << 20); // the last MiB is kept
}

TEST(Process, StreamedOutputComesApartFromErrors) {
    auto process = Process::start(
        shell("head -c 3000000 /dev/zero; head -c 200000 /dev/zero | tr '\\0' e >&2; exit 5"),
        Process::Output::Streamed);
    ASSERT_TRUE(process.ok());
    std::vector<std::byte> block(70000);
    std::size_t total = 0;
    while (true) {
        const auto count = process->read(block, 10s);
        ASSERT_TRUE(count.ok());
        if (*count == 0) break;
        total += *count;
    }
    EXPECT_EQ(total, 3000000U);
    EXPECT_EQ(process->read(block, 10s).value(), 0U);
    EXPECT_EQ(process->wait(10s).value(), 5);
    EXPECT_EQ(process->output(), std::string(200000, 'e'));
}

TEST(Process, AStreamThatStaysSilentIsNotWaitedForForEver) {
    auto process = Process::start(shell("printf x; exec cat"), Process::Output::Streamed);
    ASSERT_TRUE(process.ok());
    std::array<std::byte, 8> block{};
    EXPECT_EQ(process->read(block, 10s).value(), 1U);
    const auto silent = process->read(block, 20ms);
    ASSERT_FALSE(silent.ok());
    EXPECT_EQ(silent.error().code(), ErrorCode::Unavailable);
}

TEST(Process, AChildWhoseStreamNobodyReadsEnds) {
    auto process = Process::start({"cat", {"/dev/zero"}}, Process::Output::Streamed);
    ASSERT_TRUE(process.ok());
    std::array<std::byte, 8> block{};
    EXPECT_EQ(process->read(block, 10s).value(), 8U);
    process->terminate(10s);
    EXPECT_GT(process->wait(10s).value(), 128);
}

TEST(Process, WritingToAnEndedChildIsAnErrorNotASignal) {
    auto process = Process::start(shell("exit 0"));
    ASSERT_TRUE(process.ok());
    ASSERT_TRUE(process->wait(10s).ok());
    const std::string much(1 << 20, 'x');
    EXPECT_FALSE(process->write(bytesOf(much)).ok());
}

TEST(Process, TimeLimitStopsTheChild) {
    const auto result = runProgram(shell("exec cat /dev/zero > /dev/null"), 50ms);
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().code(), ErrorCode::Unavailable);
}

TEST(Process, AChildThatIgnoresTermIsKilled) {
    auto process = Process::start(shell("trap '' TERM; echo ready; while :; do :; done"));
    ASSERT_TRUE(process.ok());
    const pid_t id = process->id();
    while (process->output().empty())
        static_cast<void>(process->wait(10ms));
    process->terminate(50ms);
    EXPECT_NE(::kill(id, 0), 0); // reaped: no such process, not even as a zombie
}

TEST(Process, SignalledChildReportsIt) {
    const auto result = runProgram(shell("kill -9 $$"), 10s);
    ASSERT_TRUE(result.ok());
    EXPECT_EQ(result->exitStatus, 128 + SIGKILL);
}

TEST(Process, WritingToAChildThatDoesNotReadEndsInTime) {
    auto process = Process::start({"sleep", {"1000"}});
    ASSERT_TRUE(process.ok());
    const std::string line(1 << 20, 'x');
    // The pipe takes some, then no more.
    const auto first = process->writeSome(bytesOf(line), 10s);
    ASSERT_TRUE(first.ok());
    EXPECT_GT(*first, 0U);
    auto more = process->writeSome(bytesOf(line), 10ms);
    while (more)
        more = process->writeSome(bytesOf(line), 10ms);
    EXPECT_EQ(more.error().code(), ErrorCode::Unavailable);
    process->terminate();
    EXPECT_EQ(process->writeSome(bytesOf(line), 10ms).error().code(), ErrorCode::Io);
}

TEST(Process, TheChildGetsDescriptorsInTheirOrder) {
    std::array<int, 2> first{};
    std::array<int, 2> second{};
    ASSERT_EQ(::pipe2(first.data(), O_CLOEXEC), 0);
    ASSERT_EQ(::pipe2(second.data(), O_CLOEXEC), 0);
    ASSERT_EQ(::write(first[1], "one\n", 4), 4);
    ASSERT_EQ(::write(second[1], "two\n", 4), 4);
    auto command = shell("read -r a <&3; read -r b <&4; echo $a $b");
    // Whatever numbers they have here, also if these are 3 and 4 the other way round.
    command.descriptors = {second[0], first[0]};
    const auto result = runProgram(command, 10s);
    ASSERT_TRUE(result.ok());
    EXPECT_EQ(result->text, "two one\n");
    for (const int descriptor : {first[0], first[1], second[0], second[1]})
        ::close(descriptor);
}

} // namespace
} // namespace gesture
