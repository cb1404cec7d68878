// SPDX-License-Identifier: Apache-2.0
#include "core/base/sandbox.h"

#include <array>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <functional>
#include <gtest/gtest.h>
#include <new>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace gesture {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

constexpr SandboxLimits kLimits{std::uint64_t{4} << 30, std::chrono::seconds(10), 1 << 20};

/// How a child ends that locks itself in and then does something: its exit status, or minus the
/// signal that ended it.
int endOf(const std::function<int()>& action, const SandboxLimits& limits = kLimits) {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(enterSandbox(limits).ok() ? action() : 99);
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

class Sandbox : public testing::Test {
protected:
    void SetUp() override {
        if (kSanitized) GTEST_SKIP() << "Sanitizers need calls that the sandbox forbids.";
    }
};

TEST_F(Sandbox, LetsThroughWhatReadingAndWritingNeeds) {
    std::array<int, 2> ends{};
    ASSERT_EQ(::pipe(ends.data()), 0);
    EXPECT_EQ(endOf([&] {
                  std::vector<char> large(std::size_t{8} << 20, 'x');
                  large.resize(2 * large.size());
                  char letter = 0;
                  return ::write(ends[1], large.data(), 1) == 1 &&
                                 ::read(ends[0], &letter, 1) == 1 && letter == 'x'
                             ? 7
                             : 1;
              }),
              7);
    ::close(ends[0]);
    ::close(ends[1]);
}

TEST_F(Sandbox, EndsAProcessThatOpensAFile) {
    EXPECT_EQ(endOf([] { return ::open("/etc/passwd", O_RDONLY | O_CLOEXEC); }), -SIGSYS);
}

TEST_F(Sandbox, EndsAProcessThatOpensASocket) {
    EXPECT_EQ(endOf([] { return ::socket(AF_INET, SOCK_STREAM, 0); }), -SIGSYS);
}

TEST_F(Sandbox, EndsAProcessThatStartsAnotherOne) {
    EXPECT_EQ(endOf([] { return static_cast<int>(::fork()); }), -SIGSYS);
    EXPECT_EQ(endOf([] { return ::execl("/bin/true", "true", nullptr); }), -SIGSYS);
}

TEST_F(Sandbox, EndsAProcessThatWantsExecutableMemory) {
    const auto map = [](int protection) {
        return ::mmap(nullptr, 4096, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    };
    EXPECT_EQ(endOf([&] { return map(PROT_READ | PROT_WRITE) == MAP_FAILED ? 1 : 0; }), 0);
    EXPECT_EQ(endOf([&] { return map(PROT_READ | PROT_EXEC) == MAP_FAILED ? 1 : 0; }), -SIGSYS);
    EXPECT_EQ(endOf([&] { return ::mprotect(map(PROT_READ), 4096, PROT_READ | PROT_EXEC); }),
              -SIGSYS);
}

TEST_F(Sandbox, EndsAProcessThatMapsAFile) {
    EXPECT_EQ(endOf([] {
                  return ::mmap(nullptr, 4096, PROT_READ, MAP_PRIVATE, 0, 0) == MAP_FAILED ? 1 : 0;
              }),
              -SIGSYS);
}

TEST_F(Sandbox, EndsAProcessThatSignalsAnotherOne) {
    const pid_t self = ::getpid();
    EXPECT_EQ(endOf([=] { return ::kill(self, 0); }), -SIGSYS);
}

TEST_F(Sandbox, LimitsMemory) {
    const SandboxLimits small{std::uint64_t{256} << 20, std::chrono::seconds(10), 1 << 20};
    EXPECT_EQ(endOf(
                  [] {
                      void* block = std::malloc(std::size_t{1} << 30);
                      return block == nullptr ? 5 : 0;
                  },
                  small),
              5);
}

} // namespace
} // namespace gesture
