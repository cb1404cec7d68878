// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "training/loop/rank_group.h"
#include "training/loop/stage.h"

#include <string>
#include <vector>

namespace gesture::training {

/// Means of figures over steps and ranks. Figures may come in some steps only. One thread.
class FigureMeans {
public:
    void add(const Figures& figures);
    /// The means over all ranks, on rank 0 (figures that it has not met itself are left out), and
    /// forgets them. All ranks call it.
    [[nodiscard]] Result<Figures> take(RankGroup& group);

private:
    struct Sum {
        std::string name;
        double sum = 0.0;
        double count = 0.0;
    };
    std::vector<Sum> sums_; ///< In the order in which they came.
};

} // namespace gesture::training
