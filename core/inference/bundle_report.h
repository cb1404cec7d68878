// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace gesture::inference {

/// How the file of one network of a bundle agrees with that network. Value type.
struct NetworkReport {
    std::string role;
    std::string kind;
    std::uint64_t tensors = 0;    ///< That the network has, unused ones included.
    std::uint64_t parameters = 0; ///< Numbers in all of them together.
    std::uint64_t missing = 0;
    std::uint64_t unexpected = 0; ///< In the file, and not of the network.
    std::string problem;          ///< Why it cannot be loaded, in words; empty when it can.
};

/// One line of JSON, without the line's end. Any thread.
[[nodiscard]] std::string formatBundleReport(const std::vector<NetworkReport>& networks);

/// Reads what `formatBundleReport` wrote; the writer is not trusted (64 KiB, 64 networks).
[[nodiscard]] Result<std::vector<NetworkReport>> parseBundleReport(std::string_view output);

/// Lets gesture-engine hold the files of a bundle against its networks. Weights are not read.
/// Blocks for some seconds.
[[nodiscard]] Result<std::vector<NetworkReport>>
queryBundleReport(const std::filesystem::path& bundle,
                  std::chrono::milliseconds timeout = std::chrono::minutes(2));

} // namespace gesture::inference
