// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inference/engine_service.h"

#include <memory>

namespace gesture::app {

/// The networks that gesture-engine computes with. An error says why there are none.
[[nodiscard]] Result<std::unique_ptr<inference::EngineService>> makeEngineService();

} // namespace gesture::app
