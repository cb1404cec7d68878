// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/core/avatar/shipped_avatar.h"

#include <map>
#include <random>
#include <utility>

namespace gesture::test {

/// A body of SMPL-X's layout whose 100 expressions are known mixtures of the shipped avatar's face
/// units (all but tongueOut, which no outer skin shows), on another mesh: every triangle of the
/// head split into four, vertices shuffled, the whole body scaled, turned and moved. Unit names and
/// materials are gone.
struct SyntheticSmplx {
    io::Avatar avatar;
    motion::RowMatrix unitsFromSmplx; ///< (52, 100): the mixtures, all within 0..1.
};

namespace detail {

constexpr float kScale = 1.07F;
inline Eigen::Matrix3f turn() {
    return Eigen::AngleAxisf(0.10F, Eigen::Vector3f(0.2F, 1.0F, -0.3F).normalized())
        .toRotationMatrix();
}
inline const Eigen::Vector3f kShift{0.02F, -0.05F, 0.03F};

/// Vertices as means of two vertices of the shipped mesh (the same twice: kept as it is).
struct Refined {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> parents;
    std::vector<std::array<std::uint32_t, 3>> faces;
};

inline Refined refine(const motion::BodyModelData& data) {
    Refined refined;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> middles;
    const auto count = static_cast<std::uint32_t>(data.templateVertices.rows());
    for (std::uint32_t v = 0; v < count; ++v) {
        refined.parents.emplace_back(v, v);
    }
    const auto middle = [&](std::uint32_t a, std::uint32_t b) {
        const auto key = std::minmax(a, b);
        const auto [entry, isNew] =
            middles.emplace(key, static_cast<std::uint32_t>(refined.parents.size()));
        if (isNew) refined.parents.push_back(key);
        return entry->second;
    };
    for (const auto& [a, b, c] : data.faces) {
        if (data.weights(a, motion::kHead) + data.weights(a, motion::kJaw) < 0.5F) {
            refined.faces.push_back({a, b, c});
            continue;
        }
        const std::uint32_t ab = middle(a, b);
        const std::uint32_t bc = middle(b, c);
        const std::uint32_t ca = middle(c, a);
        for (const auto& face : std::initializer_list<std::array<std::uint32_t, 3>>{
                 {a, ab, ca}, {ab, b, bc}, {ca, bc, c}, {ab, bc, ca}}) {
            refined.faces.push_back(face);
        }
    }
    return refined;
}

/// Rows of `values` (per vertex, `height` rows each) for the refined vertices.
inline motion::RowMatrix refineRows(const Refined& refined, const motion::RowMatrix& values,
                                    Eigen::Index height) {
    motion::RowMatrix result(static_cast<Eigen::Index>(refined.parents.size()) * height,
                             values.cols());
    for (std::size_t v = 0; v < refined.parents.size(); ++v) {
        const auto [a, b] = refined.parents[v];
        result.middleRows(static_cast<Eigen::Index>(v) * height, height) =
            0.5F * (values.middleRows(a * height, height) + values.middleRows(b * height, height));
    }
    return result;
}

} // namespace detail

/// `betas` gives the body another shape than the shipped one.
inline SyntheticSmplx makeSyntheticSmplx(const std::vector<float>& betas = {}) {
    const motion::BodyModelData& source = shippedAvatar().body->data();
    std::mt19937 random(3);
    std::uniform_real_distribution<float> mixture(0.1F, 0.9F);
    std::uniform_int_distribution<Eigen::Index> anyUnit(0, 50);
    SyntheticSmplx result;
    result.unitsFromSmplx = motion::RowMatrix::Zero(52, 100);
    for (Eigen::Index k = 0; k < 100; ++k) {
        result.unitsFromSmplx(k % 51, k) = mixture(random);
        result.unitsFromSmplx(anyUnit(random), k) = mixture(random);
    }
    detail::Refined refined = detail::refine(source);
    std::vector<std::uint32_t> order(refined.parents.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) {
        order[i] = i;
    }
    std::shuffle(order.begin(), order.end(), random); // order[old] = new
    auto parents = refined.parents;
    for (std::size_t v = 0; v < order.size(); ++v) {
        parents[order[v]] = refined.parents[v];
    }
    refined.parents = std::move(parents);
    for (auto& face : refined.faces) {
        for (auto& vertex : face) {
            vertex = order[vertex];
        }
    }

    const Eigen::Matrix3f place = detail::kScale * detail::turn();
    motion::BodyModelData data;
    data.templateVertices =
        detail::refineRows(refined, shippedAvatar().body->shaped(betas)->restVertices(), 1);
    data.templateVertices =
        (data.templateVertices * place.transpose()).rowwise() + detail::kShift.transpose();
    data.faces = refined.faces;
    data.expressionDirections =
        detail::refineRows(refined, source.expressionDirections * result.unitsFromSmplx, 3);
    for (Eigen::Index row = 0; row < data.expressionDirections.rows(); row += 3) {
        data.expressionDirections.middleRows(row, 3) =
            (place * data.expressionDirections.middleRows(row, 3)).eval();
    }
    const Eigen::Index rows = data.templateVertices.rows();
    data.shapeDirections = motion::RowMatrix::Zero(3 * rows, 1);
    data.poseDirections = motion::RowMatrix::Zero(3 * rows, 1);
    data.poseDirectionIndex = {0};
    data.weights = detail::refineRows(refined, source.weights, 1);
    data.jointRegressor = motion::RowMatrix::Zero(motion::kJointCount, rows);
    const auto firstMarker = static_cast<std::uint32_t>(source.templateVertices.rows()) -
                             static_cast<std::uint32_t>(motion::kJointCount);
    for (std::uint32_t j = 0; j < motion::kJointCount; ++j) {
        data.jointRegressor(j, order[firstMarker + j]) = 1.0F;
    }
    data.parents = source.parents;
    auto body = motion::BodyModel::create(std::move(data));
    if (!body) throw std::runtime_error(body.error().message());
    result.avatar.body = std::move(body).value();
    return result;
}

} // namespace gesture::test
