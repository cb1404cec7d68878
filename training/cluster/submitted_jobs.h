// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace gesture::training {

/// A job that was handed in from this computer. Value type.
struct SubmittedJob {
    std::string id;
    std::string host; ///< Empty: this computer.
    std::string name;
    std::string folder; ///< Of its output, on the cluster.
    std::string kind;   ///< "train", "batch"
    double time = 0.0;  ///< When, seconds since 1970.
};

/// Remembered jobs: small files below `cluster` of the user's data folder, so that any program of
/// the studio finds them. Damaged ones are passed over. Newest first.
[[nodiscard]] std::vector<SubmittedJob> submittedJobs();
/// Io.
[[nodiscard]] Status rememberJob(const SubmittedJob& job);
void forgetJob(const SubmittedJob& job);

} // namespace gesture::training
