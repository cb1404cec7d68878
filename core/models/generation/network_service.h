// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inference/engine_service.h"

#include <memory>

namespace gesture::models {

/// The engine's service with real networks: keeps the last bundle in memory, and what the speech
/// encoder said of a recording on disk.
[[nodiscard]] std::unique_ptr<inference::EngineService> makeNetworkService();

} // namespace gesture::models
