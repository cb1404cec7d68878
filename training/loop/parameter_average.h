// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "training/loop/stage.h"

#include <span>
#include <vector>

namespace gesture::training {

/// A slow copy of parameters: after each step it moves by 1 - decay towards them. Networks are
/// measured and handed out with it. One thread.
class ParameterAverage {
public:
    /// Begins with the parameters' values; 0 < decay < 1.
    ParameterAverage(std::span<const NamedTensor> parameters, double decay);

    void follow();
    /// Exchanges the values of parameters and copy; once more undoes it.
    void exchange();

    /// The copy under the parameters' names, to be kept and written into in place.
    [[nodiscard]] const std::vector<NamedTensor>& state() const { return copies_; }

private:
    double decay_;
    std::vector<at::Tensor> parameters_;
    std::vector<NamedTensor> copies_;
};

} // namespace gesture::training
