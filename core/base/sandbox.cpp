// SPDX-License-Identifier: Apache-2.0
#include "core/base/sandbox.h"

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <string>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <vector>

namespace gesture {

namespace {

#if defined(__x86_64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_AARCH64;
#endif

/// Numbers from here on are those of the x32 interface on x86.
constexpr std::uint32_t kForeignCalls = 0x40000000;

constexpr std::array kAllowedCalls{
    SYS_read,          SYS_pread64,      SYS_write,        SYS_lseek,          SYS_fstat,
    SYS_munmap,        SYS_mremap,       SYS_brk,          SYS_madvise,        SYS_futex,
    SYS_clock_gettime, SYS_rt_sigaction, SYS_rt_sigreturn, SYS_rt_sigprocmask, SYS_restart_syscall,
    SYS_getrandom,     SYS_close,        SYS_exit,         SYS_exit_group,
};

using Filter = std::vector<sock_filter>;

void load(Filter& filter, std::size_t offset) {
    filter.push_back(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset)));
}

/// The next `skipped` instructions count only if the loaded word fits.
void unlessSkip(Filter& filter, std::uint16_t comparison, std::uint32_t value,
                std::uint8_t skipped) {
    filter.push_back(
        BPF_JUMP(static_cast<std::uint16_t>(BPF_JMP | comparison | BPF_K), value, 0, skipped));
}

void answer(Filter& filter, std::uint32_t action) {
    filter.push_back(BPF_STMT(BPF_RET | BPF_K, action));
}

/// Low word of a call's argument; all machines this program is built for are little-endian.
std::size_t argument(std::size_t index) {
    return offsetof(seccomp_data, args) + index * sizeof(std::uint64_t);
}

/// mmap: anonymous and not executable; mprotect: not executable.
void addMemoryCalls(Filter& filter) {
    unlessSkip(filter, BPF_JEQ, SYS_mmap, 7);
    load(filter, argument(2));
    unlessSkip(filter, BPF_JSET, PROT_EXEC, 1);
    answer(filter, SECCOMP_RET_KILL_PROCESS);
    load(filter, argument(3));
    unlessSkip(filter, BPF_JSET, MAP_ANONYMOUS, 1);
    answer(filter, SECCOMP_RET_ALLOW);
    answer(filter, SECCOMP_RET_KILL_PROCESS);
    unlessSkip(filter, BPF_JEQ, SYS_mprotect, 4);
    load(filter, argument(2));
    unlessSkip(filter, BPF_JSET, PROT_EXEC, 1);
    answer(filter, SECCOMP_RET_KILL_PROCESS);
    answer(filter, SECCOMP_RET_ALLOW);
}

Filter makeFilter() {
    Filter filter;
    load(filter, offsetof(seccomp_data, arch));
    filter.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kArchitecture, 1, 0));
    answer(filter, SECCOMP_RET_KILL_PROCESS);
    load(filter, offsetof(seccomp_data, nr));
    unlessSkip(filter, BPF_JGE, kForeignCalls, 1);
    answer(filter, SECCOMP_RET_KILL_PROCESS);
    for (const auto number : kAllowedCalls) {
        unlessSkip(filter, BPF_JEQ, static_cast<std::uint32_t>(number), 1);
        answer(filter, SECCOMP_RET_ALLOW);
    }
    addMemoryCalls(filter);
    answer(filter, SECCOMP_RET_KILL_PROCESS);
    return filter;
}

bool limit(__rlimit_resource resource, std::uint64_t value) {
    const rlimit both{value, value};
    return ::setrlimit(resource, &both) == 0;
}

Error failed(const char* what) {
    return {ErrorCode::Unavailable, std::string("This system does not let the program lock itself "
                                                "in (") +
                                        what + ": " + std::strerror(errno) +
                                        "), so files of others are not read."};
}

} // namespace

Status enterSandbox(const SandboxLimits& limits) {
    const auto seconds = static_cast<std::uint64_t>(limits.processorTime.count());
    if (!limit(RLIMIT_CORE, 0) || !limit(RLIMIT_NOFILE, 0) || !limit(RLIMIT_NPROC, 0) ||
        !limit(RLIMIT_CPU, seconds) || !limit(RLIMIT_FSIZE, limits.fileBytes) ||
        !limit(RLIMIT_AS, limits.memoryBytes))
        return failed("limits");
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return failed("no_new_privs");
    Filter filter = makeFilter();
    const sock_fprog program{static_cast<unsigned short>(filter.size()), filter.data()};
    if (::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) != 0) return failed("seccomp");
    return Status::success();
}

} // namespace gesture
