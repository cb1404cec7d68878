// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/models/layers/tensor.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>

namespace gesture::training {

/// Samples of one step, by name (see `training/data/window_store.h` for the names); the first axis
/// counts samples. On the processor; the loop moves them to the device.
using Batch = std::map<std::string, at::Tensor, std::less<>>;

/// Which samples of a batch a rank gets: those at rank, rank + ranks, …
struct RankShare {
    int rank = 0;
    int ranks = 1;
};

/// Where batches come from. A batch depends on seed and step only, never on what was asked for
/// before: that is what makes a resumed run equal to one that was never interrupted. Any thread.
class BatchSource {
public:
    BatchSource() = default;
    BatchSource(const BatchSource&) = delete;
    BatchSource& operator=(const BatchSource&) = delete;
    virtual ~BatchSource() = default;

    /// Steps of one pass over the data; a last batch that would not be full is left out.
    [[nodiscard]] virtual std::int64_t stepsPerEpoch() const = 0;
    /// The batch of step 0, 1, …; beyond an epoch in another order. Io when the data is gone.
    [[nodiscard]] virtual Result<Batch> at(std::int64_t step, RankShare share) const = 0;
};

} // namespace gesture::training
