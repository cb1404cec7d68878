// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/motion/body_model.h"
#include "tests/support/counter_random.h"

#include <algorithm>
#include <numeric>

namespace gesture::test {

/// A body of made-up numbers, the same as in tests/golden/make_smplx_golden.py for the sizes of
/// SMPL-X (10475 vertices, 300 shapes, 100 expressions, all 486 correctives).
struct SyntheticBodySize {
    int vertices = 10475;
    int shapes = 300;
    int expressions = 100;
    std::vector<int> correctives = {}; ///< Empty stands for all 486.
};

namespace synthetic {

inline constexpr int kDenseVertices = 64;
inline constexpr std::array<float, 4> kInfluences = {0.5F, 0.25F, 0.125F, 0.125F};

/// Columns [first, first + columns) of a (rows, stride) array of random numbers.
inline motion::RowMatrix columns(std::uint64_t stream, float scale, int rows, int stride,
                                 std::span<const int> picked) {
    motion::RowMatrix matrix(rows, static_cast<int>(picked.size()));
    for (int row = 0; row < rows; ++row) {
        for (std::size_t i = 0; i < picked.size(); ++i) {
            const auto position =
                static_cast<std::uint64_t>(row) * static_cast<std::uint64_t>(stride) +
                static_cast<std::uint64_t>(picked[i]);
            matrix(row, static_cast<int>(i)) = scale * counterUniform(stream, position);
        }
    }
    return matrix;
}

inline std::vector<int> range(int first, int count) {
    std::vector<int> numbers(static_cast<std::size_t>(count));
    std::iota(numbers.begin(), numbers.end(), first);
    return numbers;
}

inline motion::RowMatrix weights(int vertices) {
    motion::RowMatrix matrix = motion::RowMatrix::Zero(vertices, motion::kJointCount);
    for (int v = 0; v < vertices; ++v) {
        for (int k = 0; k < 4; ++k) {
            const auto position = static_cast<std::uint64_t>(4 * v + k);
            const auto joint = static_cast<int>(counterBits(5, position) % motion::kJointCount);
            matrix(v, joint) += kInfluences[static_cast<std::size_t>(k)];
        }
    }
    for (int v = 0; v < std::min(vertices, kDenseVertices); ++v) {
        for (int j = 0; j < motion::kJointCount; ++j) {
            const auto position = static_cast<std::uint64_t>(v * motion::kJointCount + j);
            matrix(v, j) = static_cast<float>(1 + counterBits(6, position) % 15);
        }
        matrix.row(v) /= matrix.row(v).sum();
    }
    return matrix;
}

inline motion::RowMatrix jointRegressor(int vertices) {
    motion::RowMatrix matrix = motion::RowMatrix::Zero(motion::kJointCount, vertices);
    for (int j = 0; j < motion::kJointCount; ++j) {
        for (int k = 0; k < 32; ++k) {
            const auto position = static_cast<std::uint64_t>(32 * j + k);
            const auto vertex = counterBits(2, position) % static_cast<std::uint64_t>(vertices);
            matrix(j, static_cast<int>(vertex)) += 1.0F / 32.0F;
        }
    }
    return matrix;
}

} // namespace synthetic

inline motion::BodyModelData syntheticBody(const SyntheticBodySize& size) {
    constexpr int kAllCorrectives = 486;
    constexpr int kDirections = 400;
    const int rows = 3 * size.vertices;
    motion::BodyModelData data;
    data.templateVertices.resize(size.vertices, 3);
    for (int i = 0; i < rows; ++i) {
        data.templateVertices(i / 3, i % 3) =
            0.5F * counterUniform(1, static_cast<std::uint64_t>(i));
    }
    data.shapeDirections =
        synthetic::columns(3, 0.01F, rows, kDirections, synthetic::range(0, size.shapes));
    data.expressionDirections =
        synthetic::columns(3, 0.01F, rows, kDirections, synthetic::range(300, size.expressions));
    data.poseDirectionIndex =
        size.correctives.empty() ? synthetic::range(0, kAllCorrectives) : size.correctives;
    data.poseDirections =
        synthetic::columns(4, 0.001F, rows, kAllCorrectives, data.poseDirectionIndex);
    data.jointRegressor = synthetic::jointRegressor(size.vertices);
    data.weights = synthetic::weights(size.vertices);
    data.parents.assign(motion::jointParents().begin(), motion::jointParents().end());
    for (std::size_t i = 0; i < 45; ++i) {
        data.leftHandMean[i] = 0.1F * counterUniform(7, i);
        data.rightHandMean[i] = 0.1F * counterUniform(7, 45 + i);
    }
    return data;
}

} // namespace gesture::test
