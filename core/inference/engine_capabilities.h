// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gesture::inference {

/// A device that networks can run on, and whether it computes correctly.
struct EngineDevice {
    std::string id;   ///< "cpu" or "cuda:N", as `--device` takes it.
    std::string name; ///< The maker's name.
    std::uint64_t totalBytes = 0;
    std::uint64_t freeBytes = 0;
    int computeMajor = 0; ///< CUDA compute capability; 0.0 for the CPU.
    int computeMinor = 0;
    bool works = false;         ///< A small product agreed with a plain loop.
    double selfTestError = 0.0; ///< Its largest error, relative to the sum of magnitudes.
    std::string reason;         ///< Why it does not work; empty when it does.
};

/// What gesture-engine can do on this machine. Value type.
struct EngineCapabilities {
    std::string programVersion;
    std::string torchVersion;
    int threads = 0;
    std::string cpuCapability; ///< Instruction set that libtorch uses, e.g. "AVX512".
    std::vector<EngineDevice> devices;
    std::string cudaReason; ///< Why CUDA cannot be used; empty when it can.
};

/// One line of JSON, without the line's end. Any thread.
[[nodiscard]] std::string formatEngineCapabilities(const EngineCapabilities& capabilities);

/// Reads what `formatEngineCapabilities` wrote: the last line of `output` that begins with "{".
/// The writer is not trusted: at most 64 KiB, 64 devices, 1,024 bytes a text, finite numbers;
/// otherwise LimitExceeded or InvalidInput.
[[nodiscard]] Result<EngineCapabilities> parseEngineCapabilities(std::string_view output);

/// Starts gesture-engine (beside this program, else on PATH) and asks it. Blocks for a second or
/// two. Unavailable when there is no engine, when it does not start or does not answer in time.
[[nodiscard]] Result<EngineCapabilities>
queryEngineCapabilities(std::chrono::milliseconds timeout = std::chrono::seconds(60));

} // namespace gesture::inference
