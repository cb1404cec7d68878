// SPDX-License-Identifier: Apache-2.0
#include "core/motion/body_model_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace gesture::motion {

namespace {

constexpr Eigen::Index kMaxVertices = 1'000'000;
constexpr int kRotationEntries = 9 * (kJointCount - 1);
constexpr float kWeightTolerance = 1e-3F;

Error invalid(std::string message) { return {ErrorCode::InvalidInput, std::move(message)}; }

Status checkShape(std::string_view name, Eigen::Index rows, Eigen::Index columns,
                  Eigen::Index wantedRows, Eigen::Index wantedColumns) {
    if (rows == wantedRows && columns == wantedColumns) return Status::success();
    return invalid(fmt::format("Array '{}' of the body model is ({}, {}), but ({}, {}) is needed: "
                               "the file is damaged or not in SMPL-X layout.",
                               name, rows, columns, wantedRows, wantedColumns));
}

/// Directions may be absent altogether: then they have no columns and any number of rows.
Status checkDirections(std::string_view name, const RowMatrix& directions, Eigen::Index vertices) {
    if (directions.cols() == 0) return Status::success();
    return checkShape(name, directions.rows(), directions.cols(), 3 * vertices, directions.cols());
}

Status checkFinite(std::string_view name, std::span<const float> values) {
    const auto bad = std::ranges::find_if(values, [](float v) { return !std::isfinite(v); });
    if (bad == values.end()) return Status::success();
    return invalid(fmt::format("Array '{}' of the body model holds a number that is not finite at "
                               "position {}: the file is damaged.",
                               name, bad - values.begin()));
}

template <typename Matrix>
std::span<const float> numbers(const Matrix& matrix) {
    return {matrix.data(), static_cast<std::size_t>(matrix.size())};
}

Status checkShapes(const BodyModelData& data) {
    const Eigen::Index vertices = data.templateVertices.rows();
    if (vertices < 1 || vertices > kMaxVertices) {
        return invalid(fmt::format("The body model has {} vertices; 1 to {} are accepted.",
                                   vertices, kMaxVertices));
    }
    const auto corrected = static_cast<Eigen::Index>(data.poseDirectionIndex.size());
    for (const Status& status :
         {checkDirections("shapedirs", data.shapeDirections, vertices),
          checkDirections("shapedirs (expressions)", data.expressionDirections, vertices),
          checkDirections("posedirs", data.poseDirections, vertices),
          checkShape("posedirs_index", corrected, 1, data.poseDirections.cols(), 1),
          checkShape("J_regressor", data.jointRegressor.rows(), data.jointRegressor.cols(),
                     kJointCount, vertices),
          checkShape("weights", data.weights.rows(), data.weights.cols(), vertices, kJointCount)}) {
        if (!status) return status;
    }
    return Status::success();
}

Status checkIndices(const BodyModelData& data) {
    for (const int index : data.poseDirectionIndex) {
        if (index >= 0 && index < kRotationEntries) continue;
        return invalid(fmt::format("Array 'posedirs_index' of the body model holds {}; pose "
                                   "correctives are numbered 0 to {}.",
                                   index, kRotationEntries - 1));
    }
    const auto vertices = static_cast<std::uint32_t>(data.templateVertices.rows());
    for (std::size_t f = 0; f < data.faces.size(); ++f) {
        const std::uint32_t highest = std::ranges::max(data.faces[f]);
        if (highest < vertices) continue;
        return invalid(fmt::format("Triangle {} of the body model uses vertex {}, but there are "
                                   "only {} vertices.",
                                   f, highest, vertices));
    }
    if (std::ranges::equal(data.parents, jointParents())) return Status::success();
    return invalid("The joint hierarchy ('kintree_table') of the body model is not that of SMPL-X: "
                   "its 55 joints are needed in their order.");
}

Status checkWeights(const RowMatrix& weights) {
    for (Eigen::Index v = 0; v < weights.rows(); ++v) {
        if (std::abs(weights.row(v).sum() - 1.0F) <= kWeightTolerance) continue;
        return invalid(fmt::format("The skinning weights of vertex {} of the body model sum to {} "
                                   "instead of 1.",
                                   v, weights.row(v).sum()));
    }
    return Status::success();
}

Status checkNumbers(const BodyModelData& data) {
    for (const Status& status :
         {checkFinite("v_template", numbers(data.templateVertices)),
          checkFinite("shapedirs", numbers(data.shapeDirections)),
          checkFinite("shapedirs (expressions)", numbers(data.expressionDirections)),
          checkFinite("posedirs", numbers(data.poseDirections)),
          checkFinite("J_regressor", numbers(data.jointRegressor)),
          checkFinite("weights", numbers(data.weights)),
          checkFinite("hands_meanl", data.leftHandMean),
          checkFinite("hands_meanr", data.rightHandMean)}) {
        if (!status) return status;
    }
    return checkWeights(data.weights);
}

} // namespace

Status checkBodyModel(const BodyModelData& data) {
    if (Status status = checkShapes(data); !status) return status;
    if (Status status = checkIndices(data); !status) return status;
    return checkNumbers(data);
}

} // namespace gesture::motion
