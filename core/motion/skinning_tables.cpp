// SPDX-License-Identifier: Apache-2.0
#include "core/motion/skinning_tables.h"

namespace gesture::motion {

namespace {

std::size_t panelCount(Eigen::Index vertices) {
    return (static_cast<std::size_t>(vertices) + kPanelVertices - 1) / kPanelVertices;
}

/// Copies a (3V, n) matrix to the features [first, first + n) of the panels.
void packDirections(const RowMatrix& matrix, std::size_t first, SkinningTables& tables) {
    for (Eigen::Index row = 0; row < matrix.rows(); ++row) {
        const auto vertex = static_cast<std::size_t>(row / 3);
        const auto axis = static_cast<std::size_t>(row % 3);
        const std::size_t slot = axis * kPanelVertices + vertex % kPanelVertices;
        Panel* const panel = &tables.directions[vertex / kPanelVertices * tables.features + first];
        for (Eigen::Index k = 0; k < matrix.cols(); ++k) {
            panel[k].values[slot] = matrix(row, k);
        }
    }
}

void packWeights(const RowMatrix& weights, SkinningTables& tables) {
    tables.influenceStart.reserve(static_cast<std::size_t>(weights.rows()) + 1);
    tables.influenceStart.push_back(0);
    for (Eigen::Index v = 0; v < weights.rows(); ++v) {
        for (Eigen::Index j = 0; j < weights.cols(); ++j) {
            if (weights(v, j) == 0.0F) continue;
            tables.influenceJoints.push_back(static_cast<std::uint8_t>(j));
            tables.influenceWeights.push_back(weights(v, j));
        }
        tables.influenceStart.push_back(static_cast<std::uint32_t>(tables.influenceJoints.size()));
    }
}

} // namespace

RowMatrix regressJoints(const RowMatrix& jointRegressor, const RowMatrix& perVertex) {
    using Sums = Eigen::Matrix<double, 3, Eigen::Dynamic, Eigen::RowMajor>;
    RowMatrix joints(3 * jointRegressor.rows(), perVertex.cols());
    if (perVertex.cols() == 0) return joints;
    for (Eigen::Index j = 0; j < jointRegressor.rows(); ++j) {
        Sums sums = Sums::Zero(3, perVertex.cols());
        for (Eigen::Index v = 0; v < jointRegressor.cols(); ++v) {
            const double weight = jointRegressor(j, v);
            if (weight != 0.0) sums += weight * perVertex.middleRows<3>(3 * v).cast<double>();
        }
        joints.middleRows<3>(3 * j) = sums.cast<float>();
    }
    return joints;
}

SkinningTables makeSkinningTables(const BodyModelData& data) {
    SkinningTables tables;
    const auto expressions = static_cast<std::size_t>(data.expressionDirections.cols());
    tables.features = expressions + static_cast<std::size_t>(data.poseDirections.cols());
    tables.directions.resize(panelCount(data.templateVertices.rows()) * tables.features, Panel{});
    packDirections(data.expressionDirections, 0, tables);
    packDirections(data.poseDirections, expressions, tables);
    packWeights(data.weights, tables);
    tables.jointExpressions = regressJoints(data.jointRegressor, data.expressionDirections);
    return tables;
}

std::vector<Panel> packPoints(const Points& points) {
    std::vector<Panel> panels(panelCount(points.rows()), Panel{});
    for (Eigen::Index v = 0; v < points.rows(); ++v) {
        const auto vertex = static_cast<std::size_t>(v);
        for (std::size_t axis = 0; axis < 3; ++axis) {
            panels[vertex / kPanelVertices]
                .values[axis * kPanelVertices + vertex % kPanelVertices] =
                points(v, static_cast<Eigen::Index>(axis));
        }
    }
    return panels;
}

} // namespace gesture::motion
