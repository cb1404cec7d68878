// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/models/layers/tensor.h"

#include <string>
#include <vector>

namespace gesture::test {

// Comparisons with values of the originals. Each is a test's expectation, and a line of the parity
// table that `models_tests --parity` prints.

/// Every value of `ours`, in C order, is finite and within `tolerance` of the original's.
void expectEqual(const at::Tensor& ours, const std::vector<float>& theirs, double tolerance);

/// The same for one number.
void expectNear(double ours, double theirs, double tolerance);

/// A comparison and how it went.
struct ParityRow {
    std::string network;  ///< Name of the tests.
    std::string quantity; ///< Name of the test.
    std::size_t values = 0;
    double largestError = 0.0;
    double tolerance = 0.0;
};
/// All comparisons so far: one row a test and tolerance, in the order of the tests.
[[nodiscard]] const std::vector<ParityRow>& parityRows();

} // namespace gesture::test
