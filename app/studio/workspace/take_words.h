// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/project/project_state.h"

#include <QString>

namespace gesture::app {

/// How a take was made, in short: "seed 7 · 0.60 · hands redone".
[[nodiscard]] QString recipeText(const project::Take& take);

} // namespace gesture::app
