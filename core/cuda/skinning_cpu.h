// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/cuda/skinning.h"

namespace gesture::cuda {

/// The plain loop that `gestureCudaSkin` is compared with: the same sums in the same order, on the
/// calling thread. Arrays lie in the host's memory and are as `GestureSkinning` says.
void skinOnCpu(const GestureSkinning& job);

} // namespace gesture::cuda
