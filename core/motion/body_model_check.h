// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/motion/body_model.h"

namespace gesture::motion {

/// Whether the arrays of a body model fit each other and hold usable numbers; see
/// `BodyModel::create`.
[[nodiscard]] Status checkBodyModel(const BodyModelData& data);

} // namespace gesture::motion
