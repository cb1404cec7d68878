// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/inference/mask_training.h"
#include "core/io/bundle/manifest.h"

namespace gesture::app {

/// What masks the networks of an architecture were trained with.
[[nodiscard]] inference::MaskTraining maskTrainingOf(io::Architecture architecture);

} // namespace gesture::app
