// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "training/loop/stage.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace gesture::training {

/// Adam (Kingma and Ba, 2015) and AdamW (Loshchilov and Hutter, 2019), computed as torch.optim.Adam
/// and AdamW do, operation by operation. Parameters without a gradient keep value and state.
/// One thread.
class Adam {
public:
    /// Whether weights decay through the gradients (Adam) or by themselves (AdamW).
    enum class Decay { InGradients, Apart };
    struct Options {
        double beta1 = 0.9;
        double beta2 = 0.999;
        double epsilon = 1e-8;
        double weightDecay = 0.0;
        Decay decay = Decay::InGradients;
    };

    /// Keeps the tensors (not the list); the state lies on their device.
    Adam(std::span<const NamedTensor> parameters, const Options& options);

    /// Moves the parameters against their gradients.
    void step(double rate);

    /// Means of gradients and of their squares ("exp_avg/NAME", "exp_avg_sq/NAME") and how often
    /// each parameter has moved ("step"): all that must be kept, to be written into in place.
    [[nodiscard]] const std::vector<NamedTensor>& state() const { return state_; }

private:
    Options options_;
    std::vector<at::Tensor> parameters_;
    std::vector<at::Tensor> means_;
    std::vector<at::Tensor> squares_;
    at::Tensor steps_; ///< (parameters), whole numbers on the processor.
    std::vector<NamedTensor> state_;
};

} // namespace gesture::training
