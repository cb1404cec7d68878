// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace gesture::training {

/// Where this process stands among those that train together, and where they meet. Value type.
struct RankPlace {
    int rank = 0;
    int ranks = 1;
    int localRank = 0; ///< Among those of this machine: which of its GPUs is taken.
    std::string host;  ///< Of rank 0.
    std::uint16_t port = 0;
    bool storeIsServed = false; ///< torchrun's agent listens already; rank 0 must not.
    std::string session;        ///< Tells one start of the group from the next on the same store.

    bool operator==(const RankPlace&) const = default;
};

/// The value of an environment variable, or nothing.
using Environment = std::function<std::optional<std::string>(const char* name)>;

/// Reads what torchrun sets (RANK, WORLD_SIZE, LOCAL_RANK, MASTER_ADDR, MASTER_PORT,
/// TORCHELASTIC_*), else what srun sets (SLURM_PROCID, SLURM_STEP_NUM_TASKS, SLURM_LOCALID,
/// SLURM_STEP_NODELIST; the port follows from job and step, MASTER_PORT overrides it). Without
/// either: one process. Usage names the variable that makes no sense.
[[nodiscard]] Result<RankPlace> rankPlaceFrom(const Environment& environment);
/// The same of this process's environment.
[[nodiscard]] Result<RankPlace> rankPlaceOfThisProcess();

/// The first host of Slurm's compressed list: "gpu[07-09,12],login" is "gpu07"; empty for nonsense.
[[nodiscard]] std::string firstHost(std::string_view nodeList);

} // namespace gesture::training
