// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <chrono>
#include <cstdint>

namespace gesture {

/// What a process in the sandbox may use at most.
struct SandboxLimits {
    std::uint64_t memoryBytes = 0; ///< Address space, with what is mapped already.
    std::chrono::seconds processorTime{0};
    std::uint64_t fileBytes = 0; ///< Size of a file that is written.
};

/// Gives up, for good, all that a process can do to the system: afterwards it can use the
/// descriptors that are open (read, write, seek), anonymous memory that is not executable, the
/// clock, and end. Anything else - opening files, sockets, starting programs or threads - ends the
/// process by SIGSYS, reaching a limit by SIGXCPU or SIGXFSZ. For a program's only thread.
/// Unavailable when the system has no seccomp; the process must then not touch hostile input.
[[nodiscard]] Status enterSandbox(const SandboxLimits& limits);

} // namespace gesture
