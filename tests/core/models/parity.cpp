// SPDX-License-Identifier: Apache-2.0
#include "tests/core/models/parity.h"

#include <ATen/ops/isfinite.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace gesture::test {

namespace {

std::vector<ParityRow>& rows() {
    static std::vector<ParityRow> all;
    return all;
}

void note(std::size_t values, double error, double tolerance) {
    const testing::TestInfo* test = testing::UnitTest::GetInstance()->current_test_info();
    if (rows().empty() || rows().back().network != test->test_suite_name() ||
        rows().back().quantity != test->name() || rows().back().tolerance != tolerance)
        rows().push_back({test->test_suite_name(), test->name(), 0, 0.0, tolerance});
    rows().back().values += values;
    rows().back().largestError = std::max(rows().back().largestError, error);
}

} // namespace

void expectEqual(const at::Tensor& ours, const std::vector<float>& theirs, double tolerance) {
    const at::Tensor flat = ours.to(at::kFloat).contiguous().flatten();
    ASSERT_EQ(static_cast<std::size_t>(flat.numel()), theirs.size());
    ASSERT_TRUE(at::isfinite(flat).all().item<bool>());
    const float* values = flat.data_ptr<float>();
    double largest = 0.0;
    for (std::size_t i = 0; i < theirs.size(); ++i)
        largest = std::max(largest, std::abs(static_cast<double>(values[i]) - theirs[i]));
    note(theirs.size(), largest, tolerance);
    EXPECT_LE(largest, tolerance);
}

void expectNear(double ours, double theirs, double tolerance) {
    note(1, std::abs(ours - theirs), tolerance);
    EXPECT_NEAR(ours, theirs, tolerance);
}

const std::vector<ParityRow>& parityRows() { return rows(); }

} // namespace gesture::test
