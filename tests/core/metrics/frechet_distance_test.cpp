// SPDX-License-Identifier: Apache-2.0
#include "core/metrics/frechet_distance.h"

#include "tests/support/counter_random.h"
#include "tests/support/golden_values.h"

#include <gtest/gtest.h>
#include <limits>
#include <utility>
#include <vector>

namespace gesture::metrics {
namespace {

// Of covariances in double precision, written with nine digits; measured 4e-9.
constexpr double kRelativeTolerance = 1e-7;
// Of roots of singular products, whose eigenvalues are rounding: its square root counts. Versions
// of scipy differ by as much.
constexpr double kSingularTolerance = 1e-5;

struct Shape {
    std::uint64_t stream;
    std::size_t rows;
    float scale = 1.0F;
    float offset = 0.0F;
};

/// As `features` of make_metric_golden.py.
std::vector<float> features(const Shape& shape, std::size_t width) {
    std::vector<float> mixed(shape.rows * width);
    const auto plain = [&](std::size_t row, std::size_t column) {
        return test::counterUniform(shape.stream, row * width + column % width);
    };
    for (std::size_t row = 0; row < shape.rows; ++row)
        for (std::size_t column = 0; column < width; ++column)
            mixed[row * width + column] =
                shape.scale * (plain(row, column) + 0.5F * plain(row, column + width - 1)) +
                shape.offset;
    return mixed;
}

double distance(std::span<const float> a, std::span<const float> b, std::size_t width,
                MetricMode mode) {
    const auto found = frechetDistance(a, b, width, mode);
    EXPECT_TRUE(found.ok()) << found.error().message();
    return found.ok() ? *found : -1.0;
}

void expectGolden(const std::string& name, Shape a, Shape b, std::size_t width, double tolerance) {
    auto golden = test::goldenValues("metrics/seeded.txt");
    const auto ours = features(a, width);
    const auto theirs = features(b, width);
    for (const MetricMode mode : {MetricMode::Paper, MetricMode::EvalTools, MetricMode::Standard}) {
        const auto& wanted = golden["frechet_" + name + "_" + std::string(nameOf(mode))];
        ASSERT_EQ(wanted.size(), 1U) << name;
        EXPECT_NEAR(distance(ours, theirs, width, mode), wanted.front(), tolerance * wanted.front())
            << name << ", " << nameOf(mode);
    }
}

TEST(FrechetDistance, EqualsTheScriptsOnNarrowFeatures) {
    expectGolden("small", {70, 300}, {71, 260, 1.25F, 0.125F}, 24, kRelativeTolerance);
}

TEST(FrechetDistance, EqualsTheScriptsOnAsManyFeaturesAsTheNetworkHas) {
    expectGolden("wide", {72, 700}, {73, 650, 0.75F}, 240, kRelativeTolerance);
}

TEST(FrechetDistance, EqualsTheScriptsWhereCovariancesAreSingular) {
    expectGolden("few", {74, 12}, {75, 400}, 24, kSingularTolerance);
}

TEST(FrechetDistance, OfASetFromItselfIsNothingButForTheEvalTools) {
    auto golden = test::goldenValues("metrics/seeded.txt");
    const auto set = features({70, 300}, 24);
    EXPECT_NEAR(distance(set, set, 24, MetricMode::Paper), 0.0, 1e-10);
    EXPECT_NEAR(distance(set, set, 24, MetricMode::Standard), 0.0, 1e-10);
    EXPECT_GE(distance(set, set, 24, MetricMode::Standard), 0.0);
    // 2 * 24 * 1e-6 too little.
    EXPECT_NEAR(distance(set, set, 24, MetricMode::EvalTools),
                golden["frechet_same_evaltools"].front(), 1e-10);
}

TEST(FrechetDistance, FeaturesThatDoNotVaryAreOnlyAsFarApartAsTheirMeans) {
    const std::vector<float> one(20 * 4, 1.0F);
    const std::vector<float> three(30 * 4, 3.0F);
    for (const MetricMode mode : {MetricMode::Paper, MetricMode::Standard})
        EXPECT_DOUBLE_EQ(distance(one, three, 4, mode), 16.0);
}

TEST(FrechetDistance, RefusesWhatHasNoCovariance) {
    const auto good = features({70, 10}, 24);
    auto broken = good;
    broken[30] = std::numeric_limits<float>::quiet_NaN();
    const std::vector<float> oneRow(24, 1.0F);
    const std::vector<float> noRows(25, 1.0F);
    for (const std::vector<float>* bad : {&std::as_const(broken), &oneRow, &noRows}) {
        for (const bool first : {true, false}) {
            const auto found =
                frechetDistance(first ? *bad : good, first ? good : *bad, 24, MetricMode::Standard);
            ASSERT_FALSE(found.ok());
            EXPECT_EQ(found.error().code(), ErrorCode::InvalidInput);
            EXPECT_NE(found.error().message().find(first ? "generated" : "reference"),
                      std::string::npos);
        }
    }
    EXPECT_FALSE(frechetDistance({}, {}, 0, MetricMode::Paper).ok());
}

} // namespace
} // namespace gesture::metrics
