// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace gesture::models {

/// How a network is run.
enum class Pass {
    Inference,           ///< No dropout; running statistics are used as they are.
    Training,            ///< Dropout; running statistics are updated.
    TrainingFeedForward, ///< As Training, with dropout inside feed-forward layers only.
    TrainingUndropped,   ///< As Training, without dropout.
};

/// Is the network learning?
[[nodiscard]] constexpr bool isTraining(Pass pass) { return pass != Pass::Inference; }

} // namespace gesture::models
