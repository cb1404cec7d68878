// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace gesture::models {

/// How a network is run.
enum class Pass {
    Inference, ///< No dropout; running statistics are used as they are.
    Training,  ///< Dropout; running statistics are updated.
};

} // namespace gesture::models
