// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inference/engine_capabilities.h"

#include <string>

namespace gesture::models {

/// Finds the devices of this machine, loads CUDA's back-end when there is a GPU, and lets each
/// device multiply two small matrices and compares with a plain loop. Blocks for a second or so.
/// What cannot be used is in the report with its reason; there is no failure. Any thread.
[[nodiscard]] inference::EngineCapabilities reportDevices(const std::string& programVersion);

} // namespace gesture::models
